//! What keeps the workers of this process from writing anything down, such as a full disk: a job that cannot even be put off would
//! otherwise look as if somebody still worked on it until its lease runs out.

use std::sync::{Mutex, PoisonError};

use case::problem::Problem;

/// The trouble that stands now, if any.
#[derive(Debug, Default)]
pub struct Trouble(Mutex<Option<Problem>>);

impl Trouble {
    /// The workers could not write for this reason.
    pub fn note(&self, problem: Problem) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    }

    /// The workers can write again.
    pub fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Why the workers cannot write, if they cannot.
    #[must_use]
    pub fn current(&self) -> Option<Problem> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
