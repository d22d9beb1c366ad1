//! Names by which people introduce themselves: `我叫…`, `我是…村民…`.
//!
//! Only one introduction counts: a second one with another name is quoted speech.

use std::ops::Range;

use super::super::Text;
use super::super::surname::{TITLES, name_at, unbroken};
use super::SIGNATURE_LINES;
use super::organisation::own_organisation;
use super::words::{BARE_INTRODUCTIONS, INTRODUCTIONS, PAPER_NAMES, ROLES};

/// `我是息冢镇中辛庄村的甄有福`: what stands between where somebody is from and their name.
const OF_PLACES: &[&str] =
    &["村的", "庄的", "镇的", "乡的", "小区的", "社区的", "街道的", "街的", "胡同的", "楼的", "家属院的"];

/// Names by which the writer introduces themselves.
pub(super) fn introduced(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found = Vec::new();
    for (word, range) in text.all_of(0..text.len(), INTRODUCTIONS) {
        // `我妈的名字叫…`, `他名字叫…`: another person.
        if BARE_INTRODUCTIONS.contains(&word) && !clause_start(text, range.start) {
            continue;
        }
        let start = text.skip(range.end, |c| matches!(c, ':' | ' '));
        // `不想说我叫什么`
        if text.one_of(start, &["什么", "啥"]).is_some() {
            continue;
        }
        let named = word.ends_with('叫') || word.contains("名") || word.ends_with("叫做");
        let short = name_at(text, start);
        let set_off = short.as_ref().is_some_and(|name| name.set_off);
        let whole = unbroken(text, start, false).filter(|_| named && !set_off);
        if let Some(name) = whole.or(short) {
            let confidence = match (named, name.set_off, name.known_surname) {
                (true, true, true) => 0.95,
                (true, true, false) => 0.75,
                (true, false, true) => 0.55,
                (false, true, true) if followed_by_pause(text, name.range.end) => 0.85,
                (false, true, false) if signs_too(text, &name.range) => 0.75,
                _ => 0.0,
            };
            if confidence > 0.0 && text.one_of(name.range.start + 1, TITLES).is_none() {
                found.push((in_papers(text, name.range.end).unwrap_or(name.range), confidence));
                continue;
            }
        }
        if !named {
            found.extend(behind_role(text, start).or_else(|| called(text, start)));
        }
    }
    found.extend(own_organisation(text));
    found.extend(reporting(text));
    found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    // One person introduces themselves; a second introduction with another name is quoted speech.
    found.truncate(1);
    found
}

/// `赵庄镇双井村璩福田反映：`, one of the first lines: the name between where somebody is from and what they do.
fn reporting(text: &Text) -> Option<(Range<usize>, f32)> {
    const FIRST_LINES: usize = 4;
    const OF_PLACES: [char; 5] = ['村', '庄', '镇', '区', '街'];
    let lines = text.lines();
    lines.iter().take(FIRST_LINES).find_map(|line| {
        let (_, word) = text.all_of(line.clone(), &["反映", "反应", "来信", "举报", "控告", "申诉"]).next()?;
        let alone = text.at(word.end) == Some(':') && word.end + 1 >= line.end;
        (2..=4).rev().find_map(|length| {
            let start = word.start.checked_sub(length).filter(|start| alone && *start > line.start)?;
            let name = name_at(text, start).filter(|name| name.known_surname && name.range.end == word.start)?;
            text.before(start).is_some_and(|before| OF_PLACES.contains(&before)).then_some((name.range, 0.8))
        })
    })
}

/// `俺叫谌老黑，大名谌守田`: the name in somebody's papers behind the one by which they are called.
fn in_papers(text: &Text, end: usize) -> Option<Range<usize>> {
    let (_, end) = text.one_of(text.skip(end, |c| matches!(c, ',' | '(' | ' ')), PAPER_NAMES)?;
    let name = name_at(text, text.skip(end, |c| matches!(c, '叫' | '是' | ':' | ' ')))?;
    (name.set_off && name.known_surname).then_some(name.range)
}

/// Whether what is called in `name` also begins one of the last lines: a surname that no list has, which the signature confirms.
fn signs_too(text: &Text, name: &Range<usize>) -> bool {
    let (written, length) = (text.string(name.clone()), name.len());
    let pause = followed_by_pause(text, name.end);
    let lines = text.lines();
    pause
        && length > 1
        && lines.iter().rev().take(SIGNATURE_LINES).any(|line| {
            let rest = line.start + length..line.end.max(line.start + length);
            // Nothing but a word of respect, a day or a number stands beside the signature.
            let plain = text.trim(rest.clone()).len() <= 2
                || text.chars(rest).iter().all(|c| !case::text::is_han(*c) || matches!(c, '年' | '月' | '日' | '号'));
            line.start > name.end && text.has(line.start, &written) && plain
        })
}

/// Whether a clause begins at `position`.
pub(super) fn clause_start(text: &Text, position: usize) -> bool {
    text.before(position).is_none_or(|before| !case::text::is_han(before) && !before.is_ascii_alphanumeric())
}

/// Whether a pause, or a word that only a name can stand before, follows.
fn followed_by_pause(text: &Text, end: usize) -> bool {
    text.at(end).is_none_or(|next| !case::text::is_han(next) && !next.is_ascii_alphanumeric())
        || text.one_of(end, &["家住", "今年", "男", "女", "电话", "身份证"]).is_some()
}

/// `我是庞村镇西柳树村村民马占山，`: the name behind the last role in the clause that begins at `start`.
fn behind_role(text: &Text, start: usize) -> Option<(Range<usize>, f32)> {
    let end = text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n' | '!' | '?')).min(start + 50);
    let place = || text.all_of(start..end, OF_PLACES).last();
    let Some((_, role)) = text.all_of(start..end, ROLES).last().or_else(place) else {
        return right_behind_place(text, start..end).map(|name| (name, 0.7));
    };
    // `我是说我儿子王小明`: somebody else.
    if text.chars(start..role.start).iter().any(|c| matches!(c, '我' | '俺' | '他' | '她')) {
        return None;
    }
    let begins = text.skip(role.end, |c| matches!(c, ' ' | ':' | '、'));
    let name = name_at(text, begins)?;
    let whole = name.set_off && name.known_surname && name.range.end >= end;
    (whole && !is_calling(&text.string(name.range.clone()))).then_some((name.range, 0.85))
}

/// `我是庞家佐村庞立秋，`: the name with which a clause ends that says where its bearer is from.
fn right_behind_place(text: &Text, clause: Range<usize>) -> Option<Range<usize>> {
    const PLACES: [char; 12] = ['村', '庄', '屯', '寨', '镇', '乡', '区', '号', '室', '组', '院', '巷'];
    // `南街村车管所`: an office, though it begins like a name.
    const OF_OFFICES: [char; 14] = ['所', '站', '队', '会', '院', '校', '厂', '店', '处', '科', '室', '部', '社', '人'];
    let told = text.chars(clause.clone()).iter().any(|c| matches!(c, '我' | '俺' | '他' | '她' | '的' | '在'));
    (clause.end.checked_sub(3)?.max(clause.start + 2)..clause.end.saturating_sub(1)).find_map(|begins| {
        let name = name_at(text, begins).filter(|name| name.known_surname && name.range == (begins..clause.end))?;
        let word = text.string(name.range.clone());
        let behind_place = text.before(begins).is_some_and(|last| PLACES.contains(&last));
        let plain = !told && !is_calling(&word) && !word.ends_with(OF_OFFICES);
        (behind_place && plain).then_some(name.range)
    })
}

/// `我是一名货车司机，叫敖志刚，`: the name in the clause behind the one that tells what its bearer is.
fn called(text: &Text, start: usize) -> Option<(Range<usize>, f32)> {
    let end = text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n' | '!' | '?')).min(start + 50);
    if text.at(end) != Some(',') || text.chars(start..end).iter().any(|c| matches!(c, '我' | '俺' | '他' | '她')) {
        return None;
    }
    let (_, begins) = text.one_of(text.skip_blanks(end + 1), &["名字叫", "名叫", "叫做", "叫"])?;
    let name = name_at(text, begins).filter(|name| name.set_off && name.known_surname)?;
    followed_by_pause(text, name.range.end).then_some((name.range, 0.85))
}

/// `党员`, `石匠`, `房主`: what somebody is, though it begins like a name.
fn is_calling(name: &str) -> bool {
    const WORDS: [&str; 3] = ["文书", "支书", "老师"];
    name.ends_with(['户', '员', '匠', '者', '主', '工', '东']) || WORDS.contains(&name)
}
