//! What staff are entering in a petitioner's name and have not registered yet.

use async_trait::async_trait;
use case::entry::EntryDraft;
use case::id::{EntryDraftId, StaffId};
use jiff::Timestamp;

use crate::StoreError;

/// Looking drafts up.
#[async_trait]
pub trait EntryDraftLookups {
    /// The draft with this identifier, if it is `staff`'s: nobody else sees what somebody is typing.
    ///
    /// # Errors
    /// The store failed.
    async fn entry_draft(&mut self, id: EntryDraftId, staff: StaffId) -> Result<Option<EntryDraft>, StoreError>;

    /// The drafts of `staff`, the last one that was kept first, at most `limit`.
    ///
    /// # Errors
    /// The store failed.
    async fn entry_drafts_of(&mut self, staff: StaffId, limit: u32) -> Result<Vec<EntryDraft>, StoreError>;

    /// The drafts of everybody that were not kept again for the longest, oldest first, at most `limit`; without what is typed in them.
    ///
    /// # Errors
    /// The store failed.
    async fn oldest_entry_drafts(&mut self, limit: u32) -> Result<Vec<DraftTrace>, StoreError>;
}

/// A draft without what is typed in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftTrace {
    /// Which.
    pub id: EntryDraftId,
    /// Whose.
    pub staff: StaffId,
    /// When it was kept last.
    pub saved_at: Timestamp,
}

/// Changing drafts.
#[async_trait]
pub trait EntryDraftChanges {
    /// Keeps a draft, whose version is the one that was read (0: it is new); gives the new version.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was kept by another window meanwhile, is gone, or is somebody else's.
    async fn keep_entry_draft(&mut self, draft: &EntryDraft) -> Result<u64, StoreError>;

    /// Removes a draft of `staff`; one that is not there changes nothing.
    ///
    /// # Errors
    /// The store failed.
    async fn remove_entry_draft(&mut self, id: EntryDraftId, staff: StaffId) -> Result<(), StoreError>;
}
