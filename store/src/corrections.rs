//! The check of letters by a person, and what was put right.
//!
//! Corrections are facts: they are added and taken back by another fact, never changed. Whoever looks a submission up
//! ([`crate::submissions::SubmissionLookups`]) gets it with the corrections that stand; what was read is given by
//! [`CorrectionLookups::statement_as_read`] only.

use async_trait::async_trait;
use case::correction::{Correction, Recorded, Undone};
use case::id::{BatchId, CorrectionId, StaffId, SubmissionId};
use case::number::RegistrationNumber;
use case::secrecy::Secrecy;
use case::statement::Statement;
use case::verification::LetterCheck;
use jiff::Timestamp;

use crate::{Page, Paging, StoreError};

/// Which letters are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFilter {
    /// The degrees of secrecy that may be seen; none lists nothing.
    pub secrecy: Vec<Secrecy>,
    /// Names of states of the check ([`case::verification::Verification::as_str`]); every state when empty.
    pub states: Vec<String>,
    /// Only letters that were taken out of this batch.
    pub batch: Option<BatchId>,
}

/// A letter in the list of the verification desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// How far its check has come.
    pub check: LetterCheck,
    /// Its number.
    pub number: RegistrationNumber,
    /// How closed it is.
    pub secrecy: Secrecy,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// What the scanner or the clerk called it.
    pub source_name: String,
    /// The batch it was taken out of, with its name; none when it came by itself.
    pub batch: Option<(BatchId, String)>,
}

/// How many letters stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LetterCounts {
    /// At which nobody has looked.
    pub unchecked: u64,
    /// That somebody has open.
    pub being_checked: u64,
    /// That a person has compared with the paper.
    pub confirmed: u64,
}

/// Looking up.
#[async_trait]
pub trait CorrectionLookups {
    /// What a submission said when it was read, without any correction.
    ///
    /// # Errors
    /// The store failed.
    async fn statement_as_read(&mut self, submission: SubmissionId) -> Result<Option<Statement>, StoreError>;

    /// Every correction of a submission, in the order in which they were made, those that were taken back too.
    ///
    /// # Errors
    /// The store failed.
    async fn corrections_of(&mut self, submission: SubmissionId) -> Result<Vec<Recorded>, StoreError>;

    /// The correction with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn correction(&mut self, id: CorrectionId) -> Result<Option<Recorded>, StoreError>;

    /// How far the check of a letter has come; none when it is not one that is checked.
    ///
    /// # Errors
    /// The store failed.
    async fn letter_check(&mut self, submission: SubmissionId) -> Result<Option<LetterCheck>, StoreError>;

    /// Letters: the unchecked first, then those that somebody has open, each in the order of registration; then the confirmed, newest first.
    ///
    /// # Errors
    /// The store failed.
    async fn letters(&mut self, filter: &LetterFilter, paging: Paging) -> Result<Page<LetterRow>, StoreError>;

    /// How many letters of these degrees of secrecy stand where.
    ///
    /// # Errors
    /// The store failed.
    async fn letter_counts(&mut self, secrecy: &[Secrecy]) -> Result<LetterCounts, StoreError>;

    /// The letter that `person` should check after the one with the place `after` in the order of registration: the next one at which
    /// nobody has looked or that `person` has open, and from the first one on when there is none. Never the letter at `after`.
    ///
    /// # Errors
    /// The store failed.
    async fn next_letter(
        &mut self,
        secrecy: &[Secrecy],
        after: u64,
        person: StaffId,
    ) -> Result<Option<RegistrationNumber>, StoreError>;
}

/// Changing.
#[async_trait]
pub trait CorrectionChanges {
    /// Inserts the check of a letter, after its submission.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when it has one already, [`StoreError::Conflict`] when the submission is not there.
    async fn insert_letter_check(&mut self, check: &LetterCheck) -> Result<(), StoreError>;

    /// Writes state, draft and number of doubts of a check, whose version is the one that was read; gives the new version.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it changed since.
    async fn update_letter_check(&mut self, check: &LetterCheck) -> Result<u64, StoreError>;

    /// Adds corrections, in their order.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one is there already, [`StoreError::Conflict`] when the submission is not there.
    async fn insert_corrections(&mut self, corrections: &[Correction]) -> Result<(), StoreError>;

    /// Takes a correction back.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when it was taken back already, [`StoreError::Conflict`] when there is none.
    async fn undo_correction(&mut self, id: CorrectionId, undone: &Undone) -> Result<(), StoreError>;
}
