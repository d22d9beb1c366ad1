//! Cases of different petitioners about the same concrete matter (同类事项).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, GroupId};

/// The most representatives that one group may send (条例 article 20).
pub const REPRESENTATIVE_LIMIT: usize = 5;

/// A group. Each case in it keeps its number, notice, clock and reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its identifier.
    pub id: GroupId,
    /// What it is about: the title of its first case.
    pub title: String,
    /// When it was formed.
    pub formed_at: Timestamp,
    /// Its cases, in the order they came in.
    pub cases: Vec<CaseId>,
}
