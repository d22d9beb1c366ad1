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

/// Why a person is asked about a value before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Two engines read it, and not the same.
    EnginesDisagree,
    /// Only one engine read it, and the value is one that must be read by two.
    ReadOnce,
    /// It cannot be right as it was read: wrong length, wrong checksum, no such date.
    Invalid,
    /// A digit was added that the engine is known to lose.
    Completed,
    /// A name without a known surname, a place that the gazetteer does not have.
    Unknown,
    /// A day of the lunar calendar (农历): which day it is must be looked up for the year that is meant.
    Lunar,
    /// The words leave open whose it is, or where it begins and ends.
    Unclear,
    /// It is written twice, in capital figures and in digits (大写、小写), and not the same.
    Contradicts,
}

/// What was found out about a value beside how clearly it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing was looked into.
    #[default]
    Unchecked,
    /// It is well formed: its checksum fits, the surname is one, the day exists.
    Valid,
    /// It is well formed and was read twice alike: by two engines, or by the operator who said it back to the caller.
    Confirmed,
    /// A person is asked before it counts.
    Asked {
        /// Why.
        why: Doubt,
    },
}

impl Verdict {
    /// Whether nothing was looked into; such verdicts are not written, so older records keep their form.
    #[must_use]
    pub const fn is_unchecked(&self) -> bool {
        matches!(self, Self::Unchecked)
    }

    /// Whether a person is asked.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        matches!(self, Self::Asked { .. })
    }
}

/// A value with its confidence, its source and what was found out about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: Source,
    /// What was found out about it.
    #[serde(default, skip_serializing_if = "Verdict::is_unchecked")]
    pub verdict: Verdict,
}

impl Eq for Confidence {}

/// A value about which a person is asked is never surer than this: below what the desk shows as sure (0.6).
const ASKED_AT_MOST: Confidence = Confidence(0.5);

impl<T> Field<T> {
    /// A value read from `source`.
    pub const fn new(value: T, confidence: Confidence, source: Source) -> Self {
        Self { value, confidence, source, verdict: Verdict::Unchecked }
    }

    /// The same value with what was found out about it; one that is asked is also no longer sure.
    #[must_use]
    pub fn judged(mut self, verdict: Verdict) -> Self {
        self.verdict = verdict;
        if verdict.is_asked() {
            self.confidence = self.confidence.min(ASKED_AT_MOST);
        }
        self
    }

    /// The same reading of another form of the value.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Field<U> {
        let Self { value, confidence, source, verdict } = self;
        Field { value: form(value), confidence, source, verdict }
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
    fn a_value_that_is_asked_is_not_sure_and_older_records_read_back() {
        let field = Field::new("13800000001", Confidence::new(0.95), Source::Form { name: "phone".to_owned() });
        let plain = serde_json::to_string(&field).unwrap();
        assert!(!plain.contains("verdict"), "{plain}");
        assert_eq!(serde_json::from_str::<Field<&str>>(&plain).unwrap(), field);
        let asked = field.judged(Verdict::Asked { why: Doubt::EnginesDisagree });
        assert!(asked.confidence.value() < 0.6 && asked.verdict.is_asked());
        let json = serde_json::to_string(&asked).unwrap();
        assert_eq!(serde_json::from_str::<Field<&str>>(&json).unwrap(), asked, "{json}");
    }

    #[test]
    fn json_cannot_bring_in_more_than_certain() {
        assert_eq!(serde_json::from_str::<Confidence>("7.5").unwrap(), Confidence::CERTAIN);
    }
}
