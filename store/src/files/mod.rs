//! The port for stored bytes: originals, attachments and what is derived from them, each under the hash of its content.

use async_trait::async_trait;
use case::content_hash::ContentHash;

use crate::StoreError;

pub mod folder;

/// A place for bytes. Content is never changed and never deleted by the gateway.
#[async_trait]
pub trait Files: Send + Sync {
    /// Stores bytes; durable against loss of power when it returns. Storing the same bytes again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::Unavailable`]; then nothing is stored under the hash.
    async fn put(&self, bytes: &[u8]) -> Result<ContentHash, StoreError>;

    /// The bytes under a hash.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when they no longer have that hash.
    async fn get(&self, hash: ContentHash) -> Result<Option<Vec<u8>>, StoreError>;

    /// Whether bytes are stored under a hash; does not read them.
    ///
    /// # Errors
    /// The store failed.
    async fn holds(&self, hash: ContentHash) -> Result<bool, StoreError>;
}
