//! Which submissions wait to be compared because the search engine is down, for the desk and for monitoring.
//!
//! Kept in memory: after a restart it is filled again by the jobs, which try again within a minute.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use case::id::SubmissionId;

/// The most that are counted; an outage that lasts longer says as many or more.
const MOST: usize = 100_000;

/// The submissions.
#[derive(Debug, Default)]
pub struct Waiting(Mutex<HashSet<SubmissionId>>);

impl Waiting {
    /// These could not be indexed or judged.
    pub fn note(&self, submissions: impl IntoIterator<Item = SubmissionId>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for submission in submissions {
            if waiting.len() < MOST {
                waiting.insert(submission);
            }
        }
    }

    /// The engine took these.
    pub fn clear(&self, submissions: &[SubmissionId]) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for submission in submissions {
            waiting.remove(submission);
        }
    }

    /// How many there are; 0 while the engine works.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
