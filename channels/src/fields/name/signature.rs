//! The signature: a name alone on one of the last lines, perhaps with a date, a number or a word of respect.
//!
//! Behind the letter itself nobody signs it: the parties of an enclosed contract are not looked at.

use std::ops::Range;

use super::super::surname::{TITLES, name_at};
use super::super::{Text, enclosure, parties};
use super::table::behind_blank;
use super::words::{RELATIVES, ROLES};
use super::{ASKED, SIGNATURE_LINES};

/// What people write behind their name.
const RESPECTFUL: &[&str] = &[
    "敬上", "谨上", "敬呈", "呈", "上", "敬启", "等", "叩首", "泣书", "泣上", "拜上", "敬书", "顿首", "亲笔", "叩上",
    "跪上", "拜托", "敬礼",
];
/// A signature behind the last sentence of a line has at most this many characters, date and number included.
const TAIL_LIMIT: usize = 30;

/// What people call themselves before their name where they sign with a word of respect, beside [`ROLES`].
const HUMBLE: &[&str] =
    &["子民", "百姓", "草民", "小民", "民女", "老兵", "战士", "党员", "晚辈", "后辈", "患者", "原告", "申请人"];

/// `您的子民田秀禾叩首`: the name between what somebody calls themselves and a word of respect. Where that leaves open where the name
/// begins, a person is asked.
fn before_respect(text: &Text, line: &Range<usize>) -> Option<(Range<usize>, f32)> {
    const LONGEST: usize = 18;
    let line = text.trim(line.clone());
    let word = RESPECTFUL.iter().filter(|word| word.chars().count() > 1).find(|word| {
        line.end.checked_sub(word.chars().count()).is_some_and(|start| start > line.start && text.has(start, word))
    })?;
    let end = text.trim(line.start..line.end - word.chars().count()).end;
    let plain =
        line.len() <= LONGEST && text.chars(line.start..end).iter().all(|c| case::text::is_han(*c) || *c == ' ');
    let begins = |length: usize| {
        let start = end.checked_sub(length).filter(|start| *start >= line.start)?;
        let name = name_at(text, start).filter(|name| name.known_surname)?;
        (name.range.start == start && name.range.end >= end).then_some(start)
    };
    let called = |start: &usize| {
        *start == line.start
            || text.before(*start) == Some(' ')
            || ROLES.iter().chain(HUMBLE).any(|role| {
                start.checked_sub(role.chars().count()).is_some_and(|at| at >= line.start && text.has(at, role))
            })
    };
    let starts: Vec<usize> = [3, 2, 4].into_iter().filter_map(begins).filter(|_| plain).collect();
    let known = starts.iter().copied().find(called).map(|start| (start..end, 0.8));
    known.or_else(|| starts.first().map(|start| (*start..end, ASKED)))
}

/// `患者女儿 郄文秀`: a relative who signs, where nobody else is known to write. Whose letter it is, a person is asked.
pub(super) fn signing_relative(text: &Text) -> Option<(Range<usize>, f32)> {
    let letter = enclosure::begins(text).unwrap_or(text.len());
    let lines = text.lines().into_iter().filter(|line| line.start < letter);
    let last: Vec<Range<usize>> = lines.collect();
    last.iter().rev().take(SIGNATURE_LINES).find_map(|line| {
        let (_, role) = text.all_of(line.clone(), RELATIVES).last()?;
        let start = text.skip(role.end, |c| matches!(c, ' ' | ':'));
        let name = name_at(text, start).filter(|name| start > role.end && name.known_surname)?;
        let plain = text.chars(line.start..role.start).iter().all(|c| case::text::is_han(*c) || *c == ' ');
        (plain && text.trim(name.range.end..line.end.max(name.range.end)).is_empty()).then_some((name.range, ASKED))
    })
}

/// `子位村村民：耿长水`: the name behind a role and a colon, alone on its line.
fn behind_signing_role(text: &Text, line: &Range<usize>) -> Option<Range<usize>> {
    let colon = text.skip(line.start, |c| c != ':' && c != '\n');
    let roles: Vec<_> = text.all_of(line.start..colon, ROLES).collect();
    roles.into_iter().rev().find_map(|(word, role)| behind_one_role(text, line, colon, word, &role))
}

/// The name behind `word`, which stands at `role`, before a `colon` or right before the name.
fn behind_one_role(
    text: &Text,
    line: &Range<usize>,
    colon: usize,
    word: &str,
    role: &Range<usize>,
) -> Option<Range<usize>> {
    // `八里店村村民戎二柱`, `怡和家园7栋居民 暨永福`
    let apart = text.at(colon) == Some(':') && role.end == colon;
    let begins = if apart { colon + 1 } else { role.end };
    let of_place = |c: &char| case::text::is_han(*c) || c.is_ascii_alphanumeric();
    // `女儿柳青禾` signs for somebody else.
    let plain = !RELATIVES.contains(&word) && text.chars(line.start..role.start).iter().all(of_place);
    let name = name_at(text, text.skip(begins, |c| c == ' '))?;
    // `业主荆小军代表128户业主`
    let for_all = text.one_of(name.range.end, &["代表", "携", "率", "及全体", "和全体", "等"]).is_some();
    let alone = text.trim(name.range.end..line.end.max(name.range.end)).is_empty() || for_all;
    ((apart || plain) && name.known_surname && alone).then_some(name.range)
}

/// A name alone on one of the last lines, or with a date or a word of respect behind it.
pub(super) fn signed(text: &Text) -> Vec<(Range<usize>, f32)> {
    // Behind the letter others sign: the parties of an enclosed contract.
    let letter = enclosure::begins(text).unwrap_or(text.len());
    let (mut lines, mut sentences) = (text.lines(), text.sentences());
    lines.retain(|line| line.start < letter);
    sentences.retain(|sentence| sentence.start < letter);
    let mut found = Vec::new();
    // A text in one line is signed behind its last sentence.
    let tail = sentences.last().filter(|last| sentences.len() > 1 && last.end - last.start <= TAIL_LIMIT);
    let last = lines.iter().rev().take(SIGNATURE_LINES).filter(|_| lines.len() > 1);
    for line in last.chain(tail) {
        // `经营者：鲁大年` in the rows of the other side.
        if parties::is_row_of_other_side(text, line.start) {
            continue;
        }
        if let Some(name) = behind_signing_role(text, line).or_else(|| behind_address(text, line)) {
            found.push((name, 0.8));
            break;
        }
        if let Some(name) = before_respect(text, line) {
            found.push(name);
            break;
        }
        let together = side_by_side(text, &behind_role(text, line));
        if together.len() > 1 {
            found.extend(together.into_iter().map(|name| (name, 0.8)));
            break;
        }
        // `2024.11.19　居民 万素珍`
        let day = super::super::date::date_at(text, line.start).filter(|day| day.range.end < line.end);
        if let Some(name) = day.and_then(|day| behind_day(text, &(text.skip_blanks(day.range.end)..line.end))) {
            found.push((name, 0.8));
            break;
        }
        // `业主 毕永强`, `3-1-1102 项红梅`
        let start = behind_respect(text, line).unwrap_or_else(|| behind_blank(text, line));
        let named = |start: usize| name_at(text, start).filter(|name| name.known_surname && name.set_off);
        // `老矿工 左宏毅`, `孩子妈妈 桑梅`: what somebody calls themselves in words that no list has; a person is asked.
        let (start, sure) = if named(start).is_some() { (start, 0.8) } else { (behind_first_word(text, line), ASKED) };
        let Some(name) = named(start) else { continue };
        let rest = text.string(name.range.end..line.end);
        let rest = rest.trim_end_matches(['。', '!', ' ']);
        let behind = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | ':'));
        let respectful = RESPECTFUL.contains(&behind);
        let behind_name = line.end - behind.chars().count();
        let dated = super::super::date::date_at(text, behind_name).is_some() || is_day(behind);
        let phone = behind.chars().filter(char::is_ascii_digit).count() >= 7 && !behind.contains(['。', '元']);
        if (behind.is_empty() || respectful || dated || phone || is_room(text, name.range.end..line.end))
            && text.one_of(start + 1, TITLES).is_none()
        {
            found.push((name.range, sure));
            break;
        }
    }
    found
}

/// Whether `words` are a day without its year: `6月30日`.
fn is_day(words: &str) -> bool {
    let figures =
        |figures: &str| (1..=3).contains(&figures.chars().count()) && figures.chars().all(super::super::is_figure);
    words
        .strip_suffix(['日', '号'])
        .and_then(|day| day.split_once('月'))
        .is_some_and(|(month, day)| figures(month) && figures(day))
}

/// Behind the first word of `line`, where a blank sets that off; the line's beginning where there is none.
fn behind_first_word(text: &Text, line: &Range<usize>) -> usize {
    const LONGEST: usize = 6;
    /// Who signs so vouches for somebody else's letter.
    const OTHERS: &[&str] =
        &["证人", "见证人", "证明人", "监督人", "经办人", "收信人", "收件人", "联系人", "代笔人", "代书人"];
    let word = text.skip(line.start, case::text::is_han);
    let fits = (2..=LONGEST).contains(&(word - line.start)) && text.at(word) == Some(' ');
    let others = text.any_of(line.start..word, OTHERS) || text.any_of(line.start..word, RELATIVES);
    // A row of a list is no signature: nothing but the day stands below that.
    let below = text.skip(line.end, |c| matches!(c, ' ' | '\n'));
    let last = below >= text.len() || super::super::date::date_at(text, below).is_some();
    if fits && last && !others { text.skip_blanks(word) } else { line.start }
}

/// The name alone in the rest of a line behind the day, perhaps behind what its bearer is.
fn behind_day(text: &Text, rest: &Range<usize>) -> Option<Range<usize>> {
    let alone = || name_at(text, rest.start).filter(|name| name.known_surname && name.range.end == rest.end);
    // `2026年5月3日 于家中`
    if text.at(rest.start) == Some('于') {
        return None;
    }
    behind_signing_role(text, rest).or_else(|| alone().map(|name| name.range))
}

/// `仝大妮 廉租房3-3-601`, `郦春生 定州镇沟里村`: whether nothing but where somebody lives stands behind a blank in `range`.
fn is_room(text: &Text, range: Range<usize>) -> bool {
    const LONGEST: usize = 20;
    let place = text.trim(range.clone());
    let plain =
        text.chars(place.clone()).iter().all(|c| case::text::is_han(*c) || c.is_ascii_alphanumeric() || *c == '-');
    let ends = text.before(place.end).is_some_and(|last| matches!(last, '村' | '号' | '室' | '组' | '户' | '楼'));
    let room = text.chars(place.clone()).contains(&'-') && text.before(place.end).is_some_and(|c| c.is_ascii_digit());
    place.start > range.start && (3..=LONGEST).contains(&place.len()) && plain && (ends || room)
}

/// `叩首　宿金花`: where the name begins behind a word of respect.
fn behind_respect(text: &Text, line: &Range<usize>) -> Option<usize> {
    let (word, end) = text.one_of(line.start, RESPECTFUL)?;
    (word.chars().count() > 1 && text.at(end) == Some(' ')).then(|| text.skip_blanks(end))
}

/// `庞村镇西柳树村村民：张三喜　李四海`: the part of the line in which the names may stand.
fn behind_role(text: &Text, line: &Range<usize>) -> Range<usize> {
    let colon = text.skip(line.start, |c| case::text::is_han(c) || c.is_ascii_alphanumeric());
    let role = text.all_of(line.start..colon, ROLES).last();
    let called = role.is_some_and(|(word, role)| role.end == colon && !RELATIVES.contains(&word));
    if called && text.at(colon) == Some(':') { text.skip_blanks(colon + 1)..line.end } else { line.clone() }
}

/// `东风里七排十二号　练淑贤`: the name behind where its bearer lives, set off by a blank and alone behind it.
fn behind_address(text: &Text, line: &Range<usize>) -> Option<Range<usize>> {
    const ENDINGS: [char; 9] = ['号', '室', '户', '村', '组', '楼', '栋', '院', '元'];
    let blank = line.clone().rev().find(|at| text.at(*at) == Some(' '))?;
    let place = text.trim(line.start..blank);
    let plain = place.len() >= 3
        && text.before(place.end).is_some_and(|last| ENDINGS.contains(&last))
        && !text.chars(place).iter().any(|c| matches!(c, ',' | '。' | ';' | ':' | '!' | '?'));
    let name = name_at(text, blank + 1).filter(|name| plain && name.known_surname)?;
    (name.range.end == line.end).then_some(name.range)
}

/// `解振东　柏云霞`: those who sign in one line, when nothing else stands in it.
fn side_by_side(text: &Text, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut position = line.start;
    while position < line.end {
        let Some(name) = name_at(text, position).filter(|name| name.known_surname && name.set_off) else {
            return Vec::new();
        };
        let next = text.skip(name.range.end, |c| matches!(c, ' ' | '、'));
        if next == name.range.end && next < line.end || text.one_of(name.range.start + 1, TITLES).is_some() {
            return Vec::new();
        }
        names.push(name.range);
        position = next;
    }
    names
}
