//! Doors for the fuzzer into what is private otherwise; only there when it builds (`cfg(fuzzing)`).

use super::pdf;

/// The parsers of `pdfinfo`, `pdfimages -list` and `pdftotext -tsv`, and what is decided from them.
pub fn pdf(information: &str, images: &str, text: &str) {
    pdf::ways(information, images, text);
}
