//! What a person types is kept, and has no effect until it is confirmed.

use case::correction::{Part, VALUE_LIMIT};
use case::event::EventKind;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::text::normalise;
use case::verification::{DRAFT_LIMIT, Draft, DraftValue, LetterCheck};

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::verification::begin::detail;
use crate::verification::letter::CheckedLetter;
use crate::verification::sheet::Sheet;

/// A text that was typed for a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Which part.
    pub part: Part,
    /// Its text.
    pub text: String,
}

/// What was saved.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The check as it is now; its version is to be named in the next step.
    pub check: LetterCheck,
}

impl Gateway {
    /// Keeps what was typed. Parts that are not named stay as they are in the draft. A letter at which nobody has looked is begun by it.
    ///
    /// # Errors
    /// No right, no such letter, another version than the one that was seen, somebody else has it open, or a text is too long.
    pub async fn save_draft(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        version: u64,
        typed: &[Typed],
    ) -> Result<Saved, Problem> {
        let letter = self.checked_letter(viewer, number).await?;
        let check = self.drafted(viewer, &letter, version, typed).await?;
        let begins = !letter.check.state.is_held_by(viewer.staff().id);
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let version = self.write_check(&mut *unit, &check).await?;
        if begins {
            let case = letter.submission.own_case;
            let event = self.event(case, viewer.actor(), EventKind::Checking, String::new(), detail(number));
            unit.append_event(event).await.map_err(|error| failed(&error))?;
        }
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(Saved { check: LetterCheck { version, ..check } })
    }

    /// The check of a letter that the viewer has open, with what was typed in its draft; not written yet.
    pub(crate) async fn drafted(
        &self,
        viewer: &Viewer,
        letter: &CheckedLetter,
        version: u64,
        typed: &[Typed],
    ) -> Result<LetterCheck, Problem> {
        self.require_version(&letter.check, version).await?;
        let mine = letter.check.state.is_held_by(viewer.staff().id);
        if letter.check.state.checker().is_some() && !mine {
            return Err(self.changed(&letter.check).await);
        }
        let check = if mine { letter.check.clone() } else { self.opened(viewer, letter.check.clone())? };
        let sheet = Sheet::of(letter, &self.office);
        let draft = merged(&check.draft, &sheet, typed)?;
        Ok(LetterCheck { draft: Draft { saved_at: Some(self.clock.now()), ..draft }, ..check })
    }
}

/// The draft with what was typed: only parts of the sheet, and only where they differ from what stands.
fn merged(draft: &Draft, sheet: &Sheet, typed: &[Typed]) -> Result<Draft, Problem> {
    if typed.len() > DRAFT_LIMIT {
        return Err(ProblemCode::InputTooLarge.because(format!("一次最多保存{DRAFT_LIMIT}处")));
    }
    let mut values = draft.values.clone();
    for Typed { part, text } in typed {
        let Some(stands) = stands(sheet, *part) else { continue };
        let text = one_line(text);
        if text.chars().count() > VALUE_LIMIT {
            return Err(ProblemCode::InvalidField.because(format!("每处最多{VALUE_LIMIT}字")));
        }
        values.retain(|value| value.part != *part);
        if text != stands {
            values.push(DraftValue { part: *part, text });
        }
    }
    values.sort_by_key(|value| value.part);
    Ok(Draft { values, saved_at: draft.saved_at })
}

/// What stands in a part of the sheet; none for what is no part of it or cannot be put right.
fn stands(sheet: &Sheet, part: Part) -> Option<&str> {
    let field = sheet.fields.iter().find(|field| field.part() == part);
    let line = || sheet.lines.iter().find(|line| line.part() == part && line.editable);
    match field {
        Some(field) => Some(field.stands.as_deref().unwrap_or_default()),
        None => line().map(|line| line.stands.as_str()),
    }
}

/// A text as it is kept: one line, without control characters. Full-width signs of Chinese stay: they are what is on the paper.
fn one_line(text: &str) -> String {
    let plain = text.chars().map(|character| if character.is_control() { ' ' } else { character });
    let plain: String = plain.collect();
    // Only what is invisible goes; NFKC would turn `，` into `,`.
    plain
        .chars()
        .filter(|character| !normalise(&character.to_string()).is_empty())
        .collect::<String>()
        .trim()
        .to_owned()
}
