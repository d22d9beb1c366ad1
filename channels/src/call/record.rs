//! The call turn by turn, kept beside the statement: what was heard, and what is read of it.

use serde::{Deserialize, Serialize};

use super::reading_copy::ReadingCopy;
use super::role::Role;
use super::transcript::Turn;

/// The version of the form that is written.
const VERSION: u16 = 1;
/// What the file is called.
pub const NAME: &str = "transcript.json";

/// A call turn by turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallRecord {
    /// The version of this form.
    pub version: u16,
    /// The turns, in the order in which they began.
    pub turns: Vec<TurnRecord>,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurnRecord {
    /// What the transcript called the speaker.
    pub speaker: Option<String>,
    /// `operator` or `caller`, as it was told or found.
    pub role: String,
    /// When it began, in milliseconds from the start of the recording.
    pub start: Option<u64>,
    /// When it ended.
    pub end: Option<u64>,
    /// What was heard, character for character.
    pub heard: String,
    /// What is read of it, when that is not the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
}

impl CallRecord {
    pub(super) fn of(turns: &[Turn], roles: &[Role], copies: &[ReadingCopy]) -> Self {
        let turns = turns.iter().zip(roles).zip(copies).map(|((turn, role), copy)| TurnRecord {
            speaker: turn.speaker.clone(),
            role: match role {
                Role::Operator => "operator",
                Role::Caller => "caller",
            }
            .to_owned(),
            start: turn.milliseconds,
            end: turn.until,
            heard: turn.text.clone(),
            read: Some(copy.text.clone()).filter(|text| *text != turn.text),
        });
        Self { version: VERSION, turns: turns.collect() }
    }
}
