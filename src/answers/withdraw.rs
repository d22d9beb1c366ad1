//! A published answer is withdrawn, with a reason: by a person, or because its case was sealed.

use case::event::EventKind;
use case::id::{CaseId, PublishedAnswerId};
use case::problem::{Problem, ProblemCode};
use case::published_answer::{PublishedAnswer, Withdrawal};
use case::staff::Permission;
use store::UnitOfWork;

use crate::desk::decide::{REASON_LIMIT, told};
use crate::desk::join::required_case;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

impl Gateway {
    /// Withdraws the answer: nobody of the public can read it from the moment this returns.
    ///
    /// # Errors
    /// No right, no reason, no such answer, or it was withdrawn before.
    pub async fn withdraw_answer(&self, viewer: &Viewer, id: PublishedAnswerId, reason: &str) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.withdraw_in_one(viewer, id, reason).await.map_err(told)
    }

    async fn withdraw_in_one(&self, viewer: &Viewer, id: PublishedAnswerId, reason: &str) -> Result<(), Failure> {
        let reason = case::text::truncate(reason.trim(), REASON_LIMIT).to_owned();
        if reason.is_empty() {
            return Err(ProblemCode::InvalidField.because("请写明撤回的理由").into());
        }
        let mut unit = self.store.begin().await?;
        let answer = unit.published_answer(id).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        let case = required_case(&mut *unit, answer.case).await?;
        viewer.require_sight(case.secrecy)?;
        if answer.withdrawn.is_some() {
            return Err(ProblemCode::Conflict.because("这个答复已经撤回").into());
        }
        self.take_back(&mut *unit, viewer, &answer, reason).await?;
        unit.commit().await?;
        self.wake.ring();
        Ok(())
    }

    /// Withdraws whatever of the case stands, in the unit of work that seals it.
    pub(crate) async fn withdraw_answers_of(
        &self,
        unit: &mut dyn UnitOfWork,
        viewer: &Viewer,
        case: CaseId,
    ) -> Result<(), Failure> {
        for answer in unit.answers_of_case(case).await?.iter().filter(|answer| answer.withdrawn.is_none()) {
            self.take_back(unit, viewer, answer, "事项已密封".to_owned()).await?;
        }
        Ok(())
    }

    async fn take_back(
        &self,
        unit: &mut dyn UnitOfWork,
        viewer: &Viewer,
        answer: &PublishedAnswer,
        reason: String,
    ) -> Result<(), Failure> {
        let withdrawal = Withdrawal { at: self.clock.now(), by: viewer.actor(), reason: reason.clone() };
        unit.withdraw_published_answer(answer.id, &withdrawal).await?;
        let detail = serde_json::json!({ "answer": answer.id });
        let event = self.event(answer.case, viewer.actor(), EventKind::AnswerWithdrawn, reason, detail);
        unit.append_event(event).await?;
        let task = Task::IndexAnswer { answer: answer.id };
        unit.enqueue(&self.job(&task, Queue::Quick, Some(answer.case), self.clock.now())).await?;
        Ok(())
    }
}
