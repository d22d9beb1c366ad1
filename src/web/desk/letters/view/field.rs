//! A field of the letter: what was read, why it asks for a person, and what it may be instead.
//!
//! A field that no engine has found is an empty place of its own, so that nothing has to be found to be typed.

use case::correction::FieldName;
use case::field::Area;
use channels::letter::record::{ENGINE_PPOCR, ENGINE_TESSERACT, ENGINE_TEXT_LAYER};

use crate::verification::doubt::Question;
use crate::verification::sheet::{Sheet, SheetField, Spot};
use crate::web::desk::letters::cut_out::{around, first_lines, is_tall, line_height};

/// The most readings that can be chosen by a key: 1 to 9.
const CHOICES: usize = 9;

/// A field.
pub struct FieldView {
    /// Its name in the form.
    pub part: String,
    /// The field's own name.
    pub field: &'static str,
    /// What it is called.
    pub label: String,
    /// What is shown for editing.
    pub text: String,
    /// Which keys a phone or a screen keyboard offers.
    pub keys: &'static str,
    /// Why it asks for a person.
    pub doubts: Vec<String>,
    /// What it may be, where engines disagree.
    pub readings: Vec<String>,
    /// The name of the validators' verdict.
    pub verdict: &'static str,
    /// What the validators say.
    pub note: String,
    /// Page, engine and confidence.
    pub provenance: String,
    /// Where it was read.
    pub area: Option<(u16, Area)>,
    /// The part of the page around it.
    pub around: Option<(u16, Area)>,
    /// Whether the cut-out shows several lines.
    pub tall: bool,
    /// Whether a person has put it right.
    pub corrected: bool,
    /// Whether it is long enough for several lines.
    pub long: bool,
}

/// The fields, or the empty places after them. One that was typed into is among the fields.
pub(super) fn rows(sheet: &Sheet, spare: bool) -> Vec<FieldView> {
    let fields = sheet.fields.iter().filter(|field| (field.spare && field.text.is_empty()) == spare);
    fields.map(|field| FieldView::of(field, sheet)).collect()
}

impl FieldView {
    pub(super) fn of(field: &SheetField, sheet: &Sheet) -> Self {
        let area = field.spot.as_ref().and_then(|spot| Some((spot.page, spot.area?)));
        let label = match field.place {
            0 => field.field.label().to_owned(),
            place => format!("{}{}", field.field.label(), place.saturating_add(1)),
        };
        Self {
            part: field.part().to_string(),
            field: field.field.as_str(),
            label,
            text: field.text.clone(),
            keys: keys(field.field),
            doubts: field.doubts.iter().map(Question::text).collect(),
            readings: readings(&field.doubts),
            verdict: field.verdict.as_str(),
            note: field.verdict.note().to_owned(),
            provenance: field.spot.as_ref().map(provenance).unwrap_or_default(),
            area,
            around: area.map(|(page, area)| (page, around(first_lines(area, line_height(page, sheet))))),
            tall: area.is_some_and(|(page, area)| is_tall(area, line_height(page, sheet))),
            corrected: field.corrected,
            long: matches!(field.field, FieldName::Demand),
        }
    }

    /// Whether it asks for a person.
    #[must_use]
    pub fn asked(&self) -> bool {
        !self.doubts.is_empty()
    }
}

/// The readings among which a person can choose.
fn readings(questions: &[Question]) -> Vec<String> {
    let of_question = |question: &Question| match question {
        Question::Disputed { readings } => readings.clone(),
        // Stands on lines, which are put right by typing.
        Question::Amount { .. } => Vec::new(),
        Question::Missing
        | Question::Impossible { .. }
        | Question::Unsure { .. }
        | Question::ReadOnce
        | Question::Completed
        | Question::Unusual { .. } => Vec::new(),
    };
    questions.iter().flat_map(of_question).take(CHOICES).collect()
}

/// `第1页 Tesseract 83%`.
fn provenance(spot: &Spot) -> String {
    let engine = match spot.engine.as_str() {
        ENGINE_TESSERACT => "Tesseract",
        ENGINE_PPOCR => "PP-OCR",
        ENGINE_TEXT_LAYER => "PDF自带文字",
        other => other,
    };
    format!("第{}页 {engine} {}", spot.page, spot.confidence)
}

/// The keys for a field (`inputmode`).
const fn keys(field: FieldName) -> &'static str {
    match field {
        FieldName::Phone => "tel",
        FieldName::Name
        | FieldName::IdNumber
        | FieldName::Address
        | FieldName::WrittenOn
        | FieldName::Title
        | FieldName::Demand
        | FieldName::Respondent
        | FieldName::Place => "text",
    }
}
