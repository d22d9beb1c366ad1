//! Groups of cases on the same matter.

use async_trait::async_trait;
use case::group::Group;
use case::id::{CaseId, FindingId, GroupId};

use crate::StoreError;

/// Looking groups up.
#[async_trait]
pub trait GroupLookups {
    /// The group with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn group(&mut self, id: GroupId) -> Result<Option<Group>, StoreError>;

    /// The groups of a case.
    ///
    /// # Errors
    /// The store failed.
    async fn groups_of_case(&mut self, case: CaseId) -> Result<Vec<Group>, StoreError>;

    /// The group into which this finding put its case, with that case: what undoing must take out.
    ///
    /// # Errors
    /// The store failed.
    async fn grouping_by_finding(&mut self, finding: FindingId) -> Result<Option<(GroupId, CaseId)>, StoreError>;
}

/// Changing groups.
#[async_trait]
pub trait GroupChanges {
    /// Inserts a group; its `cases` are members for no finding (the founding case).
    ///
    /// # Errors
    /// The store failed.
    async fn insert_group(&mut self, group: &Group) -> Result<(), StoreError>;

    /// Adds a case to a group because of a finding; adding a member again changes nothing.
    ///
    /// # Errors
    /// The store failed.
    async fn add_to_group(&mut self, group: GroupId, case: CaseId, finding: FindingId) -> Result<(), StoreError>;

    /// Takes a case out of a group. A group that would be left with one case is dissolved.
    ///
    /// # Errors
    /// The store failed.
    async fn remove_from_group(&mut self, group: GroupId, case: CaseId) -> Result<(), StoreError>;
}
