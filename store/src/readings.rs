//! What was read of letters page by page, and the archive files made from it.

use async_trait::async_trait;
use case::content_hash::ContentHash;
use case::id::{ArrivalId, SubmissionId};
use case::problem::Problem;
use jiff::Timestamp;

use crate::StoreError;

/// What is known of one page of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageReading {
    /// The arrival.
    pub arrival: ArrivalId,
    /// The page, from 1.
    pub page: u16,
    /// The record as JSON; none while the page is not read.
    pub record: Option<ContentHash>,
    /// The page's image; none when not even that could be made.
    pub image: Option<ContentHash>,
    /// How often the page's child was lost on it.
    pub losses: u32,
    /// Why it could not be read.
    pub problem: Option<Problem>,
}

/// An archive file of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveFile {
    /// The submission.
    pub submission: SubmissionId,
    /// When it was made.
    pub made_at: Timestamp,
    /// The PDF.
    pub hash: ContentHash,
    /// The number of its bytes.
    pub bytes: u64,
}

/// Looking readings up.
#[async_trait]
pub trait ReadingLookups {
    /// What is known of the pages of an arrival, by page.
    ///
    /// # Errors
    /// The store failed.
    async fn page_readings(&mut self, arrival: ArrivalId) -> Result<Vec<PageReading>, StoreError>;

    /// The newest archive file of a submission.
    ///
    /// # Errors
    /// The store failed.
    async fn archive_file(&mut self, submission: SubmissionId) -> Result<Option<ArchiveFile>, StoreError>;
}

/// Changing readings.
#[async_trait]
pub trait ReadingChanges {
    /// Writes what is known of a page, over what was known before.
    ///
    /// # Errors
    /// The store failed.
    async fn put_page_reading(&mut self, reading: &PageReading) -> Result<(), StoreError>;

    /// Forgets what is known of a page, so that it is read anew. Nothing is said when nothing was known.
    ///
    /// # Errors
    /// The store failed.
    async fn forget_page_reading(&mut self, arrival: ArrivalId, page: u16) -> Result<(), StoreError>;

    /// Adds an archive file beside earlier ones.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one was made at the same moment.
    async fn insert_archive_file(&mut self, file: &ArchiveFile) -> Result<(), StoreError>;
}
