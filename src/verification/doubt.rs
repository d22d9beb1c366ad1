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

#[cfg(test)]
mod tests {
    use case::field::{Area, Field};
    use channels::letter::record::ENGINE_TESSERACT;

    use super::*;

    fn on_page(engine: &str) -> Source {
        Source::Page { page: 1, area: None, engine: engine.to_owned() }
    }

    fn doubts(field: FieldName, verdict: &Verdict, engine: &str, confidence: f32) -> Vec<Doubt> {
        let title = Field::new("路灯".to_owned(), Confidence::CERTAIN, on_page(engine));
        let statement = Statement::new(title, "正文".to_owned());
        of_field(field, verdict, Some((&on_page(engine), Confidence::new(confidence))), &statement)
    }

    fn fits() -> Verdict {
        Verdict::Fits { canonical: "13800000001".to_owned(), note: String::new() }
    }

    #[test]
    fn a_number_that_one_engine_read_is_asked_however_sure_it_is() {
        assert_eq!(doubts(FieldName::Phone, &fits(), ENGINE_TESSERACT, 0.95), [Doubt::OneReading]);
        assert_eq!(doubts(FieldName::IdNumber, &fits(), ENGINE_TESSERACT, 0.95), [Doubt::OneReading]);
        assert_eq!(
            doubts(FieldName::Phone, &fits(), ENGINE_TEXT_LAYER, 0.95),
            [],
            "a document's own text is not misread"
        );
        assert_eq!(doubts(FieldName::Name, &fits(), ENGINE_TESSERACT, 0.95), []);
    }

    #[test]
    fn what_is_unsure_impossible_or_missing_is_asked() {
        let unsure = doubts(FieldName::Address, &fits(), ENGINE_TESSERACT, 0.4);
        assert!(matches!(unsure.as_slice(), [Doubt::Unsure { .. }]), "{unsure:?}");
        let impossible = Verdict::Impossible { note: "校验位不符".to_owned() };
        let asked = doubts(FieldName::IdNumber, &impossible, ENGINE_TESSERACT, 0.9);
        assert_eq!(asked, [Doubt::Impossible { note: "校验位不符".to_owned() }]);
        let title = Field::new(String::new(), Confidence::new(0.0), on_page(ENGINE_TESSERACT));
        let mut statement = Statement::new(title, String::new());
        let missing = |field, statement: &Statement| of_field(field, &Verdict::Missing, None, statement);
        assert_eq!(missing(FieldName::Phone, &statement), [Doubt::Missing]);
        assert_eq!(missing(FieldName::IdNumber, &statement), [], "it need not be written");
        statement.wishes.anonymous = true;
        assert_eq!(missing(FieldName::Phone, &statement), [], "nothing is missed of somebody who gives no name");
    }

    #[test]
    fn words_are_asked_where_the_engine_is_not_sure() {
        let word = |text: &str, confidence| WordRecord {
            text: text.to_owned(),
            confidence,
            area: Area { left: 0, top: 0, width: 1, height: 1 },
        };
        assert!(of_word(&word("壳", 30.0), ENGINE_TESSERACT));
        assert!(!of_word(&word("亮", 90.0), ENGINE_TESSERACT));
        assert!(!of_word(&word("，", 30.0), ENGINE_TESSERACT), "a comma makes no other word");
        assert!(!of_word(&word("壳", 30.0), ENGINE_TEXT_LAYER));
    }
}
