//! The bigrams of a text with what each of them says, made to be compared with those of many other texts: sums are kept and two lists
//! are walked side by side.

use std::collections::BTreeMap;

use crate::text::GramKey;

/// The bigrams of one text with their weights.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Weighed {
    /// In the order of the keys, each once.
    weights: Vec<(GramKey, f64)>,
    total: f64,
    norm: f64,
}

impl Weighed {
    /// Counts `grams` and has `weight` say what each is worth that often.
    pub(super) fn of(grams: impl Iterator<Item = GramKey>, mut weight: impl FnMut(GramKey, f64) -> f64) -> Self {
        let mut keys: Vec<GramKey> = grams.collect();
        keys.sort_unstable();
        let count = |same: &[GramKey]| crate::real(u64::try_from(same.len()).unwrap_or(u64::MAX));
        let same = keys.chunk_by(|first, second| first == second);
        Self::new(same.filter_map(|same| same.first().map(|key| (*key, weight(*key, count(same))))).collect())
    }

    /// Numbers in place of bigrams.
    pub(super) fn of_numbers(numbers: &BTreeMap<usize, u32>, weight: impl Fn(u32) -> f64) -> Self {
        Self::new(numbers.iter().map(|(number, count)| (GramKey::of_number(*number), weight(*count))).collect())
    }

    fn new(mut weights: Vec<(GramKey, f64)>) -> Self {
        weights.sort_unstable_by_key(|(key, _weight)| *key);
        weights.dedup_by_key(|(key, _weight)| *key);
        let total = weights.iter().map(|(_key, weight)| weight).sum();
        let norm = weights.iter().map(|(_key, weight)| weight * weight).sum::<f64>().sqrt();
        Self { weights, total, norm }
    }

    /// The same with the weights of those that stand in `titles` too multiplied by `factor`.
    pub(super) fn raised(&self, titles: &Self, factor: f64) -> Self {
        let raise = |(key, weight): &(GramKey, f64)| (*key, if titles.has(*key) { weight * factor } else { *weight });
        Self::new(self.weights.iter().map(raise).collect())
    }

    /// Whether the bigram is one of them.
    pub(super) fn has(&self, key: GramKey) -> bool {
        self.weights.binary_search_by_key(&key, |(known, _weight)| *known).is_ok()
    }

    /// Likeness: the cosine of the weights, 0 to 1.
    pub(super) fn cosine(&self, other: &Self) -> f64 {
        let norms = self.norm * other.norm;
        if norms > 0.0 { self.in_both(other, |own, others| own * others) / norms } else { 0.0 }
    }

    /// The share of the weight of these that stands in `other` too, 0 to 1.
    pub(super) fn share_in(&self, other: &Self) -> f64 {
        if self.total > 0.0 { self.in_both(other, |own, _others| own) / self.total } else { 0.0 }
    }

    /// The sum over what both have.
    fn in_both(&self, other: &Self, value: impl Fn(f64, f64) -> f64) -> f64 {
        let mut others = other.weights.iter().peekable();
        let mut sum = 0.0;
        for (key, weight) in &self.weights {
            while others.next_if(|(before, _weight)| before < key).is_some() {}
            if let Some((_key, theirs)) = others.next_if(|(same, _weight)| same == key) {
                sum += value(*weight, *theirs);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weighed(grams: &[String]) -> Weighed {
        Weighed::of(grams.iter().map(|gram| key(gram)), |_gram, count| count)
    }

    fn key(bigram: &str) -> GramKey {
        GramKey::of(crate::text::grams(bigram).first().and_then(|gram| gram.pair()).expect("two units"))
    }

    fn words() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[路灯][坏修]|[0-9]{1,2}栋", 0..12)
    }

    proptest! {
        #[test]
        fn likeness_and_share_are_those_of_the_definition(a in words(), b in words()) {
            let count = |list: &[String], gram: &str| f64::from(u32::try_from(list.iter().filter(|one| *one == gram).count()).unwrap());
            let all: std::collections::BTreeSet<&String> = a.iter().chain(&b).collect();
            let dot = |x: &[String], y: &[String]| all.iter().map(|gram| count(x, gram) * count(y, gram)).sum::<f64>();
            let norms = (dot(&a, &a) * dot(&b, &b)).sqrt();
            let cosine = if norms > 0.0 { dot(&a, &b) / norms } else { 0.0 };
            prop_assert!((weighed(&a).cosine(&weighed(&b)) - cosine).abs() < 1e-9);
            let shared = a.iter().filter(|gram| b.contains(gram)).count();
            let share = if a.is_empty() { 0.0 } else { f64::from(u32::try_from(shared).unwrap()) / f64::from(u32::try_from(a.len()).unwrap()) };
            prop_assert!((weighed(&a).share_in(&weighed(&b)) - share).abs() < 1e-9);
            prop_assert!(a.iter().all(|gram| weighed(&a).has(key(gram))));
        }
    }
}
