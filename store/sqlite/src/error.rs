//! From what SQLite says to what the port says.

use sqlx::error::{DatabaseError, ErrorKind};
use store::StoreError;

/// SQLITE_FULL: no space on the disk, or the limit of pages is reached.
const FULL: &str = "13";

/// What a failed statement means. `what` names the record it was about.
pub(crate) fn of_statement(error: sqlx::Error, what: &'static str) -> StoreError {
    match error.as_database_error().map(DatabaseError::kind) {
        Some(ErrorKind::UniqueViolation) => StoreError::Exists { what },
        // What it refers to is not there (any more).
        Some(ErrorKind::ForeignKeyViolation) => StoreError::Conflict { what },
        _ if is_full(&error) => StoreError::DiskFull(Box::new(error)),
        _ => StoreError::Unavailable(Box::new(error)),
    }
}

/// Whether space was lacking.
pub(crate) fn is_full(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(DatabaseError::code).is_some_and(|code| code == FULL)
}

/// Whether the transaction goes on as if the statement had not been there: SQLite undoes a statement that breaks a
/// constraint, and only that. After any other failure the whole transaction may be gone.
pub(crate) const fn is_harmless(error: &StoreError) -> bool {
    match error {
        StoreError::Exists { .. } | StoreError::Conflict { .. } | StoreError::Inconsistent { .. } => true,
        StoreError::Unavailable(_) | StoreError::DiskFull(_) | StoreError::Schema(_) | StoreError::Damaged(_) => false,
    }
}
