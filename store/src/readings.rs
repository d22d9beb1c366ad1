//! What was read of letters page by page, and the archive files made from it.

use async_trait::async_trait;
use case::content_hash::ContentHash;
use case::correction::Correction;
use case::id::{ArrivalId, SubmissionId};
use case::problem::Problem;
use case::statement::Statement;
use case::submission::StoredFile;
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

/// What a registered letter says since pages of it were read again. It stands in the place of what was read before, which is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct LaterReading {
    /// The submission.
    pub submission: SubmissionId,
    /// What was read.
    pub statement: Statement,
    /// Its files, the original among them.
    pub files: Vec<StoredFile>,
    /// Corrections that stand at other places in this reading, with these places; otherwise as they were made.
    pub moved: Vec<Correction>,
    /// When.
    pub read_at: Timestamp,
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

    /// Registered letters of which a page, or one of a later scan of them, could not be read, in the order of registration.
    ///
    /// # Errors
    /// The store failed.
    async fn letters_with_unread_pages(&mut self) -> Result<Vec<SubmissionId>, StoreError>;

    /// Registered mails with an attachment that may be read again, in the order of registration.
    ///
    /// # Errors
    /// The store failed.
    async fn mails_with_unread_attachments(&mut self) -> Result<Vec<SubmissionId>, StoreError>;

    /// When the submission was last read again; none when it stands as it was first read.
    ///
    /// # Errors
    /// The store failed.
    async fn read_again_at(&mut self, submission: SubmissionId) -> Result<Option<Timestamp>, StoreError>;

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

    /// Adds a later reading of a submission: lookups of the submission, of its statement as read and of its corrections give this one
    /// from now on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the submission or a moved correction is not there.
    async fn insert_later_reading(&mut self, reading: &LaterReading) -> Result<(), StoreError>;

    /// Adds an archive file beside earlier ones.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one was made at the same moment.
    async fn insert_archive_file(&mut self, file: &ArchiveFile) -> Result<(), StoreError>;
}
