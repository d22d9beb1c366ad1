//! Telephone numbers on which a petitioner can be called back.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::normalise;

/// A mobile number (11 digits, second one 3 to 9) or a landline with area code.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Phone {
    /// 11 digits.
    Mobile(Mobile),
    /// Area code, number and extension.
    Landline(Landline),
}

/// A mobile number: 11 digits, `1[3-9]…`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mobile(String);

/// A landline: `0` and 2 to 3 digits, a dash, 7 to 8 digits, and an extension of up to 6 digits after another dash.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Landline(String);

/// Why a text is not a number to call back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("电话号码应为11位手机号，或带区号的座机号（如0312-1234567）")]
pub struct InvalidPhone;

impl Phone {
    /// Reads a number as people write it: `+86`, spaces, dashes and full-width digits are accepted.
    /// Short numbers such as 12345 are no numbers to call back and are refused.
    ///
    /// # Errors
    /// The text is neither a mobile nor a landline number.
    pub fn parse(text: &str) -> Result<Self, InvalidPhone> {
        let plain: String = normalise(text)
            .chars()
            .map(|c| if matches!(c, '—' | '–' | '‑' | '−' | '‐') { '-' } else { c })
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '·'))
            .collect();
        let national = ["+86", "0086"].iter().find_map(|prefix| plain.strip_prefix(prefix)).unwrap_or(&plain);
        let national = national.trim_start_matches('-');
        mobile(national)
            .or_else(|| landline(national))
            .or_else(|| national.strip_prefix("86").and_then(mobile))
            .ok_or(InvalidPhone)
    }

    /// The number in its one written form. Personal data: never log, mask with [`crate::mask::phone`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Mobile(Mobile(number)) | Self::Landline(Landline(number)) => number,
        }
    }

    /// Whether a text message can reach it.
    #[must_use]
    pub const fn is_mobile(&self) -> bool {
        matches!(self, Self::Mobile(_))
    }
}

fn mobile(text: &str) -> Option<Phone> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let mut characters = digits.chars();
    let fits = digits.len() == 11
        && digits.chars().all(|c| c.is_ascii_digit())
        && characters.next() == Some('1')
        && characters.next().is_some_and(|c| c >= '3');
    fits.then_some(Phone::Mobile(Mobile(digits)))
}

fn landline(text: &str) -> Option<Phone> {
    let mut parts = text.split('-');
    let first = parts.next()?;
    if !first.starts_with('0') || !text.chars().all(|c| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let (area, number, extension) = if first.len() > 4 {
        // Written without the dash: three-digit area codes are 010 and 02x.
        let length = if first.starts_with("01") || first.starts_with("02") { 3 } else { 4 };
        let (area, number) = first.split_at_checked(length)?;
        (area, number, parts.next())
    } else {
        (first, parts.next()?, parts.next())
    };
    let fits = (3..=4).contains(&area.len())
        && (7..=8).contains(&number.len())
        && !number.starts_with('0')
        && extension.is_none_or(|digits| (1..=6).contains(&digits.len()))
        && parts.next().is_none();
    let written = extension.map_or_else(|| format!("{area}-{number}"), |digits| format!("{area}-{number}-{digits}"));
    fits.then_some(Phone::Landline(Landline(written)))
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Phone(…)")
    }
}

impl TryFrom<String> for Phone {
    type Error = InvalidPhone;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.as_str().to_owned()
    }
}
