//! The four doors: each turns the bytes that it received into one normal form, or names why it cannot.
//!
//! Every door is total: any bytes give a [`Reading`] or a [`case::problem::Problem`], never a panic. A door sees no store:
//! the gateway has made the original durable before it asks a door to read it.
//!
//! | door | takes | module |
//! |---|---|---|
//! | web | the JSON of the form and the API | [`web`] |
//! | letter | PDF, TIFF, JPEG, PNG | [`letter`] |
//! | mail | RFC 5322 messages, mbox and Maildir | [`mail`] |
//! | call | transcripts: JSON, WebVTT, SRT, text | [`call`] |
//!
//! No door refuses a petition for what is missing or wrong in it: a date or number that cannot be right is kept as it was
//! written and marked, and so is an attachment that cannot be read.
//!
//! [`scan`] is how the mail door has its attached pages read by the letter door. [`document`] is how it has office
//! documents read by a process of their own. [`fields`] finds name, numbers, place, date and demand in running text, for the doors that have no form.

mod archive;
pub mod call;
mod charset;
pub mod document;
mod ending;
pub mod fields;
pub mod letter;
pub mod mail;
pub mod scan;
mod starting;
pub mod web;
mod words;

use case::statement::Statement;
use case::submission::FileRole;

/// What a door made of an arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it says.
    pub statement: Statement,
    /// What was taken out of the original and must be kept beside it: attachments, page images, words and boxes.
    pub files: Vec<ReadFile>,
}

/// Bytes that a door took out of an original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// What they are to the submission.
    pub role: FileRole,
    /// Their name, as sent or as made by the door.
    pub name: String,
    /// Their media type by their content.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The media type of a file by its first bytes; text when they are readable, `application/octet-stream` otherwise.
#[must_use]
pub fn media_type(bytes: &[u8]) -> &'static str {
    const LOOKED_AT: usize = 4096;
    if let Some(kind) = infer::get(bytes) {
        return kind.mime_type();
    }
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if start.contains(&0) { "application/octet-stream" } else { "text/plain" }
}
