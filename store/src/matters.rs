//! How often something was asked for: counts of cases by matter, place and week. Never of people, and never of what is sealed: no
//! lookup here takes a degree of secrecy, the sealed are left out by the query itself.

use async_trait::async_trait;
use case::class::ContentClass;
use case::id::GroupId;
use case::place::PlaceCode;
use jiff::Timestamp;

use crate::StoreError;

/// Which counts are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterFilter {
    /// When the first week begins.
    pub from: Timestamp,
    /// How many weeks, from 1.
    pub weeks: u32,
    /// Only what has at least this many cases, so that no single case shows as a matter.
    pub least: u32,
}

/// Cases of one class in one township.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterCount {
    /// What about.
    pub class: ContentClass,
    /// The township, or the larger place where no township is known; none where nothing is.
    pub place: Option<PlaceCode>,
    /// The cases opened in each week, the first week first.
    pub weeks: Vec<u32>,
}

/// Cases of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCount {
    /// The group.
    pub group: GroupId,
    /// All its cases that are not sealed, whenever they were opened.
    pub cases: u32,
    /// Of these, those opened in each week, the first week first.
    pub weeks: Vec<u32>,
}

/// Counting.
#[async_trait]
pub trait MatterLookups {
    /// Cases by class and township with `least` of them in the whole period, in the order of class and place. Those joined to another
    /// case are not counted again.
    ///
    /// # Errors
    /// The store failed.
    async fn matter_counts(&mut self, filter: &MatterFilter) -> Result<Vec<MatterCount>, StoreError>;

    /// Groups of `least` cases of which one was opened in the period, in the order of their identifiers.
    ///
    /// # Errors
    /// The store failed.
    async fn group_counts(&mut self, filter: &MatterFilter) -> Result<Vec<GroupCount>, StoreError>;
}
