//! When: the days that a petition names. One accident, one contract, one visit is known by its day, whoever tells of it.
//!
//! Read from folded text, in which numerals before 年, 月 and 日 are Arabic digits. A month without a day is a span of many
//! matters and is left out; relative days (`昨天`) name nothing without the day of writing.

use std::collections::BTreeSet;
use std::fmt;

/// The first year that is believed; what is older is a typing error or history.
const FIRST_YEAR: u16 = 1949;
/// The last year that is believed.
const LAST_YEAR: u16 = 2100;

/// A day as it is named, with or without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Day {
    month: u8,
    day: u8,
    year: Option<u16>,
}

impl Day {
    fn new(year: Option<u16>, month: u16, day: u16) -> Option<Self> {
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let longest = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _other => 31,
        };
        let real = (1..=12).contains(&month) && (1..=longest).contains(&day);
        (real && year.is_none_or(|year| (FIRST_YEAR..=LAST_YEAR).contains(&year))).then_some(Self { month, day, year })
    }

    /// Whether both may name one day: a year that is missing contradicts nothing.
    pub(super) fn agrees(self, other: Self) -> bool {
        let same_year = self.year.zip(other.year).is_none_or(|(one, two)| one == two);
        self.month == other.month && self.day == other.day && same_year
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.year {
            write!(out, "{year}年")?;
        }
        write!(out, "{}月{}日", self.month, self.day)
    }
}

/// The days that `folded` names: `2018年12月25日`, `12月25号`, `2018.12.25`, `2018-12-25`, `2018/12/25`.
pub(super) fn days(folded: &str) -> BTreeSet<Day> {
    let tokens = tokens(folded);
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number(value)) => Some(*value),
        Some(Token::Mark(_)) | None => None,
    };
    let mark = |at: usize| match tokens.get(at) {
        Some(Token::Mark(mark)) => Some(*mark),
        Some(Token::Number(_)) | None => None,
    };
    let mut found = BTreeSet::new();
    for at in 0..tokens.len() {
        let after = |steps: usize| at.saturating_add(steps);
        let Some(first) = number(at) else { continue };
        let day = match (mark(after(1)), number(after(2)), mark(after(3)), number(after(4))) {
            (Some('月'), Some(day), Some('日' | '号'), _next) => {
                let before = |steps: usize| at.checked_sub(steps);
                let year =
                    before(1).and_then(mark).filter(|mark| *mark == '年').and_then(|_mark| before(2)).and_then(number);
                Day::new(year, first, day)
            }
            (Some(one @ ('.' | '-' | '/')), Some(month), Some(two), Some(day)) if one == two && first >= FIRST_YEAR => {
                Day::new(Some(first), month, day)
            }
            _other => None,
        };
        found.extend(day);
    }
    found
}

/// A number, or one character between numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(u16),
    Mark(char),
}

fn tokens(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut digits = String::new();
    for character in folded.chars().chain(['\n']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        if !digits.is_empty() {
            // A number that is no part of a day is no number here.
            tokens.push(digits.parse().map_or(Token::Mark(' '), Token::Number));
            digits.clear();
        }
        tokens.push(Token::Mark(character));
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn named(text: &str) -> Vec<String> {
        days(&fold(text)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        assert_eq!(named("二〇一八年十二月二十五日交房"), ["2018年12月25日"]);
        assert_eq!(named("我于2018年12月25号晚上，2019.1.3又去"), ["2019年1月3日", "2018年12月25日"]);
        assert_eq!(named("7月10日、7月11日"), ["7月10日", "7月11日"]);
        assert_eq!(named("2020/02/30，13月1日，2018年5月，3.15，1.2.3，电话138-0013-8000"), Vec::<String>::new());
    }

    #[test]
    fn a_missing_year_contradicts_nothing() {
        let one = |text: &str| days(&fold(text)).into_iter().next().unwrap();
        assert!(one("2018年12月25日").agrees(one("12月25日")));
        assert!(!one("2018年12月25日").agrees(one("2019年12月25日")) && !one("12月25日").agrees(one("12月24日")));
    }
}
