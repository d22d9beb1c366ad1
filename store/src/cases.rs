//! Cases and the links between them.

use async_trait::async_trait;
use case::channel::Channel;
use case::class::ContentClass;
use case::id::{CaseId, FindingId};
use case::matter::Case;
use case::number::RegistrationNumber;
use case::secrecy::Secrecy;
use case::unit::UnitCode;

use crate::{Page, Paging, StoreError};

/// Which cases are wanted. The degrees of secrecy that may be seen are not optional: a list cannot forget them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFilter {
    /// Only these degrees of secrecy.
    pub secrecy: Vec<Secrecy>,
    /// Only those in one of these states (names of [`case::state::CaseState::as_str`]); empty for all.
    pub states: Vec<String>,
    /// Only those whose founding submission came through this door.
    pub channel: Option<Channel>,
    /// Only this class and those below it.
    pub class: Option<ContentClass>,
    /// Only those sent to this unit as lead, and not recalled from it.
    pub unit: Option<UnitCode>,
    /// Only those with a finding that nobody has decided, counted as in [`CaseRow::undecided`].
    pub undecided: bool,
}

/// A case as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub case: Case,
    /// The door of its founding submission.
    pub channel: Channel,
    /// How many submissions it has (信访次数).
    pub submissions: u32,
    /// How many findings of its submissions nobody has decided: those about a submission of another case that is sealed as this one is,
    /// or as this one is not.
    pub undecided: u32,
}

/// A link between two cases (关联): a finding that was confirmed as related, with the cases to which its submissions belong now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLink {
    /// The earlier case.
    pub earlier: CaseId,
    /// The later case.
    pub later: CaseId,
    /// The finding whose confirmation made it.
    pub finding: FindingId,
}

/// Looking cases up.
#[async_trait]
pub trait CaseLookups {
    /// The case with this identifier.
    ///
    /// # Errors
    /// The store failed.
    async fn case(&mut self, id: CaseId) -> Result<Option<Case>, StoreError>;

    /// The case with this number.
    ///
    /// # Errors
    /// The store failed.
    async fn case_by_number(&mut self, number: &RegistrationNumber) -> Result<Option<Case>, StoreError>;

    /// Cases that have a founding submission, newest first.
    ///
    /// # Errors
    /// The store failed.
    async fn cases(&mut self, filter: &CaseFilter, paging: Paging) -> Result<Page<CaseRow>, StoreError>;

    /// The links of a case in both directions.
    ///
    /// # Errors
    /// The store failed.
    async fn links_of_case(&mut self, case: CaseId) -> Result<Vec<CaseLink>, StoreError>;
}

/// Changing cases.
#[async_trait]
pub trait CaseChanges {
    /// Inserts a case.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the number is taken.
    async fn insert_case(&mut self, case: &Case) -> Result<(), StoreError>;

    /// Writes a case back as version `case.version + 1`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the stored version is not `case.version`.
    async fn update_case(&mut self, case: &Case) -> Result<(), StoreError>;
}
