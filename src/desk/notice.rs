//! A person has a notice sent again that was given up or came back.

use case::dispatch::Delivery;
use case::event::EventKind;
use case::id::NoticeId;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use store::jobs::JobStatus;

use crate::desk::decide::told;
use crate::desk::join::required_case;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

impl Gateway {
    /// Has a notice sent again whose sending was given up.
    ///
    /// # Errors
    /// No right, no such notice, or it was not given up.
    pub async fn resend_notice(&self, viewer: &Viewer, notice: NoticeId) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.resend_notice_in_one(viewer, notice).await.map_err(told)
    }

    async fn resend_notice_in_one(&self, viewer: &Viewer, id: NoticeId) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let notice = unit.notice(id).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        let case = required_case(&mut *unit, notice.case).await?;
        viewer.require_sight(case.secrecy)?;
        if !matches!(notice.delivery, Delivery::Failed { .. }) {
            return Err(ProblemCode::Conflict.because("只有发送失败的回执可以重发").into());
        }
        unit.set_notice_delivery(id, &Delivery::Waiting).await?;
        let task = Task::SendNotice { notice: id };
        let now = self.clock.now();
        match unit.job_by_unique_key(&task.unique_key()).await? {
            // As for dispatches: the one that was given up goes on.
            Some(given_up) if given_up.status == JobStatus::Dead => unit.revive_job(given_up.job.id, now).await?,
            Some(_) | None => {
                unit.enqueue(&self.job(&task, Queue::Sending, Some(case.id), now)).await?;
            }
        }
        let detail = serde_json::json!({ "notice": id, "again": true });
        let event = self.event(case.id, viewer.actor(), EventKind::NoticeResent, String::new(), detail);
        unit.append_event(event).await?;
        unit.commit().await?;
        self.wake.ring();
        Ok(())
    }
}
