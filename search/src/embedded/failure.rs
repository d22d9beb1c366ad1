//! What tantivy and the file system report, as the port names it. No text of a document or a query is in it.

use std::io;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

use crate::SearchError;

/// An error of the file system.
pub(super) fn of_files(error: &io::Error) -> SearchError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SearchError::DiskFull,
        kind => SearchError::Unavailable(format!("file system: {kind}")),
    }
}

/// An error of tantivy.
#[expect(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
pub(super) fn of_engine(error: TantivyError) -> SearchError {
    match &error {
        TantivyError::LockFailure(LockError::LockBusy, _) => SearchError::InUse,
        TantivyError::IoError(cause) => of_files(cause),
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => of_files(io_error),
        _ => SearchError::Unavailable(error.to_string()),
    }
}

/// A worker thread that ended early.
#[expect(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
pub(super) fn of_worker(error: tokio::task::JoinError) -> SearchError {
    let how = if error.is_panic() { "the engine stopped on damaged data" } else { "the engine is shutting down" };
    SearchError::Unavailable(how.to_owned())
}
