//! The date that is written on a petition.
//!
//! Many dates tell when something happened; the one written on it stands alone, beside the signature, or behind a label.

use std::ops::Range;

use case::text::is_han;
use jiff::civil::Date;

use super::number::digit_value;
use super::{Context, Fields, Text, enclosure};

/// How many lines from the end may hold the date.
const LAST_LINES: usize = 8;
/// A date alone on a line may have this many other characters (a signature) beside it.
const BESIDE: usize = 16;
/// A petition is hardly written longer ago than this; an older date is a misreading or the date of something else.
const OLDEST_YEARS: i16 = 3;
/// How sure a year is of which a figure is guessed: a person is asked.
const GUESSED_ZERO: f32 = 0.5;
const LABELS: &[&str] = &["写信日期", "信访日期", "来信日期", "填表日期", "日期", "落款时间", "写信时间"];

/// A date as written, whether it exists or not.
pub(crate) struct Written {
    pub(crate) range: Range<usize>,
    pub(crate) date: Option<Date>,
}

pub(super) fn find(text: &Text, context: &Context, fields: &mut Fields) {
    let Some((written, confidence)) = labelled(text).or_else(|| beside_signature(text)) else { return };
    let later = |date: &Date| context.received_on.is_some_and(|received| *date > received);
    match written.date.filter(|date| !later(date)) {
        Some(date) => {
            let old = context.received_on.is_some_and(|received| received.year() - date.year() > OLDEST_YEARS);
            let lost = lost_zero(text, written.range.start + 1);
            let confidence = if old {
                0.4
            } else if lost {
                GUESSED_ZERO
            } else {
                confidence
            };
            fields.written_on = Some(text.found(date, confidence, written.range));
        }
        None => fields.impossible.push(text.impossible("written_on", written.range)),
    }
}

fn labelled(text: &Text) -> Option<(Written, f32)> {
    let letter = enclosure::begins(text).unwrap_or(text.len());
    text.lines().into_iter().take_while(|line| line.start < letter).find_map(|line| {
        let (_, end) = text.one_of(line.start, LABELS)?;
        let value = text.skip(end, |c| matches!(c, ':' | ' '));
        Some((date_at(text, value)?, 0.95))
    })
}

fn beside_signature(text: &Text) -> Option<(Written, f32)> {
    // The date of an enclosed contract is not that of the letter.
    let letter = enclosure::begins(text).unwrap_or(text.len());
    let mut lines = text.lines();
    lines.retain(|line| line.start < letter);
    let last = lines.iter().rev().take(LAST_LINES).map(Clone::clone);
    // The end of a text without line breaks: what follows the last full stop.
    let tail = text.sentences().into_iter().rfind(|sentence| sentence.start < letter).into_iter();
    last.chain(tail).find_map(|line| {
        let written = line.clone().find_map(|position| date_at(text, position))?;
        let behind = line.end.saturating_sub(written.range.end);
        let before = written.range.start - line.start;
        // `于2024年3月18日…` goes on; a date that was written on it ends its line or begins it.
        let alone =
            behind <= 2 && before <= BESIDE && !text.any_of(line.start..written.range.start, &["于", "至", "到", "截"]);
        alone.then_some((written, if before == 0 { 0.95 } else { 0.9 }))
    })
}

/// The date that begins at `start`: `2025年3月18日`, `二〇二五年三月十八日`, `2025-03-18`, `2025.3.18`, `2025/3/18`.
pub(crate) fn date_at(text: &Text, start: usize) -> Option<Written> {
    if text.before(start).and_then(digit_value).is_some() {
        return None;
    }
    let (year, end) = year_at(text, start)?;
    let end = blanks(text, end);
    let separator = text.at(end).filter(|c| matches!(c, '年' | '-' | '.' | '/'))?;
    let (month, end) = small_number(text, blanks(text, end + 1))?;
    let end = blanks(text, end);
    let expected = if separator == '年' { '月' } else { separator };
    if text.at(end) != Some(expected) {
        return None;
    }
    let (day, end) = small_number(text, blanks(text, end + 1))?;
    let mark = blanks(text, end);
    let end = if separator == '年' {
        if matches!(text.at(mark), Some('日' | '号')) { mark + 1 } else { return None }
    } else if text.at(end).and_then(digit_value).is_some() {
        return None;
    } else {
        end
    };
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    let date = date.and_then(|((year, month), day)| Date::new(year, month, day).ok());
    Some(Written { range: start..end, date: date.filter(|date| date.year() >= 1949) })
}

fn blanks(text: &Text, position: usize) -> usize {
    text.skip_blanks(position)
}

/// Four digits in figures or Chinese numerals.
fn year_at(text: &Text, start: usize) -> Option<(u16, usize)> {
    let mut year = 0;
    for place in 0..4 {
        let character = text.at(start + place)?;
        // `二O二五年`: typed with a letter for want of 〇.
        let letter = place > 0 && matches!(character, 'O' | 'o') && text.before(start + place).is_some_and(is_han);
        let digit = if letter || lost_zero(text, start + place) { 0 } else { digit_value(character)?.to_digit(10)? };
        year = year * 10 + u16::try_from(digit).ok()?;
    }
    Some((year, start + 4))
}

/// `二 二五年`: engines lose the ring of 〇, and only its place is left.
fn lost_zero(text: &Text, place: usize) -> bool {
    let numeral = |c: Option<char>| c.is_some_and(|c| is_han(c) && digit_value(c).is_some());
    text.at(place) == Some(' ')
        && text.before(place) == Some('二')
        && numeral(text.at(place + 1))
        && numeral(text.at(place + 2))
}

/// A month or a day: figures, or Chinese numerals up to 三十一; `元` is the first month.
fn small_number(text: &Text, start: usize) -> Option<(u16, usize)> {
    let first = text.at(start)?;
    if first == '元' {
        return Some((1, start + 1));
    }
    if first.is_ascii_digit() {
        let end = text.skip(start, |c| c.is_ascii_digit());
        return Some((text.string(start..end).parse().ok().filter(|_| end - start <= 2)?, end));
    }
    let value = |position: usize| text.at(position).and_then(digit_value).and_then(|digit| digit.to_digit(10));
    let (tens, after_tens) = match (first, text.at(start + 1)) {
        ('十' | '拾', _) => (1, start + 1),
        ('廿', _) => (2, start + 1),
        ('卅', _) => (3, start + 1),
        (_, Some('十' | '拾')) => (value(start)?, start + 2),
        _ => return Some((u16::try_from(value(start)?).ok()?, start + 1)),
    };
    let (ones, end) = value(after_tens).map_or((0, after_tens), |ones| (ones, after_tens + 1));
    Some((u16::try_from(tens * 10 + ones).ok()?, end))
}
