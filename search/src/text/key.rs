//! A number in the place of a bigram: comparing petitions is most of the work of a look-up, and they have thousands of bigrams.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::JOIN;

/// Stands for a bigram: its two characters as they are, and of words and numbers the hash. Two of those could be taken for one by a
/// chance of one in 2^63, which moves a likelihood a little and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GramKey(u64);

/// Marks a hash: characters need 42 bits.
const HASHED: u64 = 1 << 63;

impl GramKey {
    /// That of a bigram as [`grams`](super::grams()) writes it.
    pub(crate) fn of(gram: &str) -> Self {
        let mut characters = gram.chars();
        if let (Some(first), Some(JOIN), Some(second), None) =
            (characters.next(), characters.next(), characters.next(), characters.next())
        {
            return Self(u64::from(u32::from(first)) << 21 | u64::from(u32::from(second)));
        }
        let mut hasher = DefaultHasher::new();
        gram.hash(&mut hasher);
        Self(hasher.finish() | HASHED)
    }

    /// That of a number, which is compared with numbers only.
    pub(crate) fn of_number(number: usize) -> Self {
        Self(u64::try_from(number).unwrap_or(u64::MAX))
    }
}
