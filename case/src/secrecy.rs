//! Who may see a case at all.

use serde::{Deserialize, Serialize};

/// How closed a case is. Ordered: a later one is seen by fewer people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// Open to the desk.
    Ordinary,
    /// 保密 was asked: the petitioner's data is masked in everything that leaves the office.
    Confidential,
    /// 检举控告 (条例 article 30): kept out of general search, duplicate lists, exports and OCR queues; open only
    /// to the role that handles accusations.
    Sealed,
}

impl Secrecy {
    /// Every degree, most open first.
    pub const ALL: [Self; 3] = [Self::Ordinary, Self::Confidential, Self::Sealed];

    /// The name in the store and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Confidential => "confidential",
            Self::Sealed => "sealed",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ordinary => "一般",
            Self::Confidential => "保密",
            Self::Sealed => "密封",
        }
    }
}

/// The text names no degree of secrecy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such degree of secrecy: ordinary, confidential or sealed is expected")]
pub struct UnknownSecrecy;

impl std::str::FromStr for Secrecy {
    type Err = UnknownSecrecy;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|secrecy| secrecy.as_str() == text).ok_or(UnknownSecrecy)
    }
}
