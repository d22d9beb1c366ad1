//! The states of a case and the steps between them (条例 articles 22 to 36).
//!
//! Each state holds the data that only it has. A step takes the state and gives the next one, or an error that names both
//! ([`transitions`]). Which steps a state allows is written once more as a table with a row for each state ([`step`]): a new state does
//! not compile before it has its row, and the tests hold table and steps against each other. What is overdue is derived from
//! clocks, never stored.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, DispatchId};
use crate::unit::UnitCode;

pub mod step;
pub mod transitions;

pub use step::Step;
pub use transitions::InvalidTransition;

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CaseState {
    /// 已登记: registered, not yet sent (article 22).
    Registered {
        /// Since when.
        at: Timestamp,
    },
    /// 已转送、交办: sent to a unit that has not said whether it accepts.
    Dispatched {
        /// The sending.
        dispatch: DispatchId,
        /// To whom.
        lead: UnitCode,
        /// When.
        at: Timestamp,
    },
    /// 受理: the unit accepted; the 60 days run from here (article 34).
    Accepted {
        /// The sending.
        dispatch: DispatchId,
        /// By whom.
        lead: UnitCode,
        /// When.
        at: Timestamp,
        /// Whether the one extension of up to 30 days was given.
        extended: bool,
    },
    /// 不予受理.
    Declined {
        /// By whom.
        lead: UnitCode,
        /// When.
        at: Timestamp,
        /// Why.
        reason: DeclineReason,
    },
    /// 引导: led into litigation, arbitration or another procedure (article 31 (1) to (5)).
    Diverted {
        /// By whom.
        lead: UnitCode,
        /// When.
        at: Timestamp,
        /// Into which procedure.
        procedure: String,
    },
    /// 已作出处理意见.
    Opined {
        /// By whom.
        lead: UnitCode,
        /// When.
        at: Timestamp,
        /// What was decided about the demand.
        opinion: Opinion,
    },
    /// 已送达: the petitioner has the written reply; 30 days to ask for review (article 35).
    Served {
        /// By whom the opinion is.
        lead: UnitCode,
        /// When.
        at: Timestamp,
    },
    /// 复查 (article 35).
    Reviewing {
        /// Since when.
        at: Timestamp,
    },
    /// 提出复查意见.
    Reviewed {
        /// When.
        at: Timestamp,
    },
    /// 复核 (article 36).
    ReReviewing {
        /// Since when.
        at: Timestamp,
    },
    /// 提出复核意见: final.
    ReReviewed {
        /// When.
        at: Timestamp,
    },
    /// 办结.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// 撤回 by the petitioner.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// 并入: its submission belongs to another case as a repeat; undoing restores `before`.
    Joined {
        /// The case it joined.
        into: CaseId,
        /// When.
        at: Timestamp,
        /// Where it stood before.
        before: Box<CaseState>,
    },
}

/// Why a unit does not accept a case (`不予受理`), each with the hint that the notice gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Not our remit; the notice says whom to ask (article 23 (1)).
    NotOurRemit,
    /// For the people's congress, the courts or the procuratorate.
    OtherBranch,
    /// Litigation, arbitration or reconsideration is open or under way (article 31).
    LegalProcedure,
    /// Already accepted elsewhere and in time (article 19 (3)).
    AlreadyAccepted,
    /// The time to ask for review has passed.
    ReviewMissed,
    /// 不再受理: re-review is done (article 36 (3)).
    ReReviewDone,
    /// For the discipline organs (article 22).
    Discipline,
}

/// What was decided about the demand (article 32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// 支持.
    Support,
    /// 解释.
    Explain,
    /// 不予支持.
    Refuse,
}

impl CaseState {
    /// The name in the store and in JSON.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::Dispatched { .. } => "dispatched",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::Diverted { .. } => "diverted",
            Self::Opined { .. } => "opined",
            Self::Served { .. } => "served",
            Self::Reviewing { .. } => "reviewing",
            Self::Reviewed { .. } => "reviewed",
            Self::ReReviewing { .. } => "re_reviewing",
            Self::ReReviewed { .. } => "re_reviewed",
            Self::Closed { .. } => "closed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Joined { .. } => "joined",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "已登记",
            Self::Dispatched { .. } => "已转送交办",
            Self::Accepted { .. } => "已受理",
            Self::Declined { .. } => "不予受理",
            Self::Diverted { .. } => "引导其他程序",
            Self::Opined { .. } => "已作出处理意见",
            Self::Served { .. } => "已送达处理意见",
            Self::Reviewing { .. } => "复查中",
            Self::Reviewed { .. } => "已提出复查意见",
            Self::ReReviewing { .. } => "复核中",
            Self::ReReviewed { .. } => "已提出复核意见",
            Self::Closed { .. } => "已办结",
            Self::Withdrawn { .. } => "已撤回",
            Self::Joined { .. } => "已并入",
        }
    }
}
