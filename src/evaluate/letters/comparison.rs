//! What was read held against the truth: the character error rate, and what became of each field.
//!
//! A wrong value is silent only when it would be shown to the clerk as sure.

use case::field::Confidence;
use case::statement::{Mark, Statement};

use super::figures::{MeasuredField, Outcome};
use super::sample::Truth;

/// A field whose confidence is below this is shown to the clerk as doubtful; a wrong value above it would pass unseen.
pub const SHOWN_AS_SURE_FROM: f32 = 0.6;

/// What is compared of a text: Han characters, letters and digits after NFKC.
pub(super) fn core(text: &str) -> Vec<char> {
    case::text::normalise(text).chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Levenshtein distance by the length of the truth.
pub(super) fn error_rate(truth: &[char], read: &[char]) -> f64 {
    let mut row: Vec<u32> = (0..).take(read.len() + 1).collect();
    for (number, wanted) in (1_u32..).zip(truth) {
        let mut diagonal = std::mem::replace(row.first_mut().unwrap_or(&mut 0), number);
        let mut left = number;
        for (cell, found) in row.iter_mut().skip(1).zip(read) {
            let replaced = diagonal + u32::from(wanted != found);
            diagonal = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    let distance = row.last().copied().map_or(0.0, f64::from);
    distance / u32::try_from(truth.len()).map_or(f64::INFINITY, f64::from).max(1.0)
}

/// What became of each field that the truth names.
pub(super) fn compare(truth: &Truth, statement: &Statement) -> Vec<MeasuredField> {
    let first = statement.petitioners.first();
    let name = first.and_then(|person| person.name.as_ref()).map(|field| (field.value.clone(), field.confidence));
    let phone = first.and_then(|person| person.phones.first());
    let phone = phone.map(|field| (field.value.as_str().to_owned(), field.confidence));
    let number = first.and_then(|person| person.id_number.as_ref());
    let number = number.map(|field| (field.value.as_str().to_owned(), field.confidence));
    let date = statement.written_on.as_ref().map(|field| (field.value.to_string(), field.confidence));
    let asked =
        |name: &str| statement.marks.iter().any(|mark| matches!(mark, Mark::Asked { field, .. } if field == name));
    let mut outcomes = Vec::new();
    let mut add = |field: &'static str, wanted: Option<&str>, found: &Option<(String, Confidence)>| {
        if let Some(wanted) = wanted {
            let mark = if field == "date" { "written_on" } else { field };
            outcomes.push(MeasuredField { field, outcome: outcome(wanted, found.as_ref()), asked: asked(mark) });
        }
    };
    add("name", truth.name.as_deref(), &name);
    if truth.phones.is_none() {
        add("phone", truth.phone.as_deref(), &phone);
    }
    add("id_number", truth.idno.as_deref(), &number);
    add("date", truth.date.as_deref().and_then(civil_date).as_deref(), &date);
    let title = Some((statement.title.value.clone(), statement.title.confidence));
    add("title", truth.title.as_deref(), &title);
    if let Some(wanted) = &truth.phones {
        let found = statement.petitioners.iter().flat_map(|person| &person.phones);
        let found: Vec<_> = found.map(|field| (field.value.as_str().to_owned(), field.confidence)).collect();
        let asked = asked("phone");
        let of_phone = |outcome| MeasuredField { field: "phone", outcome, asked };
        outcomes.extend(phone_outcomes(wanted, &found).into_iter().map(of_phone));
    }
    if let Some(wanted) = &truth.place {
        let outcome = place_outcome(wanted, statement);
        outcomes.push(MeasuredField { field: "place", outcome, asked: asked("place") });
    }
    if let Some(amount) = &truth.amount {
        // The normal form has no field for an amount, so none is ever shown as sure: it is read or it is not.
        let outcome = if contains(&statement.body, amount) { Outcome::Exact } else { Outcome::Flagged };
        outcomes.push(MeasuredField { field: "amount", outcome, asked: asked("amount") });
    }
    outcomes
}

pub(super) fn outcome(wanted: &str, found: Option<&(String, Confidence)>) -> Outcome {
    match found {
        Some((value, _)) if core(value) == core(wanted) => Outcome::Exact,
        Some((_, confidence)) if confidence.value() >= SHOWN_AS_SURE_FROM => Outcome::SilentWrong,
        Some(_) | None => Outcome::Flagged,
    }
}

/// What became of each telephone number that a reader should find, and of each one shown as sure that is none of them.
fn phone_outcomes(wanted: &[String], found: &[(String, Confidence)]) -> Vec<Outcome> {
    let is = |one: &str, other: &str| core(one) == core(other);
    let foreign = |(value, confidence): &&(String, Confidence)| {
        confidence.value() >= SHOWN_AS_SURE_FROM && !wanted.iter().any(|right| is(right, value))
    };
    let read = |right: &&String| found.iter().any(|(value, _)| is(right, value));
    let exact = wanted.iter().filter(read).count();
    let wrong = found.iter().filter(foreign).count();
    // A number read wrong is also one that was not read right: it counts once.
    let flagged = (wanted.len() - exact).saturating_sub(wrong);
    let times = |outcome, count| std::iter::repeat_n(outcome, count);
    times(Outcome::Exact, exact)
        .chain(times(Outcome::SilentWrong, wrong))
        .chain(times(Outcome::Flagged, flagged))
        .collect()
}

/// The place is right when the address or the place of the matter has it whole; both may say more, such as the city. A
/// truth copied from the letter may begin with the word before it ("住11号楼…").
fn place_outcome(wanted: &str, statement: &Statement) -> Outcome {
    let wanted = wanted.trim_start_matches('住');
    let address = statement.petitioners.first().and_then(|person| person.address.as_ref());
    let address = address.map(|field| (field.value.as_str(), field.confidence));
    let place = statement.place.as_ref().map(|field| (field.value.text.as_str(), field.confidence));
    let found = || address.iter().chain(&place);
    if found().any(|(value, _)| contains(value, wanted)) {
        Outcome::Exact
    } else if found().any(|(_, confidence)| confidence.value() >= SHOWN_AS_SURE_FROM) {
        Outcome::SilentWrong
    } else {
        Outcome::Flagged
    }
}

/// Whether the core of `wanted` stands in the core of `text`.
fn contains(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (core(text), core(wanted));
    !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
}

/// `2025年3月18日`, `2025.3.18` or `二〇二五年三月十八日` as `2025-03-18`.
fn civil_date(written: &str) -> Option<String> {
    let mut parts = written.split(['年', '月', '日', '.', '-', '/']).map(number);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Digits, Arabic or Chinese, with 十 as people write it in dates.
fn number(written: &str) -> Option<u32> {
    const CHINESE: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let characters: Vec<char> = written.trim().chars().collect();
    let digit = |character: char| {
        let chinese = CHINESE.iter().position(|known| *known == character).and_then(|value| u32::try_from(value).ok());
        character.to_digit(10).or(chinese)
    };
    match characters.as_slice() {
        [] => None,
        ['十'] => Some(10),
        ['十', unit] => Some(10 + digit(*unit)?),
        [ten, '十'] => Some(digit(*ten)? * 10),
        [ten, '十', unit] => Some(digit(*ten)? * 10 + digit(*unit)?),
        digits => digits.iter().try_fold(0, |sum: u32, character| sum.checked_mul(10)?.checked_add(digit(*character)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(truth: &str, read: &str) -> f64 {
        error_rate(&core(truth), &core(read))
    }

    #[test]
    fn the_rate_counts_edits_of_characters_that_matter() {
        assert!(rate("张三，138", "张 三１３８。").abs() < f64::EPSILON, "blanks, signs and width do not count");
        assert!((rate("张三反映路灯", "张山反映灯") - 2.0 / 6.0).abs() < 1e-9, "one replaced, one lost");
        assert!((rate("张三", "") - 1.0).abs() < 1e-9);
        assert!((rate("张三", "张三张三张三") - 2.0).abs() < 1e-9, "invented text costs too");
    }

    #[test]
    fn a_wrong_value_is_silent_only_when_it_looks_sure() {
        let found = |confidence| Some(("13800000002".to_owned(), Confidence::new(confidence)));
        let of = |confidence| outcome("13800000001", found(confidence).as_ref());
        assert_eq!((of(0.9), of(0.3)), (Outcome::SilentWrong, Outcome::Flagged));
        assert_eq!(outcome("13800000002", found(0.1).as_ref()), Outcome::Exact);
        assert_eq!(outcome("13800000002", None), Outcome::Flagged);
    }

    #[test]
    fn every_number_of_a_letter_counts() {
        use Outcome::{Exact, Flagged, SilentWrong};
        let of = |found: &[(&str, f32)]| {
            let found: Vec<_> =
                found.iter().map(|(value, sure)| ((*value).to_owned(), Confidence::new(*sure))).collect();
            phone_outcomes(&["13800000001".to_owned(), "13800000002".to_owned()], &found)
        };
        assert_eq!(of(&[("13800000002", 0.9), ("13800000001", 0.3)]), [Exact, Exact], "in any order");
        assert_eq!(of(&[("13800000001", 0.9)]), [Exact, Flagged]);
        assert_eq!(of(&[("13800000001", 0.9), ("13800000007", 0.9)]), [Exact, SilentWrong]);
        assert_eq!(of(&[("13800000001", 0.9), ("13800000007", 0.3)]), [Exact, Flagged], "asked");
        let all = [("13800000001", 0.9), ("13800000002", 0.9), ("13800000003", 0.9)];
        assert_eq!(of(&all), [Exact, Exact, SilentWrong], "a number of somebody else");
    }

    #[test]
    fn dates_are_compared_as_dates() {
        assert_eq!(civil_date("二〇二五年一月六日").as_deref(), Some("2025-01-06"));
        assert_eq!(civil_date("2024年十二月二十一日").as_deref(), Some("2024-12-21"));
        assert_eq!(civil_date("没有日期"), None);
    }
}
