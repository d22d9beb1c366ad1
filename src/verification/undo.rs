//! Taking back: a whole confirmation, after which the person goes on where it was confirmed; or one correction. Both are facts of their
//! own, and what rests on the words is done again.

use case::correction::{Change, Correction, Recorded, Undone};
use case::event::EventKind;
use case::id::CorrectionId;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::verification::{Draft, DraftValue, LetterCheck, Verification};

use crate::desk::decide::told;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::verification::letter::{Found, seen};

impl Gateway {
    /// Takes the confirmation of a letter back: its corrections no longer stand and are in the viewer's draft again.
    ///
    /// # Errors
    /// No right, no such letter, another version than the one that was seen, or it is not confirmed.
    pub async fn undo_check(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        version: u64,
    ) -> Result<LetterCheck, Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let Found { submission, check } = seen(&mut *unit, viewer, number).await?;
        if check.version != version {
            drop(unit);
            return Err(self.changed(&check).await);
        }
        let Verification::Confirmed { at: confirmed_at, .. } = check.state else {
            return Err(ProblemCode::InvalidTransition.because("这封信还没有核对完毕"));
        };
        let now = self.clock.now();
        let by = viewer.staff().id;
        let state = check.state.undo(by, now);
        let state = state.map_err(|wrong| ProblemCode::InvalidTransition.because(wrong.to_string()))?;
        let recorded = unit.corrections_of(submission.id).await.map_err(|error| failed(&error))?;
        let taken_back: Vec<&Correction> = of_confirmation(&recorded, confirmed_at).collect();
        for correction in &taken_back {
            unit.undo_correction(correction.id, &Undone { by, at: now }).await.map_err(|error| failed(&error))?;
        }
        let draft =
            Draft { values: taken_back.iter().map(|correction| typed(correction)).collect(), saved_at: Some(now) };
        let check = LetterCheck { state, draft, ..check };
        let version = self.write_check(&mut *unit, &check).await?;
        let ids: Vec<CorrectionId> = taken_back.iter().map(|correction| correction.id).collect();
        let detail = serde_json::json!({ "number": number, "corrections": ids });
        let event =
            self.event(submission.own_case, viewer.actor(), EventKind::VerificationUndone, String::new(), detail);
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        self.carry_over(&mut *unit, viewer.actor(), &submission).await.map_err(told)?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(LetterCheck { version, ..check })
    }

    /// Takes one correction of a letter back: what stood before it stands again.
    ///
    /// # Errors
    /// No right, no such correction of this letter, or it was taken back already.
    pub async fn undo_correction(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        id: CorrectionId,
    ) -> Result<(), Problem> {
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let Found { submission, check } = seen(&mut *unit, viewer, number).await?;
        let recorded = unit.correction(id).await.map_err(|error| failed(&error))?;
        let recorded = recorded.filter(|recorded| recorded.correction.submission == submission.id);
        let recorded = recorded.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        if recorded.undone.is_some() {
            return Err(ProblemCode::CheckChanged.because("这处更正已经撤销"));
        }
        let undone = Undone { by: viewer.staff().id, at: self.clock.now() };
        unit.undo_correction(id, &undone).await.map_err(|error| failed(&error))?;
        // Whoever has the letter open sees other words now, and is told when saving.
        self.write_check(&mut *unit, &check).await?;
        let note = match recorded.correction.change {
            Change::Field { field, .. } => field.label().to_owned(),
            Change::Line { page, line, .. } => format!("第{page}页第{}行", line.saturating_add(1)),
        };
        let detail = serde_json::json!({ "number": number, "correction": id });
        let event = self.event(submission.own_case, viewer.actor(), EventKind::CorrectionUndone, note, detail);
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        self.carry_over(&mut *unit, viewer.actor(), &submission).await.map_err(told)?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(())
    }
}

/// The corrections that were made with a confirmation and still stand.
fn of_confirmation(recorded: &[Recorded], at: jiff::Timestamp) -> impl Iterator<Item = &Correction> {
    recorded
        .iter()
        .filter(move |recorded| recorded.undone.is_none() && recorded.correction.at == at)
        .map(|recorded| &recorded.correction)
}

/// What a person typed for a correction.
fn typed(correction: &Correction) -> DraftValue {
    let text = match &correction.change {
        Change::Field { after, .. } => after.clone().unwrap_or_default(),
        Change::Line { after, .. } => after.clone(),
    };
    DraftValue { part: correction.change.part(), text }
}
