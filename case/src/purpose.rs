//! What the petitioner wants of the office (信访目的): decides the path a case takes.

use serde::{Deserialize, Serialize};

/// The three kinds of 条例 articles 29 to 31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 建议意见, article 29.
    Suggestion,
    /// 检举控告, article 30: sealed, and never sent to whom it accuses.
    Accusation,
    /// 申诉求决, article 31.
    AppealOrDemand,
}

impl Purpose {
    /// Every purpose, in the order of the articles.
    pub const ALL: [Self; 3] = [Self::Suggestion, Self::Accusation, Self::AppealOrDemand];

    /// The name in forms and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::Accusation => "accusation",
            Self::AppealOrDemand => "appeal_or_demand",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Suggestion => "建议意见",
            Self::Accusation => "检举控告",
            Self::AppealOrDemand => "申诉求决",
        }
    }
}

/// The text names no purpose.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such purpose: suggestion, accusation or appeal_or_demand is expected")]
pub struct UnknownPurpose;

impl std::str::FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text).ok_or(UnknownPurpose)
    }
}
