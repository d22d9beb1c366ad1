//! The query code (查询码): with the registration number, it opens a submission's state to whoever holds the receipt.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ports::Randomness;
use crate::text::normalise;

/// 27 digits and capital letters: none of 0/O, 1/I/L and U, and of 2/Z, 5/S and 8/B only the digits. Nothing in a code looks
/// like another.
const ALPHABET: &[u8; 27] = b"23456789ACDEFGHJKMNPQRTVWXY";
/// 10 characters of 27: 47 bits, behind a rate limit.
const LENGTH: usize = 10;
/// 243 = 9 * 27: bytes from here on would make the first characters likelier and are thrown away.
const FAIR: u8 = 243;

/// Ten random characters, shown as `7KQM2-XWT98`.
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
            let fair = bytes.iter().filter(|byte| **byte < FAIR);
            let letters = fair.filter_map(|byte| ALPHABET.get(usize::from(byte % 27)));
            code.extend(letters.map(|letter| char::from(*letter)).take(LENGTH - code.len()));
        }
        Self(code)
    }

    /// Reads a code as people type it: small letters, spaces, dashes and full-width characters are accepted, and Z, S and B for
    /// the digits that look like them.
    ///
    /// # Errors
    /// The text is not ten characters of the code's alphabet.
    pub fn parse(text: &str) -> Result<Self, InvalidQueryCode> {
        let plain: String = normalise(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'Z' => '2',
                'S' => '5',
                'B' => '8',
                other => other,
            })
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicU8, Ordering};

    use proptest::prelude::*;

    use super::*;

    /// Gives the bytes 0 to 255 in turn, from the first one on.
    struct InTurn(AtomicU8);

    impl Randomness for InTurn {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
        }
    }

    #[test]
    fn no_two_characters_look_alike() {
        for look_alikes in ["0OQD", "1IL", "2Z", "5S", "8B", "UV"] {
            let used = look_alikes.bytes().filter(|byte| ALPHABET.contains(byte)).count();
            assert!(used <= 1 || look_alikes == "0OQD", "{look_alikes}");
        }
        assert!(!ALPHABET.contains(&b'0') && !ALPHABET.contains(&b'O'), "what Q and D could be taken for");
        let different: std::collections::BTreeSet<_> = ALPHABET.iter().collect();
        assert_eq!(different.len(), ALPHABET.len());
    }

    #[test]
    fn every_character_is_equally_likely() {
        // The bytes that are used give each character equally often, and the others are not used (the next test).
        let mut counts: BTreeMap<char, u32> = BTreeMap::new();
        for byte in 0..FAIR {
            let code = QueryCode::fresh(&Repeated(byte));
            *counts.entry(code.as_str().chars().next().unwrap()).or_default() += 1;
        }
        assert_eq!(counts.len(), ALPHABET.len());
        assert!(counts.values().all(|count| *count == 9), "{counts:?}");
    }

    #[test]
    fn unfair_bytes_are_not_used() {
        let code = QueryCode::fresh(&InTurn(AtomicU8::new(FAIR)));
        assert_eq!(code.as_str(), "23456789AC", "the code begins with the first byte that is fair");
    }

    /// Gives one byte again and again.
    struct Repeated(u8);

    impl Randomness for Repeated {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    proptest! {
        #[test]
        fn codes_come_back_however_they_are_typed(first in any::<u8>()) {
            let code = QueryCode::fresh(&InTurn(AtomicU8::new(first)));
            prop_assert_eq!(code.as_str().len(), LENGTH);
            prop_assert!(code.as_str().bytes().all(|byte| ALPHABET.contains(&byte)));
            let shown = code.to_string();
            prop_assert_eq!(shown.len(), LENGTH + 1);
            for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('2', "Z"), shown.replace('8', "b")] {
                prop_assert!(QueryCode::parse(&typed).unwrap().matches(&code), "{}", typed);
            }
        }

        #[test]
        fn another_code_does_not_match(first in any::<u8>(), place in 0_usize..LENGTH, other in 1_usize..27) {
            let code = QueryCode::fresh(&InTurn(AtomicU8::new(first)));
            let mut changed: Vec<u8> = code.as_str().bytes().collect();
            let index = ALPHABET.iter().position(|letter| *letter == changed[place]).unwrap();
            changed[place] = ALPHABET[(index + other) % 27];
            let changed = QueryCode::parse(&String::from_utf8(changed).unwrap()).unwrap();
            prop_assert!(!changed.matches(&code));
            prop_assert_ne!(changed, code);
        }

        #[test]
        fn any_text_is_read_without_a_crash(text in "\\PC*|[0-9A-Z]{9,11}") {
            if let Ok(code) = QueryCode::parse(&text) {
                prop_assert_eq!(QueryCode::parse(code.as_str()), Ok(code));
            }
        }
    }

    #[test]
    fn the_code_is_never_shown_by_debug() {
        assert_eq!(format!("{:?}", QueryCode::parse("7KQM2-XWT98").unwrap()), "QueryCode(…)");
    }
}
