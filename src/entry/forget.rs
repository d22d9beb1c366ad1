//! The job that removes drafts which nobody went on with. A draft holds what a petitioner told and belongs to no case: it is kept for a
//! while, since whoever typed it may be ill or away, and then it goes. What stays is an event that says whose it was and when it was
//! kept last, and nothing of what was typed.

use std::time::Duration;

use case::actor::Actor;
use case::event::{EventKind, NewEvent};
use jiff::Timestamp;
use store::jobs::Claim;
use store::{StoreError, UnitOfWork};

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

/// How many drafts are removed in one unit of work.
const AT_ONCE: u32 = 100;

impl Gateway {
    /// Has the drafts looked at when one that is kept at `saved_at` may go. One look that is due earlier is enough for all.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn forget_drafts_later(
        &self,
        unit: &mut dyn UnitOfWork,
        saved_at: Timestamp,
    ) -> Result<(), StoreError> {
        let task = Task::ForgetDrafts;
        unit.enqueue(&self.job(&task, Queue::Quick, None, self.forgotten_at(saved_at))).await.map(|_one_is_enough| ())
    }

    /// Has the drafts looked at that were kept before there was this job.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn forget_earlier_drafts(&self) -> Result<(), StoreError> {
        let mut unit = self.store.begin().await?;
        let Some(oldest) = unit.oldest_entry_drafts(1).await?.pop() else { return Ok(()) };
        self.forget_drafts_later(&mut *unit, oldest.saved_at).await?;
        unit.commit().await
    }

    /// Removes what is due, and has the drafts looked at again when the next one is.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn forget_drafts(&self, claim: &Claim) -> Result<(), Failure> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        let oldest = unit.oldest_entry_drafts(AT_ONCE).await?;
        let mut removed = 0_u32;
        let mut next = None;
        for draft in oldest {
            if self.forgotten_at(draft.saved_at) > now {
                next = Some(draft.saved_at);
                break;
            }
            unit.remove_entry_draft(draft.id, draft.staff).await?;
            removed += 1;
            let event = NewEvent {
                case: None,
                arrival: None,
                at: now,
                by: Actor::System,
                kind: EventKind::DraftForgotten,
                note: format!("最后修改后{}天未登记", self.configuration.entry.draft_days),
                detail: serde_json::json!({ "draft": draft.id, "staff": draft.staff, "saved_at": draft.saved_at }),
            };
            unit.append_event(event).await?;
        }
        unit.finish_job(claim).await?;
        let again = if removed == AT_ONCE { Some(now) } else { next.map(|saved_at| self.forgotten_at(saved_at)) };
        if let Some(run_at) = again {
            unit.enqueue(&self.job(&Task::ForgetDrafts, Queue::Quick, None, run_at)).await?;
        }
        unit.commit().await?;
        if removed > 0 {
            tracing::info!(removed, "{removed} drafts that nobody went on with are removed");
        }
        Ok(())
    }

    fn forgotten_at(&self, saved_at: Timestamp) -> Timestamp {
        let kept = Duration::from_secs(u64::from(self.configuration.entry.draft_days) * 24 * 3600);
        saved_at.checked_add(kept).unwrap_or(Timestamp::MAX)
    }
}
