//! From evidence to a relation.

use case::field::Confidence;
use case::finding::Relation;

use super::evidence::Comparison;
use super::prepared::Prepared;
use super::weights::{Trained, Weights};
use super::{Judgement, reasons};

/// From this likelihood on, the petitioner counts as the same: a telephone number or a mail address does, a name alone does
/// not.
const SAME_PETITIONER_FROM: f64 = 0.6;
/// The most that two petitions whose titles name different places can be one matter, as a share of the threshold: a template
/// sent about two estates.
const VETO: f64 = 0.6;
/// The share of the weight of each text that must stand in the other one for them to count as one text.
const ONE_TEXT: f64 = 0.97;
/// A text of fewer characters is too short to say that a copy is no chance.
const SHORTEST_COPY: usize = 20;

/// What `later` is to `earlier`.
pub(super) fn judge(later: &Prepared, earlier: &Prepared, comparison: &Comparison, weights: &Weights) -> Judgement {
    let likely = likely(&weights.same_matter, &comparison.evidence.values(), comparison.veto);
    let (reasons, against) = reasons::reasons(later, earlier, comparison);
    Judgement {
        relation: relation(later, earlier, comparison, weights),
        same_matter: Confidence::new(single(likely)),
        same_petitioner: Confidence::new(single(comparison.evidence.same_petitioner)),
        near_identical: one_text(later, earlier, comparison),
        reasons,
        against,
    }
}

/// The relation alone.
pub(super) fn relation(
    later: &Prepared,
    earlier: &Prepared,
    comparison: &Comparison,
    weights: &Weights,
) -> Option<Relation> {
    let values = comparison.evidence.values();
    if likely(&weights.same_matter, &values, comparison.veto) >= weights.same_matter.from {
        return Some(if later.thanks != earlier.thanks {
            Relation::Related
        } else if comparison.evidence.same_petitioner >= SAME_PETITIONER_FROM {
            Relation::Repeat
        } else {
            Relation::SameMatter
        });
    }
    (weights.related.model.likely(&values) >= weights.related.from).then_some(Relation::Related)
}

/// How far in front it stands among what else is found: a repeat before the same matter, that before what is related.
pub(super) fn rank(relation: Relation, comparison: &Comparison, weights: &Weights) -> f64 {
    let of_relation = match relation {
        Relation::Repeat => 1.0,
        Relation::SameMatter => 0.5,
        Relation::Related | Relation::Supplement => 0.0,
    };
    of_relation + likely(&weights.same_matter, &comparison.evidence.values(), comparison.veto)
}

/// How likely it is that both are one matter, under the veto.
pub(crate) fn likely(trained: &Trained, values: &[f64], veto: bool) -> f64 {
    trained.model.likely(values).min(if veto { VETO * trained.from } else { 1.0 })
}

/// Whether both are one text: nothing that could tell two places, numbers or troubles apart differs.
fn one_text(later: &Prepared, earlier: &Prepared, comparison: &Comparison) -> bool {
    let long = |prepared: &Prepared| {
        prepared.whole.chars().filter(|c| c.is_alphanumeric()).take(SHORTEST_COPY).count() >= SHORTEST_COPY
    };
    let contained = later.grams.share_in(&earlier.grams).min(earlier.grams.share_in(&later.grams));
    contained >= ONE_TEXT
        && long(later)
        && long(earlier)
        && later.names == earlier.names
        && later.numbers == earlier.numbers
        && later.thanks == earlier.thanks
        && comparison.conflicts.is_empty()
}

#[expect(clippy::as_conversions, reason = "0 to 1: nothing but digits beyond the seventh is lost")]
#[expect(clippy::cast_possible_truncation, reason = "0 to 1: nothing but digits beyond the seventh is lost")]
fn single(value: f64) -> f32 {
    value as f32
}
