//! A person confirms or refuses a finding.

use case::event::EventKind;
use case::finding::{Finding, Relation};
use case::id::{FindingId, GroupId};
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::Submission;
use store::UnitOfWork;

use crate::desk::join::required_case;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::judging::index::space;

/// What a person decides about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is this relation, whatever was suggested. The same matter forms a group of the two.
    Confirm(Relation),
    /// It is the same matter, and the two belong to this group, in which one of them stands already.
    IntoGroup(GroupId),
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
        require_one_space(&mut *unit, &finding, &submission).await?;
        let at = self.clock.now();
        let by = viewer.actor();
        let wrong =
            |error: case::finding::InvalidDecision| Failure::Never(ProblemCode::Conflict.because(error.to_string()));
        let (relation, into) = match verdict {
            Verdict::Confirm(relation) => (Some(relation), None),
            Verdict::IntoGroup(group) => (Some(Relation::SameMatter), Some(group)),
            Verdict::Refuse => (None, None),
        };
        let kind = match relation {
            Some(relation @ (Relation::Repeat | Relation::Supplement)) => {
                self.join_case(&mut *unit, &submission, &finding, relation, by.clone(), reason).await?;
                EventKind::FindingConfirmed
            }
            Some(relation @ (Relation::SameMatter | Relation::Related)) => {
                let decision = finding.decision.clone().confirm(relation, by.clone(), at, reason).map_err(wrong)?;
                unit.decide_finding(finding.id, &finding.decision, &decision).await?;
                let later = required_case(&mut *unit, submission.case).await?;
                if relation == Relation::SameMatter {
                    self.group_cases(&mut *unit, &later, &finding, into, &by).await?;
                } else {
                    self.link_cases(&mut *unit, &later, &finding, &by).await?;
                }
                EventKind::FindingConfirmed
            }
            None => {
                let decision = finding.decision.clone().refuse(by.clone(), at, reason).map_err(wrong)?;
                unit.decide_finding(finding.id, &finding.decision, &decision).await?;
                EventKind::FindingRefused
            }
        };
        let note = relation.map_or_else(String::new, |relation| relation.label().to_owned());
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

/// That both are sealed or neither is: nothing is tied across that border, or the one would tell of the other.
async fn require_one_space(
    unit: &mut dyn UnitOfWork,
    finding: &Finding,
    submission: &Submission,
) -> Result<(), Failure> {
    let other = unit.submission(finding.other_submission).await?.map(|other| other.secrecy);
    if other.is_some_and(|other| space(other) == space(submission.secrecy)) {
        Ok(())
    } else {
        Err(ProblemCode::Conflict.because("一件已密封、一件未密封，不能并案、归组或关联").into())
    }
}

/// A failure of a unit of work as what the person is told.
pub(crate) fn told(failure: Failure) -> Problem {
    match failure {
        Failure::Later(problem) | Failure::Never(problem) => problem,
        Failure::Lost => ProblemCode::Conflict.into(),
    }
}
