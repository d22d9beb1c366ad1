//! How far the rebuild of the search index in this process has come, for the desk and for monitoring.
//!
//! Kept in memory: after a restart the job goes on with what the engine kept and fills it again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Submissions put into the new index, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Those that are in it.
    pub done: u64,
    /// Those that were registered when it began; later ones go into both.
    pub total: u64,
}

/// The rebuild of this process, if one is under way.
#[derive(Debug, Default)]
pub struct Rebuilding {
    progress: Mutex<Option<Progress>>,
    interrupted: AtomicBool,
}

impl Rebuilding {
    /// It has come so far.
    pub fn note(&self, progress: Progress) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    }

    /// It ended, however it ended.
    pub fn clear(&self) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// How far it has come; none while the index is not rebuilt.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The process is to stop: the rebuild keeps what it has and the next process goes on there.
    pub fn interrupt(&self) {
        self.interrupted.store(true, Ordering::Release);
    }

    /// Whether it is to stop.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Acquire)
    }
}
