//! A number in the place of a bigram: comparing petitions is most of the work of a look-up, and they have thousands of bigrams.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Bigram;

/// Stands for a bigram: its two characters as they are, and of words and numbers the hash. Two of those could be taken for one by a
/// chance of one in 2^63, which moves a likelihood a little and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GramKey(u64);

/// Marks a hash: characters need 42 bits.
const HASHED: u64 = 1 << 63;

impl GramKey {
    /// That of a bigram.
    pub(crate) fn of(bigram: Bigram<'_>) -> Self {
        let [first, second] = bigram.units();
        if let (Some(first), Some(second)) = (only(first), only(second)) {
            return Self(u64::from(u32::from(first)) << 21 | u64::from(u32::from(second)));
        }
        let mut hasher = DefaultHasher::new();
        [first, second].hash(&mut hasher);
        Self(hasher.finish() | HASHED)
    }

    /// That of a number, which is compared with numbers only.
    pub(crate) fn of_number(number: usize) -> Self {
        Self(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

/// The character of a unit that has only one.
fn only(unit: &str) -> Option<char> {
    let mut characters = unit.chars();
    characters.next().filter(|_first| characters.as_str().is_empty())
}
