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
    /// Reads a number as people write it: `+86`, spaces, dashes, `转` before an extension and full-width digits are accepted.
    /// Short numbers such as 12345 are no numbers to call back and are refused.
    ///
    /// # Errors
    /// The text is neither a mobile nor a landline number.
    pub fn parse(text: &str) -> Result<Self, InvalidPhone> {
        let plain: String = normalise(text)
            .chars()
            .map(|c| if matches!(c, '—' | '–' | '‑' | '−' | '‐' | '转') { '-' } else { c })
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '·'))
            .collect();
        let abroad = ["+86", "0086"].iter().find_map(|prefix| plain.strip_prefix(prefix));
        let national = abroad.unwrap_or(&plain).trim_start_matches('-');
        mobile(national)
            .or_else(|| landline(national))
            // From abroad the zero of the area code is left out.
            .or_else(|| abroad.and_then(|_prefix| landline(&format!("0{national}"))))
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
    // Three digits: 010 and 02x; four: 03xx to 09xx.
    let is_area = match (area.len(), area.chars().nth(1)) {
        (3, Some('1')) => area == "010",
        (3, Some('2')) | (4, Some('3'..='9')) => true,
        _ => false,
    };
    let fits = is_area
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        Phone::parse(text).ok().map(|phone| phone.as_str().to_owned())
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, number) in [
            ("13800000001", "13800000001"),
            (" 138 0000 0001 ", "13800000001"),
            ("138-0000-0001", "13800000001"),
            ("１３８００００００００", "13800000000"),
            ("+86 138 0000 0001", "13800000001"),
            ("＋８６－13800000001", "13800000001"),
            ("0086-13800000001", "13800000001"),
            ("8613800000001", "13800000001"),
            ("0312-5550001", "0312-5550001"),
            ("03125550001", "0312-5550001"),
            ("（0312）5550001", "0312-5550001"),
            ("(0312)-5550001", "0312-5550001"),
            ("0312—5550001", "0312-5550001"),
            ("010-55500001", "010-55500001"),
            ("01055500001", "010-55500001"),
            ("02255500001", "022-55500001"),
            ("0312-5550001-808", "0312-5550001-808"),
            ("0312-5550001转808", "0312-5550001-808"),
            ("+86 312 5550001", "0312-5550001"),
            ("+86-10-5550 0001", "010-55500001"),
        ] {
            assert_eq!(read(written).as_deref(), Some(number), "{written}");
        }
    }

    #[test]
    fn what_nobody_can_be_called_back_on_is_refused() {
        for written in [
            "",
            "110",
            "12345",
            "12389",
            "95588",
            "5550001",
            "12800000001",
            "1380000000",
            "138000000011",
            "23800000001",
            "0312-555000",
            "0312-555000111",
            "0312-0550001",
            "0000-5550001",
            "0111-5550001",
            "030-5550001",
            "0312-5550001-1234567",
            "0312-5550001-1-2",
            "0312--5550001",
            "电话13800000001",
            "1380000000X",
        ] {
            assert_eq!(read(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn accepted_numbers_come_back(text in "1[3-9][0-9]{9}|0[3-9][0-9]{2}-?[1-9][0-9]{6,7}(-[0-9]{1,6})?|(010|02[0-9])-?[1-9][0-9]{7}") {
            let phone = Phone::parse(&text).unwrap();
            prop_assert_eq!(&Phone::parse(phone.as_str()).unwrap(), &phone);
            prop_assert_eq!(phone.is_mobile(), text.starts_with('1'));
            prop_assert_eq!(phone.as_str().replace('-', ""), text.replace('-', ""), "no digit is lost");
            let json = serde_json::to_string(&phone).unwrap();
            prop_assert_eq!(serde_json::from_str::<Phone>(&json).unwrap(), phone);
        }

        #[test]
        fn any_text_is_read_without_a_crash(text in "\\PC*|[+0-9 ()-]{0,24}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
            }
        }
    }

    #[test]
    fn the_number_is_never_shown_by_debug() {
        assert_eq!(format!("{:?}", Phone::parse("13800000001").unwrap()), "Phone(…)");
    }
}
