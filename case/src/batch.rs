//! The mailroom's nouns: stacks of paper that were scanned together, and what they were parted into.
//!
//! A [`Batch`] (批次) is one run of scanning: a scanner's day, or one upload. Its files become letters: each letter is an
//! [`crate::arrival::Arrival`] of its own with its own original, and the file it was taken out of stays as it was.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::content_hash::ContentHash;
use crate::id::{ArrivalId, BatchFileId, BatchId, SealedEnvelopeId, SubmissionId};
use crate::number::RegistrationNumber;
use crate::problem::Problem;
use crate::statement::{Mark, Statement};

/// The longest name of a batch or a scanner, in characters.
pub const NAME_LIMIT: usize = 60;

/// One run of scanning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Its identifier.
    pub id: BatchId,
    /// What it is called: the scanner and the day, or what the clerk typed.
    pub name: String,
    /// Where it comes from.
    pub source: BatchSource,
    /// When its first file was taken.
    pub opened_at: Timestamp,
    /// Who brought it.
    pub opened_by: Actor,
}

/// Where a batch comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchSource {
    /// The watched folder.
    Folder,
    /// An upload at the desk.
    Upload,
}

impl BatchSource {
    /// The name in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Upload => "upload",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Folder => "扫描目录",
            Self::Upload => "网页上传",
        }
    }

    /// The source with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Folder, Self::Upload].into_iter().find(|source| source.as_str() == name)
    }
}

/// One file of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchFile {
    /// Its identifier.
    pub id: BatchFileId,
    /// Its batch.
    pub batch: BatchId,
    /// What it is called; never used as a path.
    pub name: String,
    /// Its bytes.
    pub original: ContentHash,
    /// The file of the backs, last sheet first, when fronts and backs were fed one after the other.
    pub backs: Option<ContentHash>,
    /// The number of its bytes, backs included.
    pub bytes: u64,
    /// When it was taken.
    pub received_at: Timestamp,
    /// How it is to be parted.
    pub parting: Parting,
    /// What has become of it.
    pub state: BatchFileState,
}

/// How a file is parted into letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Parting {
    /// The file is one letter whatever lies in it; separator sheets are still left out.
    pub whole: bool,
    /// The first sheet of each letter is its envelope.
    pub envelope_first: bool,
}

/// What has become of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BatchFileState {
    /// Durable; a job will part it.
    Waiting,
    /// Parted into letters.
    Parted {
        /// How many pages it has.
        pages: u16,
        /// How many letters it became.
        letters: u16,
        /// When.
        at: Timestamp,
    },
    /// Could not be parted; nothing of it was registered.
    Refused {
        /// Why.
        problem: Problem,
        /// When.
        at: Timestamp,
    },
}

impl BatchFileState {
    /// The name in the store.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Parted { .. } => "parted",
            Self::Refused { .. } => "refused",
        }
    }
}

/// What a page is to its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PagePart {
    /// The letter itself.
    #[default]
    Letter,
    /// Its envelope.
    Envelope,
    /// What was enclosed: copies, receipts, photographs.
    Enclosure,
}

impl PagePart {
    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Envelope => "envelope",
            Self::Enclosure => "enclosure",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Letter => "信件",
            Self::Envelope => "信封",
            Self::Enclosure => "附件",
        }
    }
}

/// A letter that was taken out of a batch's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchLetter {
    /// The file.
    pub file: BatchFileId,
    /// Which letter of the file, from 1.
    pub place: u16,
    /// The arrival that it stands for; of a replay, the earlier one.
    pub arrival: ArrivalId,
    /// Whether the same pages had been taken in before.
    pub replay: bool,
    /// Its pages, as pages of the file from 1, in order.
    pub pages: Vec<LetterPage>,
    /// The number on its sticker.
    pub number: Option<RegistrationNumber>,
}

/// A page of a letter in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPage {
    /// The page of the file, from 1.
    pub page: u16,
    /// What it is to the letter.
    pub part: PagePart,
    /// Whether nothing was seen on it, such as on the back of a sheet. It stays with the letter all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blank: bool,
}

/// A registration number that was given out before anything was registered under it, printed on a sticker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservedNumber {
    /// The number.
    pub number: RegistrationNumber,
    /// When it was given out.
    pub reserved_at: Timestamp,
    /// To whom.
    pub reserved_by: Actor,
    /// What it was used for.
    pub used: NumberUse,
}

/// What a reserved number was used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "use", rename_all = "snake_case")]
pub enum NumberUse {
    /// Nothing yet.
    Free,
    /// A submission was registered under it.
    Submission {
        /// Which.
        submission: SubmissionId,
    },
    /// A sealed envelope carries it: no scan may be registered under it.
    Sealed {
        /// Which.
        envelope: SealedEnvelopeId,
    },
}

/// A later scan of a submission's paper: files that stand beside it. The submission itself is not changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterScan {
    /// The arrival that brought it.
    pub arrival: ArrivalId,
    /// The submission whose number is on the sticker.
    pub submission: SubmissionId,
    /// What was scanned, and what was read on it.
    pub files: Vec<crate::submission::StoredFile>,
    /// Its pages that could not be read, in order.
    pub unread: Vec<UnreadPage>,
    /// When it was added.
    pub added_at: Timestamp,
}

/// A page of a later scan that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadPage {
    /// Which, from 1.
    pub page: u16,
    /// Why.
    pub problem: Problem,
}

impl UnreadPage {
    /// The pages of a scan that could not be read, in order.
    #[must_use]
    pub fn all_of(statement: &Statement) -> Vec<Self> {
        let page = |mark: &Mark| match mark {
            Mark::PageUnread { page, problem } => Some(Self { page: *page, problem: problem.clone() }),
            _ => None,
        };
        let mut pages: Vec<Self> = statement.marks.iter().filter_map(page).collect();
        pages.sort_by_key(|unread| unread.page);
        pages
    }
}

/// An envelope with an accusation in it (密封件): its receipt and its hand-over are recorded; it is never opened, scanned or read here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedEnvelope {
    /// Its identifier.
    pub id: SealedEnvelopeId,
    /// The number on its sticker.
    pub number: RegistrationNumber,
    /// How many pieces: envelopes or parcels under this number.
    pub pieces: u16,
    /// When it was received.
    pub received_at: Timestamp,
    /// Who took it.
    pub received_by: Actor,
    /// Where it is.
    pub state: SealedState,
}

/// Where a sealed envelope is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SealedState {
    /// In the mailroom.
    Held,
    /// Handed over.
    HandedOver {
        /// To whom: a member of the staff or an office, as written in the book.
        to: String,
        /// How many pieces.
        pieces: u16,
        /// When.
        at: Timestamp,
        /// By whom.
        by: Actor,
    },
}

/// The envelope is not in the mailroom any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the envelope was handed over before")]
pub struct HandedOverBefore;

impl SealedState {
    /// The name in the store.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::HandedOver { .. } => "handed_over",
        }
    }

    /// Handing over.
    ///
    /// # Errors
    /// It was handed over before.
    pub fn hand_over(self, to: String, pieces: u16, at: Timestamp, by: Actor) -> Result<Self, HandedOverBefore> {
        match self {
            Self::Held => Ok(Self::HandedOver { to, pieces, at, by }),
            Self::HandedOver { .. } => Err(HandedOverBefore),
        }
    }
}
