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
