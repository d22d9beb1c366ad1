//! Line ends that only stand where the paper ended.
//!
//! A scan breaks a sentence, a number or a word wherever the line is full. Such texts are recognised by several lines that are
//! all about as wide as the widest one; a line end behind one of these goes on in the next line, unless it ends a sentence.

use std::collections::HashSet;
use std::ops::Range;

/// Narrower lines are not full on any paper; in columns, of which a Chinese character takes two and a figure one.
const NARROWEST_FULL: usize = 36;
/// A full line has at least this many hundredths of the widest one; a line is a character or two shorter where a
/// punctuation mark may not begin the next one.
const FULL: usize = 85;
/// Wider lines than this are paragraphs, not lines on paper, in columns.
const WIDEST_LINE: usize = 160;

/// The positions of the line ends in `text` that are not to be looked at.
pub(super) fn breaks(text: &[char]) -> HashSet<usize> {
    let lines = lines(text);
    let width = |line: &Range<usize>| -> usize {
        text.get(line.clone())
            .unwrap_or_default()
            .iter()
            .map(|character| if character.is_ascii() { 1 } else { 2 })
            .sum()
    };
    let widest = lines.iter().map(width).max().unwrap_or_default();
    let is_full = |line: &Range<usize>| width(line) >= NARROWEST_FULL && width(line) * 100 >= widest * FULL;
    if widest > WIDEST_LINE || lines.iter().filter(|line| is_full(line)).count() < 2 {
        return HashSet::new();
    }
    lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(line, next)| is_full(line) && goes_on(text, line, next))
        .map(|(line, _)| line.end)
        .collect()
}

/// Where the lines are, without their ends.
fn lines(text: &[char]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (position, character) in text.iter().enumerate() {
        if *character == '\n' {
            lines.push(start..position);
            start = position + 1;
        }
    }
    lines.push(start..text.len());
    lines
}

/// Whether what stands in `line` goes on in `next`.
fn goes_on(text: &[char], line: &Range<usize>, next: &Range<usize>) -> bool {
    let last = line.end.checked_sub(1).and_then(|last| text.get(last));
    let first = text.get(next.start);
    let ended = last.is_none_or(|last| matches!(last, '。' | '：' | ':' | '！' | '!' | '？' | '?' | '；' | ';'));
    let begins = first.is_none_or(|first| first.is_whitespace());
    let rows =
        is_numbered(text, line) && is_numbered(text, next) || ends_in_number(text, line) && ends_in_number(text, next);
    if ended || begins || next.is_empty() || rows || is_date(text, next) || is_row(text, next) {
        return false;
    }
    let digit = |character: &&char| character.is_ascii_digit();
    let behind = text.get(line.clone()).unwrap_or_default().iter().rev().take_while(digit).count();
    let before = text.get(next.clone()).unwrap_or_default().iter().take_while(digit).count();
    // Two numbers below each other are not one, unless together they have the length of one.
    behind == 0 || before == 0 || behind + before <= 11 || matches!(behind + before, 17 | 18)
}

/// Whether the line is a row that begins with its number: `1 史大力 …`, `2、…`.
fn is_numbered(text: &[char], line: &Range<usize>) -> bool {
    const LONGEST: usize = 3;
    let line = text.get(line.clone()).unwrap_or_default();
    let digits = line.iter().take_while(|character| character.is_ascii_digit()).count();
    let sign =
        line.get(digits).is_some_and(|behind| matches!(behind, ' ' | '\u{3000}' | '、' | '.' | '．' | ')' | '）'));
    (1..=LONGEST).contains(&digits) && sign
}

/// Whether the line ends in a telephone number, as the rows do of those who sign with theirs.
fn ends_in_number(text: &[char], line: &Range<usize>) -> bool {
    const MOBILE: usize = 11;
    text.get(line.clone()).unwrap_or_default().iter().rev().take_while(|c| c.is_ascii_digit()).count() == MOBILE
}

/// Whether the line begins with what somebody is called in a row of their own: `被举报人：…`, `手机：…`.
fn is_row(text: &[char], line: &Range<usize>) -> bool {
    const LONGEST: usize = 6;
    const VALUES: [&str; 8] = ["电话", "手机", "联系电话", "联系方式", "身份证号", "地址", "住址", "家庭住址"];
    let line = text.get(line.clone()).unwrap_or_default();
    let Some(colon) = line.iter().take(LONGEST + 1).position(|character| matches!(character, '：' | ':')) else {
        return false;
    };
    let label: String = line.iter().take(colon).collect();
    let person = label.strip_prefix('被').unwrap_or(&label);
    super::name::LABELS.contains(&person) || VALUES.contains(&label.as_str())
}

/// Whether the line is nothing but a day: a letter ends with it, however full the line above is.
fn is_date(text: &[char], line: &Range<usize>) -> bool {
    const LONGEST: usize = 14;
    let line = text.get(line.clone()).unwrap_or_default();
    let year = line.iter().position(|character| *character == '年');
    line.len() <= LONGEST
        && year.is_some_and(|year| (4..=6).contains(&year))
        && matches!(line.last(), Some('日' | '号'))
}
