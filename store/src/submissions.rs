//! Submissions and the numbers they get.

use async_trait::async_trait;
use case::id::{CaseId, SubmissionId};
use case::number::RegistrationNumber;
use case::secrecy::Secrecy;
use case::submission::Submission;
use case::unit::UnitCode;
use jiff::civil::Date;

use crate::StoreError;

/// The numbers of the next submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextNumbers {
    /// The order of registration in this office, from 1 without repeats.
    pub sequence: u64,
    /// The order on its day, from 1 without repeats.
    pub of_day: u32,
}

/// Looking submissions up.
#[async_trait]
pub trait SubmissionLookups {
    /// The submission with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn submission(&mut self, id: SubmissionId) -> Result<Option<Submission>, StoreError>;

    /// The submission with this number.
    ///
    /// # Errors
    /// The store failed.
    async fn submission_by_number(&mut self, number: &RegistrationNumber) -> Result<Option<Submission>, StoreError>;

    /// The submissions with these numbers (at most [`crate::Paging::LIMIT`] of them), in any order; unknown ones are left out.
    ///
    /// # Errors
    /// The store failed.
    async fn submissions_by_numbers(&mut self, numbers: &[RegistrationNumber]) -> Result<Vec<Submission>, StoreError>;

    /// The submissions with these identifiers (at most [`crate::Paging::LIMIT`] of them), in any order; unknown ones are left out.
    ///
    /// # Errors
    /// The store failed.
    async fn submissions(&mut self, ids: &[SubmissionId]) -> Result<Vec<Submission>, StoreError>;

    /// Which of these submissions (at most [`crate::Paging::LIMIT`] of them) are of one of these degrees of secrecy, as their case is,
    /// and belong to a case that stands as wanted: in the state of this name (`joined`: were joined to another case), sent to this unit
    /// as lead and not recalled from it. In any order.
    ///
    /// # Errors
    /// The store failed.
    async fn submissions_standing(
        &mut self,
        ids: &[SubmissionId],
        secrecy: &[Secrecy],
        state: Option<&str>,
        unit: Option<&UnitCode>,
    ) -> Result<Vec<SubmissionId>, StoreError>;

    /// The submissions that belong to a case now, in the order of registration.
    ///
    /// # Errors
    /// The store failed.
    async fn submissions_of_case(&mut self, case: CaseId) -> Result<Vec<Submission>, StoreError>;

    /// Up to `limit` submissions registered after `sequence`, in order: for rebuilding an index in steps.
    ///
    /// # Errors
    /// The store failed.
    async fn submissions_after(&mut self, sequence: u64, limit: u32) -> Result<Vec<Submission>, StoreError>;

    /// How many submissions there are.
    ///
    /// # Errors
    /// The store failed.
    async fn submission_count(&mut self) -> Result<u64, StoreError>;
}

/// Changing submissions.
#[async_trait]
pub trait SubmissionChanges {
    /// Takes the next numbers; they are given back when the unit of work is undone.
    ///
    /// # Errors
    /// The store failed.
    async fn take_numbers(&mut self, day: Date) -> Result<NextNumbers, StoreError>;

    /// Inserts a submission, after its arrival and its case.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when its number or arrival has one already, [`StoreError::Conflict`] when its arrival or case is not
    /// there.
    async fn insert_submission(&mut self, submission: &Submission) -> Result<(), StoreError>;

    /// Moves a submission from one case to another: the effect of a join or of its undoing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it does not belong to `from`.
    async fn move_submission(&mut self, id: SubmissionId, from: CaseId, to: CaseId) -> Result<(), StoreError>;

    /// Sets how closed a submission is.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such submission.
    async fn set_submission_secrecy(&mut self, id: SubmissionId, secrecy: Secrecy) -> Result<(), StoreError>;
}
