//! Representatives of groups. How many there may be, and who, is decided by the gateway inside one unit of work.

use async_trait::async_trait;
use case::id::{GroupId, SubmissionId};
use case::representative::{PetitionerPlace, Representative};

use crate::StoreError;

/// Looking representatives up.
#[async_trait]
pub trait RepresentativeLookups {
    /// The representatives of a group, in the order in which they were named.
    ///
    /// # Errors
    /// The store failed.
    async fn representatives(&mut self, group: GroupId) -> Result<Vec<Representative>, StoreError>;

    /// For which groups petitioners of this submission speak, in the order in which they were named.
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
    /// [`StoreError::Exists`] when the person speaks for the group already.
    async fn insert_representative(&mut self, representative: &Representative) -> Result<(), StoreError>;

    /// Removes a representative; whether there was one.
    ///
    /// # Errors
    /// The store failed.
    async fn remove_representative(&mut self, group: GroupId, who: PetitionerPlace) -> Result<bool, StoreError>;
}
