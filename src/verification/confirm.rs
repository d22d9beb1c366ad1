//! A person has compared a letter with the paper: what was typed becomes corrections, and everything that rests on the words is
//! done again, in one unit of work.

use case::actor::Actor;
use case::channel::Channel;
use case::correction::{Change, Correction, FieldName};
use case::event::EventKind;
use case::id::CorrectionId;
use case::matter::Case;
use case::number::RegistrationNumber;
use case::ports::office_date;
use case::problem::{Problem, ProblemCode};
use case::purpose::Purpose;
use case::secrecy::Secrecy;
use case::state::CaseState;
use case::statement::Statement;
use case::submission::Submission;
use case::verification::{Draft, LetterCheck};
use store::UnitOfWork;

use crate::desk::decide::told;
use crate::desk::join::required_case;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::routing;
use crate::verification::draft::Typed;
use crate::verification::letter::CheckedLetter;
use crate::verification::sheet::Sheet;
use crate::verification::verdict::judge;

/// What was confirmed.
#[derive(Debug, Clone)]
pub struct Confirmed {
    /// The check as it is now.
    pub check: LetterCheck,
    /// What was put right with it.
    pub corrections: Vec<Correction>,
}

impl Gateway {
    /// Confirms the letter with what was typed, before and now.
    ///
    /// # Errors
    /// As [`Gateway::save_draft`].
    pub async fn confirm_check(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        version: u64,
        typed: &[Typed],
    ) -> Result<Confirmed, Problem> {
        let letter = self.checked_letter(viewer, number).await?;
        let check = self.drafted(viewer, &letter, version, typed).await?;
        let at = self.clock.now();
        let corrections = self.corrections(viewer, &letter, &check.draft, at);
        let state = check.state.confirm(viewer.staff().id, at);
        let state = state.map_err(|wrong| ProblemCode::InvalidTransition.because(wrong.to_string()))?;
        let check = LetterCheck { state, draft: Draft::default(), ..check };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let version = self.write_check(&mut *unit, &check).await?;
        unit.insert_corrections(&corrections).await.map_err(|error| failed(&error))?;
        self.note_confirmation(&mut *unit, viewer, &letter.submission, &corrections).await.map_err(told)?;
        self.step("verification.before_commit");
        self.carry_over(&mut *unit, viewer.actor(), &letter.submission).await.map_err(told)?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.step("verification.after_commit");
        self.wake.ring();
        Ok(Confirmed { check: LetterCheck { version, ..check }, corrections })
    }

    /// The corrections that a draft means.
    fn corrections(
        &self,
        viewer: &Viewer,
        letter: &CheckedLetter,
        draft: &Draft,
        at: jiff::Timestamp,
    ) -> Vec<Correction> {
        let sheet = Sheet::of(letter, &self.office);
        let day = office_date(letter.submission.received_at);
        let correction = |change, read_from| Correction {
            id: CorrectionId::fresh(&*self.clock, &*self.randomness),
            submission: letter.submission.id,
            change,
            read_from,
            by: viewer.staff().id,
            at,
        };
        let fields = sheet.fields.iter().filter_map(|field| {
            let typed = draft.text(field.part())?;
            let after = judge(field.field, typed, &self.office, day).kept(typed);
            let change = Change::Field { field: field.field, place: field.place, before: field.stands.clone(), after };
            let source = field.spot.as_ref().map(|spot| spot.source.clone());
            is_change(&change).then(|| correction(change, source))
        });
        let lines = sheet.lines.iter().filter_map(|line| {
            let change = Change::Line {
                page: line.page,
                line: line.line,
                start: line.range.start,
                end: line.range.end,
                before: line.stands.clone(),
                after: draft.text(line.part())?.to_owned(),
            };
            let engine = letter.record.pages.iter().find(|page| page.page == line.page)?.record.engine.clone();
            let source = case::field::Source::Page { page: line.page, area: Some(line.area), engine };
            is_change(&change).then(|| correction(change, Some(source)))
        });
        fields.chain(lines).collect()
    }

    async fn note_confirmation(
        &self,
        unit: &mut dyn UnitOfWork,
        viewer: &Viewer,
        submission: &Submission,
        corrections: &[Correction],
    ) -> Result<(), Failure> {
        let parts = |correction: &Correction| serde_json::json!({ "correction": correction.id, "part": correction.change.part() });
        let detail = serde_json::json!({
            "number": submission.number,
            "corrections": corrections.iter().map(parts).collect::<Vec<_>>(),
        });
        let case = submission.own_case;
        if !corrections.is_empty() {
            let note = corrected_parts(corrections);
            unit.append_event(self.event(case, viewer.actor(), EventKind::Corrected, note, detail.clone())).await?;
        }
        let note =
            if corrections.is_empty() { "识别无误".to_owned() } else { format!("更正{}处", corrections.len()) };
        unit.append_event(self.event(case, viewer.actor(), EventKind::Verified, note, detail)).await?;
        Ok(())
    }

    /// What rests on the words of a submission is done again: its case's title and place, its secrecy, index, findings and suggestion.
    /// `before` is the submission as it stood before the change.
    pub(crate) async fn carry_over(
        &self,
        unit: &mut dyn UnitOfWork,
        by: Actor,
        before: &Submission,
    ) -> Result<(), Failure> {
        let after = unit.submission(before.id).await?.ok_or_else(|| Failure::subject_gone("信访件"))?;
        let case = required_case(unit, before.own_case).await?;
        let corrected = with_words_of(&case, &before.statement, &after.statement);
        if corrected != case {
            unit.update_case(&corrected).await?;
        }
        if self.turned_out_an_accusation(unit, &case, &after.statement).await? {
            self.seal_found_accusation(unit, by, &after).await?;
        }
        let task = Task::IndexSubmission { submission: after.id };
        let job = self.job(&task, Queue::Quick, Some(case.id), self.clock.now());
        // When such a job is open already it will see the change: it compares what it has read with what stands before it ends.
        unit.enqueue(&job).await?;
        // Only paper has an archive file.
        if after.channel == Channel::Letter {
            self.enqueue_archive(unit, after.id, case.id).await?;
        }
        Ok(())
    }

    /// Whether the corrected words accuse somebody in a case that is open to all. What a person has unsealed stays unsealed.
    async fn turned_out_an_accusation(
        &self,
        unit: &mut dyn UnitOfWork,
        case: &Case,
        statement: &Statement,
    ) -> Result<bool, Failure> {
        if case.secrecy == Secrecy::Sealed || !matches!(case.state, CaseState::Registered { .. }) {
            return Ok(false);
        }
        let units = unit.units().await?;
        if routing::purpose::suggest(statement, &self.office.unit_names(&units)).value != Purpose::Accusation {
            return Ok(false);
        }
        let events = unit.events_of_case(case.id).await?;
        Ok(!events.iter().any(|event| event.event.kind == EventKind::Unsealed))
    }

    async fn seal_found_accusation(
        &self,
        unit: &mut dyn UnitOfWork,
        by: Actor,
        submission: &Submission,
    ) -> Result<(), Failure> {
        let case = required_case(unit, submission.own_case).await?;
        let sealed = Case { secrecy: Secrecy::Sealed, purpose: Purpose::Accusation, suggestion: None, ..case.clone() };
        unit.update_case(&sealed).await?;
        unit.set_submission_secrecy(submission.id, Secrecy::Sealed).await?;
        unit.clear_open_findings(submission.id).await?;
        let note = "核对后的内容为检举控告".to_owned();
        let detail = serde_json::json!({ "from": case.secrecy, "to": Secrecy::Sealed });
        unit.append_event(self.event(case.id, by, EventKind::Sealed, note, detail)).await?;
        Ok(())
    }
}

/// Whether anything is different afterwards: `138 0000 0001` is the number that stood there.
fn is_change(change: &Change) -> bool {
    match change {
        Change::Field { before, after, .. } => before != after,
        Change::Line { before, after, .. } => before != after,
    }
}

/// The parts that were put right, for people: `电话、姓名、正文3行`.
fn corrected_parts(corrections: &[Correction]) -> String {
    let fields = FieldName::ALL.iter().filter(|field| {
        corrections.iter().any(|correction| match &correction.change {
            Change::Field { field: changed, .. } => changed == *field,
            Change::Line { .. } => false,
        })
    });
    let mut parts: Vec<String> = fields.map(|field| field.label().to_owned()).collect();
    let lines = corrections.iter().filter(|correction| matches!(correction.change, Change::Line { .. })).count();
    if lines > 0 {
        parts.push(format!("正文{lines}行"));
    }
    parts.join("、")
}

/// The case with the corrected title and place, where it has those of the submission.
fn with_words_of(case: &Case, before: &Statement, after: &Statement) -> Case {
    let mut corrected = case.clone();
    if case.title == before.title.value {
        corrected.title.clone_from(&after.title.value);
    }
    if before.place.as_ref().map(|place| &place.value.text) != after.place.as_ref().map(|place| &place.value.text) {
        corrected.place.clone_from(&after.place);
    }
    corrected
}
