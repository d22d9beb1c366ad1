//! The image of a page of a letter. Sent only to somebody who may check letters and may see this one.

use case::event::EventKind;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::{FileRole, StoredFile, Submission};
use case::verification::LetterCheck;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::verification::letter::{Found, seen};

/// Looks at one letter by one person within this time are one look: its page, its images, and that it was fetched ahead.
const ONE_LOOK: std::time::Duration = std::time::Duration::from_secs(3600);

impl Gateway {
    /// The image of the `index`-th page that has one, from 0. Looking at it is an event.
    ///
    /// # Errors
    /// No right, no such page, or the store failed.
    pub async fn page_image(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
        index: usize,
    ) -> Result<(StoredFile, Vec<u8>), Problem> {
        viewer.require(Permission::OpenFiles)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let Found { submission, check } = seen(&mut *lookups, viewer, number).await?;
        drop(lookups);
        let mut pages = submission.files.iter().filter(|file| file.role == FileRole::Page);
        let file = pages.nth(index).ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        let bytes = self.files.get(file.hash).await.map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| ProblemCode::IntegrityBroken.because("文件不在存储中"))?;
        self.note_letter_seen(viewer, &submission, &check).await?;
        Ok((file.clone(), bytes))
    }

    /// Notes that a person sees a letter and its petitioner's data unmasked: once in [`ONE_LOOK`], and not at all while the person
    /// has it open, which is an event itself.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn note_letter_seen(
        &self,
        viewer: &Viewer,
        submission: &Submission,
        check: &LetterCheck,
    ) -> Result<(), Problem> {
        if check.state.is_held_by(viewer.staff().id) {
            return Ok(());
        }
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let events = lookups.events_of_case(submission.own_case).await.map_err(|error| failed(&error))?;
        drop(lookups);
        let since = self.clock.now().checked_sub(ONE_LOOK).unwrap_or(jiff::Timestamp::MIN);
        let actor = viewer.actor();
        let noted = events.iter().any(|event| {
            event.event.by == actor && event.event.at >= since && event.event.kind == EventKind::FileOpened
        });
        if noted {
            return Ok(());
        }
        let detail = serde_json::json!({ "number": submission.number });
        self.note_look(viewer, submission.own_case, EventKind::FileOpened, detail).await
    }
}
