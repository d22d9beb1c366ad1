//! The unified social credit code of organisations (统一社会信用代码), GB 32100-2015.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::normalise;

/// The 31 characters in the order of their values; I, O, Z, S and V are not used.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// An 18-character code whose check character is right (ISO 7064 MOD 31-3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// Why a text is not a unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCreditCode {
    /// Not 18 characters of the code's alphabet.
    #[error("统一社会信用代码应为18位数字或大写字母（不含I、O、Z、S、V）")]
    Shape,
    /// The check character does not fit.
    #[error("统一社会信用代码校验位不符，请核对每一位")]
    Check,
}

impl CreditCode {
    /// Reads a code as people write it.
    ///
    /// # Errors
    /// Names the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidCreditCode> {
        let plain: String = normalise(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let values: Option<Vec<usize>> = plain.chars().map(|c| ALPHABET.find(c)).collect();
        let values = values.filter(|values| values.len() == 18).ok_or(InvalidCreditCode::Shape)?;
        let mut weight = 1;
        let mut sum = 0;
        for value in values.iter().take(17) {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        let expected = (31 - sum % 31) % 31;
        if values.last() == Some(&expected) { Ok(Self(plain)) } else { Err(InvalidCreditCode::Check) }
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = InvalidCreditCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The example of GB 32100-2015.
    const STANDARD: &str = "91350100M000100Y43";

    /// The first 17 characters, and the check character found by trying all: exactly one must fit.
    fn valid() -> impl Strategy<Value = String> {
        proptest::collection::vec(0_usize..31, 17).prop_map(|values| {
            let start: String = values.iter().filter_map(|value| ALPHABET.chars().nth(*value)).collect();
            let fitting: Vec<String> = ALPHABET
                .chars()
                .map(|check| format!("{start}{check}"))
                .filter(|code| CreditCode::parse(code).is_ok())
                .collect();
            assert_eq!(fitting.len(), 1, "one check character fits {start}");
            fitting[0].clone()
        })
    }

    #[test]
    fn the_code_of_the_standard_is_accepted_and_no_single_change_of_it() {
        assert_eq!(CreditCode::parse(STANDARD).unwrap().as_str(), STANDARD);
        for (place, right) in STANDARD.char_indices() {
            for wrong in ALPHABET.chars().filter(|wrong| *wrong != right) {
                let mut changed: Vec<char> = STANDARD.chars().collect();
                changed[place] = wrong;
                let changed: String = changed.into_iter().collect();
                assert_eq!(CreditCode::parse(&changed), Err(InvalidCreditCode::Check), "{changed}");
            }
        }
    }

    #[test]
    fn letters_that_are_not_used_are_refused() {
        for letter in "IOZSV".chars() {
            let written = STANDARD.replace('M', &letter.to_string());
            assert_eq!(CreditCode::parse(&written), Err(InvalidCreditCode::Shape), "{letter}");
        }
        assert_eq!(CreditCode::parse(""), Err(InvalidCreditCode::Shape));
        assert_eq!(CreditCode::parse("91350100M000100Y4"), Err(InvalidCreditCode::Shape));
    }

    proptest! {
        #[test]
        fn accepted_codes_come_back_however_they_are_written(code in valid()) {
            let (first, rest) = code.split_at(8);
            let written = format!(" {}－{rest}", first.to_lowercase());
            let parsed = CreditCode::parse(&written).unwrap();
            prop_assert_eq!(parsed.as_str(), &code);
            prop_assert_eq!(CreditCode::parse(parsed.as_str()).unwrap(), parsed);
        }

        #[test]
        fn neighbours_that_change_places_are_refused(code in valid(), place in 0_usize..17) {
            let mut changed: Vec<char> = code.chars().collect();
            prop_assume!(changed[place] != changed[place + 1]);
            changed.swap(place, place + 1);
            prop_assert!(CreditCode::parse(&changed.into_iter().collect::<String>()).is_err());
        }

        #[test]
        fn any_text_is_read_without_a_crash(text in "\\PC*|[0-9A-Z]{17,19}") {
            if let Ok(code) = CreditCode::parse(&text) {
                prop_assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
            }
        }
    }
}
