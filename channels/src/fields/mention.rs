//! Days, amounts of money and house numbers that are named in the words, each in one written form.
//!
//! | said | written |
//! |---|---|
//! | 二零二零年四月, 2020年4月15号, 去年四月 | `2020-04`, `2020-04-15`, `2025-04` |
//! | 上个月十五号, 昨天 | `2026-10-15`, `2026-11-23` |
//! | 三万六千五百块, 3.65万元 | `36500` (yuan) |
//! | 三栋二单元五零幺 | `3栋2单元501` |
//! | 去年腊月二十三, 十月初八 | `农历去年腊月二十三`, `农历十月初八`: a person is asked for the day |
//!
//! A door whose words were spoken uses it. A day that does not exist is given as it was said, and marked as one that cannot be.

mod amount;
mod house;

use std::ops::Range;

use case::field::{Confidence, Doubt, Verdict};
use case::mention::MentionKind;
use jiff::civil::Date;

use super::number::digit_value;
use super::numeral::{is_money_figure, number_at};
use super::{Context, Text, lunar};
use amount::amount;
use house::house;

pub(crate) use house::with_figures;

/// The most values that are taken from one text.
const MOST: usize = 200;
/// How sure a day is whose year was not said: the latest one that is not later than the call.
const WITHOUT_YEAR: f32 = 0.6;
/// How sure a day is that was told from the day of the call.
const RELATIVE: f32 = 0.8;
/// How sure any other value is.
const SAID: f32 = 0.9;

/// A value that was named.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mentioned {
    /// What it is.
    pub(crate) kind: MentionKind,
    /// As it was said.
    pub(crate) said: String,
    /// In its one written form.
    pub(crate) value: String,
    /// How sure it is.
    pub(crate) confidence: Confidence,
    /// Whether it can be.
    pub(crate) verdict: Verdict,
    /// The characters it rests on, counted in the text that was given.
    pub(crate) range: Range<usize>,
    /// What the brackets behind an amount say instead: `叁万元（32000元）`.
    pub(crate) instead: Option<String>,
}

/// A find in the characters of a [`Text`].
struct Find {
    kind: MentionKind,
    value: String,
    confidence: f32,
    verdict: Verdict,
    end: usize,
    instead: Option<String>,
}

impl Find {
    fn new(kind: MentionKind, value: String, confidence: f32, verdict: Verdict, end: usize) -> Self {
        Self { kind, value, confidence, verdict, end, instead: None }
    }
}

/// Everything that `words` name, in order.
pub(crate) fn mentions(words: &str, context: &Context) -> Vec<Mentioned> {
    let text = Text::new(words);
    let mut found = Vec::new();
    let mut position = 0;
    while position < text.len() && found.len() < MOST {
        let find = lunar_day(&text, position).or_else(|| day(&text, position, context));
        let find = find.or_else(|| relative_day(&text, position, context));
        let find = find.or_else(|| house(&text, position)).or_else(|| amount(&text, position));
        let Some(find) = find.filter(|_| begins(&text, position)) else {
            position += 1;
            continue;
        };
        let range = position..find.end;
        position = find.end;
        found.push(Mentioned {
            kind: find.kind,
            said: text.as_written(range.clone()),
            value: find.value,
            confidence: Confidence::new(find.confidence),
            verdict: find.verdict,
            range: text.origin(range),
            instead: find.instead,
        });
    }
    found
}

/// A number does not begin in the middle of another one.
fn begins(text: &Text, position: usize) -> bool {
    // `6O00元`: a letter that is drawn like a figure.
    let inside = |before: char| is_money_figure(before) || matches!(before, '.' | 'O' | 'o' | 'l' | 'I');
    !text.at(position).is_some_and(is_money_figure) || !text.before(position).is_some_and(inside)
}

/// A day, month or year that begins at `start`.
fn day(text: &Text, start: usize, context: &Context) -> Option<Find> {
    let (year, after_year) = year(text, start, context).map_or((None, start), |(year, end)| (Some(year), end));
    let month =
        text.at(after_year).and_then(|_| number_at(text, after_year)).filter(|month| text.at(month.end) == Some('月'));
    let find = |value: String, confidence: f32, verdict, end| {
        Some(Find::new(MentionKind::Date, value, confidence, verdict, end))
    };
    let Some(month) = month else {
        return find(format!("{:04}", year?), SAID, Verdict::Valid, after_year);
    };
    let month_end = text.one_of(month.end, &["月份", "月"]).map_or(month.end + 1, |(_, end)| end);
    let day = number_at(text, month_end)
        .filter(|day| matches!(text.at(day.end), Some('日' | '号')) && !text.has(day.end, "号楼"));
    let month = i8::try_from(month.whole()?).unwrap_or(i8::MAX);
    let (day, end) = match day {
        Some(day) => (Some(i8::try_from(day.whole()?).unwrap_or(i8::MAX)), day.end + 1),
        None => (None, month_end),
    };
    // `三个月`, `六月`: without a year a month alone may be a length of time or any year's.
    let (year, confidence) = match year {
        Some(year) => (year, SAID),
        None => (latest(month, day?, context)?, WITHOUT_YEAR),
    };
    let exists = Date::new(year, month, day.unwrap_or(1)).is_ok();
    let verdict = if exists { Verdict::Valid } else { Verdict::Asked { why: Doubt::Invalid } };
    let value = match day {
        _ if !exists => text.string(start..end),
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    find(value, confidence, verdict, end)
}

/// A day or month of the lunar calendar.
fn lunar_day(text: &Text, start: usize) -> Option<Find> {
    let end = lunar::ends(text, start)?;
    let said = lunar::CALENDARS.iter().fold(text.string(start..end), |said, name| said.replace(name, ""));
    let verdict = Verdict::Asked { why: Doubt::Lunar };
    Some(Find::new(MentionKind::Date, format!("农历{said}"), WITHOUT_YEAR, verdict, end))
}

/// A day told from the day of the call: `上个月十五号`, `昨天`.
fn relative_day(text: &Text, start: usize, context: &Context) -> Option<Find> {
    const MONTHS: &[(&str, i64)] =
        &[("上上个月", 2), ("上个月", 1), ("上月", 1), ("这个月", 0), ("本月", 0), ("上上月", 2)];
    const DAYS: &[(&str, i64)] = &[
        ("大前天", 3),
        ("大前儿", 3),
        ("前天", 2),
        ("前儿个", 2),
        ("前儿", 2),
        ("昨天", 1),
        ("昨日", 1),
        ("昨晚", 1),
        ("昨儿个", 1),
        ("昨儿", 1),
        ("夜儿个", 1),
        ("今天", 0),
        ("今早", 0),
        ("今儿个", 0),
        ("今儿", 0),
    ];
    let received = context.received_on?;
    let find = |day: Date, end| {
        let value = day.to_string();
        Find::new(MentionKind::Date, value, RELATIVE, Verdict::Valid, end)
    };
    // `以前天天`, `大前天`.
    let inside = matches!(text.before(start), Some('以' | '之' | '大' | '上' | '日' | '目' | '提'));
    if let Some((word, back)) = DAYS.iter().find(|(word, _)| !inside && text.has(start, word)) {
        let day = received.checked_sub(jiff::Span::new().days(*back)).ok()?;
        return Some(find(day, start + word.chars().count()));
    }
    if let Some((day, end)) = day_of_week(text, start, received).filter(|_| !inside) {
        return Some(find(day, end));
    }
    let (word, back) = MONTHS.iter().find(|(word, _)| !inside && text.has(start, word))?;
    let number = number_at(text, start + word.chars().count())?;
    if !matches!(text.at(number.end), Some('日' | '号')) || text.has(number.end, "号楼") {
        return None;
    }
    let month = received.first_of_month().checked_sub(jiff::Span::new().months(*back)).ok()?;
    let day = i8::try_from(number.whole()?).ok().and_then(|day| Date::new(month.year(), month.month(), day).ok())?;
    (day <= received).then(|| find(day, number.end + 1))
}

/// `上礼拜三`, `上个星期天`, `这周一`: the day, and where its words end. A week begins on Monday.
fn day_of_week(text: &Text, start: usize, received: Date) -> Option<(Date, usize)> {
    const WEEKS: &[&str] = &["礼拜", "星期", "周"];
    const DAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];
    let (word, from) = text.one_of(start, &["上上个", "上上", "上个", "上", "这个", "这", "本"])?;
    let back = match word {
        "上上个" | "上上" => 2,
        "上个" | "上" => 1,
        _ => 0,
    };
    let (_, named) = text.one_of(from, WEEKS)?;
    let said = text.at(named).map(|said| if said == '天' { '日' } else { said })?;
    let place = i64::try_from(DAYS.iter().position(|day| *day == said)?).ok()?;
    // `上周一共来了三次`, `上周五百人`.
    if matches!(
        (said, text.at(named + 1)),
        ('一', Some('共' | '直' | '些' | '个' | '次')) | (_, Some('百' | '千' | '万' | '十'))
    ) {
        return None;
    }
    let monday =
        received.checked_sub(jiff::Span::new().days(i64::from(received.weekday().to_monday_zero_offset()))).ok()?;
    let day = monday.checked_add(jiff::Span::new().days(place - 7 * back)).ok()?;
    (day <= received).then_some((day, named + 1))
}

/// The year that is named at `start`, and where its words end.
fn year(text: &Text, start: usize, context: &Context) -> Option<(i16, usize)> {
    let this = context.received_on.map(Date::year);
    for (word, back) in [("今年", 0), ("去年", 1), ("前年", 2), ("大前年", 3)] {
        if text.has(start, word) && !text.has(start, "去年底前") && text.before(start) != Some('大') {
            return Some((this?.checked_sub(back)?, start + word.chars().count()));
        }
    }
    // `两千零二十五年`
    let counted = number_at(text, start)
        .filter(|number| text.any_of(start..number.end, &["千"]) && text.at(number.end) == Some('年'));
    if let Some((year, end)) = counted.and_then(|number| Some((i16::try_from(number.whole()?).ok()?, number.end))) {
        return Some((year, end + 1)).filter(|(year, _)| (1949..2100).contains(year));
    }
    let digits: String = (start..start + 5).map_while(|place| text.at(place).and_then(digit_value)).collect();
    let end = start + digits.len();
    if text.at(end) != Some('年') || text.before(start).is_some_and(super::is_figure) {
        return None;
    }
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year).filter(|year| (1949..2100).contains(year)),
        // `二零年`, `一九年`; `三年`, `一零年代` are lengths of time or something else.
        2 => {
            let latest = this? % 100;
            Some(year).filter(|year| (0..=latest).contains(year) && digits.chars().count() == 2).map(|year| 2000 + year)
        }
        _ => None,
    }
    .map(|year| (year, end + 1))
}

/// The year of the latest such day that is not later than the day of the call.
fn latest(month: i8, day: i8, context: &Context) -> Option<i16> {
    let received = context.received_on?;
    [received.year(), received.year().checked_sub(1)?]
        .into_iter()
        .find(|year| Date::new(*year, month, day).is_ok_and(|date| date <= received))
}

#[cfg(test)]
mod tests;
