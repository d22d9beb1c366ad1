//! The check of a letter by a person (核对): what was read by a machine is compared with the paper before it is relied on.
//!
//! While a person checks, what was typed is a [`Draft`]: durable, and of no effect. Confirming turns it into
//! [`crate::correction::Correction`]s. One person checks a letter at a time; whoever takes it over is named to the other one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::correction::Part;
use crate::id::{StaffId, SubmissionId};

/// The most values of one draft: lines of a letter of some hundred pages and its fields.
pub const DRAFT_LIMIT: usize = 10_000;

/// How far the check of a letter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Verification {
    /// Nobody has looked.
    Unchecked,
    /// Somebody has it open.
    BeingChecked {
        /// Who.
        by: StaffId,
        /// Since when.
        since: Timestamp,
    },
    /// A person has compared it with the paper.
    Confirmed {
        /// Who.
        by: StaffId,
        /// When: the corrections that were made with it have the same time.
        at: Timestamp,
    },
}

/// A step that does not fit how far the check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a letter that is {from} cannot be {to}")]
pub struct InvalidStep {
    /// What stands now.
    pub from: &'static str,
    /// What was wanted.
    pub to: &'static str,
}

impl Verification {
    /// The name in the store and in JSON.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::BeingChecked { .. } => "being_checked",
            Self::Confirmed { .. } => "confirmed",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Unchecked => "待核对",
            Self::BeingChecked { .. } => "核对中",
            Self::Confirmed { .. } => "已核对",
        }
    }

    /// Who has it open now.
    #[must_use]
    pub const fn checker(&self) -> Option<StaffId> {
        match self {
            Self::BeingChecked { by, .. } => Some(*by),
            Self::Unchecked | Self::Confirmed { .. } => None,
        }
    }

    /// Whether `person` has it open.
    #[must_use]
    pub fn is_held_by(&self, person: StaffId) -> bool {
        self.checker() == Some(person)
    }

    /// `by` begins to check, or takes over from somebody else.
    ///
    /// # Errors
    /// It is confirmed: that must be taken back first.
    pub const fn begin(self, by: StaffId, since: Timestamp) -> Result<Self, InvalidStep> {
        match self {
            Self::Unchecked | Self::BeingChecked { .. } => Ok(Self::BeingChecked { by, since }),
            Self::Confirmed { .. } => Err(InvalidStep { from: self.as_str(), to: "being_checked" }),
        }
    }

    /// `by`, who has it open, has compared all of it.
    ///
    /// # Errors
    /// `by` does not have it open.
    pub fn confirm(self, by: StaffId, at: Timestamp) -> Result<Self, InvalidStep> {
        if self.is_held_by(by) {
            Ok(Self::Confirmed { by, at })
        } else {
            Err(InvalidStep { from: self.as_str(), to: "confirmed" })
        }
    }

    /// The confirmation is taken back by `by`, who goes on checking.
    ///
    /// # Errors
    /// It is not confirmed.
    pub const fn undo(self, by: StaffId, since: Timestamp) -> Result<Self, InvalidStep> {
        match self {
            Self::Confirmed { .. } => Ok(Self::BeingChecked { by, since }),
            Self::Unchecked | Self::BeingChecked { .. } => Err(InvalidStep { from: self.as_str(), to: "taken back" }),
        }
    }

    /// Pages were read again: what a person has confirmed is to be looked at once more; who has it open keeps it.
    #[must_use]
    pub const fn read_again(self) -> Self {
        match self {
            Self::Confirmed { .. } => Self::Unchecked,
            Self::Unchecked | Self::BeingChecked { .. } => self,
        }
    }
}

/// What was typed and is not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The parts that differ from what stands, each with its new text; empty where a value is taken out.
    pub values: Vec<DraftValue>,
    /// When it was saved last.
    pub saved_at: Option<Timestamp>,
}

/// One part of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftValue {
    /// Which part.
    pub part: Part,
    /// Its text.
    pub text: String,
}

impl Draft {
    /// The text of a part, when it is in the draft.
    #[must_use]
    pub fn text(&self, part: Part) -> Option<&str> {
        self.values.iter().find(|value| value.part == part).map(|value| value.text.as_str())
    }
}

/// The check of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterCheck {
    /// The letter.
    pub submission: SubmissionId,
    /// How far it has come.
    pub state: Verification,
    /// How many places asked for a person when it was read; none when it was registered before that was counted.
    pub doubts: Option<u32>,
    /// What was typed and is not confirmed.
    pub draft: Draft,
    /// Counts the changes: an update names the version it read, so that two people cannot overwrite each other.
    pub version: u64,
}

impl LetterCheck {
    /// The check of a letter at which nobody has looked.
    #[must_use]
    pub fn unchecked(submission: SubmissionId, doubts: u32) -> Self {
        Self { submission, state: Verification::Unchecked, doubts: Some(doubts), draft: Draft::default(), version: 1 }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_person_checks_and_only_that_person_confirms() {
        let (zhang, li) = (StaffId::from_uuid(Uuid::from_u128(1)), StaffId::from_uuid(Uuid::from_u128(2)));
        let now = Timestamp::UNIX_EPOCH;
        assert!(Verification::Unchecked.confirm(zhang, now).is_err(), "nobody confirms what was not opened");
        let held = Verification::Unchecked.begin(zhang, now).unwrap();
        assert!(held.is_held_by(zhang) && !held.is_held_by(li));
        assert!(held.confirm(li, now).is_err());
        let taken = held.begin(li, now).unwrap();
        assert!(taken.confirm(zhang, now).is_err(), "it was taken over");
        let confirmed = taken.confirm(li, now).unwrap();
        assert_eq!(confirmed, Verification::Confirmed { by: li, at: now });
        assert!(confirmed.begin(zhang, now).is_err() && confirmed.confirm(li, now).is_err());
        assert!(confirmed.undo(zhang, now).unwrap().is_held_by(zhang));
        assert!(held.undo(zhang, now).is_err());
    }
}
