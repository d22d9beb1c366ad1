//! How much a bigram says.

use crate::text::Bigram;

/// How often bigrams stand in the petitions at hand.
pub trait Rarity: Send + Sync {
    /// The number of petitions.
    fn petitions(&self) -> u64;

    /// In how many of them `bigram` stands.
    fn with(&self, bigram: Bigram<'_>) -> u64;

    /// The same of each of `bigrams`, in their order: a petition asks once for all it has.
    fn with_each(&self, bigrams: &[Bigram<'_>]) -> Vec<u64> {
        bigrams.iter().map(|bigram| self.with(*bigram)).collect()
    }
}
