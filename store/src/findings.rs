//! Findings: suggested relations and what was decided about them.

use async_trait::async_trait;
use case::finding::{Decision, Finding};
use case::id::{CaseId, FindingId, SubmissionId};

use crate::StoreError;

/// Looking findings up.
#[async_trait]
pub trait FindingLookups {
    /// The finding with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn finding(&mut self, id: FindingId) -> Result<Option<Finding>, StoreError>;

    /// The findings of a submission, most likely first.
    ///
    /// # Errors
    /// The store failed.
    async fn findings_of_submission(&mut self, submission: SubmissionId) -> Result<Vec<Finding>, StoreError>;

    /// The findings of every submission that belongs to the case or was opened for it, and those that point to the case,
    /// newest submission first, most likely first.
    ///
    /// # Errors
    /// The store failed.
    async fn findings_of_case(&mut self, case: CaseId) -> Result<Vec<Finding>, StoreError>;

    /// Up to `limit` findings that a person of the staff confirmed or refused, after the one with the identifier `after`, in the order of
    /// their identifiers. Where either submission is sealed, it is left out.
    ///
    /// # Errors
    /// The store failed.
    async fn decided_findings(&mut self, after: Option<FindingId>, limit: u32) -> Result<Vec<Finding>, StoreError>;
}

/// Changing findings.
#[async_trait]
pub trait FindingChanges {
    /// Inserts findings; one for the same pair of submissions that is there already is kept as it is.
    ///
    /// # Errors
    /// The store failed.
    async fn insert_findings(&mut self, findings: &[Finding]) -> Result<(), StoreError>;

    /// Writes a decision.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when what stands is not `expected` (compared by name of decision).
    async fn decide_finding(
        &mut self,
        id: FindingId,
        expected: &Decision,
        decision: &Decision,
    ) -> Result<(), StoreError>;

    /// Takes away the undecided findings of a submission, before it is judged anew. Those of the relation
    /// [`case::finding::Relation::Supplement`] stay: no judging would find them again.
    ///
    /// # Errors
    /// The store failed.
    async fn clear_open_findings(&mut self, submission: SubmissionId) -> Result<(), StoreError>;
}
