//! Scans that come through another door than the letter door, such as a photograph attached to a mail.
//!
//! The mail door hands them to whoever can read pages and never learns how pages are read.

use async_trait::async_trait;
use case::problem::Problem;

use crate::Reading;

/// Somebody who can read the pages of a PDF, TIFF, JPEG or PNG.
#[async_trait]
pub trait ScanReader: Send + Sync {
    /// Reads the pages of `bytes`; `name` is what the sender called the file, used only to tell people which one is meant.
    ///
    /// # Errors
    /// The file is of another type, damaged, locked, or over a limit of the reader.
    async fn read(&self, bytes: &[u8], name: &str) -> Result<Reading, Problem>;
}
