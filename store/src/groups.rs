//! Groups of cases on the same matter. A group holds confirmed findings; its cases are those to which their submissions belong now.

use async_trait::async_trait;
use case::group::Group;
use case::id::{CaseId, FindingId, GroupId};
use case::secrecy::Secrecy;
use jiff::Timestamp;

use crate::{Page, Paging, StoreError};

/// A finding that stands in a group, with the cases to which its two submissions belong now; the same one after a join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grouping {
    /// The finding.
    pub finding: FindingId,
    /// The case of the earlier submission.
    pub earlier: CaseId,
    /// The case of the later submission.
    pub later: CaseId,
}

/// Which groups are wanted. The degrees of secrecy that may be seen are not optional: a list cannot forget them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFilter {
    /// Only cases of these degrees of secrecy are counted and given.
    pub secrecy: Vec<Secrecy>,
    /// Only groups with at least this many such cases.
    pub least: u32,
    /// Formed at this time or later.
    pub from: Timestamp,
    /// Formed before this time.
    pub until: Timestamp,
}

/// Looking groups up.
#[async_trait]
pub trait GroupLookups {
    /// The group with this identifier, with all its cases in the order they came in. Whoever shows it leaves out those that may not be
    /// seen.
    ///
    /// # Errors
    /// The store failed.
    async fn group(&mut self, id: GroupId) -> Result<Option<Group>, StoreError>;

    /// The groups of a case, oldest first.
    ///
    /// # Errors
    /// The store failed.
    async fn groups_of_case(&mut self, case: CaseId) -> Result<Vec<Group>, StoreError>;

    /// The group in which this finding stands: what undoing must take it out of.
    ///
    /// # Errors
    /// The store failed.
    async fn group_of_finding(&mut self, finding: FindingId) -> Result<Option<GroupId>, StoreError>;

    /// The findings of a group in the order they came in.
    ///
    /// # Errors
    /// The store failed.
    async fn groupings(&mut self, group: GroupId) -> Result<Vec<Grouping>, StoreError>;

    /// The groups that match, newest first, each with only the cases that may be seen.
    ///
    /// # Errors
    /// The store failed.
    async fn groups_formed(&mut self, filter: &GroupFilter, paging: Paging) -> Result<Page<Group>, StoreError>;
}

/// Changing groups.
#[async_trait]
pub trait GroupChanges {
    /// Inserts a group. Its `cases` are not written: they follow from the findings put into it.
    ///
    /// # Errors
    /// The store failed.
    async fn insert_group(&mut self, group: &Group) -> Result<(), StoreError>;

    /// Puts a finding into a group, out of the one in which it stood. A group without findings is dissolved.
    ///
    /// # Errors
    /// The store failed.
    async fn put_in_group(&mut self, group: GroupId, finding: FindingId) -> Result<(), StoreError>;

    /// Takes a finding out of the group in which it stands, if it stands in one. A group without findings is dissolved.
    ///
    /// # Errors
    /// The store failed.
    async fn take_from_group(&mut self, finding: FindingId) -> Result<(), StoreError>;
}
