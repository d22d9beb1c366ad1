//! From evidence to a relation.

use case::field::Confidence;
use case::finding::Relation;

use super::evidence::{Comparison, share};
use super::model::Model;
use super::prepared::Prepared;
use super::weights::{RELATED_FROM, SAME_MATTER_FROM};
use super::{Judgement, reasons};

/// From this likelihood on, the petitioner counts as the same: a telephone number or a mail address does, a name alone does
/// not.
const SAME_PETITIONER_FROM: f64 = 0.6;
/// The most that two petitions whose titles name different places can be one matter: a template sent about two estates.
const VETO: f64 = 0.3;
/// The share of the weight of each text that must stand in the other one for them to count as one text.
const ONE_TEXT: f64 = 0.97;
/// A text of fewer characters is too short to say that a copy is no chance.
const SHORTEST_COPY: usize = 20;

/// What `later` is to `earlier`.
pub(super) fn judge(
    later: &Prepared,
    earlier: &Prepared,
    comparison: &Comparison,
    same_matter: &Model,
    related: &Model,
) -> Judgement {
    let values = comparison.evidence.values();
    let likely = same_matter.likely(&values).min(if comparison.veto { VETO } else { 1.0 });
    let connected = related.likely(&values).max(likely);
    let same_petitioner = comparison.evidence.same_petitioner;
    let relation = if likely >= SAME_MATTER_FROM {
        if later.thanks != earlier.thanks {
            Some(Relation::Related)
        } else if same_petitioner >= SAME_PETITIONER_FROM {
            Some(Relation::Repeat)
        } else {
            Some(Relation::SameMatter)
        }
    } else if connected >= RELATED_FROM {
        Some(Relation::Related)
    } else {
        None
    };
    let (reasons, against) = reasons::reasons(later, earlier, comparison);
    Judgement {
        relation,
        same_matter: Confidence::new(single(likely)),
        same_petitioner: Confidence::new(single(same_petitioner)),
        near_identical: one_text(later, earlier, comparison),
        reasons,
        against,
    }
}

/// Whether both are one text: nothing that could tell two places, numbers or troubles apart differs.
fn one_text(later: &Prepared, earlier: &Prepared, comparison: &Comparison) -> bool {
    let long = |prepared: &Prepared| prepared.whole.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST_COPY;
    let contained = share(&later.grams, &earlier.grams).min(share(&earlier.grams, &later.grams));
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
