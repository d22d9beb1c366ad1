//! The door through which a petition came (信访形式).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the four doors. 条例 article 17 names 信息网络、书信、电话、传真、走访; a visit is a [`Channel::Call`]
/// or [`Channel::Web`] entered by staff until visits get a door of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 网上信访: the public form or the API.
    Web,
    /// 来信: a scanned letter.
    Letter,
    /// 电子邮件.
    Mail,
    /// 电话: a transcript of a phone call.
    Call,
}

/// The text names no channel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such channel: web, letter, mail or call is expected")]
pub struct UnknownChannel;

impl Channel {
    /// Every channel, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Web, Self::Letter, Self::Mail, Self::Call];

    /// The name in configuration, commands and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Letter => "letter",
            Self::Mail => "mail",
            Self::Call => "call",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Web => "网上信访",
            Self::Letter => "来信",
            Self::Mail => "电子邮件",
            Self::Call => "来电",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Channel {
    type Err = UnknownChannel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text).ok_or(UnknownChannel)
    }
}
