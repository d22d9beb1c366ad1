//! A person takes a decision about a finding back, with everything it caused.

use case::event::EventKind;
use case::finding::{Decision, Relation};
use case::id::FindingId;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;

use crate::desk::decide::{seen_finding, told};
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

impl Gateway {
    /// Takes the decision back: the finding is open again and its effect is gone. The events stay.
    ///
    /// # Errors
    /// No right, or nothing was decided.
    pub async fn undo(&self, viewer: &Viewer, finding: FindingId) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.undo_in_one(viewer, finding).await.map_err(told)
    }

    async fn undo_in_one(&self, viewer: &Viewer, id: FindingId) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let (finding, submission) = seen_finding(&mut *unit, viewer, id).await?;
        let by = viewer.actor();
        match &finding.decision {
            Decision::Confirmed { relation: Relation::Repeat | Relation::Supplement, .. } => {
                self.part_repeat(&mut *unit, &submission, finding.id, &by).await?;
            }
            Decision::Confirmed { relation: Relation::SameMatter, .. } => {
                self.ungroup_cases(&mut *unit, submission.case, &finding, &by).await?;
            }
            Decision::Confirmed { relation: Relation::Related, .. } => {
                self.unlink_cases(&mut *unit, submission.case, &finding, &by).await?;
            }
            Decision::Refused { .. } | Decision::Open => {}
        }
        let open = finding
            .decision
            .clone()
            .undo()
            .map_err(|error| Failure::Never(ProblemCode::Conflict.because(error.to_string())))?;
        unit.decide_finding(finding.id, &finding.decision, &open).await?;
        let detail = serde_json::json!({ "finding": finding.id, "was": finding.decision.as_str() });
        let event = self.event(submission.own_case, by, EventKind::FindingUndone, String::new(), detail);
        unit.append_event(event).await?;
        Ok(unit.commit().await?)
    }
}
