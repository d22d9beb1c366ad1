//! To be written.

use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use case::source_key::SourceKey;

use crate::Reading;

/// Stub.
#[must_use]
pub fn source_key(bytes: &[u8]) -> SourceKey {
    SourceKey::new(Channel::Web, "file", &[bytes])
}

/// Stub.
///
/// # Errors
/// Always.
pub async fn read(_bytes: &[u8], _scans: &dyn crate::scan::ScanReader) -> Result<Reading, Problem> {
    Err(ProblemCode::Internal.into())
}
