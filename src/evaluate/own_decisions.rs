//! Judged pairs out of the office's own decisions, for `xinqiao train duplicates --own-decisions`.
//!
//! What people of the staff confirmed and refused is the best that an office can learn from. The texts are read and compared inside; no
//! text, name or number leaves the program. The sealed are left out by the store, and so is what a rule decided: a judge that learns from
//! itself learns nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use case::finding::{Decision, Finding, Relation};
use case::id::SubmissionId;
use case::problem::{Problem, ProblemCode};
use search::engine::Reach;
use search::evaluate::Progress;
use search::judge::{Judge, Prepared, Weights};
use search::train::{Example, Figures, Verdict, cross_validated, figures, matters, train};

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::judging::index::petition;

/// Findings read at once; their submissions are one look-up.
const STEP: u32 = 100;
/// The most decisions that are learned from, the latest ones: more teach nothing new and take hours.
const MOST: usize = 50_000;
/// Fewer pairs of a kind say too little: weights learned from them would be worse than those that are shipped.
pub const LEAST: usize = 20;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The new weights.
    pub weights: Weights,
    /// The weights in force, on these decisions.
    pub before: Figures,
    /// New weights on decisions about other matters than they learned from: five-fold.
    pub after: Figures,
    /// How many pairs were called one matter by people.
    pub same_matter: usize,
    /// How many were called anything else.
    pub other: usize,
}

/// Learns from every decision of the office.
///
/// # Errors
/// There are fewer than [`LEAST`] decisions of a kind, or the store or the engine failed.
pub async fn learn(gateway: &Gateway, progress: &(dyn Fn(Progress) + Sync)) -> Result<Learned, Problem> {
    let pairs = decided(gateway).await?;
    let same_matter = pairs.iter().filter(|pair| pair.verdict == Verdict::SameMatter).count();
    let other = pairs.len().saturating_sub(same_matter);
    if same_matter < LEAST || other < LEAST {
        let detail = format!(
            "认定为同一事项的{same_matter}对、认定为相关或否认的{other}对，各需至少{LEAST}对；请继续使用现有权重，待认定增多后再训练"
        );
        return Err(ProblemCode::EmptyInput.because(detail));
    }
    let examples = examples(gateway, &pairs, progress).await?;
    Ok(Learned {
        before: figures(&examples, gateway.office.judge()),
        after: cross_validated(&examples),
        weights: train(&examples),
        same_matter,
        other,
    })
}

/// A pair about which a person decided.
struct Pair {
    later: SubmissionId,
    earlier: SubmissionId,
    verdict: Verdict,
}

async fn decided(gateway: &Gateway) -> Result<Vec<Pair>, Problem> {
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let (mut pairs, mut after) = (Vec::new(), None);
    loop {
        let step = lookups.decided_findings(after, STEP).await.map_err(|error| failed(&error))?;
        let Some(last) = step.last() else { break };
        after = Some(last.id);
        pairs.extend(step.iter().filter_map(pair));
    }
    let superfluous = pairs.len().saturating_sub(MOST);
    Ok(pairs.split_off(superfluous))
}

/// The pair, unless the decision says nothing about words.
fn pair(finding: &Finding) -> Option<Pair> {
    let verdict = match &finding.decision {
        Decision::Confirmed { relation: Relation::Repeat | Relation::SameMatter, .. } => Verdict::SameMatter,
        Decision::Confirmed { relation: Relation::Related, .. } => Verdict::Related,
        // Told by the thread of a mail, whatever the words.
        Decision::Confirmed { relation: Relation::Supplement, .. } | Decision::Open => return None,
        Decision::Refused { .. } if finding.relation == Relation::Supplement => return None,
        Decision::Refused { .. } => Verdict::Distinct,
    };
    Some(Pair { later: finding.submission, earlier: finding.other_submission, verdict })
}

async fn examples(
    gateway: &Gateway,
    pairs: &[Pair],
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Example>, Problem> {
    let rarity = gateway.engine.rarity(Reach::Ordinary).await.map_err(|error| Problem::from(&error))?;
    let judge = Judge::with_weights(rarity, Arc::clone(gateway.office.judge()));
    let mut numbers: BTreeMap<SubmissionId, u64> = BTreeMap::new();
    let mut compared = Vec::with_capacity(pairs.len());
    for (done, step) in pairs.chunks(usize::try_from(STEP).unwrap_or(1)).enumerate() {
        let mut ids: Vec<SubmissionId> = step.iter().flat_map(|pair| [pair.later, pair.earlier]).collect();
        ids.sort();
        ids.dedup();
        let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
        let submissions = lookups.submissions(&ids).await.map_err(|error| failed(&error))?;
        drop(lookups);
        let mut prepared: BTreeMap<SubmissionId, Prepared> = BTreeMap::new();
        for submission in &submissions {
            numbers.insert(submission.id, submission.sequence);
            prepared.insert(submission.id, judge.prepare(&petition(submission, &gateway.secret)));
        }
        for pair in step {
            let (Some(later), Some(earlier)) = (prepared.get(&pair.later), prepared.get(&pair.earlier)) else {
                continue;
            };
            compared.push((pair, judge.evidence(later, earlier)));
        }
        progress(Progress::LookedUp(done.saturating_mul(step.len()), pairs.len()));
    }
    let number = |id: &SubmissionId| numbers.get(id).copied().unwrap_or_default();
    let joined = compared
        .iter()
        .map(|(pair, _)| (number(&pair.later), number(&pair.earlier), pair.verdict != Verdict::Distinct));
    let matters = matters(joined);
    let matter = |id: &SubmissionId| matters.get(&number(id)).copied().unwrap_or_default();
    let example = |(pair, (evidence, veto)): &(&Pair, (search::judge::Evidence, bool))| Example {
        evidence: *evidence,
        veto: *veto,
        verdict: pair.verdict,
        matters: (matter(&pair.later), matter(&pair.earlier)),
        weight: 1.0,
    };
    Ok(compared.iter().map(example).collect())
}
