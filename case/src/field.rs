//! A value that was read from somewhere: how sure the reading is and where it was read.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::StaffId;

/// How sure a reading or a suggestion is, from 0 (a guess) to 1 (certain).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f32", into = "f32")]
pub struct Confidence(f32);

impl Confidence {
    /// Typed by the person concerned or settled by a person of the staff.
    pub const CERTAIN: Self = Self(1.0);

    /// `value` brought into 0 to 1; not-a-number counts as 0.
    #[must_use]
    pub fn new(value: f32) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// The value, 0 to 1.
    #[must_use]
    pub const fn value(self) -> f32 {
        self.0
    }

    /// The smaller of the two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl From<f32> for Confidence {
    fn from(value: f32) -> Self {
        Self::new(value)
    }
}

impl From<Confidence> for f32 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.0}%", self.0 * 100.0)
    }
}

/// A rectangle on a page image, in pixels of that image, origin at the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: u32,
    /// Upper edge.
    pub top: u32,
    /// Width, at least 1.
    pub width: u32,
    /// Height, at least 1.
    pub height: u32,
}

/// Where a value was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// A field of the form or of the JSON that the API takes.
    Form {
        /// Its name in the form.
        name: String,
    },
    /// A page of a scan; pages count from 1.
    Page {
        /// The page.
        page: u16,
        /// Where on the page, when one place can be named.
        area: Option<Area>,
        /// The engine that read it, such as `tesseract`, or `text-layer` of a born-digital PDF.
        engine: String,
    },
    /// A header of a mail.
    Header {
        /// Its name, lower-case.
        name: String,
    },
    /// Found in the text of the body, characters `start..end`.
    Body {
        /// First character, from 0.
        start: u32,
        /// One past the last character.
        end: u32,
    },
    /// Said in a call.
    Moment {
        /// When the words began, in milliseconds from the start of the recording.
        milliseconds: u64,
    },
    /// Put right by a member of the staff.
    Staff {
        /// Who.
        staff: StaffId,
        /// When.
        at: Timestamp,
    },
}

/// A value with its confidence and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: Source,
}

impl Eq for Confidence {}

impl<T> Field<T> {
    /// A value read from `source`.
    pub const fn new(value: T, confidence: Confidence, source: Source) -> Self {
        Self { value, confidence, source }
    }

    /// A value that the person typed into the form field `name`.
    pub fn typed(value: T, name: &str) -> Self {
        Self::new(value, Confidence::CERTAIN, Source::Form { name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_confidence_lies_between_guess_and_certain(value in proptest::num::f32::ANY) {
            let confidence = Confidence::new(value).value();
            proptest::prop_assert!((0.0..=1.0).contains(&confidence));
        }

        #[test]
        fn a_confidence_comes_back_from_json_to_the_last_bit(value in 0.0_f32..=1.0) {
            let json = serde_json::to_string(&Confidence::new(value)).unwrap();
            proptest::prop_assert_eq!(serde_json::from_str::<Confidence>(&json).unwrap(), Confidence::new(value));
        }
    }

    #[test]
    fn json_cannot_bring_in_more_than_certain() {
        assert_eq!(serde_json::from_str::<Confidence>("7.5").unwrap(), Confidence::CERTAIN);
    }
}
