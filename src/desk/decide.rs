//! A person confirms or refuses a finding.

use case::event::EventKind;
use case::finding::{Finding, Relation};
use case::id::FindingId;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::Submission;
use store::UnitOfWork;

use crate::desk::join::required_case;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

/// What a person decides about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is this relation, whatever was suggested.
    Confirm(Relation),
    /// It is none.
    Refuse,
}

/// The longest reason a person can give, in characters.
pub const REASON_LIMIT: usize = 1000;

impl Gateway {
    /// Writes the verdict and its effect: a repeat joins the case, the same matter forms a group, a relation is a link.
    ///
    /// # Errors
    /// No right, not open any more, or the case cannot be joined as it stands.
    pub async fn decide(
        &self,
        viewer: &Viewer,
        finding: FindingId,
        verdict: Verdict,
        reason: Option<&str>,
    ) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        let reason =
            reason.map(|reason| case::text::truncate(reason.trim(), REASON_LIMIT).to_owned()).filter(|r| !r.is_empty());
        self.decide_in_one(viewer, finding, verdict, reason).await.map_err(told)
    }

    async fn decide_in_one(
        &self,
        viewer: &Viewer,
        finding: FindingId,
        verdict: Verdict,
        reason: Option<String>,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let (finding, submission) = seen_finding(&mut *unit, viewer, finding).await?;
        let at = self.clock.now();
        let by = viewer.actor();
        let wrong =
            |error: case::finding::InvalidDecision| Failure::Never(ProblemCode::Conflict.because(error.to_string()));
        let kind = match verdict {
            Verdict::Confirm(relation @ (Relation::Repeat | Relation::Supplement)) => {
                self.join_case(&mut *unit, &submission, &finding, relation, by.clone(), reason).await?;
                EventKind::FindingConfirmed
            }
            Verdict::Confirm(relation @ (Relation::SameMatter | Relation::Related)) => {
                let decision = finding.decision.clone().confirm(relation, by.clone(), at, reason).map_err(wrong)?;
                unit.decide_finding(finding.id, &finding.decision, &decision).await?;
                let later = required_case(&mut *unit, submission.case).await?;
                if relation == Relation::SameMatter {
                    self.group_cases(&mut *unit, &later, &finding, &by).await?;
                } else {
                    self.link_cases(&mut *unit, &later, &finding, &by).await?;
                }
                EventKind::FindingConfirmed
            }
            Verdict::Refuse => {
                let decision = finding.decision.clone().refuse(by.clone(), at, reason).map_err(wrong)?;
                unit.decide_finding(finding.id, &finding.decision, &decision).await?;
                EventKind::FindingRefused
            }
        };
        let note = match verdict {
            Verdict::Confirm(relation) => relation.label().to_owned(),
            Verdict::Refuse => String::new(),
        };
        let detail = serde_json::json!({ "finding": finding.id, "suggested": finding.relation });
        unit.append_event(self.event(submission.own_case, by, kind, note, detail)).await?;
        Ok(unit.commit().await?)
    }
}

/// The finding and its submission, if the viewer may see both sides; what may not be seen is not there.
pub(crate) async fn seen_finding(
    unit: &mut dyn UnitOfWork,
    viewer: &Viewer,
    id: FindingId,
) -> Result<(Finding, Submission), Failure> {
    let gone = || Failure::Never(ProblemCode::NotFound.into());
    let finding = unit.finding(id).await?.ok_or_else(gone)?;
    let submission = unit.submission(finding.submission).await?.ok_or_else(gone)?;
    let other = unit.submission(finding.other_submission).await?.ok_or_else(gone)?;
    viewer.require_sight(submission.secrecy)?;
    viewer.require_sight(other.secrecy)?;
    Ok((finding, submission))
}

/// A failure of a unit of work as what the person is told.
pub(crate) fn told(failure: Failure) -> Problem {
    match failure {
        Failure::Later(problem) | Failure::Never(problem) => problem,
        Failure::Lost => ProblemCode::Conflict.into(),
    }
}
