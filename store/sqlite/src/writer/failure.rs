//! One failure told to many: every unit of work of a group that could not be committed.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use store::StoreError;

use crate::error;

/// Why a group failed.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    full: bool,
    cause: Arc<sqlx::Error>,
}

impl Failure {
    /// The same, but for lack of space where `full` says so: it is known from the statement that failed first.
    pub(super) fn or_full(self, full: bool) -> Self {
        Self { full: self.full || full, ..self }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(cause: sqlx::Error) -> Self {
        Self { full: error::is_full(&cause), cause: Arc::new(cause) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(formatter)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.source()
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        if failure.full { Self::DiskFull(Box::new(failure)) } else { Self::Unavailable(Box::new(failure)) }
    }
}
