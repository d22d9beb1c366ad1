//! The query code (查询码): with the registration number, it opens a submission's state to whoever holds the receipt.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ports::Randomness;
use crate::text::normalise;

/// 30 digits and capital letters without 0/O, 1/I/L and U (heard as 优/V): nothing in a code looks or sounds like another.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 10 characters of 30: 49 bits, behind a rate limit.
const LENGTH: usize = 10;

/// Ten random characters, shown as `7KQM2-XWT9B`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QueryCode(String);

/// The text is not a query code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("查询码为10位数字或字母（不含0、1、I、L、O、U），见登记回执")]
pub struct InvalidQueryCode;

impl QueryCode {
    /// A fresh code, each character equally likely.
    #[must_use]
    pub fn fresh(randomness: &dyn Randomness) -> Self {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let mut bytes = [0; 16];
            randomness.fill(&mut bytes);
            // 240 = 8 * 30: bytes above would make the first letters likelier and are thrown away.
            let fair = bytes.iter().filter(|byte| **byte < 240);
            let letters = fair.filter_map(|byte| ALPHABET.get(usize::from(byte % 30)));
            code.extend(letters.map(|letter| char::from(*letter)).take(LENGTH - code.len()));
        }
        Self(code)
    }

    /// Reads a code as people type it: small letters, spaces, dashes and full-width characters are accepted.
    ///
    /// # Errors
    /// The text is not ten characters of the code's alphabet.
    pub fn parse(text: &str) -> Result<Self, InvalidQueryCode> {
        let plain: String = normalise(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let fits = plain.len() == LENGTH && plain.bytes().all(|byte| ALPHABET.contains(&byte));
        if fits { Ok(Self(plain)) } else { Err(InvalidQueryCode) }
    }

    /// Whether `other` is the same code, in a time that does not tell how much of it was right.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        // `blake3::Hash` compares in constant time.
        blake3::hash(self.0.as_bytes()) == blake3::hash(other.0.as_bytes())
    }

    /// The ten characters without the dash, as a store keeps them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QueryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(5) {
            Some((first, second)) => write!(formatter, "{first}-{second}"),
            None => formatter.write_str(&self.0),
        }
    }
}

impl fmt::Debug for QueryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("QueryCode(…)")
    }
}

impl TryFrom<String> for QueryCode {
    type Error = InvalidQueryCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<QueryCode> for String {
    fn from(code: QueryCode) -> Self {
        code.0
    }
}
