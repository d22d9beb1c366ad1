//! The process of our own program that opens one document and ends.
//!
//! Frames as in [`crate::letter::protocol`]. It gets its limits as JSON, limits itself, says [`READY`], gets the document, and answers with
//! a JSON [`Answer`]. Whoever stops before `READY` could not be started; whoever stops behind it was stopped by the document.

use std::io::{self, Read, Write};

use case::problem::Problem;
use office_oxide::DocumentFormat;

use super::kind::DocumentKind;
use super::process::DocumentLimits;
use super::{Answer, binary, office};
use crate::letter::child::{ChildError, resources};
use crate::letter::protocol::{read_frame, write_frame};

/// What the child says when it has limited itself.
pub const READY: &[u8] = b"ready";

/// Works until its answer is given: the whole main function of the hidden command `read-document`.
///
/// # Errors
/// The pipe broke, the other side does not speak the protocol, or the system refuses the limits. Whatever is wrong with the document is an
/// answer.
pub fn main(input: impl Read, output: impl Write) -> Result<(), ChildError> {
    serve(input, output, answer)
}

/// [`main`] with somebody else to answer.
///
/// # Errors
/// As [`main`].
pub fn serve(
    mut input: impl Read,
    mut output: impl Write,
    answer: impl FnOnce(&[u8]) -> Answer,
) -> Result<(), ChildError> {
    let Some(limits) = read_frame(&mut input)? else { return Ok(()) };
    limit(&serde_json::from_slice(&limits)?)?;
    write_frame(&mut output, READY)?;
    let Some(bytes) = read_frame(&mut input)? else { return Ok(()) };
    let answer = answer(&bytes);
    Ok(write_frame(&mut output, &serde_json::to_vec(&answer)?)?)
}

fn limit(limits: &DocumentLimits) -> io::Result<()> {
    resources::confine(limits.memory_bytes, limits.niceness)?;
    resources::allow_seconds(limits.cpu_seconds)
}

/// What a document says. Parses a stranger's file in the process that calls it, without limits of time and memory: for the child and for
/// tests.
#[must_use]
pub fn answer(bytes: &[u8]) -> Answer {
    match kind(bytes) {
        Ok(Some(DocumentKind::RichText)) => match office::rich_text(bytes) {
            Some(text) => Answer::Read { kind: DocumentKind::RichText, text },
            None => Answer::NoDocument,
        },
        Ok(Some(kind)) => match text(kind, bytes) {
            Ok(text) => Answer::Read { kind, text },
            Err(problem) => Answer::Unread { kind: Some(kind), problem },
        },
        Ok(None) => Answer::NoDocument,
        Err(problem) => Answer::Unread { kind: None, problem },
    }
}

fn kind(bytes: &[u8]) -> Result<Option<DocumentKind>, Problem> {
    if bytes.starts_with(super::RICH) {
        return Ok(Some(DocumentKind::RichText));
    }
    if bytes.starts_with(super::OLD) {
        return binary::old_kind(bytes);
    }
    Ok(match office::kind(bytes)? {
        Some(DocumentKind::OpenText) => Some(office::open_document(bytes)),
        other => other,
    })
}

fn text(kind: DocumentKind, bytes: &[u8]) -> Result<String, Problem> {
    match kind {
        DocumentKind::OldWord => binary::text(DocumentFormat::Doc, bytes),
        DocumentKind::OldExcel => binary::text(DocumentFormat::Xls, bytes),
        DocumentKind::OldPowerPoint => binary::text(DocumentFormat::Ppt, bytes),
        packed => office::text(packed, bytes),
    }
}
