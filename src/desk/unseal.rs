//! Sealing a case that turned out to be an accusation, and unsealing one that is none. Only the role for accusations unseals;
//! every officer may seal.

use case::event::EventKind;
use case::matter::Case;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::purpose::Purpose;
use case::secrecy::Secrecy;
use case::staff::Permission;
use case::state::CaseState;

use crate::desk::decide::{REASON_LIMIT, told};
use crate::desk::join::required_case;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

impl Gateway {
    /// Seals the case: it leaves the general index and is suggested to the discipline organ.
    ///
    /// # Errors
    /// No right, or the case was sent already.
    pub async fn seal(&self, viewer: &Viewer, number: &RegistrationNumber, reason: &str) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.set_secrecy(viewer, number, Secrecy::Sealed, reason).await.map_err(told)
    }

    /// Unseals the case: it is handled as an ordinary or confidential demand from now on.
    ///
    /// # Errors
    /// No right, or the case was sent already.
    pub async fn unseal(&self, viewer: &Viewer, number: &RegistrationNumber, reason: &str) -> Result<(), Problem> {
        viewer.require(Permission::Sealed)?;
        self.set_secrecy(viewer, number, Secrecy::Ordinary, reason).await.map_err(told)
    }

    async fn set_secrecy(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        wanted: Secrecy,
        reason: &str,
    ) -> Result<(), Failure> {
        let reason = case::text::truncate(reason.trim(), REASON_LIMIT).to_owned();
        if reason.is_empty() {
            return Err(ProblemCode::InvalidField.because("请写明理由").into());
        }
        let mut unit = self.store.begin().await?;
        let case = unit.case_by_number(number).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        viewer.require_sight(case.secrecy)?;
        if !matches!(case.state, CaseState::Registered { .. }) {
            return Err(ProblemCode::InvalidTransition
                .because(format!("{}的事项不能改变密级", case.state.label()))
                .into());
        }
        let (kind, purpose) = match wanted {
            Secrecy::Sealed => (EventKind::Sealed, Purpose::Accusation),
            Secrecy::Ordinary | Secrecy::Confidential => (EventKind::Unsealed, Purpose::AppealOrDemand),
        };
        let submissions = unit.submissions_of_case(case.id).await?;
        if wanted == Secrecy::Sealed {
            self.withdraw_answers_of(&mut *unit, viewer, case.id).await?;
            self.end_representatives_of(&mut *unit, &submissions, &viewer.actor()).await?;
        }
        let confidential = submissions.iter().any(|submission| submission.statement.wishes.confidential);
        let secrecy = if wanted == Secrecy::Ordinary && confidential { Secrecy::Confidential } else { wanted };
        unit.update_case(&Case { secrecy, purpose, suggestion: None, ..case.clone() }).await?;
        for submission in &submissions {
            unit.set_submission_secrecy(submission.id, secrecy).await?;
            // What was found in the other space must not be seen from this one.
            unit.clear_open_findings(submission.id).await?;
            let task = Task::IndexSubmission { submission: submission.id };
            unit.enqueue(&self.job(&task, Queue::Quick, Some(case.id), self.clock.now())).await?;
        }
        let detail = serde_json::json!({ "from": case.secrecy, "to": secrecy });
        // The cases that were joined to this one tell of it by their titles, and get their submissions back when that is undone.
        for submission in submissions.iter().filter(|submission| submission.own_case != case.id) {
            let joined = required_case(&mut *unit, submission.own_case).await?;
            if wanted == Secrecy::Sealed {
                self.withdraw_answers_of(&mut *unit, viewer, joined.id).await?;
            }
            unit.update_case(&Case { secrecy, purpose, suggestion: None, ..joined.clone() }).await?;
            unit.append_event(self.event(joined.id, viewer.actor(), kind, reason.clone(), detail.clone())).await?;
        }
        unit.append_event(self.event(case.id, viewer.actor(), kind, reason, detail)).await?;
        unit.commit().await?;
        self.wake.ring();
        Ok(())
    }
}
