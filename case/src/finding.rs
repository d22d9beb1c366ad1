//! What a new submission may be in relation to an earlier one, with the reasons (design: replay, repeat, same matter,
//! related, new). A finding is a suggestion until a person decides, and every decision can be undone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::field::Confidence;
use crate::id::{CaseId, FindingId, SubmissionId};

/// How a later submission relates to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// 重复信访: the same petitioner and the same matter. Joins the case.
    Repeat,
    /// 同类事项: another petitioner, the same concrete matter. Forms a group.
    SameMatter,
    /// 关联: the same place or firm, or thanks for an earlier case. A link only.
    Related,
    /// 补充材料: the petitioner's answer to a mail of ours, or a mail that names a case. Joins the case. Told by the thread of the
    /// mail, never by its words: judging neither makes nor clears it.
    Supplement,
}

impl Relation {
    /// The name in the store and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Repeat => "repeat",
            Self::SameMatter => "same_matter",
            Self::Related => "related",
            Self::Supplement => "supplement",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Repeat => "重复信访",
            Self::SameMatter => "同一事项（不同信访人）",
            Self::Related => "相关",
            Self::Supplement => "补充材料",
        }
    }
}

/// The text names no relation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such relation: repeat, same_matter, related or supplement is expected")]
pub struct UnknownRelation;

impl std::str::FromStr for Relation {
    type Err = UnknownRelation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Repeat, Self::SameMatter, Self::Related, Self::Supplement]
            .into_iter()
            .find(|relation| relation.as_str() == text)
            .ok_or(UnknownRelation)
    }
}

/// One reason for or against a suggestion, in plain Chinese, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What kind of evidence, a stable name for programs, such as `shared_place` or `place_conflict`.
    pub kind: String,
    /// For people: `都提到“锦绣华庭小区”`.
    pub text: String,
    /// The words it rests on, to be marked in both texts.
    pub words: Vec<String>,
    /// Where those words stand in the two texts, as they were when they were compared. Empty for what rests on no words, and for what
    /// was kept before places were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

impl Reason {
    /// A reason without places.
    #[must_use]
    pub fn new(kind: &str, text: impl Into<String>, words: Vec<String>) -> Self {
        Self { kind: kind.to_owned(), text: text.into(), words, spans: Vec::new() }
    }
}

/// A place in one of the two petitions, counted in characters (Unicode scalar values) from 0 of its title or its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// In which of the two.
    pub side: Side,
    /// In which text of it.
    pub part: Part,
    /// The first character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// One of the two petitions that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 本件: the one that came later.
    Later,
    /// 前件: the one that was there.
    Earlier,
}

/// A text of a petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 标题.
    Title,
    /// 内容.
    Body,
}

/// A suggested relation of `submission` to the earlier case `other`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its identifier.
    pub id: FindingId,
    /// The later submission.
    pub submission: SubmissionId,
    /// The earlier submission it was compared with.
    pub other_submission: SubmissionId,
    /// The case of the earlier one when the finding was made.
    pub other: CaseId,
    /// What it may be.
    pub relation: Relation,
    /// How likely.
    pub score: Confidence,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
    /// What speaks against it.
    pub against: Vec<Reason>,
    /// When it was found.
    pub found_at: Timestamp,
    /// What was decided.
    pub decision: Decision,
}

/// What was decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Decision {
    /// Nobody has decided.
    Open,
    /// Confirmed: the effect of the relation stands.
    Confirmed {
        /// As what; a person may confirm another relation than was suggested.
        relation: Relation,
        /// Who decided; [`Actor::System`] for a certain repeat where the office allows it.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Why, as the person wrote it.
        reason: Option<String>,
    },
    /// Refused: no such relation.
    Refused {
        /// Who decided.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Why, as the person wrote it.
        reason: Option<String>,
    },
}

/// A decision that does not fit what was decided before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a finding that is {from} cannot be {to}")]
pub struct InvalidDecision {
    /// What stands now.
    pub from: &'static str,
    /// What was wanted.
    pub to: &'static str,
}

impl Decision {
    /// The name in the store and in JSON.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed { .. } => "confirmed",
            Self::Refused { .. } => "refused",
        }
    }

    /// Confirms an open finding.
    ///
    /// # Errors
    /// It is not open.
    pub fn confirm(
        self,
        relation: Relation,
        by: Actor,
        at: Timestamp,
        reason: Option<String>,
    ) -> Result<Self, InvalidDecision> {
        match self {
            Self::Open => Ok(Self::Confirmed { relation, by, at, reason }),
            Self::Confirmed { .. } | Self::Refused { .. } => {
                Err(InvalidDecision { from: self.as_str(), to: "confirmed" })
            }
        }
    }

    /// Refuses an open finding.
    ///
    /// # Errors
    /// It is not open.
    pub fn refuse(self, by: Actor, at: Timestamp, reason: Option<String>) -> Result<Self, InvalidDecision> {
        match self {
            Self::Open => Ok(Self::Refused { by, at, reason }),
            Self::Confirmed { .. } | Self::Refused { .. } => {
                Err(InvalidDecision { from: self.as_str(), to: "refused" })
            }
        }
    }

    /// Takes a decision back.
    ///
    /// # Errors
    /// Nothing was decided.
    pub fn undo(self) -> Result<Self, InvalidDecision> {
        match self {
            Self::Confirmed { .. } | Self::Refused { .. } => Ok(Self::Open),
            Self::Open => Err(InvalidDecision { from: self.as_str(), to: "undone" }),
        }
    }
}
