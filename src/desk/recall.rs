//! A person takes a dispatch back, or has a failed one sent again.

use case::dispatch::Delivery;
use case::event::EventKind;
use case::id::DispatchId;
use case::matter::Case;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use store::jobs::JobStatus;

use crate::desk::decide::told;
use crate::desk::join::{required_case, transition};
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

impl Gateway {
    /// Takes the dispatch back: the case is registered again and can be sent elsewhere. A mail that left already cannot be
    /// called back; the event says so, and the person must tell the unit.
    ///
    /// # Errors
    /// No right, or the unit has already accepted.
    pub async fn recall(&self, viewer: &Viewer, dispatch: DispatchId) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.recall_in_one(viewer, dispatch).await.map_err(told)
    }

    async fn recall_in_one(&self, viewer: &Viewer, id: DispatchId) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let dispatch = unit.dispatch(id).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        let case = required_case(&mut *unit, dispatch.case).await?;
        viewer.require_sight(case.secrecy)?;
        let at = self.clock.now();
        let state = case.state.clone().take_back(at).map_err(|error| transition(&error))?;
        unit.update_case(&Case { state, ..case.clone() }).await?;
        unit.set_delivery(id, &Delivery::Recalled { at }).await?;
        let sent = matches!(dispatch.delivery, Delivery::Sent { .. });
        let note = if sent { "函件已发出，请另行通知该单位" } else { "函件尚未发出" };
        let detail = serde_json::json!({ "dispatch": id, "sent": sent });
        unit.append_event(self.event(case.id, viewer.actor(), EventKind::DispatchRecalled, note.to_owned(), detail))
            .await?;
        Ok(unit.commit().await?)
    }

    /// Has a dispatch whose sending was given up tried again.
    ///
    /// # Errors
    /// No right, or it was not given up.
    pub async fn resend(&self, viewer: &Viewer, dispatch: DispatchId) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.resend_in_one(viewer, dispatch).await.map_err(told)
    }

    async fn resend_in_one(&self, viewer: &Viewer, id: DispatchId) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let dispatch = unit.dispatch(id).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        let case = required_case(&mut *unit, dispatch.case).await?;
        viewer.require_sight(case.secrecy)?;
        if !matches!(dispatch.delivery, Delivery::Failed { .. }) {
            return Err(ProblemCode::Conflict.because("只有发送失败的函件可以重发").into());
        }
        unit.set_delivery(id, &Delivery::Waiting).await?;
        let task = Task::SendDispatch { dispatch: id };
        match unit.job_by_unique_key(&task.unique_key()).await? {
            // The one that was given up goes on: left behind, it would stand among the dead jobs for ever.
            Some(given_up) if given_up.status == JobStatus::Dead => {
                unit.revive_job(given_up.job.id, self.clock.now()).await?;
            }
            Some(_) | None => {
                let job = self.job(&task, Queue::Sending, Some(case.id), self.clock.now());
                unit.enqueue(&job).await?;
            }
        }
        let detail = serde_json::json!({ "dispatch": id });
        unit.append_event(self.event(case.id, viewer.actor(), EventKind::Dispatched, "重新发送".to_owned(), detail))
            .await?;
        unit.commit().await?;
        self.wake.ring();
        Ok(())
    }
}
