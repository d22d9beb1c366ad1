//! The weights of the judge, in a file: numbers about evidence, no text of anybody. The shipped ones were trained by
//! `xinqiao train duplicates` on judged pairs of citizens' messages; an office can train its own. Every sign can be read:
//! what is shared speaks for, what contradicts speaks against.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Evidence;
use super::model::Model;

/// The version of the file's form.
const VERSION: u32 = 1;
/// The largest weight that is believed: a file with more is damaged.
const LARGEST: f64 = 1_000.0;

/// Why a file of weights is refused.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// Not such a JSON object.
    #[error("not a file of weights: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Another version of the form.
    #[error("version {0} of the weights is not known")]
    Version(u32),
    /// A number that the judge does not take.
    #[error("there is no evidence called {0}")]
    UnknownEvidence(String),
    /// A weight or a threshold that cannot be.
    #[error("the weight of {0} is out of range")]
    OutOfRange(String),
}

/// One trained model with its threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    /// From this likelihood on it is suggested.
    from: f64,
    /// The log-odds when every number is zero.
    bias: f64,
    /// Weights by the names of [`Evidence`]; a name that is missing counts nothing.
    weights: BTreeMap<String, f64>,
}

/// Weights for both questions: the same matter, and anything to do with one another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// How many judged pairs, and about how many matters, they were trained on.
    pairs: usize,
    matters: usize,
    same_matter: Part,
    related: Part,
}

/// A model and the likelihood from which on it says yes.
#[derive(Debug, Clone, PartialEq)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// The threshold, 0 to 1.
    pub from: f64,
}

/// The weights of the judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// How likely it is that two petitions are about the same matter.
    pub same_matter: Trained,
    /// How likely it is that they have anything to do with one another.
    pub related: Trained,
    /// How many judged pairs they were trained on.
    pub pairs: usize,
    /// About how many matters those were.
    pub matters: usize,
}

static SHIPPED: LazyLock<Option<Weights>> =
    LazyLock::new(|| Weights::parse(include_str!("../../data/judge.json")).ok());

impl Weights {
    /// The shipped weights.
    #[must_use]
    pub fn shipped() -> Self {
        // The file is part of the program and a test reads it; without it nothing would ever be suggested.
        SHIPPED.clone().unwrap_or_else(|| {
            let silent = Trained { model: Model { bias: -LARGEST, weights: Vec::new() }, from: 1.0 };
            Self { same_matter: silent.clone(), related: silent, pairs: 0, matters: 0 }
        })
    }

    /// Reads a file of weights.
    ///
    /// # Errors
    /// It is not one, is of another version, names evidence that does not exist or holds an impossible number.
    pub fn parse(text: &str) -> Result<Self, WeightsError> {
        let file: File = serde_json::from_str(text)?;
        if file.version != VERSION {
            return Err(WeightsError::Version(file.version));
        }
        Ok(Self {
            same_matter: file.same_matter.trained()?,
            related: file.related.trained()?,
            pairs: file.pairs,
            matters: file.matters,
        })
    }

    /// The text of the file; the same weights give the same text.
    ///
    /// # Errors
    /// A weight is not a number.
    pub fn to_text(&self) -> Result<String, WeightsError> {
        let file = File {
            version: VERSION,
            pairs: self.pairs,
            matters: self.matters,
            same_matter: Part::of(&self.same_matter),
            related: Part::of(&self.related),
        };
        Ok(serde_json::to_string_pretty(&file)? + "\n")
    }
}

impl Part {
    fn trained(self) -> Result<Trained, WeightsError> {
        let named = |name: &String| Evidence::NAMES.contains(&name.as_str());
        if let Some(unknown) = self.weights.keys().find(|name| !named(name)) {
            return Err(WeightsError::UnknownEvidence(unknown.clone()));
        }
        let believed = |weight: &f64| weight.is_finite() && weight.abs() <= LARGEST;
        if let Some((name, _weight)) = self.weights.iter().find(|(_name, weight)| !believed(weight)) {
            return Err(WeightsError::OutOfRange(name.clone()));
        }
        let possible = self.from > 0.0 && self.from <= 1.0;
        if !believed(&self.bias) || !possible {
            return Err(WeightsError::OutOfRange("bias or threshold".to_owned()));
        }
        let weights = Evidence::NAMES.iter().map(|name| self.weights.get(*name).copied().unwrap_or(0.0)).collect();
        Ok(Trained { model: Model { bias: self.bias, weights }, from: self.from })
    }

    fn of(trained: &Trained) -> Self {
        let weights = Evidence::NAMES.iter().zip(&trained.model.weights).filter(|(_name, weight)| weight.abs() > 0.0);
        Self {
            from: rounded(trained.from),
            bias: rounded(trained.model.bias),
            weights: weights.map(|(name, weight)| ((*name).to_owned(), rounded(*weight))).collect(),
        }
    }
}

/// Four digits behind the point: what is beyond depends on the processor.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_read_and_written_alike() {
        let text = include_str!("../../data/judge.json");
        let weights = Weights::parse(text).unwrap();
        assert_eq!(Weights::shipped(), weights);
        assert_eq!(weights.to_text().unwrap(), text);
    }

    #[test]
    fn signs_can_be_read() {
        let weights = Weights::shipped();
        let of = |name: &str| {
            let at = Evidence::NAMES.iter().position(|one| *one == name).unwrap();
            weights.same_matter.model.weights[at]
        };
        assert!(of("text") > 0.0 && of("name_and_trouble") > 0.0);
        assert!(of("same_petitioner") > 0.0 && of("separate_claims") < 0.0 && of("number_conflict") < 0.0);
        assert!(of("title_name_conflict") < 0.0 && of("district_conflict") < 0.0 && of("gap") < 0.0);
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let text = include_str!("../../data/judge.json");
        let broken = [
            text.replace("\"version\": 1", "\"version\": 9"),
            text.replace("\"text\"", "\"sentiment\""),
            text.replace("\"bias\": ", "\"bias\": 1e9, \"x\": "),
            text.replace("\"from\": 0", "\"from\": 7"),
            String::new(),
        ];
        for text in broken {
            assert!(Weights::parse(&text).is_err(), "{text}");
        }
    }
}
