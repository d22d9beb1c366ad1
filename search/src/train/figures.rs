//! How well weights tell one matter from another on judged pairs, at their own threshold.

use serde::Serialize;

use super::{Example, FIRST_SPLIT, Verdict, cross_validate};
use crate::judge::{Weights, likely};

/// The figures, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Of the pairs called one matter, those that are.
    pub precision: f64,
    /// Of the pairs that are one matter, those called so.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// The figures of `weights` on `examples`, which they may have learned from.
#[must_use]
pub fn figures(examples: &[Example], weights: &Weights) -> Figures {
    count(examples, |_one| Some(weights))
}

/// The figures of weights learned from `examples` on those of other matters: five-fold, split by matter.
#[must_use]
pub fn cross_validated(examples: &[Example]) -> Figures {
    let (weights, parts) = cross_validate(examples, FIRST_SPLIT);
    count(examples, |one| parts.get(&one.matters.0).and_then(|part| weights.get(*part)))
}

fn count<'a>(examples: &[Example], weights: impl Fn(&Example) -> Option<&'a Weights>) -> Figures {
    let (mut right, mut called, mut are) = (0_u64, 0_u64, 0_u64);
    for one in examples {
        let Some(weights) = weights(one) else { continue };
        let same = &weights.same_matter;
        let said = likely(same, &one.evidence.values(), one.veto) >= same.from;
        let is = one.verdict == Verdict::SameMatter;
        right += u64::from(said && is);
        called += u64::from(said);
        are += u64::from(is);
    }
    let share = |part: u64, of: u64| if of == 0 { 0.0 } else { crate::real(part) / crate::real(of) };
    Figures {
        precision: share(right, called),
        recall: share(right, are),
        f1: share(right.saturating_mul(2), called.saturating_add(are)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Evidence;

    #[test]
    fn figures_count_what_is_called_and_what_is() {
        let weights = Weights::shipped();
        let pair = |text: f64, verdict, matter: u64| Example {
            evidence: Evidence { text, rare_phrase: text, name_and_trouble: text, ..Evidence::default() },
            veto: false,
            verdict,
            matters: (matter, matter),
            weight: 1.0,
        };
        let alike =
            [pair(1.0, Verdict::SameMatter, 1), pair(0.0, Verdict::Distinct, 2), pair(1.0, Verdict::Distinct, 3)];
        let found = figures(&alike, &weights);
        assert_eq!((found.precision, found.recall), (0.5, 1.0), "{found:?}");
        assert_eq!(figures(&[], &weights), Figures { precision: 0.0, recall: 0.0, f1: 0.0 });
    }
}
