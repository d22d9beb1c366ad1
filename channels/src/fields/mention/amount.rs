//! Amounts of money: `三万六千五百块`, `3.65万元`, `十二块五毛`; and, where money is spoken of, a number of ten thousands alone.

use case::field::Verdict;
use case::mention::MentionKind;

use super::{Find, SAID, Text};
use crate::fields::numeral::number_at;

/// An amount of money that begins at `start`.
pub(super) fn amount(text: &Text, start: usize) -> Option<Find> {
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
    } else if is_round(text, start, number.end)
        && about == 0
        && (pause(number.end) && is_about_money(text, start) || of_money(text, number.end))
    {
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

/// `十六万`, `三千二`, `四万五`: a number whose last word is 万, or which is said short, as prices are.
fn is_round(text: &Text, start: usize, end: usize) -> bool {
    let scale = |place: Option<char>| matches!(place, Some('千' | '万'));
    let words = text.chars(start..end).iter().all(|character| !character.is_ascii_digit());
    text.before(end) == Some('万') || (words && end >= start + 3 && scale(text.before(end - 1)))
}

/// `三万二的定金`: what the number is of.
fn of_money(text: &Text, end: usize) -> bool {
    text.one_of(
        end,
        &["的定金", "的押金", "的工资", "的补偿", "的货款", "的工钱", "的钱", "的学费", "定金", "押金", "工资"],
    )
    .is_some()
}

/// Whether the words before `start` speak of money: `补偿款说是四十二万`.
fn is_about_money(text: &Text, start: usize) -> bool {
    const REACH: usize = 12;
    text.any_of(
        start.saturating_sub(REACH)..start,
        &["款", "钱", "费", "赔", "补偿", "工资", "贷", "价", "欠", "押金", "定金", "一亩", "只给", "才给"],
    )
}

/// `块五毛` behind a number: hundredths, and where it ends.
fn tenths(text: &Text, unit: usize) -> Option<(u64, usize)> {
    let tenths =
        number_at(text, unit + 1).filter(|tenths| text.at(unit) == Some('块') && text.at(tenths.end) == Some('毛'))?;
    let tenths_of_one = tenths.whole().filter(|tenths| *tenths < 10)?;
    Some((tenths_of_one * 10, tenths.end + 1))
}
