//! The registration number (信访件编号) by which petitioners, clerks and units name a submission or a case.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::normalise;

/// Two letters of the office, the day of registration, the number of that day and a check digit, such as
/// `DZ20261124000172`: short enough to read out on the phone, and a single wrong or two swapped digits are noticed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegistrationNumber(String);

/// The two letters that every number of one office begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficePrefix([char; 2]);

/// The most submissions that one office can register on one day.
pub const DAILY_LIMIT: u32 = 99_999;

/// Why a text is not a registration number, or why none can be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRegistrationNumber {
    /// Not two letters and 14 digits.
    #[error("登记编号应为2位字母加14位数字，例如DZ20261124000172")]
    Shape,
    /// The date in it does not exist.
    #[error("登记编号中的日期不存在")]
    Date,
    /// The check digit does not fit: a digit was misread or mistyped.
    #[error("登记编号校验位不符，请核对每一位")]
    Check,
    /// The day's numbers are used up.
    #[error("当日登记编号已用完（每日最多{DAILY_LIMIT}件）")]
    DayFull,
}

impl OfficePrefix {
    /// Reads a prefix of two ASCII letters.
    ///
    /// # Errors
    /// The text is not two ASCII letters.
    pub fn parse(text: &str) -> Result<Self, InvalidRegistrationNumber> {
        let mut letters = text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        match (letters.next(), letters.next(), text.len()) {
            (Some(first), Some(second), 2) => Ok(Self([first, second])),
            _ => Err(InvalidRegistrationNumber::Shape),
        }
    }
}

impl RegistrationNumber {
    /// The number of the `sequence`-th submission (from 1) of `day`.
    ///
    /// # Errors
    /// `sequence` is above [`DAILY_LIMIT`].
    pub fn new(prefix: OfficePrefix, day: Date, sequence: u32) -> Result<Self, InvalidRegistrationNumber> {
        if sequence > DAILY_LIMIT {
            return Err(InvalidRegistrationNumber::DayFull);
        }
        let digits = format!("{:04}{:02}{:02}{sequence:05}", day.year(), day.month(), day.day());
        let check = damm(&digits).ok_or(InvalidRegistrationNumber::Shape)?;
        let [first, second] = prefix.0;
        Ok(Self(format!("{first}{second}{digits}{check}")))
    }

    /// Reads a number as people write it: small letters, spaces, dashes and full-width characters are accepted.
    ///
    /// # Errors
    /// Names the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidRegistrationNumber> {
        let plain: String = normalise(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let (prefix, digits) = plain.split_at_checked(2).ok_or(InvalidRegistrationNumber::Shape)?;
        OfficePrefix::parse(prefix)?;
        if digits.len() != 14 || !digits.chars().all(|c| c.is_ascii_digit()) {
            return Err(InvalidRegistrationNumber::Shape);
        }
        let part = |range| digits.get(range).and_then(|text: &str| text.parse::<i16>().ok());
        let month = part(4..6).and_then(|month| i8::try_from(month).ok());
        let day = part(6..8).and_then(|day| i8::try_from(day).ok());
        match (part(0..4), month, day) {
            (Some(year), Some(month), Some(day)) if Date::new(year, month, day).is_ok() => {}
            _ => return Err(InvalidRegistrationNumber::Date),
        }
        if damm(digits) != Some(0) {
            return Err(InvalidRegistrationNumber::Check);
        }
        Ok(Self(plain))
    }

    /// The 16 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The check digit of Damm's quasigroup of order 10 (H. M. Damm, 2004): finds every single wrong digit and every
/// swap of neighbours. 0 over a number that already ends in its check digit.
fn damm(digits: &str) -> Option<u8> {
    const TABLE: [[u8; 10]; 10] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];
    digits.chars().try_fold(0u8, |interim, character| {
        let digit = usize::try_from(character.to_digit(10)?).ok()?;
        TABLE.get(usize::from(interim))?.get(digit).copied()
    })
}

impl fmt::Display for RegistrationNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for RegistrationNumber {
    type Err = InvalidRegistrationNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for RegistrationNumber {
    type Error = InvalidRegistrationNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<RegistrationNumber> for String {
    fn from(number: RegistrationNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn number(day: Date, sequence: u32) -> RegistrationNumber {
        RegistrationNumber::new(OfficePrefix::parse("dz").unwrap(), day, sequence).unwrap()
    }

    fn any_number() -> impl Strategy<Value = RegistrationNumber> {
        (2000_i16..2100, 1_i8..13, 1_i8..29, 1_u32..=DAILY_LIMIT)
            .prop_map(|(year, month, day, sequence)| number(date(year, month, day), sequence))
    }

    #[test]
    fn a_number_tells_office_day_and_order() {
        let text = number(date(2026, 11, 24), 17).to_string();
        assert!(text.starts_with("DZ2026112400017"), "{text}");
        assert_eq!(text.len(), 16);
    }

    #[test]
    fn the_example_in_the_documentation_is_a_number() {
        let example = number(date(2026, 11, 24), 17).to_string();
        let message = InvalidRegistrationNumber::Shape.to_string();
        assert!(message.contains(&example), "{message} names {example}");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, wrong) in [
            ("", InvalidRegistrationNumber::Shape),
            ("D", InvalidRegistrationNumber::Shape),
            ("定州20261124000175", InvalidRegistrationNumber::Shape),
            ("D120261124000175", InvalidRegistrationNumber::Shape),
            ("DZ2026112400017", InvalidRegistrationNumber::Shape),
            ("DZ2026112400017200", InvalidRegistrationNumber::Shape),
            ("DZ20261324000175", InvalidRegistrationNumber::Date),
            ("DZ20260230000175", InvalidRegistrationNumber::Date),
        ] {
            assert_eq!(RegistrationNumber::parse(text), Err(wrong), "{text}");
        }
        let office = OfficePrefix::parse("DZ").unwrap();
        let full = RegistrationNumber::new(office, date(2026, 11, 24), DAILY_LIMIT + 1);
        assert_eq!(full, Err(InvalidRegistrationNumber::DayFull));
    }

    proptest! {
        #[test]
        fn numbers_come_back_however_they_are_written(number in any_number()) {
            prop_assert_eq!(&RegistrationNumber::parse(number.as_str()).unwrap(), &number);
            let text = number.as_str();
            let (office, digits) = text.split_at(2);
            let (day, order) = digits.split_at(8);
            let written = format!(" {} {day}－{order}", office.to_lowercase());
            prop_assert_eq!(&RegistrationNumber::parse(&written).unwrap(), &number);
            prop_assert_eq!(&number.to_string().parse::<RegistrationNumber>().unwrap(), &number);
        }

        #[test]
        fn every_single_wrong_digit_is_refused(number in any_number()) {
            for place in 2..16 {
                for digit in '0'..='9' {
                    let mut changed: Vec<char> = number.as_str().chars().collect();
                    if changed[place] != digit {
                        changed[place] = digit;
                        let changed: String = changed.into_iter().collect();
                        prop_assert!(RegistrationNumber::parse(&changed).is_err(), "{} for {}", changed, number);
                    }
                }
            }
        }

        #[test]
        fn every_swap_of_neighbours_is_refused(number in any_number()) {
            for place in 2..15 {
                let mut changed: Vec<char> = number.as_str().chars().collect();
                if changed[place] != changed[place + 1] {
                    changed.swap(place, place + 1);
                    let changed: String = changed.into_iter().collect();
                    prop_assert!(RegistrationNumber::parse(&changed).is_err(), "{} for {}", changed, number);
                }
            }
        }

        #[test]
        fn any_text_is_read_without_a_crash(text in "\\PC*|[A-Z]{2}[0-9]{14}") {
            if let Ok(number) = RegistrationNumber::parse(&text) {
                prop_assert_eq!(RegistrationNumber::parse(number.as_str()), Ok(number));
            }
        }
    }
}
