//! Complement naive Bayes over pairs of neighbouring Chinese characters (Rennie, Shih, Teevan, Karger: "Tackling the Poor
//! Assumptions of Naive Bayes Text Classifiers", 2003): what speaks against a class is what the other classes hold, so that big
//! classes do not swallow small ones.
//!
//! Deterministic: the order of the rows does not matter, and equal scores go to the first class by name.

use std::collections::{BTreeMap, BTreeSet};

use case::text::is_han;

/// Added to every count, so that what was never seen is not impossible.
const SMOOTHING: f64 = 1.0;

type Pair = [char; 2];

/// Counts what the classes hold.
#[derive(Debug, Default)]
pub(super) struct Trainer {
    /// For each pair of characters, in how many petitions of each class it stands.
    pairs: BTreeMap<Pair, BTreeMap<usize, u32>>,
    classes: Vec<String>,
}

/// A finished classifier.
#[derive(Debug)]
pub(super) struct Classifier {
    classes: Vec<String>,
    /// For each pair of characters its weight for each class.
    weights: BTreeMap<Pair, Vec<f64>>,
}

impl Trainer {
    /// Learns one petition.
    pub(super) fn learn(&mut self, label: &str, texts: [&str; 2]) {
        let class = self.classes.iter().position(|class| class == label).unwrap_or_else(|| {
            self.classes.push(label.to_owned());
            self.classes.len() - 1
        });
        let pairs: BTreeSet<Pair> = texts.into_iter().flat_map(pairs).collect();
        for pair in pairs {
            *self.pairs.entry(pair).or_default().entry(class).or_default() += 1;
        }
    }

    /// The classifier; none when nothing was learnt.
    pub(super) fn finish(self) -> Option<Classifier> {
        if self.classes.is_empty() {
            return None;
        }
        let number = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
        let mut totals = vec![0.0; self.classes.len()];
        for counts in self.pairs.values() {
            for (class, count) in counts {
                if let Some(total) = totals.get_mut(*class) {
                    *total += f64::from(*count);
                }
            }
        }
        let all: f64 = totals.iter().sum();
        let weigh = |counts: &BTreeMap<usize, u32>| -> Vec<f64> {
            let seen: f64 = counts.values().map(|count| f64::from(*count)).sum();
            totals
                .iter()
                .enumerate()
                .map(|(class, total)| {
                    let own = counts.get(&class).map_or(0.0, |count| f64::from(*count));
                    let elsewhere = (seen - own + SMOOTHING) / (all - total + SMOOTHING * f64::from(number));
                    -elsewhere.ln()
                })
                .collect()
        };
        let weights = self.pairs.iter().map(|(pair, counts)| (*pair, weigh(counts))).collect();
        Some(Classifier { classes: self.classes, weights })
    }
}

impl Classifier {
    /// The class of a petition: title and text. What stands in both counts twice.
    pub(super) fn classify(&self, texts: [&str; 2]) -> &str {
        let mut scores = vec![0.0; self.classes.len()];
        for text in texts {
            let pairs: BTreeSet<Pair> = pairs(text).collect();
            for weights in pairs.iter().filter_map(|pair| self.weights.get(pair)) {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += weight;
                }
            }
        }
        let best = self
            .classes
            .iter()
            .zip(&scores)
            .max_by(|(one, first), (other, second)| first.total_cmp(second).then_with(|| other.cmp(one)));
        best.map_or("", |(class, _)| class.as_str())
    }
}

/// Neighbouring Chinese characters.
fn pairs(text: &str) -> impl Iterator<Item = Pair> {
    text.chars()
        .zip(text.chars().skip(1))
        .filter(|(one, other)| is_han(*one) && is_han(*other))
        .map(|(one, other)| [one, other])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classifier(rows: &[(&str, &str)]) -> Classifier {
        let mut trainer = Trainer::default();
        for (label, text) in rows {
            trainer.learn(label, ["", text]);
        }
        trainer.finish().unwrap()
    }

    const ROWS: &[(&str, &str)] =
        &[("甲", "工资拖欠工资"), ("甲", "拖欠不给"), ("乙", "停水停电"), ("甲", "老板跑了"), ("甲", "工资没发")];

    #[test]
    fn a_small_class_is_not_swallowed_by_a_big_one() {
        assert_eq!(classifier(ROWS).classify(["", "停水了"]), "乙");
        assert_eq!(classifier(ROWS).classify(["工资", "老板不给"]), "甲");
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter() {
        let backwards: Vec<_> = ROWS.iter().rev().copied().collect();
        for text in ["停水了", "工资", "没有见过的话", ""] {
            assert_eq!(classifier(ROWS).classify(["", text]), classifier(&backwards).classify(["", text]), "{text}");
        }
    }

    #[test]
    fn nothing_learnt_gives_no_classifier() {
        assert!(Trainer::default().finish().is_none());
    }
}
