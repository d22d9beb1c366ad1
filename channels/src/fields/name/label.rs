//! Names behind labels: `信访人：…`, `申请人：…`.
//!
//! A label of two sides (`申请人` and `被申请人`) names a petitioner only on their own side.

use std::ops::Range;

use super::super::surname::name_at;
use super::super::{Text, enclosure, opposing};
use super::ASKED;
use super::list::list;
use super::organisation::organisation_at;
use super::words::{COLUMNS, DEPARTMENTS, LABELS, LOOSE};

/// Names behind labels.
pub(super) fn labelled(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found: Vec<(Range<usize>, f32)> = Vec::new();
    // Under which label of two sides a petitioner was named.
    let mut sides: Vec<(&str, String)> = Vec::new();
    let other_side =
        text.all_of(0..text.len(), opposing::TWO_SIDED).any(|(_, label)| opposing::is_opposing(text, label.start));
    for (label, range) in text.all_of(0..text.len(), LABELS) {
        // 被反映人, 受访人, 法定代表人 and the like name others; 联系人 in the middle of a word is none.
        if matches!(text.before(range.start), Some('被' | '受' | '定' | '管' | '介')) {
            continue;
        }
        let two_sided = opposing::TWO_SIDED.contains(&label);
        if two_sided && opposing::is_opposing(text, range.start) {
            continue;
        }
        let mut start = text.skip_blanks(range.end);
        // `申请人一：`
        let ordinal = text.at(start).is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九".contains(c));
        if ordinal && text.at(start + 1) == Some(':') {
            start += 1;
        }
        if text.at(start) == Some('(') {
            start = text.skip(start, |c| c != ')' && c != '\n') + 1;
        }
        let colon = matches!(text.at(start), Some(':' | '-' | '—'));
        let spaced = start > range.end;
        let cell = label == "姓名" && text.before(range.start).is_none_or(|before| before == '\n');
        if cell && !colon && !spaced {
            // `姓名郎建民性别男`: of the blanks between the cells of a form a scan leaves nothing.
            found.extend(name_in_cell(text, range.end).map(|name| (name, 0.8)));
            continue;
        }
        if LOOSE.contains(&label) && !colon && (!spaced || heads_table(text, range.end, start)) {
            continue;
        }
        start = text.skip(start, |c| matches!(c, ':' | ' ' | '-' | '—' | '_'));
        // `联系人：办公室 佘静`
        if let Some((_, behind)) = text.one_of(start, DEPARTMENTS) {
            start = text.skip_blanks(behind);
        }
        if colon && text.at(start) == Some('\n') {
            start += 1;
            // `联名人：` may stand over the names, or over the letter.
            let named = name_at(text, start).is_some_and(|name| name.known_surname);
            if !named && organisation_at(text, start).is_none() {
                continue;
            }
        }
        let named = list(text, start, colon || spaced);
        let Some((first, _)) = named.first().filter(|_| two_sided && !other_side) else {
            found.extend(named);
            continue;
        };
        let name = text.string(first.clone());
        // The 被 of the second one may have been lost: `申诉人：甲`, then `申诉人：乙`.
        let again = sides.iter().any(|(side, earlier)| *side == label && *earlier != name);
        sides.push((label, name));
        found.extend(named.into_iter().map(|(range, sure)| (range, if again { sure.min(ASKED) } else { sure })));
    }
    // Whoever is named by a label in an enclosed decision or contract is asked.
    let letter = enclosure::begins(text).unwrap_or(text.len());
    found.iter_mut().filter(|(name, _)| name.start >= letter).for_each(|(_, sure)| *sure = sure.min(ASKED));
    found
}

/// A name that begins at `start` and ends where its line or the next cell does.
fn name_in_cell(text: &Text, start: usize) -> Option<Range<usize>> {
    const NEXT: &[&str] = &["性别", "年龄", "民族", "电话", "联系", "身份证", "出生", "职业", "住址"];
    (2..=4).map(|length| start..start + length).find(|range| {
        let ends = text.at(range.end).is_none_or(|next| next == '\n') || text.one_of(range.end, NEXT).is_some();
        let name = || name_at(text, start).is_some_and(|name| name.known_surname);
        ends && name() && text.chars(range.clone()).iter().all(|c| case::text::is_han(*c))
    })
}

/// `姓名 月份 金额 电话`: the head of a table, whose first word behind `姓名` is no name.
fn heads_table(text: &Text, label: usize, start: usize) -> bool {
    let line = label..text.skip(label, |c| c != '\n');
    text.any_of(line, COLUMNS) && name_at(text, start).is_none_or(|name| !name.known_surname)
}
