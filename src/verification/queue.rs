//! The list of letters to check, and which one is next.

use case::id::BatchId;
use case::number::RegistrationNumber;
use case::problem::Problem;
use case::staff::Permission;
use case::submission::Submission;
use store::corrections::{LetterCounts, LetterFilter, LetterRow};
use store::{Page, Paging};

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// A letter of the list.
#[derive(Debug, Clone)]
pub struct QueuedLetter {
    /// How far its check has come.
    pub row: LetterRow,
    /// Its title as it stands.
    pub title: String,
}

impl Gateway {
    /// Letters that the viewer may see in these states of the check (all when none is named), of one batch or all, those to check
    /// first.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn letters(
        &self,
        viewer: &Viewer,
        states: Vec<String>,
        batch: Option<BatchId>,
        paging: Paging,
    ) -> Result<Page<QueuedLetter>, Problem> {
        viewer.require(Permission::Verify)?;
        let filter = LetterFilter { secrecy: viewer.secrecies().to_vec(), states, batch };
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let page = lookups.letters(&filter, paging).await.map_err(|error| failed(&error))?;
        let ids: Vec<_> = page.rows.iter().map(|row| row.check.submission).collect();
        let submissions = lookups.submissions(&ids).await.map_err(|error| failed(&error))?;
        let title = |row: &LetterRow| {
            let found = submissions.iter().find(|submission| submission.id == row.check.submission);
            found.map(|submission| submission.statement.title.value.clone()).unwrap_or_default()
        };
        let rows = page.rows.into_iter().map(|row| QueuedLetter { title: title(&row), row }).collect();
        Ok(Page { rows, total: page.total })
    }

    /// How many letters stand where, of those that the viewer may see.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn letter_counts(&self, viewer: &Viewer) -> Result<LetterCounts, Problem> {
        viewer.require(Permission::Verify)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.letter_counts(viewer.secrecies()).await.map_err(|error| failed(&error))
    }

    /// The letter to check after this one; from the first one on when it is the last, none when nothing is left.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn next_letter(
        &self,
        viewer: &Viewer,
        after: Option<&Submission>,
    ) -> Result<Option<RegistrationNumber>, Problem> {
        viewer.require(Permission::Verify)?;
        let after = after.map_or(0, |submission| submission.sequence);
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let next = lookups.next_letter(viewer.secrecies(), after, viewer.staff().id).await;
        next.map_err(|error| failed(&error))
    }
}
