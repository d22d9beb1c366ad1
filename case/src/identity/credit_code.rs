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
