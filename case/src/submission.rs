//! What came through one door at one time (信访件).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::channel::Channel;
use crate::content_hash::ContentHash;
use crate::id::{ArrivalId, CaseId, SubmissionId};
use crate::number::RegistrationNumber;
use crate::query_code::QueryCode;
use crate::secrecy::Secrecy;
use crate::statement::Statement;

/// A registered submission. What was read is never edited: only `case` changes, when a person joins or parts it, and what people
/// put right stands beside it as [`crate::correction::Correction`]s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Its identifier.
    pub id: SubmissionId,
    /// The arrival it was read from.
    pub arrival: ArrivalId,
    /// 信访件编号.
    pub number: RegistrationNumber,
    /// 查询码.
    pub query_code: QueryCode,
    /// The case it belongs to now.
    pub case: CaseId,
    /// The case that was opened for it; it returns there when a join is undone.
    pub own_case: CaseId,
    /// The order of registration in this office, from 1: of two submissions the later one is the possible repeat.
    pub sequence: u64,
    /// The door.
    pub channel: Channel,
    /// When it stood at the door.
    pub received_at: Timestamp,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// How closed it is.
    pub secrecy: Secrecy,
    /// What it says: as it was read, with the corrections that stand ([`crate::correction::effective`]). A store applies them whenever it
    /// gives a submission, so that nobody can forget to.
    pub statement: Statement,
    /// The original and everything taken out of it.
    pub files: Vec<StoredFile>,
}

/// Bytes that belong to a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// What it is to the submission.
    pub role: FileRole,
    /// Its name, as sent; shown to staff, never used as a path.
    pub name: String,
    /// Its media type by its bytes, not by what was claimed.
    pub media_type: String,
    /// Where its bytes are.
    pub hash: ContentHash,
    /// Their number.
    pub bytes: u64,
}

/// What a [`StoredFile`] is to its submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRole {
    /// What stood at the door, byte for byte.
    Original,
    /// Sent with it: an attachment of a form or a mail, a recording.
    Attachment,
    /// The image of a page, made from the original.
    Page,
    /// The words and boxes that were read from the pages, as JSON.
    Reading,
}
