//! Batches of scans: their files, and the letters that were taken out of these.

use async_trait::async_trait;
use case::batch::{Batch, BatchFile, BatchFileState, BatchLetter};
use case::id::{ArrivalId, BatchFileId, BatchId};

use crate::{Page, Paging, StoreError};

/// A batch and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchCount {
    /// The batch.
    pub batch: Batch,
    /// Its files.
    pub files: u64,
    /// Those of them that wait to be parted.
    pub waiting: u64,
    /// Those of them that were refused.
    pub refused: u64,
    /// The letters that its files became.
    pub letters: u64,
}

/// Looking batches up.
#[async_trait]
pub trait BatchLookups {
    /// The batch with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn batch(&mut self, id: BatchId) -> Result<Option<Batch>, StoreError>;

    /// Batches with their counts, newest first.
    ///
    /// # Errors
    /// The store failed.
    async fn batches(&mut self, paging: Paging) -> Result<Page<BatchCount>, StoreError>;

    /// The file with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn batch_file(&mut self, id: BatchFileId) -> Result<Option<BatchFile>, StoreError>;

    /// The files of a batch, in the order in which they were taken.
    ///
    /// # Errors
    /// The store failed.
    async fn batch_files(&mut self, batch: BatchId, paging: Paging) -> Result<Page<BatchFile>, StoreError>;

    /// The letters of a file, in order.
    ///
    /// # Errors
    /// The store failed.
    async fn batch_letters(&mut self, file: BatchFileId) -> Result<Vec<BatchLetter>, StoreError>;

    /// The letter that an arrival was first taken in as; none when it did not come in a batch.
    ///
    /// # Errors
    /// The store failed.
    async fn batch_letter_of(&mut self, arrival: ArrivalId) -> Result<Option<BatchLetter>, StoreError>;
}

/// Changing batches.
#[async_trait]
pub trait BatchChanges {
    /// Inserts a batch; with `run`, unless there is one of the same run. Gives the one that stands there now.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the identifier is taken.
    async fn open_batch(&mut self, batch: &Batch, run: Option<&str>) -> Result<Batch, StoreError>;

    /// Inserts a file after its batch.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when it is there already.
    async fn insert_batch_file(&mut self, file: &BatchFile) -> Result<(), StoreError>;

    /// Sets the state of a file that is not parted (waiting or refused).
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is parted or gone.
    async fn settle_batch_file(&mut self, id: BatchFileId, state: &BatchFileState) -> Result<(), StoreError>;

    /// Inserts a letter after its file and its arrival.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the file has this letter already, or another one that is no replay stands for the arrival.
    async fn insert_batch_letter(&mut self, letter: &BatchLetter) -> Result<(), StoreError>;
}
