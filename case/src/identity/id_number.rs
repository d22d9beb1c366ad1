//! The citizen's identity number (公民身份号码), GB 11643-1999.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::normalise;

/// Weights of the first 17 digits, ISO 7064 MOD 11-2.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character for each remainder 0 to 10.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// An 18-character identity number whose check character and date of birth are right.
/// Old 15-digit numbers are converted by inserting `19` and the check character.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

/// Why a text is not an identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIdNumber {
    /// Not 15 digits, nor 17 digits and a digit or X.
    #[error("身份证号应为18位（最后一位可以是X）")]
    Shape,
    /// The date of birth does not exist or lies before 1850.
    #[error("身份证号中的出生日期不存在")]
    BirthDate,
    /// The check character does not fit the digits before it.
    #[error("身份证号校验位不符，请核对每一位")]
    Check,
}

impl IdNumber {
    /// Reads a number as people write it: full-width digits, spaces, dashes and a small x are accepted.
    ///
    /// # Errors
    /// Names the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidIdNumber> {
        let mut plain: String = normalise(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if plain.chars().count() == 15 && plain.chars().all(|c| c.is_ascii_digit()) {
            plain.insert_str(6, "19");
            plain.push(check_character(&plain).ok_or(InvalidIdNumber::Shape)?);
        }
        if plain.len() != 18 || !plain.is_ascii() {
            return Err(InvalidIdNumber::Shape);
        }
        let (digits, check) = plain.split_at_checked(17).ok_or(InvalidIdNumber::Shape)?;
        let expected = check_character(digits).ok_or(InvalidIdNumber::Shape)?;
        if !check.chars().all(|c| c.is_ascii_digit() || c == 'X') {
            return Err(InvalidIdNumber::Shape);
        }
        birth_date(&plain).ok_or(InvalidIdNumber::BirthDate)?;
        if !check.starts_with(expected) {
            return Err(InvalidIdNumber::Check);
        }
        Ok(Self(plain))
    }

    /// The date of birth that the number carries.
    #[must_use]
    pub fn birth_date(&self) -> Option<Date> {
        birth_date(&self.0)
    }

    /// The 18 characters. Sensitive (个人信息保护法 article 28): never log, mask with [`crate::mask::id_number`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The check character of 17 digits; `None` when they are not 17 digits.
fn check_character(digits: &str) -> Option<char> {
    let values: Option<Vec<u32>> = digits.chars().map(|c| c.to_digit(10)).collect();
    let values = values.filter(|values| values.len() == WEIGHTS.len())?;
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    CHECKS.get(usize::try_from(sum % 11).ok()?).copied()
}

/// Characters 7 to 14 as a date that exists.
fn birth_date(number: &str) -> Option<Date> {
    let year = number.get(6..10)?.parse().ok().filter(|year| *year >= 1850)?;
    let month = number.get(10..12)?.parse().ok()?;
    let day = number.get(12..14)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IdNumber(…)")
    }
}

impl TryFrom<String> for IdNumber {
    type Error = InvalidIdNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<IdNumber> for String {
    fn from(number: IdNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The two numbers of GB 11643-1999.
    const STANDARD: [&str; 2] = ["11010519491231002X", "440524188001010014"];

    fn valid() -> impl Strategy<Value = String> {
        (110_000_u32..660_000, 1900_u32..2030, 1_u32..13, 1_u32..29, 0_u32..1000).prop_map(
            |(area, year, month, day, order)| {
                let digits = format!("{area}{year}{month:02}{day:02}{order:03}");
                let check = check_character(&digits).unwrap();
                format!("{digits}{check}")
            },
        )
    }

    #[test]
    fn the_numbers_of_the_standard_are_accepted() {
        for number in STANDARD {
            assert_eq!(IdNumber::parse(number).unwrap().as_str(), number);
        }
        let born = IdNumber::parse(STANDARD[0]).unwrap().birth_date();
        assert_eq!(born, Some(jiff::civil::date(1949, 12, 31)));
    }

    #[test]
    fn every_single_wrong_character_of_the_standard_numbers_is_refused() {
        for number in STANDARD {
            for (place, right) in number.char_indices() {
                for wrong in "0123456789X".chars().filter(|wrong| *wrong != right) {
                    let mut changed: Vec<char> = number.chars().collect();
                    changed[place] = wrong;
                    let changed: String = changed.into_iter().collect();
                    assert!(IdNumber::parse(&changed).is_err(), "{changed} instead of {number}");
                }
            }
        }
    }

    #[test]
    fn an_old_number_gets_its_century_and_its_check_character() {
        // The first number of the standard as it was before 1999.
        assert_eq!(IdNumber::parse("110105491231002").unwrap().as_str(), STANDARD[0]);
        assert_eq!(IdNumber::parse("110105491331002"), Err(InvalidIdNumber::BirthDate), "there is no month 13");
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(IdNumber::parse(""), Err(InvalidIdNumber::Shape));
        assert_eq!(IdNumber::parse("11010519491231002Y"), Err(InvalidIdNumber::Shape));
        assert_eq!(IdNumber::parse("X1010519491231002X"), Err(InvalidIdNumber::Shape));
        assert_eq!(IdNumber::parse("110105194912310021"), Err(InvalidIdNumber::Check));
        assert_eq!(IdNumber::parse("110105194902300021"), Err(InvalidIdNumber::BirthDate));
        assert_eq!(IdNumber::parse("440524178001010014"), Err(InvalidIdNumber::BirthDate), "nobody of 1780 writes");
    }

    proptest! {
        #[test]
        fn accepted_numbers_come_back(number in valid()) {
            let parsed = IdNumber::parse(&number).unwrap();
            prop_assert_eq!(parsed.as_str(), &number);
            prop_assert_eq!(IdNumber::parse(parsed.as_str()).unwrap(), parsed);
        }

        #[test]
        fn people_write_them_with_spaces_small_letters_and_wide_digits(number in valid(), every in 1_usize..7) {
            let mut written = String::new();
            for (place, character) in number.chars().enumerate() {
                if place % every == 0 {
                    written.push([' ', '-', '\u{3000}'][place % 3]);
                }
                let wide = char::from_u32(u32::from(character) + 0xfee0).filter(|_| place % 2 == 0);
                written.push(wide.unwrap_or(character.to_ascii_lowercase()));
            }
            let parsed = IdNumber::parse(&written).unwrap();
            prop_assert_eq!(parsed.as_str(), number);
        }

        #[test]
        fn a_wrong_digit_is_refused(number in valid(), place in 0_usize..17, other in 1_u32..10) {
            let mut changed: Vec<char> = number.chars().collect();
            let digit = (changed[place].to_digit(10).unwrap() + other) % 10;
            changed[place] = char::from_digit(digit, 10).unwrap();
            prop_assert!(IdNumber::parse(&changed.into_iter().collect::<String>()).is_err());
        }

        #[test]
        fn any_text_is_read_without_a_crash(text in "\\PC*|[0-9Xx]{14,19}") {
            if let Ok(number) = IdNumber::parse(&text) {
                prop_assert_eq!(IdNumber::parse(number.as_str()), Ok(number));
            }
        }
    }

    #[test]
    fn the_number_is_never_shown_by_debug() {
        assert_eq!(format!("{:?}", IdNumber::parse(STANDARD[0]).unwrap()), "IdNumber(…)");
    }
}
