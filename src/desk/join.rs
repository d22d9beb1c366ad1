//! The effects of a confirmed finding, and their undoing. Nothing is moved or lost: a joined submission keeps its number and
//! its own case, which waits in the state `joined`. Groups and links hold no cases at all: they are the confirmed findings themselves
//! ([`case::group`]), so what a join moves, they follow, and what is undone leaves nothing behind.

use case::actor::Actor;
use case::event::{EventKind, NewEvent};
use case::finding::{Decision, Finding, Relation};
use case::id::{CaseId, FindingId};
use case::matter::Case;
use case::problem::{Problem, ProblemCode};
use case::state::CaseState;
use case::submission::Submission;
use store::UnitOfWork;

use crate::desk::representatives;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

/// How many joins are followed from a case to the one it joined: joins of joins are refused, so one step is enough and the
/// bound only guards against damaged data.
const JOIN_STEPS: usize = 8;

impl Gateway {
    /// Confirms `finding` as a repeat or a supplement and joins the submission to the earlier case.
    ///
    /// # Errors
    /// The case cannot be joined as it stands.
    pub(crate) async fn join_case(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        finding: &Finding,
        relation: Relation,
        by: Actor,
        reason: Option<String>,
    ) -> Result<(), Failure> {
        let at = self.clock.now();
        let target = earlier_case(unit, finding).await?;
        let own = required_case(unit, submission.own_case).await?;
        if target.id == own.id {
            return Err(ProblemCode::Conflict.because("两件信访件已属于同一事项").into());
        }
        if submission.case != own.id || unit.submissions_of_case(own.id).await?.len() != 1 {
            return Err(ProblemCode::Conflict.because("该事项已并入或已有其他信访件并入，请先撤销原认定").into());
        }
        let state = own.state.clone().join(target.id, at).map_err(|error| transition(&error))?;
        unit.update_case(&Case { state, ..own.clone() }).await?;
        unit.move_submission(submission.id, own.id, target.id).await?;
        let decision = Decision::Open
            .confirm(relation, by.clone(), at, reason)
            .map_err(|error| ProblemCode::Conflict.because(error.to_string()))?;
        unit.decide_finding(finding.id, &Decision::Open, &decision).await?;
        let detail = serde_json::json!({ "submission": submission.id, "finding": finding.id, "into": target.id });
        for (case, note) in
            [(own.id, format!("并入{}", target.number)), (target.id, format!("{}并入本事项", submission.number))]
        {
            unit.append_event(self.event(case, by.clone(), EventKind::Joined, note, detail.clone())).await?;
        }
        Ok(())
    }

    /// Undoes [`Gateway::join_case`].
    pub(crate) async fn part_repeat(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: &Submission,
        finding: FindingId,
        by: &Actor,
    ) -> Result<(), Failure> {
        let own = required_case(unit, submission.own_case).await?;
        let CaseState::Joined { into, .. } = own.state else {
            return Err(ProblemCode::Conflict.because("该信访件没有并入其他事项").into());
        };
        let target = required_case(unit, into).await?;
        let state = own.state.clone().part().map_err(|error| transition(&error))?;
        unit.update_case(&Case { state, ..own.clone() }).await?;
        let submissions = unit.submissions_of_case(into).await?;
        let named = representatives::of_submissions(unit, &submissions).await?;
        unit.move_submission(submission.id, into, own.id).await?;
        self.part_groups_of(unit, into, named, by).await?;
        let detail = serde_json::json!({ "submission": submission.id, "finding": finding, "from": into });
        for (case, note) in
            [(own.id, format!("从{}移出", target.number)), (into, format!("{}移出本事项", submission.number))]
        {
            unit.append_event(self.event(case, by.clone(), EventKind::Parted, note, detail.clone())).await?;
        }
        Ok(())
    }

    /// Notes on the later case that it is linked to the earlier one; the confirmed finding is the link.
    pub(crate) async fn link_cases(
        &self,
        unit: &mut dyn UnitOfWork,
        later: &Case,
        finding: &Finding,
        by: &Actor,
    ) -> Result<(), Failure> {
        let earlier = earlier_case(unit, finding).await?;
        if earlier.id == later.id {
            return Err(ProblemCode::Conflict.because("两件信访件已属于同一事项").into());
        }
        let detail = serde_json::json!({ "earlier": earlier.id, "later": later.id, "finding": finding.id });
        for (case, other) in [(later, &earlier), (&earlier, later)] {
            let note = format!("与{}相关", other.number);
            unit.append_event(self.event(case.id, by.clone(), EventKind::Linked, note, detail.clone())).await?;
        }
        Ok(())
    }

    /// Undoes [`Gateway::link_cases`].
    pub(crate) async fn unlink_cases(
        &self,
        unit: &mut dyn UnitOfWork,
        later: CaseId,
        finding: &Finding,
        by: &Actor,
    ) -> Result<(), Failure> {
        let earlier = earlier_case(unit, finding).await?.id;
        let detail = serde_json::json!({ "earlier": earlier, "later": later, "finding": finding.id });
        for case in [later, earlier] {
            let event = self.event(case, by.clone(), EventKind::Unlinked, String::new(), detail.clone());
            unit.append_event(event).await?;
        }
        Ok(())
    }

    /// An event of `case` that happens now.
    pub(crate) fn event(
        &self,
        case: CaseId,
        by: Actor,
        kind: EventKind,
        note: String,
        detail: serde_json::Value,
    ) -> NewEvent {
        NewEvent { case: Some(case), arrival: None, at: self.clock.now(), by, kind, note, detail }
    }
}

/// The case, which must be there.
pub(crate) async fn required_case(unit: &mut dyn UnitOfWork, id: CaseId) -> Result<Case, Failure> {
    unit.case(id).await?.ok_or_else(|| Failure::subject_gone("信访事项"))
}

/// The case to which the earlier submission of a finding belongs now, wherever it belonged when the finding was made.
pub(crate) async fn earlier_case(unit: &mut dyn UnitOfWork, finding: &Finding) -> Result<Case, Failure> {
    let earlier = unit.submission(finding.other_submission).await?;
    let earlier = earlier.ok_or_else(|| Failure::subject_gone("信访件"))?;
    required_case(unit, earlier.case).await
}

/// The case itself, or the one into which it was joined.
pub(crate) async fn standing_case(unit: &mut dyn UnitOfWork, id: CaseId) -> Result<Case, Failure> {
    let mut case = required_case(unit, id).await?;
    for _ in 0..JOIN_STEPS {
        let CaseState::Joined { into, .. } = case.state else { return Ok(case) };
        case = required_case(unit, into).await?;
    }
    Err(Failure::Never(ProblemCode::IntegrityBroken.because("并案链条过长")))
}

pub(crate) fn transition(error: &case::state::InvalidTransition) -> Problem {
    ProblemCode::InvalidTransition.because(error.to_string())
}
