//! Bytes that stand at a door (来件): kept before anything is made of them, so nothing is lost whatever happens next.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::channel::Channel;
use crate::content_hash::ContentHash;
use crate::id::{ArrivalId, SubmissionId};
use crate::problem::Problem;
use crate::source_key::SourceKey;

/// One input at one door. Durable before the door answers; becomes a submission, or is refused and stays where a person
/// can find it (the quarantine is the list of refused arrivals).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Its identifier.
    pub id: ArrivalId,
    /// The door.
    pub channel: Channel,
    /// What makes it the same input as another; unique among arrivals.
    pub source_key: SourceKey,
    /// What the sender or the clerk calls it: a file name, a mailbox, a call id. Shown to staff.
    pub source_name: String,
    /// The original bytes.
    pub original: ContentHash,
    /// Their number.
    pub original_bytes: u64,
    /// When they stood at the door.
    pub received_at: Timestamp,
    /// What has become of them.
    pub state: ArrivalState,
}

/// What has become of an arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ArrivalState {
    /// Durable; a job will read it.
    Waiting,
    /// Read and registered.
    Registered {
        /// As which submission.
        submission: SubmissionId,
    },
    /// Could not be read; a person may retry or set it aside.
    Refused {
        /// Why.
        problem: Problem,
        /// When.
        at: Timestamp,
    },
}
