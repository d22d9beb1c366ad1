//! What makes two arrivals the same input: a replay (same key) changes nothing and gets the earlier receipt.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::channel::Channel;

/// A digest of what identifies one input at its door: Message-ID and content of a mail, the bytes of a file, the id of a
/// call, the idempotency key of a client. Digested, so the key itself carries no personal data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceKey(String);

impl SourceKey {
    /// The key of the input that `parts` identify at the door `channel`.
    /// `kind` keeps apart keys made of different things, such as `file` and `call-id`.
    #[must_use]
    pub fn new(channel: Channel, kind: &str, parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("xinqiao 2026-11 source key");
        for part in [channel.as_str().as_bytes(), kind.as_bytes()].iter().chain(parts) {
            hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hasher.update(part);
        }
        Self(format!("{channel}:{kind}:{}", hasher.finalize().to_hex()))
    }

    /// The key with exactly this value, as a store keeps it.
    #[must_use]
    pub const fn from_stored(value: String) -> Self {
        Self(value)
    }

    /// The value, as a store keeps it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
