//! Notices to petitioners and how far their sending has come.

use async_trait::async_trait;
use case::dispatch::Delivery;
use case::id::{CaseId, NoticeId, SubmissionId};
use case::notice::Notice;
use jiff::Timestamp;

use crate::StoreError;

/// Looking notices up.
#[async_trait]
pub trait NoticeLookups {
    /// The notice with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn notice(&mut self, id: NoticeId) -> Result<Option<Notice>, StoreError>;

    /// The notices about a submission, oldest first.
    ///
    /// # Errors
    /// The store failed.
    async fn notices_of_submission(&mut self, submission: SubmissionId) -> Result<Vec<Notice>, StoreError>;

    /// The notices about submissions that belong to a case now, oldest first.
    ///
    /// # Errors
    /// The store failed.
    async fn notices_of_case(&mut self, case: CaseId) -> Result<Vec<Notice>, StoreError>;

    /// How many notices to `recipient` (a keyed hash) were made at `since` or later.
    ///
    /// # Errors
    /// The store failed.
    async fn notice_count(&mut self, recipient: &str, since: Timestamp) -> Result<u64, StoreError>;
}

/// Changing notices.
#[async_trait]
pub trait NoticeChanges {
    /// Inserts a notice.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its submission or case is not there.
    async fn insert_notice(&mut self, notice: &Notice) -> Result<(), StoreError>;

    /// Writes how far the sending has come.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such notice.
    async fn set_notice_delivery(&mut self, id: NoticeId, delivery: &Delivery) -> Result<(), StoreError>;
}
