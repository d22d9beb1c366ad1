//! What numbers on paper stand for: numbers given out beforehand, later scans of registered paper, and sealed envelopes.

use async_trait::async_trait;
use case::batch::{LaterScan, NumberUse, ReservedNumber, SealedEnvelope, SealedState};
use case::id::{SealedEnvelopeId, SubmissionId};
use case::number::RegistrationNumber;
use jiff::civil::Date;

use crate::{Page, Paging, StoreError};

/// Looking numbers and envelopes up.
#[async_trait]
pub trait StickerLookups {
    /// The number that was given out beforehand.
    ///
    /// # Errors
    /// The store failed.
    async fn reserved_number(&mut self, number: &RegistrationNumber) -> Result<Option<ReservedNumber>, StoreError>;

    /// The later scans of a submission, oldest first: each with what was read last, and with when it was first added.
    ///
    /// # Errors
    /// The store failed.
    async fn later_scans(&mut self, submission: SubmissionId) -> Result<Vec<LaterScan>, StoreError>;

    /// The sealed envelope with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn sealed_envelope(&mut self, id: SealedEnvelopeId) -> Result<Option<SealedEnvelope>, StoreError>;

    /// Sealed envelopes, newest first.
    ///
    /// # Errors
    /// The store failed.
    async fn sealed_envelopes(&mut self, paging: Paging) -> Result<Page<SealedEnvelope>, StoreError>;
}

/// Changing numbers and envelopes.
#[async_trait]
pub trait StickerChanges {
    /// Takes the next number of `day` from the same count as [`crate::submissions::SubmissionChanges::take_numbers`]; the office's
    /// order of registration does not move.
    ///
    /// # Errors
    /// The store failed.
    async fn take_number_of_day(&mut self, day: Date) -> Result<u32, StoreError>;

    /// Takes the next place in the office's order of registration, without a number of the day.
    ///
    /// # Errors
    /// The store failed.
    async fn take_sequence(&mut self) -> Result<u64, StoreError>;

    /// Notes that a number was given out.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when it was before.
    async fn reserve_number(&mut self, number: &ReservedNumber) -> Result<(), StoreError>;

    /// Uses a number that is free.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was used before or never given out.
    async fn use_number(&mut self, number: &RegistrationNumber, used: NumberUse) -> Result<(), StoreError>;

    /// Adds a later scan beside its submission, or what was read when pages of one were read again: that stands from now on.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the arrival brought one at the same moment.
    async fn insert_later_scan(&mut self, scan: &LaterScan) -> Result<(), StoreError>;

    /// Enters a sealed envelope into the book.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when its number is taken.
    async fn insert_sealed_envelope(&mut self, envelope: &SealedEnvelope) -> Result<(), StoreError>;

    /// Moves a sealed envelope that is in the mailroom.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not there any more.
    async fn settle_sealed_envelope(&mut self, id: SealedEnvelopeId, state: &SealedState) -> Result<(), StoreError>;
}
