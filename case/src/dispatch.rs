//! One sending of a case to a lead unit (转送, 交办), with the units that assist.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::field::Confidence;
use crate::finding::Reason;
use crate::id::{CaseId, DispatchId};
use crate::problem::Problem;
use crate::unit::UnitCode;

/// Whether a result report is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DispatchKind {
    /// 转送 (条例 article 22 (1)(2)): no result report is asked for.
    Forward,
    /// 交办 (article 22 (3)): contact, feedback and a result report within set times.
    Assign,
}

impl DispatchKind {
    /// The name in the store and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Assign => "assign",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Forward => "转送",
            Self::Assign => "交办",
        }
    }
}

/// The text names no kind of dispatch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of dispatch: forward or assign is expected")]
pub struct UnknownDispatchKind;

impl std::str::FromStr for DispatchKind {
    type Err = UnknownDispatchKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "forward" => Ok(Self::Forward),
            "assign" => Ok(Self::Assign),
            _ => Err(UnknownDispatchKind),
        }
    }
}

/// One sending of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// Its identifier; also the Message-ID of its mail, so a repeated sending is seen as the same mail.
    pub id: DispatchId,
    /// The case.
    pub case: CaseId,
    /// The unit that answers (责任单位).
    pub lead: UnitCode,
    /// The units that help (配合单位).
    pub assisting: Vec<UnitCode>,
    /// 转送 or 交办.
    pub kind: DispatchKind,
    /// Who decided.
    pub by: Actor,
    /// When.
    pub decided_at: Timestamp,
    /// What the person added for the unit.
    pub note: Option<String>,
    /// How far the sending has come.
    pub delivery: Delivery,
}

/// How far a sending has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delivery", rename_all = "snake_case")]
pub enum Delivery {
    /// A job will send it.
    Waiting,
    /// Tried without success; a job will try again.
    Retrying {
        /// How often it was tried.
        attempts: u32,
        /// What went wrong last.
        problem: Problem,
    },
    /// Handed to the mail server or written to the outbox folder.
    Sent {
        /// When.
        at: Timestamp,
        /// How: `smtp` or `outbox`.
        by: String,
    },
    /// Given up; a person must resend or choose another way.
    Failed {
        /// When.
        at: Timestamp,
        /// Why.
        problem: Problem,
    },
    /// Taken back by a person.
    Recalled {
        /// When.
        at: Timestamp,
    },
}

/// Which unit a case may go to, and why; a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitSuggestion {
    /// The unit that should answer; none when nothing fits or two fit equally well.
    pub lead: Option<UnitCode>,
    /// Units that should help.
    pub assisting: Vec<UnitCode>,
    /// 转送, or 交办 for what is important.
    #[serde(default = "forward")]
    pub kind: DispatchKind,
    /// How sure the suggestion is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
    /// What speaks against it, and why a person must decide.
    pub against: Vec<Reason>,
    /// Every unit that was considered, best first, with its score; the refused ones are not in it.
    pub considered: Vec<ConsideredUnit>,
    /// Units that must not get the case because they are the respondent, its parent, its child or led by it.
    pub refused: Vec<RefusedUnit>,
}

/// What suggestions were before they said it.
const fn forward() -> DispatchKind {
    DispatchKind::Forward
}

/// A unit that was considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsideredUnit {
    /// The unit.
    pub unit: UnitCode,
    /// How well it fits.
    pub score: Confidence,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A unit that must not get the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedUnit {
    /// The unit.
    pub unit: UnitCode,
    /// Why: `是被反映单位`, `是被反映单位的上级`, `负责人是被反映人`.
    pub reason: Reason,
}
