//! How much a bigram says.

/// How often bigrams stand in the petitions at hand.
pub trait Rarity: Send + Sync {
    /// The number of petitions.
    fn petitions(&self) -> u64;

    /// In how many of them `gram` stands, written as [`crate::text::grams`] writes it.
    fn with(&self, gram: &str) -> u64;

    /// The same of each of `grams`, in their order: a petition asks once for all it has.
    fn with_each(&self, grams: &[&str]) -> Vec<u64> {
        grams.iter().map(|gram| self.with(gram)).collect()
    }
}
