//! To be written.

use case::channel::Channel;
use case::problem::Problem;
use case::source_key::SourceKey;

/// Stub.
#[must_use]
pub fn source_key(bytes: &[u8]) -> SourceKey {
    SourceKey::new(Channel::Letter, "file", &[bytes])
}

/// Stub.
#[must_use]
pub const fn is_temporary(_problem: &Problem) -> bool {
    false
}
