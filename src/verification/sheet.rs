//! Everything that the check of one letter shows: pages, fields with where they were read, lines with their words, and what is doubtful.

use std::ops::Range;

use case::correction::{Correction, FieldName, Part, standing, written};
use case::field::{Area, Confidence, Field, Source, Verdict as Found};
use case::ports::office_date;
use case::statement::{Mark, PETITIONER_LIMIT, Statement};
use case::submission::FileRole;
use channels::letter::amounts::{ReadAmount, amounts};
use channels::letter::layout::LetterText;
use channels::letter::record::NumberedPage;
use jiff::civil::Date;

use crate::office::Office;
use crate::verification::doubt::{self, Question, Reading};
use crate::verification::letter::CheckedLetter;
use crate::verification::verdict::{Verdict, judge};

/// What a person compares with the paper.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The pages.
    pub pages: Vec<SheetPage>,
    /// The fields, in the order in which they are checked.
    pub fields: Vec<SheetField>,
    /// The lines, in the order of the text.
    pub lines: Vec<SheetLine>,
}

/// A page.
#[derive(Debug, Clone)]
pub struct SheetPage {
    /// Its number, from 1.
    pub page: u16,
    /// Width of its image in pixels.
    pub width: u32,
    /// Height of its image in pixels.
    pub height: u32,
    /// Whether its image is kept.
    pub has_image: bool,
    /// Why it was not read, when it was not.
    pub unread: Option<String>,
}

/// Where on the pages something was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The page.
    pub page: u16,
    /// Where on it, when one place can be named.
    pub area: Option<Area>,
    /// The engine.
    pub engine: String,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// The source as it stands in the statement.
    pub source: Source,
    /// What the letter door found out about the value.
    pub found: Found,
}

/// A field.
#[derive(Debug, Clone)]
pub struct SheetField {
    /// Which.
    pub field: FieldName,
    /// Its place among several of its kind.
    pub place: u16,
    /// What stands: as read, or as a person put it right.
    pub stands: Option<String>,
    /// What is shown for editing: the draft, or what stands.
    pub text: String,
    /// Where it was read.
    pub spot: Option<Spot>,
    /// Whether a person has put it right.
    pub corrected: bool,
    /// What the validators say about the text.
    pub verdict: Verdict,
    /// Why what was read asks for a person.
    pub doubts: Vec<Question>,
    /// Whether it is an empty place after those that were read: for a value that no engine has found.
    pub spare: bool,
}

/// A line of writing.
#[derive(Debug, Clone)]
pub struct SheetLine {
    /// Its page.
    pub page: u16,
    /// Its place on the page.
    pub line: u16,
    /// Its characters in the body as it was read.
    pub range: Range<u32>,
    /// Where it stands.
    pub area: Area,
    /// What stands.
    pub stands: String,
    /// What is shown for editing.
    pub text: String,
    /// What was read, word by word.
    pub words: Vec<SheetWord>,
    /// What another engine read, on lines that carry a number, an amount or a name.
    pub other: Option<String>,
    /// Why the amounts in it ask for a person.
    pub questions: Vec<Question>,
    /// Whether a person has put it right.
    pub corrected: bool,
    /// Whether it is inside the body that is kept: only then can it be put right.
    pub editable: bool,
}

/// A word of a line.
#[derive(Debug, Clone)]
pub struct SheetWord {
    /// Its characters in the line, from 0.
    pub range: Range<usize>,
    /// As read.
    pub text: String,
    /// Where it stands.
    pub area: Area,
    /// Whether it asks for a person.
    pub doubtful: bool,
}

impl SheetField {
    /// Its name in forms.
    #[must_use]
    pub const fn part(&self) -> Part {
        Part::Field { field: self.field, place: self.place }
    }
}

impl SheetLine {
    /// Its name in forms.
    #[must_use]
    pub const fn part(&self) -> Part {
        Part::Line { page: self.page, line: self.line }
    }

    /// The stretches of doubtful words: neighbours are one.
    #[must_use]
    pub fn doubts(&self) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for word in self.words.iter().filter(|word| word.doubtful) {
            match stretches.last_mut() {
                Some(last) if last.end == word.range.start => last.end = word.range.end,
                Some(_) | None => stretches.push(word.range.clone()),
            }
        }
        stretches
    }
}

impl Sheet {
    /// The sheet of a letter.
    #[must_use]
    pub fn of(letter: &CheckedLetter, office: &Office) -> Self {
        let text = LetterText::of(&letter.record.in_reading_order());
        let corrections = letter.standing();
        let day = office_date(letter.submission.received_at);
        let mut sheet = Self {
            pages: pages(letter),
            fields: fields(&letter.read, &corrections, &text, office, day),
            lines: lines(&letter.record.pages, &letter.read.body, &corrections, &text),
        };
        for field in &mut sheet.fields {
            if let Some(typed) = letter.check.draft.text(field.part()) {
                typed.clone_into(&mut field.text);
                field.verdict = judge(field.field, typed, office, day);
            }
        }
        for line in &mut sheet.lines {
            if let Some(typed) = letter.check.draft.text(line.part()) {
                typed.clone_into(&mut line.text);
            }
        }
        sheet
    }

    /// How many places ask for a person.
    #[must_use]
    pub fn doubts(&self) -> usize {
        let fields = self.fields.iter().filter(|field| !field.doubts.is_empty()).count();
        fields + self.lines.iter().map(|line| line.doubts().len()).sum::<usize>()
    }
}

/// How many places of a letter that was just read ask for a person.
#[must_use]
pub fn count_doubts(statement: &Statement, pages: &[NumberedPage], office: &Office, received_on: Date) -> u32 {
    let text = LetterText::of(pages);
    let sheet = Sheet {
        pages: Vec::new(),
        fields: fields(statement, &[], &text, office, received_on),
        lines: lines(pages, &statement.body, &[], &text),
    };
    u32::try_from(sheet.doubts()).unwrap_or(u32::MAX)
}

fn pages(letter: &CheckedLetter) -> Vec<SheetPage> {
    let images = letter.submission.files.iter().filter(|file| file.role == FileRole::Page).count();
    let unread = |page: u16| {
        letter.read.marks.iter().find_map(|mark| mark.unread(page)).map(|problem| problem.code.title().to_owned())
    };
    let read = letter.record.pages.iter().enumerate().map(|(index, page)| SheetPage {
        page: page.page,
        width: page.record.width.max(1),
        height: page.record.height.max(1),
        has_image: index < images,
        unread: unread(page.page),
    });
    // Pages of which not even an image could be made come last: the images are counted by their places.
    let known = |page: u16| letter.record.pages.iter().any(|known| known.page == page);
    let lost = letter.read.marks.iter().filter_map(|mark| {
        let Mark::PageUnread { page, problem } = mark else { return None };
        let unread = Some(problem.code.title().to_owned());
        (!known(*page)).then_some(SheetPage { page: *page, width: 1, height: 1, has_image: false, unread })
    });
    read.chain(lost).collect()
}

fn fields(
    read: &Statement,
    corrections: &[Correction],
    text: &LetterText,
    office: &Office,
    day: Date,
) -> Vec<SheetField> {
    FieldName::ALL.iter().flat_map(|field| rows(*field, read, corrections, text, office, day)).collect()
}

/// The rows of one field: one for each value, and an empty one where there is none or there may be more.
fn rows(
    field: FieldName,
    read: &Statement,
    corrections: &[Correction],
    text: &LetterText,
    office: &Office,
    day: Date,
) -> Vec<SheetField> {
    let as_read = written(read, field);
    let spots = spots(read, field);
    let mut standing = standing(read, corrections, field);
    if standing.is_empty() {
        standing.push(None);
    }
    let filled = standing.len();
    if field.has_several() && filled < PETITIONER_LIMIT {
        standing.push(None);
    }
    let row = |(index, stands): (usize, Option<String>)| {
        let place = u16::try_from(index).unwrap_or(u16::MAX);
        let value = as_read.get(index).filter(|value| !value.is_empty());
        let spot = spots.get(index).cloned().flatten().or_else(|| value.and_then(|value| find(value, text)));
        let reading = value.and(spot.as_ref()).map(|spot| Reading {
            source: &spot.source,
            confidence: spot.confidence,
            found: spot.found,
        });
        let judged = judge(field, value.map_or("", String::as_str), office, day);
        let part = Part::Field { field, place };
        let shown = stands.clone().unwrap_or_default();
        SheetField {
            field,
            place,
            verdict: judge(field, &shown, office, day),
            text: shown,
            // Only the first one can be missed: a second number need not be written.
            doubts: if index > 0 && value.is_none() {
                Vec::new()
            } else {
                doubt::of_field(field, &judged, reading, read)
            },
            spare: index >= filled,
            corrected: corrections.iter().any(|correction| correction.change.part() == part),
            spot,
            stands,
        }
    };
    standing.into_iter().enumerate().map(row).collect()
}

/// Where the values of a field were read, in the order of [`written`].
fn spots(read: &Statement, field: FieldName) -> Vec<Option<Spot>> {
    fn of<T>(field: &Field<T>) -> Option<Spot> {
        spot(&field.source, field.confidence, field.verdict)
    }
    let first = read.petitioners.first();
    match field {
        FieldName::Name => read.petitioners.iter().map(|one| one.name.as_ref().and_then(of)).collect(),
        FieldName::Phone => first.map(|one| one.phones.iter().map(of).collect()).unwrap_or_default(),
        FieldName::IdNumber => first.and_then(|one| one.id_number.as_ref()).map(of).into_iter().collect(),
        FieldName::Address => first.and_then(|one| one.address.as_ref()).map(of).into_iter().collect(),
        FieldName::WrittenOn => read.written_on.iter().map(of).collect(),
        FieldName::Title => vec![of(&read.title)],
        FieldName::Demand => read.demand.iter().map(of).collect(),
        FieldName::Respondent => read.respondents.iter().map(|one| of(&one.name)).collect(),
        FieldName::Place => read.place.iter().map(of).collect(),
    }
}

fn spot(source: &Source, confidence: Confidence, found: Found) -> Option<Spot> {
    match source {
        Source::Page { page, area, engine } => {
            let (engine, source) = (engine.clone(), source.clone());
            Some(Spot { page: *page, area: *area, engine, confidence, source, found })
        }
        Source::Form { .. }
        | Source::Header { .. }
        | Source::Body { .. }
        | Source::Moment { .. }
        | Source::Staff { .. } => None,
    }
}

/// Where `value` stands in the text: for what was read and cannot be right, of which only the words are kept.
fn find(value: &str, text: &LetterText) -> Option<Spot> {
    let byte = text.text.find(value)?;
    let start = text.text.get(..byte)?.chars().count();
    let located = text.locate(&(start..start + value.chars().count()));
    spot(&located.source, located.confidence, Found::Unchecked)
}

/// The amounts that ask for a person, with where they stand in the text.
struct AskedAmounts(Vec<(Range<usize>, Question)>);

impl AskedAmounts {
    fn of(text: &LetterText, pages: &[NumberedPage]) -> Self {
        let asked = |amount: ReadAmount| Some((amount.range.clone(), doubt::of_amount(&amount)?));
        Self(amounts(text, pages).into_iter().filter_map(asked).collect())
    }

    /// What those on `range` ask; two forms of one amount ask once.
    fn on(&self, range: &Range<usize>) -> Vec<Question> {
        let here = self.0.iter().filter(|(amount, _)| amount.start < range.end && range.start < amount.end);
        let mut questions: Vec<Question> = here.map(|(_, question)| question.clone()).collect();
        questions.dedup();
        questions
    }
}

fn lines(pages: &[NumberedPage], body: &str, corrections: &[Correction], text: &LetterText) -> Vec<SheetLine> {
    // An update of the program may lay lines out in another way than when the letter was read: then no line can be put right by
    // its place, and all of them are only shown.
    let same = text.text.starts_with(body);
    let kept = body.chars().count();
    let characters: Vec<char> = text.text.chars().collect();
    let amounts = AskedAmounts::of(text, pages);
    text.lines
        .iter()
        .filter_map(|placed| {
            let record = &pages.iter().find(|page| page.page == placed.page)?.record;
            let line = record.lines.get(placed.line)?;
            let number = u16::try_from(placed.line).ok()?;
            let read: String = characters.get(placed.range.clone())?.iter().collect();
            let part = Part::Line { page: placed.page, line: number };
            let corrected = corrections.iter().rev().find(|correction| correction.change.part() == part);
            let stands = corrected.and_then(|correction| match &correction.change {
                case::correction::Change::Line { after, .. } => Some(after.clone()),
                case::correction::Change::Field { .. } => None,
            });
            let stands = stands.unwrap_or_else(|| read.clone());
            let doubts = doubt::of_words(line, &record.engine);
            let words = placed.words.iter().zip(&line.words).zip(doubts).map(|((range, word), doubtful)| SheetWord {
                range: range.start.saturating_sub(placed.range.start)..range.end.saturating_sub(placed.range.start),
                text: characters.get(range.clone()).unwrap_or_default().iter().collect(),
                area: word.area,
                doubtful: doubtful || !amounts.on(range).is_empty(),
            });
            Some(SheetLine {
                page: placed.page,
                line: number,
                range: u32::try_from(placed.range.start).ok()?..u32::try_from(placed.range.end).ok()?,
                area: line.area,
                text: stands.clone(),
                stands,
                words: words.collect(),
                other: line.other.as_ref().map(|other| other.text.clone()),
                questions: amounts.on(&placed.range),
                corrected: corrected.is_some(),
                editable: same && placed.range.end <= kept,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
