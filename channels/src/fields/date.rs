//! The date that is written on a petition.
//!
//! Many dates tell when something happened; the one written on it stands alone, beside the signature, or behind a label.

use std::ops::Range;

use case::text::is_han;
use jiff::civil::Date;

use super::number::digit_value;
use super::surname::name_at;
use super::{Context, Fields, Text, enclosure};

/// How many lines from the end may hold the date.
const LAST_LINES: usize = 8;
/// A date alone on a line may have this many other characters (a signature) beside it.
const BESIDE: usize = 16;
/// Longest words behind it that say where it was written, in characters.
const WHERE_WRITTEN: usize = 8;
/// A petition is hardly written longer ago than this; an older date is a misreading or the date of something else.
const OLDEST_YEARS: i16 = 3;
/// How sure a day is of which a figure is guessed: a person is asked.
const GUESSED_FIGURE: f32 = 0.5;
/// The years that people write with two figures; of others the century is not plain.
const SHORT_YEARS: std::ops::RangeInclusive<u16> = 20..=49;
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
            let guessed = lost_zero(text, written.range.start + 1) || holds_letter(text, &written.range);
            let confidence = if old {
                0.4
            } else if guessed {
                GUESSED_FIGURE
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
        let at = |position| date_at(text, position).or_else(|| points(text, position));
        let written = line.clone().find_map(|position| at(position).or_else(|| year_behind(text, position)))?;
        let behind = line.end.saturating_sub(written.range.end);
        // A number between the name and the day is no word of a sentence.
        let words = text.chars(line.start..written.range.start);
        let before = words.iter().filter(|c| !c.is_ascii_digit() && **c != ' ').count();
        // `2026年10月5日于家中`
        let written_at = text.skip_blanks(written.range.end);
        let where_written = (text.at(written_at) == Some('于')
            || text.one_of(written_at, &["写于", "书于", "草于"]).is_some())
            && behind <= WHERE_WRITTEN
            && text.chars(written_at..line.end).iter().all(|c| is_han(*c));
        // `2024.11.19　居民 万素珍`: who signs behind the day.
        let signs = before == 0 && signed_behind(text, written.range.end..line.end);
        // `于2024年3月18日…` goes on; a date that was written on it ends its line or begins it.
        let alone = (behind <= 2 || where_written || signs || weekday(text, written.range.end..line.end))
            && before <= BESIDE
            && !text.any_of(line.start..written.range.start, &["于", "至", "到", "截"]);
        alone.then_some((written, if before == 0 { 0.95 } else { 0.9 }))
    })
}

/// Whether nothing but a name stands in `range`, behind a blank and perhaps what its bearer is.
fn signed_behind(text: &Text, range: Range<usize>) -> bool {
    let behind = text.trim(range.clone());
    let plain = text.chars(behind.clone()).iter().all(|c| is_han(*c) || *c == ' ');
    let last = behind.clone().rev().find(|at| text.at(*at) == Some(' ')).map_or(behind.start, |blank| blank + 1);
    let named = name_at(text, last).is_some_and(|name| name.known_surname && name.range.end == behind.end);
    behind.start > range.start && behind.len() <= BESIDE && plain && named
}

/// Whether `range` is nothing but the day of the week.
fn weekday(text: &Text, range: Range<usize>) -> bool {
    let start = text.skip(range.start, |c| matches!(c, ' ' | '('));
    text.one_of(start, &["星期", "礼拜", "周"]).is_some_and(|(_, end)| text.trim(end..range.end.max(end)).len() <= 2)
}

/// The date that begins at `start`: `2025年3月18日`, `二〇二五年三月十八日`, `2025-03-18`, `2025.3.18`, `2025/3/18`.
pub(crate) fn date_at(text: &Text, start: usize) -> Option<Written> {
    if text.before(start).and_then(digit_value).is_some() {
        return None;
    }
    let (year, end) = year_at(text, start).or_else(|| short_year(text, start))?;
    let end = blanks(text, end);
    // A machine reads the points as full stops: `2026。9。12`.
    let separator = text.at(end).filter(|c| matches!(c, '年' | '-' | '.' | '/' | '。'))?;
    let (month, end) = small_number(text, blanks(text, end + 1))?;
    let end = blanks(text, end);
    let expected = if separator == '年' { '月' } else { separator };
    if text.at(end) != Some(expected) {
        return None;
    }
    let (day, end) = small_number(text, blanks(text, end + 1))?;
    let mark = blanks(text, end);
    let end = if separator == '年' {
        // `二〇二六年十月二十六`: said without 日 at the end of its line.
        let unsaid = text.at(end).is_none_or(|next| next == '\n') && text.before(end).is_some_and(is_han);
        match text.at(mark) {
            Some('日' | '号') => mark + 1,
            _ if unsaid => end,
            _ => return None,
        }
    } else if text.at(end).and_then(digit_value).is_some() {
        return None;
    } else {
        end
    };
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    let date = date.and_then(|((year, month), day)| Date::new(year, month, day).ok());
    Some(Written { range: start..end, date: date.filter(|date| date.year() >= 1949) })
}

/// `元月九日　二〇二六年`, in one line or two: the year behind the day.
fn year_behind(text: &Text, start: usize) -> Option<Written> {
    if text.before(start).is_some_and(|before| before == '年' || digit_value(before).is_some()) {
        return None;
    }
    let (month, end) = small_number(text, start).filter(|(_, end)| text.at(*end) == Some('月'))?;
    let (day, end) = small_number(text, end + 1).filter(|(_, end)| matches!(text.at(*end), Some('日' | '号')))?;
    let blank = text.skip(end + 1, |c| matches!(c, ' ' | '\n' | ','));
    let (year, end) = year_at(text, blank).filter(|(_, end)| blank > 0 && text.at(*end) == Some('年'))?;
    text.at(end + 1).is_none_or(|next| matches!(next, ' ' | '\n' | '。')).then_some(())?;
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Written { range: start..end + 1, date: Some(date) })
}

/// `26年4月8日`: the year with its last two figures, before 年 only.
fn short_year(text: &Text, start: usize) -> Option<(u16, usize)> {
    let digit = |place: usize| text.at(place).and_then(digit_value).and_then(|digit| digit.to_digit(10));
    let year = u16::try_from(digit(start)? * 10 + digit(start + 1)?).ok()?;
    let written = text.at(blanks(text, start + 2)) == Some('年') && !text.before(start).is_some_and(is_part_of_number);
    (written && SHORT_YEARS.contains(&year)).then_some((2000 + year, start + 2))
}

/// Whether a year cannot begin behind `character`: `第26年`, `满26年`, `1.26年`.
const fn is_part_of_number(character: char) -> bool {
    matches!(character, '第' | '满' | '达' | '近' | '十' | '百' | '.' | '-')
}

/// `26.9.22`, alone in its line or behind a blank: with points a day only where nothing else stands.
fn points(text: &Text, start: usize) -> Option<Written> {
    let begins = text.before(start).is_none_or(|before| matches!(before, ' ' | '\n'));
    let figures = |from: usize| {
        let end = text.skip(from, |c| c.is_ascii_digit());
        (1..=2).contains(&(end - from)).then(|| text.string(from..end).parse::<u16>().ok().zip(Some(end)))?
    };
    let (year, end) = figures(start).filter(|(year, _)| begins && SHORT_YEARS.contains(year))?;
    let sign = text.at(end).filter(|c| matches!(c, '.' | '/'))?;
    let (month, end) = figures(end + 1).filter(|(_, end)| text.at(*end) == Some(sign))?;
    let (day, end) = figures(end + 1)?;
    text.at(end).is_none_or(|next| matches!(next, ' ' | '\n' | '。')).then_some(())?;
    let date = Date::new(i16::try_from(2000 + year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some(Written { range: start..end, date: Some(date.ok()?) })
}

/// Whether a letter stands for a figure beside figures: `2026年7月l6日`.
fn holds_letter(text: &Text, range: &Range<usize>) -> bool {
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    range
        .clone()
        .any(|at| text.at(at).and_then(figure_like).is_some() && (figure(text.before(at)) || figure(text.at(at + 1))))
}

/// The figure for which a machine may have read a letter.
const fn figure_like(character: char) -> Option<char> {
    match character {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    }
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
    let second = text.at(start + 1).is_some_and(|next| next.is_ascii_digit());
    if first.is_ascii_digit() || figure_like(first).is_some() && second {
        let end = text.skip(start, |c| c.is_ascii_digit() || figure_like(c).is_some());
        let figures: String = text.chars(start..end).iter().map(|c| figure_like(*c).unwrap_or(*c)).collect();
        return Some((figures.parse().ok().filter(|_| end - start <= 2)?, end));
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
