//! A person begins to check a letter, or takes it over from a colleague. That the person sees its petitioner's data is an event.

use case::event::EventKind;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::verification::LetterCheck;
use store::{StoreError, UnitOfWork};

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::verification::letter::{Found, seen};

/// Whether a letter that a colleague has open is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeOver {
    /// It is left to the colleague.
    No,
    /// It is taken over, with what the colleague has typed.
    Yes,
}

impl Gateway {
    /// Begins the check; gives the version of the check to name in the next step. Beginning again what one has open changes nothing.
    ///
    /// # Errors
    /// No right, no such letter, another version than the one that was seen, somebody else has it open, or it is confirmed.
    pub async fn begin_check(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        version: u64,
        take_over: TakeOver,
    ) -> Result<u64, Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let Found { submission, check } = seen(&mut *unit, viewer, number).await?;
        if check.state.is_held_by(viewer.staff().id) && take_over == TakeOver::No {
            return Ok(check.version);
        }
        if check.version != version || (check.state.checker().is_some() && take_over == TakeOver::No) {
            drop(unit);
            return Err(self.changed(&check).await);
        }
        let check = self.opened(viewer, check)?;
        let version = self.write_check(&mut *unit, &check).await?;
        let event = self.event(
            submission.own_case,
            viewer.actor(),
            EventKind::Checking,
            String::new(),
            detail(&submission.number),
        );
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(version)
    }

    /// The check as the viewer has it open from now on.
    pub(crate) fn opened(&self, viewer: &Viewer, check: LetterCheck) -> Result<LetterCheck, Problem> {
        let state = check.state.begin(viewer.staff().id, self.clock.now());
        let state = state
            .map_err(|_confirmed| ProblemCode::CheckChanged.because("这封信已核对完毕；如需修改，请先撤销核对"))?;
        Ok(LetterCheck { state, ..check })
    }

    /// Writes a check, and says who was faster where somebody was.
    pub(crate) async fn write_check(&self, unit: &mut dyn UnitOfWork, check: &LetterCheck) -> Result<u64, Problem> {
        match unit.update_letter_check(check).await {
            Ok(version) => Ok(version),
            Err(StoreError::Conflict { .. }) => Err(self.changed(check).await),
            Err(error) => Err(failed(&error)),
        }
    }
}

pub(crate) fn detail(number: &RegistrationNumber) -> serde_json::Value {
    serde_json::json!({ "number": number })
}
