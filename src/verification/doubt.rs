//! Why a place on a letter asks for a person.
//!
//! The rule for numbers: one that was read by a machine is accepted without a person only where it validates and two readings
//! agree. All other fields ask when the reading is unsure, when nothing was found that a petition needs, or when what was found is not
//! usual.

use case::correction::FieldName;
use case::field::{Confidence, Doubt as Why, Source, Verdict as Found};
use case::statement::{Mark, Statement};
use channels::letter::amounts::ReadAmount;
use channels::letter::record::{ENGINE_PPOCR, ENGINE_TEXT_LAYER, LineRecord, WordRecord};

use crate::verification::verdict::Verdict;

/// A field that was read with less is asked.
const FIELD_CONFIDENCE: f32 = 0.6;
/// A word that Tesseract read with less, of 100, is looked at.
const WORD_CONFIDENCE: f32 = 60.0;
/// The same for PP-OCR, which is surer of what it reads.
const PPOCR_CONFIDENCE: f32 = 80.0;
/// The longest line, in characters, of which two readings are compared: no line of paper has more.
const LINE_LIMIT: usize = 400;

/// Why a field asks for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
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
    ReadOnce,
    /// Two engines read it, and not the same.
    Disputed {
        /// What it may be, likeliest first.
        readings: Vec<String>,
    },
    /// A digit was added that the engine is known to lose.
    Completed,
    /// An amount in a line. What it is asked for stands on the line, which shows no verdict of its own.
    Amount {
        /// Why, for people.
        note: &'static str,
        /// What it may be, as written or in yuan.
        readings: Vec<String>,
    },
    /// What was read is not usual.
    Unusual {
        /// What is not usual.
        note: String,
    },
}

impl Question {
    /// What it says, for people.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Missing => "没有读到，请看原件是否写有".to_owned(),
            Self::Impossible { note } | Self::Unusual { note } => note.clone(),
            Self::Unsure { confidence } => format!("把握{confidence}，请对照"),
            Self::ReadOnce => "仅一个引擎读过，请逐位对照".to_owned(),
            Self::Disputed { readings } if readings.is_empty() => "两个引擎读得不一样，请逐位对照".to_owned(),
            Self::Disputed { readings } => format!("两个引擎读得不一样：{}", readings.join(" 或 ")),
            Self::Completed => "缺位，已按常见漏读补全，请逐位对照".to_owned(),
            Self::Amount { note, readings } => format!("金额{note}：{}", readings.join(" 或 ")),
        }
    }
}

/// How a value was read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Where.
    pub source: &'a Source,
    /// How surely.
    pub confidence: Confidence,
    /// What the letter door found out about it.
    pub found: Found,
}

/// Why what was read as `field` asks for a person; nothing when it need not be looked at.
#[must_use]
pub fn of_field(
    field: FieldName,
    verdict: &Verdict,
    reading: Option<Reading<'_>>,
    statement: &Statement,
) -> Vec<Question> {
    let mut questions = Vec::new();
    match verdict {
        Verdict::Missing if is_needed(field, statement) => questions.push(Question::Missing),
        Verdict::Impossible { note } => questions.push(Question::Impossible { note: note.clone() }),
        Verdict::Unusual { note, .. } if field == FieldName::Name => {
            questions.push(Question::Unusual { note: note.clone() });
        }
        Verdict::Missing | Verdict::Unusual { .. } | Verdict::Fits { .. } => {}
    }
    for question in asked(field, reading, statement) {
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    let Some(reading) = reading else { return questions };
    let is_confirmed = matches!(reading.found, Found::Confirmed);
    if is_number(field) && was_recognised(reading.source) && !is_confirmed && questions.is_empty() {
        questions.push(Question::ReadOnce);
    }
    let marked = |mark: &Mark| matches!(mark, Mark::Doubtful { field: name } if name == field.as_str());
    let is_unsure = reading.confidence.value() < FIELD_CONFIDENCE || statement.marks.iter().any(marked);
    // A value that is asked for another reason is no longer sure either: the reason says more.
    if is_unsure && questions.is_empty() {
        questions.push(Question::Unsure { confidence: reading.confidence });
    }
    questions
}

/// What the letter door asks about a field: on its value, or on the statement where there is none.
fn asked(field: FieldName, reading: Option<Reading<'_>>, statement: &Statement) -> Vec<Question> {
    let mark = statement.marks.iter().find_map(|mark| mark.asked(field.as_str()));
    let on_value = match reading.map(|reading| reading.found) {
        Some(Found::Asked { why }) => Some(why),
        Some(Found::Unchecked | Found::Valid | Found::Confirmed) => return Vec::new(),
        None => None,
    };
    let readings = mark.map(|(_, readings)| readings).unwrap_or_default();
    let why = on_value.or_else(|| mark.map(|(why, _)| why));
    why.and_then(|why| question(why, readings)).into_iter().collect()
}

/// A doubt of the letter door as a question; none where the validators say the same with more words.
fn question(why: Why, readings: &[String]) -> Option<Question> {
    match why {
        Why::EnginesDisagree => Some(Question::Disputed { readings: readings.to_vec() }),
        Why::ReadOnce => Some(Question::ReadOnce),
        Why::Completed => Some(Question::Completed),
        Why::Unknown => Some(Question::Unusual { note: "不在姓氏或地名表中，请对照原件".to_owned() }),
        Why::Lunar => Some(Question::Unusual { note: "农历日期，请核对公历日期".to_owned() }),
        Why::Unclear => {
            Some(Question::Unusual { note: "看不出是谁的，或从哪里断开，请对照原件".to_owned() })
        }
        Why::Contradicts => Some(Question::Amount { note: "大写与小写不一致", readings: readings.to_vec() }),
        Why::Invalid if readings.is_empty() => None,
        Why::Invalid => Some(Question::Disputed { readings: readings.to_vec() }),
    }
}

/// Why an amount on a line asks for a person, when it does.
#[must_use]
pub fn of_amount(amount: &ReadAmount) -> Option<Question> {
    let Found::Asked { why } = amount.verdict else { return None };
    let note = match why {
        Why::Contradicts => "大写与小写不一致",
        Why::ReadOnce => "仅一个引擎读过，请逐字对照",
        Why::EnginesDisagree if amount.readings.len() < 2 => "另一引擎读得不一样，请逐字对照",
        Why::EnginesDisagree => "两个引擎读得不一样",
        Why::Invalid | Why::Completed | Why::Unknown | Why::Lunar | Why::Unclear => "请对照原件",
    };
    Some(Question::Amount { note, readings: amount.readings.clone() })
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

/// Which words of a line ask for a person: their engine is not sure of them, or another engine read other figures there.
#[must_use]
pub fn of_words(line: &LineRecord, page_engine: &str) -> Vec<bool> {
    let engine = line.engine.as_deref().unwrap_or(page_engine);
    let disputed = line.other.as_ref().map(|other| disputed(line, &other.text)).unwrap_or_default();
    let unsure = |word: &WordRecord| word.confidence < least(engine) && word.text.chars().any(char::is_alphanumeric);
    line.words
        .iter()
        .enumerate()
        .map(|(index, word)| unsure(word) || disputed.get(index).is_some_and(|disputed| *disputed))
        .collect()
}

/// The confidence, of 100, below which an engine's word is looked at.
fn least(engine: &str) -> f32 {
    match engine {
        ENGINE_TEXT_LAYER => 0.0,
        ENGINE_PPOCR => PPOCR_CONFIDENCE,
        _ => WORD_CONFIDENCE,
    }
}

/// Which words have a letter or a digit that the other reading has not in its place. Chinese characters do not count: the other
/// engine misreads them too often to be asked about.
fn disputed(line: &LineRecord, other: &str) -> Vec<bool> {
    let own: Vec<(usize, char)> = line
        .words
        .iter()
        .enumerate()
        .flat_map(|(index, word)| word.text.chars().map(move |one| (index, one)))
        .collect();
    let other: Vec<char> = other.chars().filter(|character| !character.is_whitespace()).collect();
    let mut words = vec![false; line.words.len()];
    for ((index, character), shared) in own.iter().zip(shared(&own, &other)) {
        if let Some(word) = words.get_mut(*index).filter(|_| !shared && character.is_ascii_alphanumeric()) {
            *word = true;
        }
    }
    words
}

/// Which characters stand in both texts, in their order: a longest common subsequence.
fn shared(own: &[(usize, char)], other: &[char]) -> Vec<bool> {
    if own.len() > LINE_LIMIT || other.len() > LINE_LIMIT {
        return vec![true; own.len()];
    }
    let columns = other.len() + 1;
    let mut lengths = vec![0_u16; (own.len() + 1) * columns];
    let at = |row: usize, column: usize| row * columns + column;
    let length = |lengths: &[u16], row, column| lengths.get(at(row, column)).copied().unwrap_or_default();
    for (row, (_, character)) in own.iter().enumerate().rev() {
        for (column, same) in other.iter().enumerate().rev() {
            let value = if character == same {
                length(&lengths, row + 1, column + 1).saturating_add(1)
            } else {
                length(&lengths, row + 1, column).max(length(&lengths, row, column + 1))
            };
            if let Some(cell) = lengths.get_mut(at(row, column)) {
                *cell = value;
            }
        }
    }
    let mut column = 0;
    own.iter()
        .enumerate()
        .map(|(row, (_, character))| {
            while column < other.len() && other.get(column) != Some(character) {
                if length(&lengths, row + 1, column) >= length(&lengths, row, column + 1) {
                    return false;
                }
                column += 1;
            }
            let found = column < other.len();
            column += usize::from(found);
            found
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use case::field::{Area, Field};
    use channels::letter::record::{ENGINE_TESSERACT, OtherReading};

    use super::*;

    fn on_page(engine: &str) -> Source {
        Source::Page { page: 1, area: None, engine: engine.to_owned() }
    }

    fn doubts(field: FieldName, verdict: &Verdict, engine: &str, confidence: f32) -> Vec<Question> {
        let title = Field::new("路灯".to_owned(), Confidence::CERTAIN, on_page(engine));
        let statement = Statement::new(title, "正文".to_owned());
        let source = on_page(engine);
        let reading = Reading { source: &source, confidence: Confidence::new(confidence), found: Found::Unchecked };
        of_field(field, verdict, Some(reading), &statement)
    }

    fn fits() -> Verdict {
        Verdict::Fits { canonical: "13800000001".to_owned(), note: String::new() }
    }

    #[test]
    fn a_number_that_one_engine_read_is_asked_however_sure_it_is() {
        assert_eq!(doubts(FieldName::Phone, &fits(), ENGINE_TESSERACT, 0.95), [Question::ReadOnce]);
        assert_eq!(doubts(FieldName::IdNumber, &fits(), ENGINE_TESSERACT, 0.95), [Question::ReadOnce]);
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
        assert!(matches!(unsure.as_slice(), [Question::Unsure { .. }]), "{unsure:?}");
        let impossible = Verdict::Impossible { note: "校验位不符".to_owned() };
        let asked = doubts(FieldName::IdNumber, &impossible, ENGINE_TESSERACT, 0.9);
        assert_eq!(asked, [Question::Impossible { note: "校验位不符".to_owned() }]);
        let title = Field::new(String::new(), Confidence::new(0.0), on_page(ENGINE_TESSERACT));
        let mut statement = Statement::new(title, String::new());
        let missing = |field, statement: &Statement| of_field(field, &Verdict::Missing, None, statement);
        assert_eq!(missing(FieldName::Phone, &statement), [Question::Missing]);
        assert_eq!(missing(FieldName::IdNumber, &statement), [], "it need not be written");
        statement.wishes.anonymous = true;
        assert_eq!(missing(FieldName::Phone, &statement), [], "nothing is missed of somebody who gives no name");
    }

    #[test]
    fn what_two_engines_read_alike_is_not_asked_and_what_they_do_not_is() {
        let source = on_page(ENGINE_PPOCR);
        let title = Field::new("路灯".to_owned(), Confidence::CERTAIN, on_page(ENGINE_PPOCR));
        let mut statement = Statement::new(title, "正文".to_owned());
        let ask = |found, statement: &Statement| {
            let confidence = Confidence::new(if matches!(found, Found::Asked { .. }) { 0.5 } else { 0.95 });
            of_field(FieldName::Phone, &fits(), Some(Reading { source: &source, confidence, found }), statement)
        };
        assert_eq!(ask(Found::Confirmed, &statement), []);
        assert_eq!(ask(Found::Valid, &statement), [Question::ReadOnce], "one engine is not enough");
        assert_eq!(ask(Found::Asked { why: Why::Completed }, &statement), [Question::Completed]);
        let readings = vec!["13800000001".to_owned(), "13800000007".to_owned()];
        statement.marks.push(Mark::Asked {
            field: "phone".to_owned(),
            why: Why::EnginesDisagree,
            readings: readings.clone(),
        });
        let disputed = [Question::Disputed { readings }];
        assert_eq!(ask(Found::Asked { why: Why::EnginesDisagree }, &statement), disputed);
        let nothing = of_field(FieldName::Phone, &Verdict::Missing, None, &statement);
        assert!(nothing.contains(&disputed[0]), "it is asked where no value was taken: {nothing:?}");
    }

    fn line(words: &[(&str, f32)]) -> LineRecord {
        let area = Area { left: 0, top: 0, width: 1, height: 1 };
        let word =
            |(text, confidence): &(&str, f32)| WordRecord { text: (*text).to_owned(), confidence: *confidence, area };
        LineRecord::of(words.iter().map(word).collect()).unwrap()
    }

    #[test]
    fn words_are_asked_where_the_engine_is_not_sure() {
        let line = line(&[("壳", 30.0), ("亮", 70.0), ("，", 30.0)]);
        assert_eq!(of_words(&line, ENGINE_TESSERACT), [true, false, false], "a comma makes no other word");
        assert_eq!(of_words(&line, ENGINE_PPOCR), [true, true, false]);
        assert_eq!(of_words(&line, ENGINE_TEXT_LAYER), [false, false, false]);
    }

    #[test]
    fn figures_that_another_engine_read_otherwise_are_asked() {
        let mut line = line(&[("电话", 99.0), ("138", 99.0), ("0000", 99.0), ("0007", 99.0), ("张", 99.0)]);
        let mut other = |text: &str| {
            line.other =
                Some(OtherReading { engine: ENGINE_TESSERACT.to_owned(), text: text.to_owned(), confidence: 80.0 });
            of_words(&line, ENGINE_PPOCR)
        };
        assert_eq!(other("电话13800000007张"), [false; 5]);
        assert_eq!(other("电话 1380000 0001 弓长"), [false, false, false, true, false]);
        assert_eq!(other("电舌138000000007"), [false; 5], "a digit too many there is none too few here");
        assert_eq!(other(""), [false, true, true, true, false]);
    }
}
