//! Representatives of joint petitions. How many there may be, and who, is decided by the gateway inside one unit of work.

use async_trait::async_trait;
use case::id::SubmissionId;
use case::representative::{JointPetition, PetitionerPlace, Representative};

use crate::StoreError;

/// Looking representatives up.
#[async_trait]
pub trait RepresentativeLookups {
    /// The representatives of a joint petition, in the order in which they were named.
    ///
    /// # Errors
    /// The store failed.
    async fn representatives(&mut self, of: JointPetition) -> Result<Vec<Representative>, StoreError>;

    /// For what petitioners of this submission speak, in the order in which they were named.
    ///
    /// # Errors
    /// The store failed.
    async fn representatives_of_submission(
        &mut self,
        submission: SubmissionId,
    ) -> Result<Vec<Representative>, StoreError>;
}

/// Changing representatives. Those of a group that is dissolved are gone with it.
#[async_trait]
pub trait RepresentativeChanges {
    /// Inserts a representative.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the person speaks for it already.
    async fn insert_representative(&mut self, representative: &Representative) -> Result<(), StoreError>;

    /// Removes a representative; whether there was one.
    ///
    /// # Errors
    /// The store failed.
    async fn remove_representative(&mut self, of: JointPetition, who: PetitionerPlace) -> Result<bool, StoreError>;
}
