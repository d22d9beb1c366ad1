//! Days of the lunar calendar (农历) as people say them: `腊月二十三`, `农历八月十五`, `十月初八`, `大年初一`.
//!
//! They are kept as they were said. To turn one into a day of the civil calendar takes a table of new moons and leap months, and the
//! year is rarely said; a person is asked.

use case::text::is_han;

use super::Text;
use super::numeral::number_at;

/// Words that say which calendar is meant.
pub(super) const CALENDARS: &[&str] = &["农历", "阴历", "旧历"];
/// Words for a year that is told from the present one.
const YEARS: &[&str] = &["大前年", "今年", "去年", "前年", "明年"];
/// Months that only this calendar has.
const MONTHS: &[&str] = &["正月", "冬月", "腊月"];
/// Days that are called by a name.
const DAYS: &[&str] = &["除夕", "大年三十", "年三十"];
/// A month has at most so many days.
const LAST_DAY: u64 = 30;

/// Where the words for a lunar day or month end that begin at `start`; nothing when there are none.
pub(super) fn ends(text: &Text, start: usize) -> Option<usize> {
    let mut position = start;
    let mut marked = false;
    // `农历去年八月十五`, `去年农历八月十五`, `二零二五年腊月`.
    for _ in 0..2 {
        if let Some((_, end)) = text.one_of(position, CALENDARS) {
            (marked, position) = (true, text.skip(end, |c| matches!(c, '的' | ' ')));
        }
        if let Some(end) = year(text, position) {
            position = text.skip(end, |c| matches!(c, '的' | ' '));
        }
    }
    if let Some((_, end)) = text.one_of(position, DAYS) {
        return Some(end);
    }
    if let Some(end) = text.has(position, "大年").then(|| first_days(text, position + 2)).flatten() {
        return Some(end);
    }
    let leap = position + usize::from(text.at(position) == Some('闰'));
    let named = text.one_of(leap, MONTHS).map(|(_, end)| end);
    let counted = || {
        let month = number_at(text, leap)?;
        let fits = text.at(month.end) == Some('月') && month.whole().is_some_and(|month| (1..=12).contains(&month));
        // `十二个月`, `六月份` of the other calendar.
        (fits && text.at(month.end + 1) != Some('份')).then_some(month.end + 1)
    };
    let month_end = named.or_else(counted)?;
    let of_lunar = marked || named.is_some() || leap > position;
    match (first_days(text, month_end), counted_day(text, month_end)) {
        (Some(end), _) => Some(end),
        (None, Some(end)) if of_lunar => Some(end),
        (None, _) => of_lunar.then_some(month_end),
    }
}

/// `初八`, `廿三`: only this calendar counts so.
fn first_days(text: &Text, start: usize) -> Option<usize> {
    match text.at(start)? {
        '初' => {
            let day = number_at(text, start + 1)?;
            day.whole().is_some_and(|day| (1..=10).contains(&day)).then_some(day.end)
        }
        '廿' => Some(text.skip(start + 1, super::is_figure).min(start + 2)),
        _ => None,
    }
}

fn counted_day(text: &Text, start: usize) -> Option<usize> {
    let day = number_at(text, start)?;
    let end = day.end + usize::from(matches!(text.at(day.end), Some('日' | '号')));
    // `正月五千块`, `腊月三个人`: something else is counted.
    let counts = text.at(end).is_some_and(|next| matches!(next, '个' | '块' | '元' | '多' | '人' | '万' | '斤'));
    (day.whole().is_some_and(|day| (1..=LAST_DAY).contains(&day)) && !counts).then_some(end)
}

/// Where a year ends that begins at `start`.
fn year(text: &Text, start: usize) -> Option<usize> {
    if let Some((_, end)) = text.one_of(start, YEARS) {
        return Some(end);
    }
    let inside = text.before(start).is_some_and(|before| is_han(before) && super::is_figure(before));
    let number = number_at(text, start).filter(|number| !inside && text.at(number.end) == Some('年'))?;
    number.whole().is_some_and(|year| (1949..2100).contains(&year)).then_some(number.end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lunar_days_are_known_by_what_only_they_have() {
        for (words, said) in [
            ("腊月二十三那天摔的", "腊月二十三"),
            ("前年腊月二十三", "前年腊月二十三"),
            ("去年农历八月十五晚上", "去年农历八月十五"),
            ("阴历八月十五", "阴历八月十五"),
            ("十月初八动的工", "十月初八"),
            ("去年十月初八", "去年十月初八"),
            ("正月里没上班", "正月"),
            ("二零二五年冬月十九", "二零二五年冬月十九"),
            ("闰六月初一", "闰六月初一"),
            ("大年初三", "大年初三"),
            ("正月廿六", "正月廿六"),
            ("除夕夜里", "除夕"),
        ] {
            let text = Text::new(words);
            assert_eq!(ends(&text, 0).map(|end| text.string(0..end)).as_deref(), Some(said), "{words}");
        }
        for words in ["八月十五号", "六月份", "三个月", "去年四月", "二零二五年十月", "初中", "月初", "十二月三十一日"]
        {
            assert_eq!(ends(&Text::new(words), 0), None, "{words}");
        }
    }
}
