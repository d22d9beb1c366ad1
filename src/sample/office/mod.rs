//! The petitions of the demo office: all four doors, with what should come out of each.
//!
//! The townships and villages are those of 定州市; the people, firms, estates and events are invented, telephone numbers
//! begin with 1380000, and identity numbers are valid by their check character only. Words are in the files
//! beside this one (`calls`, `web`, `mails`, `letters`); this module says how they arrive and what they are.
//!
//! Told in the samples: one person by telephone and later by letter; three owners of one estate in their own words; the same
//! template text about two villages; accusations against a township and against the head of a bureau; thanks
//! for an earlier case; a suggestion; an anonymous one; a confidential one; an impossible identity number without an
//! address; a son for his mother; a firm; eleven unpaid workers; the same scan twice; two files that cannot be read.

mod calls;
mod letters;
pub mod mail;
mod mails;
#[cfg(test)]
mod tests;
mod web;

use case::channel::Channel;
use case::problem::Problem;

use super::expectation::Expectation;
use super::page::font::Typefaces;

/// One input as it stands at a door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The door.
    pub door: Channel,
    /// The name of the file.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What should come out.
    pub expect: Expectation,
}

/// All samples in the order in which they arrive: a sample is related only to ones before it.
///
/// # Errors
/// [`case::problem::ProblemCode::FontMissing`] when letters cannot be drawn for want of a Chinese font.
pub fn office() -> Result<Vec<Sample>, Problem> {
    let typefaces = Typefaces::of_system()?;
    let mut samples = calls::calls();
    samples.extend(web::forms());
    samples.extend(mails::mails(&typefaces)?);
    samples.extend(letters::letters(&typefaces)?);
    Ok(samples)
}
