//! Why a place on a letter asks for a person.
//!
//! The rule for numbers: one that was read by a machine is accepted without a person only where it validates and two readings
//! agree. All other fields ask when the reading is unsure, when nothing was found that a petition needs, or when what was found is not
//! usual.

use case::correction::FieldName;
use case::field::{Confidence, Source};
use case::statement::{Mark, Statement};
use channels::letter::record::{ENGINE_TEXT_LAYER, WordRecord};

use crate::verification::verdict::Verdict;

/// A field that was read with less is asked.
const FIELD_CONFIDENCE: f32 = 0.6;
/// A word that an engine read with less, of 100, is looked at.
const WORD_CONFIDENCE: f32 = 60.0;

/// Why a field asks for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A petition needs it, and nothing was found.
    Missing,
    /// What was read cannot be right.
    Impossible {
        /// Why.
        note: String,
    },
    /// The engine is not sure.
    Unsure {
        /// How sure it is.
        confidence: Confidence,
    },
    /// A number that one engine read, and no other one.
    OneReading,
    /// What was read is not usual.
    Unusual {
        /// What is not usual.
        note: String,
    },
}

impl Doubt {
    /// What it says, for people.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Missing => "没有读到，请看原件是否写有".to_owned(),
            Self::Impossible { note } | Self::Unusual { note } => note.clone(),
            Self::Unsure { confidence } => format!("把握{confidence}，请对照"),
            Self::OneReading => "仅一个引擎读过，请逐位对照".to_owned(),
        }
    }
}

/// Why what was read as `field` asks for a person; nothing when it need not be looked at. `source` and `confidence` are those of the
/// reading.
#[must_use]
pub fn of_field(
    field: FieldName,
    verdict: &Verdict,
    reading: Option<(&Source, Confidence)>,
    statement: &Statement,
) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    match verdict {
        Verdict::Missing if is_needed(field, statement) => doubts.push(Doubt::Missing),
        Verdict::Impossible { note } => doubts.push(Doubt::Impossible { note: note.clone() }),
        Verdict::Unusual { note, .. } if field == FieldName::Name => doubts.push(Doubt::Unusual { note: note.clone() }),
        Verdict::Missing | Verdict::Unusual { .. } | Verdict::Fits { .. } => {}
    }
    let Some((source, confidence)) = reading else { return doubts };
    if is_number(field) && was_recognised(source) && doubts.is_empty() {
        doubts.push(Doubt::OneReading);
    }
    let marked =
        statement.marks.iter().any(|mark| matches!(mark, Mark::Doubtful { field: name } if name == field.as_str()));
    if confidence.value() < FIELD_CONFIDENCE || (marked && doubts.is_empty()) {
        doubts.push(Doubt::Unsure { confidence });
    }
    doubts
}

/// Whether a petition is missed something without the field. An identity number, a date, a demand or a respondent need not be written.
fn is_needed(field: FieldName, statement: &Statement) -> bool {
    match field {
        FieldName::Name | FieldName::Phone | FieldName::Address => !statement.wishes.anonymous,
        FieldName::Title => true,
        FieldName::IdNumber | FieldName::WrittenOn | FieldName::Demand | FieldName::Respondent | FieldName::Place => {
            false
        }
    }
}

/// Whether one wrong character makes another person of it.
const fn is_number(field: FieldName) -> bool {
    match field {
        FieldName::Phone | FieldName::IdNumber => true,
        FieldName::Name
        | FieldName::Address
        | FieldName::WrittenOn
        | FieldName::Title
        | FieldName::Demand
        | FieldName::Respondent
        | FieldName::Place => false,
    }
}

/// Whether the value was recognised on an image: the text that a document carries itself is not misread.
fn was_recognised(source: &Source) -> bool {
    match source {
        Source::Page { engine, .. } => engine != ENGINE_TEXT_LAYER,
        Source::Form { .. }
        | Source::Header { .. }
        | Source::Body { .. }
        | Source::Moment { .. }
        | Source::Staff { .. } => false,
    }
}

/// Whether a word asks for a person: its engine is not sure of it.
#[must_use]
pub fn of_word(word: &WordRecord, engine: &str) -> bool {
    engine != ENGINE_TEXT_LAYER && word.confidence < WORD_CONFIDENCE && word.text.chars().any(char::is_alphanumeric)
}
