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

use std::ops::Range;

use case::field::{Confidence, Doubt, Verdict};
use case::mention::MentionKind;
use jiff::civil::Date;

use super::number::digit_value;
use super::numeral::{Number, number_at};
use super::{Context, Text, lunar};

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
}

/// A find in the characters of a [`Text`].
struct Find {
    kind: MentionKind,
    value: String,
    confidence: f32,
    verdict: Verdict,
    end: usize,
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
        });
    }
    found
}

/// `address` with its house numbers in figures: `清河花园三栋二单元五零幺` becomes `清河花园3栋2单元501`.
pub(crate) fn with_figures(address: &str) -> String {
    let text = Text::new(address);
    let mut written = String::new();
    let mut position = 0;
    while let Some(character) = text.at(position) {
        match house(&text, position).filter(|_| begins(&text, position)) {
            Some(find) => {
                written.push_str(&find.value);
                position = find.end;
            }
            None => {
                written.push(character);
                position += 1;
            }
        }
    }
    written
}

/// A number does not begin in the middle of another one.
fn begins(text: &Text, position: usize) -> bool {
    let inside = |before: char| super::is_figure(before) || before == '.';
    !text.at(position).is_some_and(super::is_figure) || !text.before(position).is_some_and(inside)
}

/// A day, month or year that begins at `start`.
fn day(text: &Text, start: usize, context: &Context) -> Option<Find> {
    let (year, after_year) = year(text, start, context).map_or((None, start), |(year, end)| (Some(year), end));
    let month =
        text.at(after_year).and_then(|_| number_at(text, after_year)).filter(|month| text.at(month.end) == Some('月'));
    let find = |value: String, confidence: f32, verdict, end| {
        Some(Find { kind: MentionKind::Date, value, confidence, verdict, end })
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
    Some(Find { kind: MentionKind::Date, value: format!("农历{said}"), confidence: WITHOUT_YEAR, verdict, end })
}

/// A day told from the day of the call: `上个月十五号`, `昨天`.
fn relative_day(text: &Text, start: usize, context: &Context) -> Option<Find> {
    const MONTHS: &[(&str, i64)] =
        &[("上上个月", 2), ("上个月", 1), ("上月", 1), ("这个月", 0), ("本月", 0), ("上上月", 2)];
    const DAYS: &[(&str, i64)] =
        &[("大前天", 3), ("前天", 2), ("昨天", 1), ("昨日", 1), ("昨晚", 1), ("今天", 0), ("今早", 0)];
    let received = context.received_on?;
    let find = |day: Date, end| {
        let value = day.to_string();
        Find { kind: MentionKind::Date, value, confidence: RELATIVE, verdict: Verdict::Valid, end }
    };
    // `以前天天`, `大前天`.
    let inside = matches!(text.before(start), Some('以' | '之' | '大' | '上' | '日' | '目' | '提'));
    if let Some((word, back)) = DAYS.iter().find(|(word, _)| !inside && text.has(start, word)) {
        let day = received.checked_sub(jiff::Span::new().days(*back)).ok()?;
        return Some(find(day, start + word.chars().count()));
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

/// An amount of money that begins at `start`.
fn amount(text: &Text, start: usize) -> Option<Find> {
    let number = number_at(text, start)?;
    let about = usize::from(matches!(text.at(number.end), Some('多' | '来' | '余' | '几')));
    let unit = number.end + about;
    let scaled = |factor: u64, end: usize| Some((number.hundredths.checked_mul(factor)?, end));
    let pause = |end: usize| text.at(end).is_none_or(|next| !case::text::is_han(next));
    let (hundredths, end) = if let Some((_, end)) = text.one_of(unit, &["块钱", "元钱", "元"]) {
        scaled(1, end)
    } else if let Some((tenths, end)) = tenths(text, unit) {
        Some((number.hundredths.checked_add(tenths)?, end))
    } else if text.at(unit) == Some('块') && (pause(unit + 1) || number.hundredths >= 100_000) {
        scaled(1, unit + 1)
    } else if let Some((_, end)) = text.one_of(unit, &["万块钱", "万块", "万元"]) {
        scaled(10_000, end)
    } else if let Some((_, end)) = text.one_of(unit, &["亿元"]) {
        scaled(100_000_000, end)
    } else if text.before(number.end) == Some('万') && about == 0 && pause(number.end) && is_about_money(text, start) {
        scaled(1, number.end)
    } else {
        None
    }?;
    let value = if hundredths % 100 == 0 {
        (hundredths / 100).to_string()
    } else {
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let confidence = if about > 0 { 0.7 } else { SAID };
    Some(Find { kind: MentionKind::Amount, value, confidence, verdict: Verdict::Valid, end })
}

/// Whether the words before `start` speak of money: `补偿款说是四十二万`.
fn is_about_money(text: &Text, start: usize) -> bool {
    const REACH: usize = 12;
    text.any_of(start.saturating_sub(REACH)..start, &["款", "钱", "费", "赔", "补偿", "工资", "贷", "价", "欠", "押金"])
}

/// `块五毛` behind a number: hundredths, and where it ends.
fn tenths(text: &Text, unit: usize) -> Option<(u64, usize)> {
    let tenths =
        number_at(text, unit + 1).filter(|tenths| text.at(unit) == Some('块') && text.at(tenths.end) == Some('毛'))?;
    let tenths_of_one = tenths.whole().filter(|tenths| *tenths < 10)?;
    Some((tenths_of_one * 10, tenths.end + 1))
}

/// Words behind the number of a house or of a part of one, longer ones before their beginnings.
const PARTS: [&str; 12] = ["号楼", "号院", "单元", "号", "栋", "幢", "楼", "层", "室", "户", "排", "组"];
/// Parts of which one makes a house number: `三号` alone is a day, `二楼` alone a floor.
const HOUSES: [&str; 6] = ["号楼", "号院", "单元", "栋", "幢", "室"];

/// A house number of one or more parts that begins at `start`.
fn house(text: &Text, start: usize) -> Option<Find> {
    let mut written = String::new();
    let mut end = start;
    let mut sure = false;
    let mut parts = 0;
    let mut named: Vec<&str> = Vec::new();
    let mut taken = start;
    while let Some(number) = number_at(text, end) {
        let Some((part, after)) = text.one_of(number.end, &PARTS) else {
            // `三号楼二单元五零幺`: the last number needs no word.
            if sure && is_room(text, end, number) {
                written.push_str(&figures(text, end, number)?);
                end = number.end;
            }
            break;
        };
        // `7栋，七栋三单元`: said once more, it begins anew.
        if named.contains(&part) {
            end = taken;
            break;
        }
        named.push(part);
        written.push_str(&figures(text, end, number)?);
        written.push_str(part);
        sure = sure || HOUSES.contains(&part);
        (end, taken, parts) = (after, after, parts + 1);
        // `三号楼，二单元`: people breathe between the parts.
        let next = text.skip(end, |c| matches!(c, ',' | ' ' | '、' | '-'));
        if next > end
            && next <= end + 1
            && number_at(text, next).is_some_and(|number| text.one_of(number.end, &PARTS).is_some())
            && sure
        {
            end = next;
        }
    }
    // `清河街二十三号`: behind the name of a street a number alone is one of a house.
    let street = parts == 1
        && text.before(start).is_some_and(|before| matches!(before, '街' | '路' | '巷' | '道' | '村' | '庄'));
    let village = written.ends_with('组') || written.ends_with('排') || written.ends_with('户');
    let counted = parts == 1 && written.ends_with('户') || (parts == 1 && !street && village);
    let fits = parts > 0 && (sure || street) && !counted && text.before(start) != Some('第');
    fits.then_some(Find {
        kind: MentionKind::HouseNumber,
        value: written,
        confidence: SAID,
        verdict: Verdict::Unchecked,
        end,
    })
}

/// Three or four digits behind a house or a staircase, with nothing counted behind them.
fn is_room(text: &Text, start: usize, number: Number) -> bool {
    let digits = text.chars(start..number.end).iter().all(|character| digit_value(*character).is_some());
    let ends = text.at(number.end).is_none_or(|next| !matches!(next, '年' | '元' | '块' | '多' | '人' | '个' | '天'));
    digits && (3..=4).contains(&(number.end - start)) && ends
}

/// A number of a house: digit by digit as it was said, or counted.
fn figures(text: &Text, start: usize, number: Number) -> Option<String> {
    let characters = text.chars(start..number.end);
    let digits: Option<String> = characters.iter().map(|character| digit_value(*character)).collect();
    match digits {
        Some(digits) => Some(digits),
        None => number.whole().filter(|number| *number < 100_000).map(|number| number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn values(words: &str) -> Vec<(MentionKind, String)> {
        let context = Context { received_on: Some(date(2026, 11, 24)) };
        mentions(words, &context).into_iter().map(|found| (found.kind, found.value)).collect()
    }

    #[test]
    fn days_as_they_are_said() {
        for (words, value) in [
            ("二零二零年四月", "2020-04"),
            ("二〇一九年十二月三十一号", "2019-12-31"),
            ("2021年3月", "2021-03"),
            ("去年四月份开始", "2025-04"),
            ("前年", "2024"),
            ("二零年四月", "2020-04"),
            ("今年三月十五号", "2026-03-15"),
            ("两千零二十五年九月停工", "2025-09"),
            ("腊月二十三", "农历腊月二十三"),
            ("去年农历八月十五", "农历去年八月十五"),
            ("十月初八动工", "农历十月初八"),
            ("三月十五号停的水", "2026-03-15"),
            ("十二月一号", "2025-12-01"),
            ("从二零一八年起", "2018"),
        ] {
            assert_eq!(values(words), [(MentionKind::Date, value.to_owned())], "{words}");
        }
        for words in ["三年没人修", "三个月了", "六月", "二十年", "三号楼", "一百年", "两年多"] {
            assert!(values(words).iter().all(|(kind, _)| *kind != MentionKind::Date), "{words}: {:?}", values(words));
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_asked() {
        let found = mentions("二零二零年二月三十号", &Context::default());
        assert_eq!(
            (found[0].value.as_str(), found[0].verdict),
            ("二零二零年二月三十号", Verdict::Asked { why: Doubt::Invalid })
        );
    }

    #[test]
    fn amounts_as_they_are_said() {
        for (words, value) in [
            ("欠我三万六千五百块钱", "36500"),
            ("一万二千块", "12000"),
            ("3.65万元", "36500"),
            ("两千多块钱", "2000"),
            ("五块", "5"),
            ("十二块五毛", "12.50"),
            ("四十万块钱", "400000"),
            ("补偿款说是四十二万，", "420000"),
        ] {
            assert_eq!(values(words).first(), Some(&(MentionKind::Amount, value.to_owned())), "{words}");
        }
        for words in ["三块地", "两块砖", "一块去", "三万亩", "五百人", "一共三万。"] {
            assert_eq!(values(words), [], "{words}");
        }
    }

    #[test]
    fn house_numbers_as_they_are_said() {
        for (words, value) in [
            ("三栋二单元", "3栋2单元"),
            ("十二号楼一单元五零幺室", "12号楼1单元501室"),
            ("三号楼，二单元，一百零二", "3号楼2单元"),
            ("八号楼三单元幺零零二", "8号楼3单元1002"),
            ("2号楼3单元402", "2号楼3单元402"),
            ("七栋，七栋三单元五零一", "7栋"),
        ] {
            assert_eq!(values(words).first(), Some(&(MentionKind::HouseNumber, value.to_owned())), "{words}");
        }
        for words in ["五号那天", "住二楼", "五一路", "三里屯", "第三栋"] {
            assert_eq!(values(words), [], "{words}");
        }
        assert_eq!(with_figures("东柳村清风街二十三号"), "东柳村清风街23号");
        assert_eq!(with_figures("五一路七里香小区三栋二单元五零幺"), "五一路七里香小区3栋2单元501");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_range_lies_inside(text in "[零幺二两三四十百千万年月日号栋楼单元室块钱去今，。a1-9]{0,60}") {
            let length = text.chars().count();
            for found in mentions(&text, &Context { received_on: Some(date(2026, 11, 24)) }) {
                prop_assert!(found.range.start < found.range.end && found.range.end <= length);
            }
            let _ = with_figures(&text);
        }
    }
}
