//! What a person put right in a submission since it was read (更正): new facts beside it, never a change of it.
//!
//! A [`Correction`] says which part it is about, what stood there before and what stands there now, who did it, when, and where on
//! the page the value is. Taking one back is a fact too ([`Undone`]). [`effective()`] is what a submission says with every
//! correction that stands; views, comparison, routing and letters to units use nothing else.
//!
//! The latest correction of a part that was not taken back stands. A number that cannot be right is kept as it is written on the
//! paper and marked [`crate::statement::Mark::Impossible`]: nobody is made to invent one.

mod effective;
mod moved;
mod part;
mod written;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::field::Source;
use crate::id::{CorrectionId, StaffId, SubmissionId};

pub use effective::effective;
pub use moved::{ReadLine, moved, moved_draft};
pub use part::{FieldName, Part, UnknownField, UnknownPart};
pub use written::{standing, written};

/// The longest value that a person can give for a field or a line, in characters: a demand of a page fits.
pub const VALUE_LIMIT: usize = 2_000;

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A field.
    Field {
        /// Which.
        field: FieldName,
        /// Its place among several of its kind, from 0.
        place: u16,
        /// What stood there; none when there was nothing.
        before: Option<String>,
        /// What stands there now; none when nothing is written.
        after: Option<String>,
    },
    /// A line.
    Line {
        /// The page, from 1.
        page: u16,
        /// The line on it, from 0.
        line: u16,
        /// Its first character in the body as it was read, from 0.
        start: u32,
        /// One past its last character there.
        end: u32,
        /// What stood there.
        before: String,
        /// What stands there now.
        after: String,
    },
}

impl Change {
    /// Which part it is about.
    #[must_use]
    pub const fn part(&self) -> Part {
        match self {
            Self::Field { field, place, .. } => Part::Field { field: *field, place: *place },
            Self::Line { page, line, .. } => Part::Line { page: *page, line: *line },
        }
    }
}

/// One thing that a person put right. Append-only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its identifier.
    pub id: CorrectionId,
    /// The submission.
    pub submission: SubmissionId,
    /// What was changed.
    pub change: Change,
    /// Where the value stands, as far as it was read: page, box and engine.
    pub read_from: Option<Source>,
    /// Who put it right.
    pub by: StaffId,
    /// When: all corrections of one check have one time.
    pub at: Timestamp,
}

/// That a correction was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Who took it back.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// A correction and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The correction.
    pub correction: Correction,
    /// That it was taken back, when it was.
    pub undone: Option<Undone>,
}

#[cfg(test)]
mod tests;
