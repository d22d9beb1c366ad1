//! What became of what a person entered: the page after an upload.

use case::arrival::{Arrival, ArrivalState};
use case::id::{ArrivalId, SubmissionId};
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::Submission;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::progress::Progress;
use crate::intake::receive::failed;

/// Something that was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// It was taken in and is read by a job.
    Arrival(ArrivalId),
    /// It was read and registered at once.
    Submission(SubmissionId),
}

/// How far it has come.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The arrival.
    pub arrival: Arrival,
    /// How far it has come.
    pub progress: Progress,
    /// What it was registered as.
    pub submission: Option<Submission>,
    /// Whether the viewer may see the case.
    pub visible: bool,
}

impl Gateway {
    /// How far an entry has come. Of a sealed one only numbers are told to whoever entered it.
    ///
    /// # Errors
    /// No right, no such entry, or the store failed.
    pub async fn entered(&self, viewer: &Viewer, entry: Entry) -> Result<Entered, Problem> {
        viewer.require(Permission::Enter)?;
        let gone = || Problem::from(ProblemCode::NotFound);
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let id = match entry {
            Entry::Arrival(id) => id,
            Entry::Submission(id) => {
                lookups.submission(id).await.map_err(|error| failed(&error))?.ok_or_else(gone)?.arrival
            }
        };
        let arrival = lookups.arrival(id).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        let progress = self.progress(&mut *lookups, &arrival).await?;
        let submission = match &arrival.state {
            ArrivalState::Registered { submission } => {
                lookups.submission(*submission).await.map_err(|error| failed(&error))?
            }
            ArrivalState::Waiting | ArrivalState::Refused { .. } => None,
        };
        let visible = submission.as_ref().is_some_and(|submission| viewer.secrecies().contains(&submission.secrecy));
        Ok(Entered { arrival, progress, submission, visible })
    }
}
