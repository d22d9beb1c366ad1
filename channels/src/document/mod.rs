//! Office documents: how the mail door has their words read, and the process that reads them.
//!
//! | file | what |
//! |---|---|
//! | `kind` | what kinds of documents there are |
//! | `office` | the words of zipped XML and of Rich Text |
//! | `binary` | the words of the old binary formats, and of workbooks |
//! | [`child`] | the process that opens one document, under limits that it sets itself (hidden command `read-document`) |
//! | `process` | the gateway's side: one such process for each document |
//!
//! A stranger's document is parsed in a process of its own only, which may crash, hang or fill its memory: that costs the words of this
//! document, which is marked, and neither the mail nor anything else. It needs no OCR engine, so it is no page child.

mod binary;
pub mod child;
mod kind;
pub(crate) mod office;
mod process;

use async_trait::async_trait;
use case::problem::Problem;
use serde::{Deserialize, Serialize};

pub use kind::DocumentKind;
pub use process::{DocumentLimits, DocumentProcess, DocumentSettings};

/// With what every file of the old formats begins (MS-CFB section 2.2).
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// With what Rich Text begins.
const RICH: &[u8] = b"{\\rtf";

/// What is said of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Its words.
    Read {
        /// What it is.
        kind: DocumentKind,
        /// Its words; the cells of a row in one line, parted by tabs.
        text: String,
    },
    /// It is a document whose words cannot be read.
    Unread {
        /// What it is, when that could be told.
        kind: Option<DocumentKind>,
        /// Why: damaged, locked, over a limit, without words.
        problem: Problem,
    },
    /// It only began like a document.
    NoDocument,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The document cost its reader's life; it would again.
    #[error("the reader of a document was lost: {0}")]
    Lost(Problem),
    /// Nobody can be asked now; the document is not at fault and is to be read later.
    #[error("no document can be read now: {0}")]
    Waits(Problem),
}

/// Somebody who can read office documents.
#[async_trait]
pub trait DocumentReader: Send + Sync {
    /// Reads the words of `bytes`.
    ///
    /// # Errors
    /// See [`DocumentError`]. A document that cannot be read is an answer.
    async fn read(&self, bytes: &[u8]) -> Result<Answer, DocumentError>;
}

/// Whether `bytes` begin like a document that is no archive. Nothing of it is parsed.
pub(crate) fn may_be_one(bytes: &[u8]) -> bool {
    bytes.starts_with(OLD) || bytes.starts_with(RICH)
}

/// Whether an archive is a document, by the names in it; none of its files is opened.
///
/// # Errors
/// The archive is damaged.
pub(crate) fn is_packed(bytes: &[u8]) -> Result<bool, Problem> {
    Ok(office::kind(bytes)?.is_some())
}
