//! Amounts of money: `三万六千五百块`, `3.65万元`, `十二块五毛`, `叁万贰仟元整`, `¥32,000.00`; and, where money is spoken of, a number
//! of ten thousands alone.
//!
//! An amount may stand twice, in capital figures and in digits (`叁万元（30000元）`): where the two are not the same, nobody but the
//! writer knows which is meant, and the find says so.

use case::field::{Doubt, Verdict};
use case::mention::MentionKind;

use super::{Find, SAID, Text};
use crate::fields::numeral::number_at;

/// Words that tell that a bare number behind them is money.
const BEFORE_MONEY: &[&str] = &["人民币", "大写", "小写", "¥"];
/// What may stand between the bracket and the amount in it.
const IN_BRACKETS: &[&str] = &["大写", "小写", "人民币", "合计", "共计", "计", "即", "为", "¥", ":", " "];

/// An amount of money that begins at `start`.
pub(super) fn amount(text: &Text, start: usize) -> Option<Find> {
    let number = number_at(text, start)?;
    let about = usize::from(matches!(text.at(number.end), Some('多' | '来' | '余' | '几')));
    let (hundredths, end) = measured(text, start).or_else(|| {
        let pause = text.at(number.end).is_none_or(|next| !case::text::is_han(next));
        let told =
            is_round(text, start, number.end) && (pause && is_about_money(text, start) || of_money(text, number.end));
        ((told && about == 0) || is_named_money(text, start)).then_some((number.hundredths, number.end))
    })?;
    let confidence = if about > 0 { 0.7 } else { SAID };
    let instead = stated_again(text, start, end).filter(|again| about == 0 && *again != hundredths).map(in_yuan);
    let verdict = if instead.is_some() { Verdict::Asked { why: Doubt::Contradicts } } else { Verdict::Valid };
    Some(Find { instead, ..Find::new(MentionKind::Amount, in_yuan(hundredths), confidence, verdict, end) })
}

/// Yuan as they are written: whole, or with two decimals.
fn in_yuan(hundredths: u64) -> String {
    match hundredths % 100 {
        0 => (hundredths / 100).to_string(),
        cents => format!("{}.{cents:02}", hundredths / 100),
    }
}

/// The number that begins at `start` with a unit of money behind it: hundredths, and where it ends.
fn measured(text: &Text, start: usize) -> Option<(u64, usize)> {
    let number = number_at(text, start)?;
    let about = usize::from(matches!(text.at(number.end), Some('多' | '来' | '余' | '几')));
    let after = number.end + about;
    // `5880 元`, as machines and forms set it.
    let apart = text.at(after) == Some(' ') && text.one_of(after + 1, &["元", "圆", "万元", "亿元"]).is_some();
    let unit = after + usize::from(apart);
    let scaled = |factor: u64, end: usize| Some((number.hundredths.checked_mul(factor)?, end));
    let pause = |end: usize| text.at(end).is_none_or(|next| !case::text::is_han(next));
    if let Some((_, end)) = text.one_of(unit, &["块钱", "元钱", "元", "圆"]) {
        let (rest, end) = small_money(text, end);
        Some((number.hundredths.checked_add(rest)?, end))
    } else if let Some((tenths, end)) = tenths(text, unit) {
        Some((number.hundredths.checked_add(tenths)?, end))
    } else if text.at(unit) == Some('块') && (pause(unit + 1) || number.hundredths >= 100_000) {
        scaled(1, unit + 1)
    } else if let Some((_, end)) = text.one_of(unit, &["万块钱", "万块", "万元"]) {
        scaled(10_000, end)
    } else if let Some((_, end)) = text.one_of(unit, &["亿元"]) {
        scaled(100_000_000, end)
    } else {
        None
    }
}

/// `伍角`, `五角三分` behind yuan: hundredths, and where they end.
fn small_money(text: &Text, from: usize) -> (u64, usize) {
    let digit = |place: usize, units: &[&str]| {
        let number = number_at(text, place).filter(|number| number.end == place + 1)?;
        let (_, end) = text.one_of(number.end, units)?;
        Some((number.whole().filter(|digit| *digit < 10)?, end))
    };
    // `三千二百元零五角`
    let zero = from + usize::from(text.at(from) == Some('零'));
    let tenths = digit(from, &["角", "毛"]).or_else(|| digit(zero, &["角", "毛"]));
    let (tenths, end) = tenths.unwrap_or((0, from));
    let after_zero = if text.at(end) == Some('零') { end + 1 } else { end };
    let (cents, end) = digit(after_zero, &["分"]).unwrap_or((0, end));
    (tenths * 10 + cents, end)
}

/// What an amount of which the other form stands behind it is there, in hundredths: `（32000元）`, `（大写：叁万贰仟元整）`,
/// `，小写¥32000.00`.
fn stated_again(text: &Text, start: usize, end: usize) -> Option<u64> {
    let end = text.one_of(end, &["整", "正"]).map_or(end, |(_, end)| end);
    let mut at = text.skip(end, |one| matches!(one, ' ' | '\n'));
    let bracketed = matches!(text.at(at), Some('(' | '[' | '〔' | '【'));
    if bracketed || matches!(text.at(at), Some(',' | '、')) {
        at += 1;
    }
    let labelled = text.one_of(at, &["大写", "小写"]).is_some();
    if !bracketed && !labelled {
        return None;
    }
    while let Some((_, end)) = text.one_of(at, IN_BRACKETS) {
        at = end;
    }
    // An engine reads the sign ¥ as a letter.
    if text.at(at).is_some_and(|sign| sign.is_ascii_alphabetic() || sign == '羊') {
        at += 1;
    }
    let in_figures = |place: usize| text.at(place).is_some_and(|one| one.is_ascii_digit());
    if in_figures(start) == in_figures(at) {
        return None;
    }
    let (hundredths, end) =
        measured(text, at).or_else(|| number_at(text, at).map(|number| (number.hundredths, number.end)))?;
    let end = text.one_of(end, &["整", "正"]).map_or(end, |(_, end)| end);
    let closed = matches!(text.at(text.skip_blanks(end)), Some(')' | ']' | '〕' | '】'));
    (labelled || closed).then_some(hundredths)
}

/// Whether the words right before the number say that it is money: `人民币`, `¥`.
fn is_named_money(text: &Text, start: usize) -> bool {
    const REACH: usize = 5;
    let mut before = start;
    while text.before(before).is_some_and(|one| matches!(one, ' ' | ':')) {
        before -= 1;
    }
    let from = before.saturating_sub(REACH);
    text.all_of(from..before, BEFORE_MONEY).any(|(_, word)| word.end == before)
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
