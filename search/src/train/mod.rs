//! Learns the weights of the judge from judged pairs. Deterministic: the same pairs give the same file.
//!
//! A matter that very many wrote about gives many pairs that say the same, so the pairs of one matter together count no more
//! than a few (`MOST_OF_ONE_MATTER`). Pairs are split for validation by matter, never by row: a judge that has seen one
//! pair of a matter has seen them all. Likelihoods are calibrated on pairs of matters that the model had not seen.

mod figures;
mod matters;
mod regression;
mod threshold;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::judge::{Evidence, Model, Trained, Weights};
pub use figures::{Figures, cross_validated, figures};
pub use matters::{Matters, matters};
use regression::{PENALTY, Row, fit};

/// Parts of a cross-validation.
pub const FOLDS: usize = 5;
/// The split whose matters of one size are dealt out in the order of their numbers.
pub const FIRST_SPLIT: u64 = 0;
/// The pairs of one matter together count as this many.
const MOST_OF_ONE_MATTER: f64 = 8.0;

/// The numbers that decide about one matter, chosen by cross-validation; more of them only learn the rows.
const SAME_MATTER: &[&str] = &[
    "text",
    "text_root",
    "characters",
    "title_in_text",
    "troubles",
    "other_troubles",
    "name_and_trouble",
    "title_name_conflict",
    "road_conflict",
    "district_conflict",
    "number_agrees",
    "number_conflict",
    "same_petitioner",
    "separate_claims",
    "gap",
];
/// The numbers that decide whether there is any connection.
const RELATED: &[&str] = &[
    "text",
    "plain_text",
    "title_in_text",
    "rare_phrase",
    "trouble_both",
    "name_agrees",
    "title_name_agrees",
    "rare_place",
    "title_name_conflict",
    "road_conflict",
    "district_conflict",
    "same_petitioner",
];

/// What a person said about two petitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same matter.
    SameMatter,
    /// Something to do with one another.
    Related,
    /// Nothing.
    Distinct,
}

/// One judged pair, ready to learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The evidence.
    pub evidence: Evidence,
    /// Whether a rule decides it whatever the weights say: nothing is learned from it.
    pub veto: bool,
    /// What a person said.
    pub verdict: Verdict,
    /// The matter of the one petition, and that of the other.
    pub matters: (u64, u64),
    /// How much it counts beside the others: 1 for what an office decided.
    pub weight: f64,
}

/// The weights that `examples` teach.
#[must_use]
pub fn train(examples: &[Example]) -> Weights {
    let mut matters: Vec<u64> = examples.iter().flat_map(|one| [one.matters.0, one.matters.1]).collect();
    matters.sort_unstable();
    matters.dedup();
    Weights {
        same_matter: learn(examples, Question::SameMatter),
        related: learn(examples, Question::Related),
        pairs: examples.len(),
        matters: matters.len(),
    }
}

/// For each part of a cross-validation the weights that the other parts teach, and which part each matter is in. Matters of one size are
/// dealt out in another order for each number of `split`: figures of one split are its chance too, those of several are not.
#[must_use]
pub fn cross_validate(examples: &[Example], split: u64) -> (Vec<Weights>, BTreeMap<u64, usize>) {
    let parts = parts(examples, split);
    let weights = (0..FOLDS).map(|held| train(&without(examples, &parts, held))).collect();
    (weights, parts)
}

/// The two questions that are learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    SameMatter,
    Related,
}

impl Question {
    const fn evidence(self) -> &'static [&'static str] {
        match self {
            Self::SameMatter => SAME_MATTER,
            Self::Related => RELATED,
        }
    }

    const fn is(self, verdict: Verdict) -> bool {
        match (self, verdict) {
            (_, Verdict::SameMatter) | (Self::Related, Verdict::Related) => true,
            (Self::SameMatter, Verdict::Related) | (_, Verdict::Distinct) => false,
        }
    }
}

fn learn(examples: &[Example], question: Question) -> Trained {
    let parts = parts(examples, FIRST_SPLIT);
    let rows = rows(examples, question);
    let model = fit(&learnable(examples, &rows), PENALTY);
    // What the model says about matters that it had not seen: on these it is calibrated and its threshold chosen.
    let held: Vec<(f64, Row)> = (0..FOLDS)
        .flat_map(|held| {
            let seen: Vec<Row> = learnable_of(examples, &rows, |one| !touches(one, &parts, held));
            let unseen: Vec<Row> = learnable_of(examples, &rows, |one| part(one, &parts) == held);
            let model = fit(&seen, PENALTY);
            unseen.into_iter().map(move |row| (model.odds(&row.values), row)).collect::<Vec<_>>()
        })
        .collect();
    let scale: Vec<Row> = held.iter().map(|(odds, row)| Row { values: vec![*odds], ..row.clone() }).collect();
    let scale = fit(&scale, 0.0);
    let slope = scale.weights.first().copied().filter(|slope| *slope > 0.0).unwrap_or(1.0);
    let said: Vec<threshold::Said> = held
        .iter()
        .map(|(odds, row)| threshold::Said { likely: scale.likely(&[*odds]), truth: row.label, weight: row.weight })
        .collect();
    let model = Model {
        bias: slope.mul_add(model.bias, scale.bias),
        weights: model.weights.iter().map(|weight| weight * slope).collect(),
    };
    Trained { model, from: threshold::best(&said) }
}

/// The rows of the question, each weighted by how many its matter has.
fn rows(examples: &[Example], question: Question) -> Vec<Row> {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for one in examples {
        let count = counts.entry(one.matters.0).or_default();
        *count = count.saturating_add(1);
    }
    examples
        .iter()
        .map(|one| {
            let values = Evidence::NAMES
                .iter()
                .zip(one.evidence.values())
                .map(|(name, value)| if question.evidence().contains(name) { value } else { 0.0 })
                .collect();
            let count = counts.get(&one.matters.0).copied().unwrap_or(1);
            Row {
                values,
                label: question.is(one.verdict),
                weight: one.weight * (MOST_OF_ONE_MATTER / f64::from(count)).min(1.0),
            }
        })
        .collect()
}

fn learnable(examples: &[Example], rows: &[Row]) -> Vec<Row> {
    learnable_of(examples, rows, |_one| true)
}

fn learnable_of(examples: &[Example], rows: &[Row], wanted: impl Fn(&Example) -> bool) -> Vec<Row> {
    examples.iter().zip(rows).filter(|(one, _row)| !one.veto && wanted(one)).map(|(_one, row)| row.clone()).collect()
}

/// The part of each matter: the largest matters first, each into the part with the fewest pairs; those of one size in the order of
/// their numbers in the first split, and as a hash shuffles them in any other.
fn parts(examples: &[Example], split: u64) -> BTreeMap<u64, usize> {
    let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
    for one in examples {
        let size = sizes.entry(one.matters.0).or_default();
        *size = size.saturating_add(1);
        sizes.entry(one.matters.1).or_default();
    }
    let mut largest: Vec<(u64, usize)> = sizes.into_iter().collect();
    let turn = |matter: u64| if split == FIRST_SPLIT { 0 } else { FxBuildHasher.hash_one((split, matter)) };
    largest.sort_by_cached_key(|(matter, size)| (Reverse(*size), turn(*matter), *matter));
    let mut loads = [0_usize; FOLDS];
    let mut parts = BTreeMap::new();
    for (matter, size) in largest {
        let lightest =
            loads.iter().enumerate().min_by_key(|(part, load)| (**load, *part)).map_or(0, |(part, _load)| part);
        if let Some(load) = loads.get_mut(lightest) {
            *load = load.saturating_add(size.max(1));
        }
        parts.insert(matter, lightest);
    }
    parts
}

fn part(one: &Example, parts: &BTreeMap<u64, usize>) -> usize {
    parts.get(&one.matters.0).copied().unwrap_or(0)
}

/// Whether either petition is of a matter of the part `held`.
fn touches(one: &Example, parts: &BTreeMap<u64, usize>, held: usize) -> bool {
    [one.matters.0, one.matters.1].iter().any(|matter| parts.get(matter) == Some(&held))
}

fn without(examples: &[Example], parts: &BTreeMap<u64, usize>, held: usize) -> Vec<Example> {
    examples.iter().filter(|one| !touches(one, parts, held)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(text: f64, verdict: Verdict, matter: u64) -> Example {
        let evidence = Evidence { text, gap: 0.3, ..Evidence::default() };
        Example { evidence, veto: false, verdict, matters: (matter, matter + 1000), weight: 1.0 }
    }

    fn examples() -> Vec<Example> {
        let step = |index: u64| f64::from(u32::try_from(index % 10).unwrap()) / 50.0;
        (0..120)
            .map(|index| match index % 3 {
                0 => example(0.6 + step(index), Verdict::SameMatter, index),
                1 => example(0.3 + step(index), Verdict::Related, index),
                _ => example(0.05 + step(index), Verdict::Distinct, index),
            })
            .collect()
    }

    #[test]
    fn what_tells_pairs_apart_is_learned_and_learning_again_changes_nothing() {
        let weights = train(&examples());
        let likely = |text| {
            let values = Evidence { text, gap: 0.3, ..Evidence::default() }.values();
            (weights.same_matter.model.likely(&values), weights.related.model.likely(&values))
        };
        assert!(likely(0.7).0 >= weights.same_matter.from, "{weights:?}");
        assert!(likely(0.4).0 < weights.same_matter.from && likely(0.4).1 >= weights.related.from, "{weights:?}");
        assert!(likely(0.1).1 < weights.related.from);
        assert_eq!(train(&examples()), weights);
    }

    #[test]
    fn one_hot_matter_does_not_drown_the_others() {
        let mut hot = examples();
        // A hundred pairs of one matter that contradict everything else.
        hot.extend((0..100).map(|_| example(0.1, Verdict::SameMatter, 5000)));
        let values = Evidence { text: 0.1, gap: 0.3, ..Evidence::default() }.values();
        assert!(train(&hot).same_matter.model.likely(&values) < 0.5);
    }

    #[test]
    fn a_matter_is_never_on_both_sides() {
        let examples = examples();
        for split in 0..3 {
            let parts = parts(&examples, split);
            for held in 0..FOLDS {
                let rest = without(&examples, &parts, held);
                assert!(rest.len() < examples.len());
                assert!(rest.iter().all(|one| !touches(one, &parts, held)));
            }
        }
    }

    #[test]
    fn another_split_deals_matters_out_otherwise_and_as_evenly() {
        let examples = examples();
        let first = parts(&examples, FIRST_SPLIT);
        let other = parts(&examples, 1);
        assert_eq!(parts(&examples, 1), other);
        assert!(first.iter().filter(|(matter, part)| other.get(matter) == Some(part)).count() < first.len() / 2);
        for held in 0..FOLDS {
            let size = |parts: &BTreeMap<u64, usize>| examples.iter().filter(|one| part(one, parts) == held).count();
            assert!(size(&first).abs_diff(size(&other)) <= 1);
        }
    }

    #[test]
    fn nothing_to_learn_from_gives_finite_weights() {
        let weights = train(&[]);
        assert!(weights.same_matter.model.bias.is_finite() && weights.same_matter.from > 0.0);
        let one_sided: Vec<Example> = (0..9).map(|index| example(0.5, Verdict::SameMatter, index)).collect();
        assert!(train(&one_sided).to_text().is_ok());
    }
}
