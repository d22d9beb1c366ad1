//! A mail of ours to a petitioner (通知), such as the acknowledgement of a mail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::dispatch::Delivery;
use crate::id::{CaseId, NoticeId, SubmissionId};

/// One mail to the petitioner of a submission. Whom it goes to is in the submission; only a keyed hash of the address stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its identifier.
    pub id: NoticeId,
    /// The submission that it answers.
    pub submission: SubmissionId,
    /// The case that was opened for the submission.
    pub case: CaseId,
    /// What it says.
    pub kind: NoticeKind,
    /// In which language.
    pub language: Language,
    /// Keyed hash of the address, lower case: for the limit of notices to one address.
    pub recipient: String,
    /// When it was decided.
    pub made_at: Timestamp,
    /// How far the sending has come.
    pub delivery: Delivery,
}

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 登记回执: number, query code and what happens next.
    Acknowledgement,
    /// 补充材料回执: it was put to the case that it answers.
    Supplement,
    /// 登记回执 of an answer to a case that had ended: it is registered by itself, and a person decides what becomes of it.
    AfterClosing,
}

/// The language of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

macro_rules! named {
    ($type:ident, $unknown:ident, $message:literal: $($name:ident = $text:literal),+) => {
        impl $type {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in the store, in JSON and in the names of templates.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }

        #[doc = concat!("The text names no [`", stringify!($type), "`].")]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error($message)]
        pub struct $unknown;

        impl std::str::FromStr for $type {
            type Err = $unknown;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|known| known.as_str() == text).ok_or($unknown)
            }
        }
    };
}

named!(NoticeKind, UnknownNoticeKind, "no such kind of notice: acknowledgement, supplement or after_closing is expected":
    Acknowledgement = "acknowledgement", Supplement = "supplement", AfterClosing = "after_closing");
named!(Language, UnknownLanguage, "no such language: zh or en is expected": Zh = "zh", En = "en");
