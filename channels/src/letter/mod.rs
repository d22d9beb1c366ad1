//! The letter door: scanned letters as PDF, TIFF (any number of pages), JPEG or PNG.
//!
//! | step | where |
//! |---|---|
//! | what kind of file it is | [`kind`] |
//! | PDF pages taken apart by poppler-utils | `pdf` |
//! | a page child of our own program, and how it is spoken to | [`child`], [`protocol`], `worker`, `pool` |
//! | bytes to pixels, within limits | [`decode`] |
//! | paper to clean grey | [`cleaning`] |
//! | vertical writing and two columns | [`reading_order`] |
//! | grey to words | [`recognition`] |
//! | words to running text | [`layout`] |
//! | codes on pages, stacks parted into letters | [`codes`], [`stack`], [`tiff_pages`] |
//! | readings kept page by page | [`ledger`] |
//! | what is sure and what a person is asked | `verdict`, [`amounts`] |
//! | all of it | [`LetterReader`] |
//!
//! Strangers' files are only ever opened in child processes whose memory and time are limited. What was read is never
//! certain; every field knows the place on the page that it came from.

pub mod amounts;
pub mod child;
pub mod cleaning;
pub mod codes;
pub mod decode;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod kind;
pub mod layout;
pub mod ledger;
#[cfg(test)]
mod made;
mod pdf;
mod pool;
pub mod protocol;
mod reader;
pub mod reading_order;
pub mod recognition;
pub mod record;
mod scratch;
pub mod settings;
pub mod stack;
pub mod tiff_pages;
mod verdict;
mod worker;

use case::channel::Channel;
use case::content_hash::ContentHash;
use case::problem::{Problem, ProblemCode};
use case::source_key::SourceKey;

pub use reader::LetterReader;
pub use record::LetterRecord;
pub use settings::{A4_PIXELS, LetterSettings, Limits, default_workers, memory_for};

/// What makes two letters the same input: the bytes of the file.
#[must_use]
pub fn source_key(bytes: &[u8]) -> SourceKey {
    SourceKey::new(Channel::Letter, "file", &[ContentHash::of(bytes).as_bytes()])
}

/// Whether the letter itself is not at fault and the same bytes can be read later: a program or its data is missing, the
/// disk is full, or we failed. The arrival then waits; any other problem refuses it.
#[must_use]
pub fn is_temporary(problem: &Problem) -> bool {
    use ProblemCode as Code;
    matches!(
        problem.code,
        Code::OcrMissing
            | Code::OcrLanguageMissing
            | Code::OcrModelMissing
            | Code::OcrModelForeign
            | Code::PdfToolsMissing
            | Code::DocumentReaderMissing
            | Code::DiskFull
            | Code::Internal
    )
}

/// Whether the page could be opened, but reading it was stopped: a person can still read its image.
const fn fails_the_page(problem: &Problem) -> bool {
    use ProblemCode as Code;
    matches!(problem.code, Code::PageTimeout | Code::PageCrashed | Code::PageMemory)
}
