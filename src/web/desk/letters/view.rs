//! A letter and its sheet, as the page shows them.

use std::ops::Range;

use case::actor::Actor;
use case::correction::{Change, FieldName, Recorded};
use case::field::Area;
use case::verification::Verification;
use channels::letter::record::{ENGINE_PPOCR, ENGINE_TESSERACT, ENGINE_TEXT_LAYER};

use crate::desk::names::Names;
use crate::desk::viewer::Viewer;
use crate::presentation::time;
use crate::verification::doubt::Question;
use crate::verification::letter::CheckedLetter;
use crate::verification::read_again::{listed, unread};
use crate::verification::sheet::{Sheet, SheetField, SheetLine, SheetPage, Spot};
use crate::web::desk::letters::cut_out::{around, first_lines, is_tall, line_height};
use crate::web::desk::queue::secrecy_mark;

/// The most readings that can be chosen by a key: 1 to 9.
const CHOICES: usize = 9;
/// How many images are fetched with the page; of a longer letter the others come when they are looked at.
const IMAGES_AT_ONCE: usize = 8;

/// The letter.
pub struct CheckView {
    /// Its number.
    pub number: String,
    /// The version of the check.
    pub version: u64,
    /// The name of the check's state.
    pub state_name: &'static str,
    /// The state for people.
    pub state: &'static str,
    /// Who has it open or has checked it, and since when.
    pub person: String,
    /// Whether the viewer can type.
    pub can_edit: bool,
    /// Whether a colleague has it open.
    pub held_by_other: bool,
    /// Whether it is confirmed.
    pub confirmed: bool,
    /// What must be seen at once of a letter that is not ordinary.
    pub secrecy: Option<&'static str>,
    /// What the scanner called it.
    pub source: String,
    /// The case it belongs to.
    pub case_number: String,
    /// When the draft was saved.
    pub saved_at: Option<String>,
    /// How many places ask for a person.
    pub doubts: usize,
    /// How many corrections stand.
    pub standing: usize,
    /// The pages that could not be read, for people; empty when all were.
    pub unread: String,
    /// The pages.
    pub pages: Vec<PageView>,
    /// The fields.
    pub fields: Vec<FieldView>,
    /// Empty places for values that no engine has found.
    pub spare: Vec<FieldView>,
    /// The lines.
    pub lines: Vec<LineView>,
    /// What was put right, newest first.
    pub corrections: Vec<CorrectionView>,
}

/// A page.
pub struct PageView {
    /// Its number.
    pub page: u16,
    /// The place of its image.
    pub index: usize,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Whether there is an image.
    pub has_image: bool,
    /// Whether the image is fetched only when it comes into sight.
    pub later: bool,
    /// Why it was not read.
    pub unread: Option<String>,
    /// The boxes of its lines.
    pub boxes: Vec<BoxView>,
    /// Where a doubtful word stands.
    pub doubtful: Vec<Area>,
}

/// The box of a line.
pub struct BoxView {
    /// The line's name in the form.
    pub part: String,
    /// What it is called.
    pub label: String,
    /// Where it stands.
    pub area: Area,
}

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

/// A line.
pub struct LineView {
    /// Its name in the form.
    pub part: String,
    /// What it is called.
    pub label: String,
    /// Its page.
    pub page: u16,
    /// Whether it is the first one of its page.
    pub first_of_page: bool,
    /// What is shown for editing.
    pub text: String,
    /// The text in pieces, each with whether it asks for a person.
    pub pieces: Vec<(String, bool)>,
    /// The doubtful stretches for the script: `3-5 8-9`.
    pub doubts: String,
    /// What another engine read.
    pub other: Option<String>,
    /// Where it stands.
    pub area: Area,
    /// The part of the page around it.
    pub around: Area,
    /// Whether it can be put right.
    pub editable: bool,
    /// Whether a person has put it right.
    pub corrected: bool,
}

/// Something that was put right.
pub struct CorrectionView {
    /// Its identifier.
    pub id: String,
    /// What: `电话`, `第1页第3行`.
    pub part: String,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// Who and when.
    pub by: String,
    /// Who took it back and when.
    pub undone: Option<String>,
}

impl CheckView {
    /// The letter for this viewer.
    #[must_use]
    pub fn of(
        letter: &CheckedLetter,
        sheet: &Sheet,
        viewer: &Viewer,
        names: &Names,
        source: String,
        case: String,
    ) -> Self {
        let state = &letter.check.state;
        let held_by_other = state.checker().is_some_and(|by| by != viewer.staff().id);
        let confirmed = matches!(state, Verification::Confirmed { .. });
        let settled = confirmed.then(|| settled(sheet));
        let sheet = settled.as_ref().unwrap_or(sheet);
        let draft = &letter.check.draft;
        Self {
            number: letter.submission.number.to_string(),
            version: letter.check.version,
            state_name: state.as_str(),
            state: state.label(),
            person: super::list::person(state, names),
            can_edit: !held_by_other && !confirmed,
            held_by_other,
            confirmed,
            secrecy: secrecy_mark(letter.submission.secrecy),
            source,
            case_number: case,
            saved_at: draft.saved_at.map(time::clock),
            doubts: sheet.doubts(),
            standing: letter.standing().len(),
            unread: listed(&unread(&letter.read)),
            pages: pages(sheet),
            fields: rows(sheet, false),
            spare: rows(sheet, true),
            lines: lines(sheet),
            corrections: letter.corrections.iter().rev().map(|one| CorrectionView::of(one, names)).collect(),
        }
    }
}

/// The sheet of a letter that a person has confirmed: nothing in it asks for anybody any more.
fn settled(sheet: &Sheet) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.fields.iter_mut().for_each(|field| field.doubts.clear());
    sheet.lines.iter_mut().flat_map(|line| &mut line.words).for_each(|word| word.doubtful = false);
    sheet
}

/// The fields, or the empty places after them. One that was typed into is among the fields.
fn rows(sheet: &Sheet, spare: bool) -> Vec<FieldView> {
    let fields = sheet.fields.iter().filter(|field| (field.spare && field.text.is_empty()) == spare);
    fields.map(|field| FieldView::of(field, sheet)).collect()
}

fn pages(sheet: &Sheet) -> Vec<PageView> {
    let view = |(index, page): (usize, &SheetPage)| PageView {
        page: page.page,
        index,
        width: page.width,
        height: page.height,
        has_image: page.has_image,
        later: page.has_image && index >= IMAGES_AT_ONCE,
        unread: page.unread.clone(),
        boxes: sheet.lines.iter().filter(|line| line.page == page.page).map(BoxView::of).collect(),
        doubtful: doubtful_words(sheet, page.page),
    };
    sheet.pages.iter().enumerate().map(view).collect()
}

fn doubtful_words(sheet: &Sheet, page: u16) -> Vec<Area> {
    let lines = sheet.lines.iter().filter(|line| line.page == page && !doubtful(line).is_empty());
    lines.flat_map(|line| line.words.iter().filter(|word| word.doubtful)).map(|word| word.area).collect()
}

fn lines(sheet: &Sheet) -> Vec<LineView> {
    let mut last = None;
    sheet
        .lines
        .iter()
        .map(|line| {
            let first_of_page = last.replace(line.page) != Some(line.page);
            LineView::of(line, first_of_page)
        })
        .collect()
}

/// What a line is called.
fn line_label(page: u16, line: u16) -> String {
    format!("第{page}页第{}行", line.saturating_add(1))
}

/// The doubtful stretches of a line that still has the words that were read.
fn doubtful(line: &SheetLine) -> Vec<Range<usize>> {
    if line.corrected || line.text != line.stands { Vec::new() } else { line.doubts() }
}

impl BoxView {
    fn of(line: &SheetLine) -> Self {
        Self { part: line.part().to_string(), label: line_label(line.page, line.line), area: line.area }
    }
}

impl FieldView {
    fn of(field: &SheetField, sheet: &Sheet) -> Self {
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
        Question::Missing
        | Question::Impossible { .. }
        | Question::Unsure { .. }
        | Question::ReadOnce
        | Question::Completed
        | Question::Unusual { .. } => Vec::new(),
    };
    questions.iter().flat_map(of_question).take(CHOICES).collect()
}

impl LineView {
    fn of(line: &SheetLine, first_of_page: bool) -> Self {
        let doubts = doubtful(line);
        Self {
            part: line.part().to_string(),
            label: line_label(line.page, line.line),
            page: line.page,
            first_of_page,
            pieces: pieces(&line.text, &doubts),
            doubts: doubts.iter().map(|one| format!("{}-{}", one.start, one.end)).collect::<Vec<_>>().join(" "),
            text: line.text.clone(),
            other: line.other.clone().filter(|other| *other != line.text),
            area: line.area,
            around: around(line.area),
            editable: line.editable,
            corrected: line.corrected,
        }
    }
}

impl CorrectionView {
    fn of(recorded: &Recorded, names: &Names) -> Self {
        let correction = &recorded.correction;
        let person = |staff| names.actor(&Actor::Staff { staff });
        let (part, before, after) = match &correction.change {
            Change::Field { field, before, after, .. } => {
                let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "（空）".to_owned());
                (field.label().to_owned(), text(before), text(after))
            }
            Change::Line { page, line, before, after, .. } => (line_label(*page, *line), before.clone(), after.clone()),
        };
        Self {
            id: correction.id.to_string(),
            part,
            before,
            after,
            by: format!("{} {}", person(correction.by), time::moment(correction.at)),
            undone: recorded.undone.map(|undone| format!("{} {}", person(undone.by), time::moment(undone.at))),
        }
    }
}

/// The text cut at the edges of its doubtful stretches.
fn pieces(text: &str, doubts: &[Range<usize>]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (index, character) in text.chars().enumerate() {
        let doubtful = doubts.iter().any(|stretch| stretch.contains(&index));
        match pieces.last_mut() {
            Some((piece, same)) if *same == doubtful => piece.push(character),
            Some(_) | None => pieces.push((character.to_string(), doubtful)),
        }
    }
    pieces
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubtful_words_are_pieces_of_their_own() {
        let piece = |text: &str, doubtful| (text.to_owned(), doubtful);
        assert_eq!(
            pieces("北门街路灯不壳", &[0..1, 6..7]),
            [piece("北", true), piece("门街路灯不", false), piece("壳", true)]
        );
        assert_eq!(pieces("", &[]), []);
    }
}
