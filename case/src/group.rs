//! Cases of different petitioners about the same concrete matter (同类事项).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::id::{CaseId, GroupId};

/// The most representatives that one group may send (条例 article 20).
pub const REPRESENTATIVE_LIMIT: usize = 5;

/// A group. Each case in it keeps its number, notice, clock and reply.
///
/// A group holds decisions, not cases: each confirmed finding of the same matter stands in one group, and the cases of the group are
/// those to which the submissions of these findings belong now. Nothing follows from it for any other pair: with A and B in one group
/// and B and C in another, A and C have nothing to do with one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its identifier.
    pub id: GroupId,
    /// What it is about: the title of its first case.
    pub title: String,
    /// When it was formed.
    pub formed_at: Timestamp,
    /// Whose decision formed it.
    pub formed_by: Actor,
    /// Its cases, in the order they came in.
    pub cases: Vec<CaseId>,
}
