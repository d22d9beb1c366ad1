//! What is found out about the fields of a letter beside how clearly they were read: each has its own check (the form of a
//! mobile number, the checksum of an identity number, a day that exists, a known surname), and the lines that carry numbers,
//! amounts, names and the day were read by a second engine ([`super::record::LineRecord::other`]).
//!
//! Invariant: a telephone or identity number that was recognised on an image is [`Verdict::Confirmed`], which needs a good
//! form and two equal readings, or [`Verdict::Asked`]; so is an amount of money ([`super::amounts`]). Text that a PDF carries itself was not recognised by anyone and only
//! needs the form.

use std::ops::Range;

use case::field::{Confidence, Doubt, Field, Verdict};
use case::identity::id_number::IdNumber;
use case::identity::phone::Phone;
use case::petitioner::Petitioner;
use case::statement::{Mark, Statement};
use case::text::normalise;
use jiff::civil::Date;

use super::amounts::{self, ReadAmount};
use super::layout::{LetterText, PlacedLine};
use super::record::{ENGINE_TEXT_LAYER, LineRecord, NumberedPage};
use crate::fields::{self, Fields};

/// What two readers agree on is at least this sure.
pub(super) const AGREED_AT_LEAST: f32 = 0.95;
/// What the words themselves leave open is below this: two readings of the same characters do not tell whose they are.
const CLEAR_FROM: f32 = 0.6;
/// How sure such a value is at most.
const UNCLEAR_AT_MOST: f32 = 0.5;
/// The most amounts about which marks ask a person in one letter; the desk shows all of them.
const MOST_AMOUNT_MARKS: usize = 8;

/// Where the fields stand in the text; taken before the fields become a statement.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    names: Vec<Place>,
    proxy: Option<Place>,
    /// By number: in a list of signers each has one of their own.
    phones: Vec<(Phone, Place)>,
    id_number: Option<Place>,
    written_on: Option<Range<usize>>,
    impossible: Vec<(&'static str, String, Range<usize>)>,
}

/// Where a value stands.
#[derive(Debug)]
struct Place {
    range: Range<usize>,
    /// Whether the words tell that it is this field of this person.
    clear: bool,
}

impl Place {
    fn of<T>(found: &fields::Found<T>) -> Self {
        Self { range: found.range.clone(), clear: found.confidence.value() >= CLEAR_FROM }
    }
}

impl Ranges {
    pub(super) fn of(found: &Fields) -> Self {
        let range_of =
            |impossible: &fields::Impossible| (impossible.field, impossible.written.clone(), impossible.range.clone());
        Self {
            names: found.names.iter().map(Place::of).collect(),
            proxy: found.proxy.as_ref().map(Place::of),
            phones: found
                .phones
                .iter()
                .chain(&found.proxy_phones)
                .map(|phone| (phone.value.clone(), Place::of(phone)))
                .collect(),
            id_number: found.id_number.as_ref().map(Place::of),
            written_on: found.written_on.as_ref().map(|date| date.range.clone()),
            impossible: found.impossible.iter().map(range_of).collect(),
        }
    }
}

/// Judges the fields of `statement`, which was made of `text`.
pub(super) fn judge(statement: &mut Statement, ranges: &Ranges, text: &LetterText, pages: &[NumberedPage]) {
    let readings = Readings { text, characters: text.text.chars().collect(), pages };
    let mut marks = Vec::new();
    let named =
        statement.petitioners.iter_mut().zip(&ranges.names).chain(statement.proxy.as_mut().zip(ranges.proxy.as_ref()));
    for (petitioner, place) in named {
        if let Some(name) = petitioner.name.take() {
            let known = fields::is_personal_name(&name.value);
            let second = readings.compare(&place.range);
            let name = judged(name, "name", second, known, &mut marks);
            petitioner.name = Some(if place.clear { name } else { unclear(name, "name", &mut marks) });
        }
    }
    for petitioner in statement.petitioners.iter_mut().chain(statement.proxy.as_mut()) {
        let judge = |phone: Field<Phone>| {
            let place = ranges.phones.iter().find(|(value, _)| *value == phone.value).map(|(_, place)| place);
            let second = place.map_or(Second::None, |place| readings.compare(&place.range));
            let phone = number(phone, "phone", second, &mut marks);
            if place.is_some_and(|place| place.clear) { phone } else { unclear(phone, "phone", &mut marks) }
        };
        petitioner.phones = std::mem::take(&mut petitioner.phones).into_iter().map(judge).collect();
    }
    if let Some(first) = statement.petitioners.first_mut()
        && let Some(place) = &ranges.id_number
        && let Some(id_number) = first.id_number.take()
    {
        let id_number = number(id_number, "id_number", readings.compare(&place.range), &mut marks);
        first.id_number = Some(if place.clear { id_number } else { unclear(id_number, "id_number", &mut marks) });
    }
    for (field, written, range) in &ranges.impossible {
        impossible(statement, (field, written, range), &readings, &mut marks);
    }
    let read_again = ranges.written_on.as_ref().map(|range| readings.others(range)).unwrap_or_default();
    statement.written_on = statement.written_on.take().map(|day| written_on(day, &read_again, &mut marks));
    judge_amounts(statement, amounts::amounts(text, pages), &mut marks);
    statement.marks.extend(marks);
}

/// A day that the second engine read as another day is asked. Where it read none, as often in Chinese figures, that the day exists is all
/// that is known.
fn written_on(day: Field<Date>, read_again: &[String], marks: &mut Vec<Mark>) -> Field<Date> {
    let days: Vec<Date> = read_again.iter().flat_map(|line| fields::dates(line)).collect();
    if days.contains(&day.value) {
        return if day.confidence.value() >= CLEAR_FROM { sure(day) } else { day.judged(Verdict::Valid) };
    }
    let Some(other) = days.first() else { return day.judged(Verdict::Valid) };
    let why = Doubt::EnginesDisagree;
    let readings = vec![day.value.to_string(), other.to_string()];
    marks.push(Mark::Asked { field: "written_on".to_owned(), why, readings });
    day.judged(Verdict::Asked { why })
}

/// Writes down the amounts, and asks about those that are asked.
fn judge_amounts(statement: &mut Statement, amounts: Vec<ReadAmount>, marks: &mut Vec<Mark>) {
    let asked = |one: &ReadAmount| match one.verdict {
        Verdict::Asked { why } => Some(Mark::Asked { field: "amount".to_owned(), why, readings: one.readings.clone() }),
        Verdict::Unchecked | Verdict::Valid | Verdict::Confirmed => None,
    };
    let mut asking: Vec<Mark> = amounts.iter().filter_map(asked).collect();
    asking.dedup();
    marks.extend(asking.into_iter().take(MOST_AMOUNT_MARKS));
    statement.mentions.extend(amounts.into_iter().filter_map(|one| one.mention));
}

/// What the second engine read in the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Second {
    /// The same.
    Same,
    /// Something else: what, as far as it can be told.
    Other(Option<String>),
    /// There was none.
    None,
    /// None was needed: the text came with the file.
    NotNeeded,
}

/// A number counts when two engines read the same; it has the right form, or it would be no number.
fn number<T: AsText>(field: Field<T>, name: &str, second: Second, marks: &mut Vec<Mark>) -> Field<T> {
    let why = match second {
        Second::Same => return sure(field),
        Second::NotNeeded => return field.judged(Verdict::Valid),
        Second::Other(_) => Doubt::EnginesDisagree,
        Second::None => Doubt::ReadOnce,
    };
    let readings = [Some(field.value.text()), other(second)].into_iter().flatten().collect();
    marks.push(Mark::Asked { field: name.to_owned(), why, readings });
    field.judged(Verdict::Asked { why })
}

/// A name counts when its surname is one, and is asked when two engines do not agree on it.
fn judged(field: Field<String>, name: &str, second: Second, known: bool, marks: &mut Vec<Mark>) -> Field<String> {
    let why = match (&second, known) {
        (Second::Same, true) => return sure(field),
        (Second::None | Second::NotNeeded, true) => return field.judged(Verdict::Valid),
        (Second::Other(_), _) => Doubt::EnginesDisagree,
        (Second::Same | Second::None | Second::NotNeeded, false) => Doubt::Unknown,
    };
    let readings = [Some(field.value.clone()), other(second)].into_iter().flatten().collect();
    marks.push(Mark::Asked { field: name.to_owned(), why, readings });
    field.judged(Verdict::Asked { why })
}

/// A value of which the words leave open whose it is, or where it begins and ends, is asked however well it was read.
fn unclear<T: AsText>(field: Field<T>, name: &str, marks: &mut Vec<Mark>) -> Field<T> {
    if field.verdict.is_asked() {
        return field;
    }
    let why = Doubt::Unclear;
    marks.push(Mark::Asked { field: name.to_owned(), why, readings: vec![field.value.text()] });
    let confidence = Confidence::new(field.confidence.value().min(UNCLEAR_AT_MOST));
    Field { confidence, ..field }.judged(Verdict::Asked { why })
}

fn sure<T>(field: Field<T>) -> Field<T> {
    let confidence = Confidence::new(field.confidence.value().max(AGREED_AT_LEAST));
    Field { confidence, ..field }.judged(Verdict::Confirmed)
}

fn other(second: Second) -> Option<String> {
    match second {
        Second::Other(reading) => reading,
        Second::Same | Second::None | Second::NotNeeded => None,
    }
}

/// A number that cannot be right: what it may be is proposed. Engines lose the thin stroke of a leading 1, so ten figures
/// that begin like the rest of a mobile number become one; a person is asked in any case.
fn impossible(
    statement: &mut Statement,
    (field, written, range): (&str, &str, &Range<usize>),
    readings: &Readings<'_>,
    marks: &mut Vec<Mark>,
) {
    let figures: String = normalise(written).chars().filter(char::is_ascii_alphanumeric).collect();
    let second = other(readings.compare(range));
    match field {
        "phone" => {
            let lost_one = figures.len() == 10 && figures.starts_with(|first| ('3'..='9').contains(&first));
            let completed = lost_one.then(|| Phone::parse(&format!("1{figures}")).ok()).flatten();
            let second = second.and_then(|second| Phone::parse(&second).ok());
            let why = if completed.is_some() { Doubt::Completed } else { Doubt::Invalid };
            let mut proposals: Vec<Phone> = completed.into_iter().chain(second).collect();
            proposals.dedup();
            let readings_of = proposals.iter().map(|phone| phone.as_str().to_owned()).collect();
            marks.push(Mark::Asked { field: field.to_owned(), why, readings: readings_of });
            if let Some(phone) = proposals.into_iter().next() {
                propose(statement, readings, range, |petitioner, place| {
                    if petitioner.phones.is_empty() {
                        petitioner.phones.push(place(phone).judged(Verdict::Asked { why }));
                    }
                });
            }
        }
        "id_number" => {
            let second = second.and_then(|second| IdNumber::parse(&second).ok());
            let readings = second.iter().map(|number| number.as_str().to_owned()).collect();
            marks.push(Mark::Asked { field: field.to_owned(), why: Doubt::Invalid, readings });
        }
        _ => {}
    }
}

/// Gives the first petitioner a value that stands at `range`; somebody becomes one who has nothing else yet.
fn propose(
    statement: &mut Statement,
    readings: &Readings<'_>,
    range: &Range<usize>,
    give: impl FnOnce(&mut Petitioner, &dyn Fn(Phone) -> Field<Phone>),
) {
    let located = readings.text.locate(range);
    let place = |phone: Phone| Field::new(phone, located.confidence, located.source.clone());
    if statement.petitioners.is_empty() {
        statement.petitioners.push(Petitioner::default());
    }
    if let Some(first) = statement.petitioners.first_mut() {
        give(first, &place);
        if !first.phones.is_empty() {
            statement.marks.retain(|mark| !matches!(mark, Mark::MissingPhone));
        }
    }
}

/// A value that a person may be shown.
trait AsText {
    fn text(&self) -> String;
}

impl AsText for Phone {
    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}

impl AsText for String {
    fn text(&self) -> String {
        self.clone()
    }
}

impl AsText for IdNumber {
    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}

/// The letter with both readings of its lines.
struct Readings<'letter> {
    text: &'letter LetterText,
    characters: Vec<char>,
    pages: &'letter [NumberedPage],
}

impl Readings<'_> {
    /// The whole lines on which `range` stands, as the second engine read them.
    fn others(&self, range: &Range<usize>) -> Vec<String> {
        let placed =
            self.text.lines.iter().filter(|placed| placed.range.start < range.end && range.start < placed.range.end);
        let record = |placed: &PlacedLine| {
            let page = self.pages.iter().find(|page| page.page == placed.page)?;
            page.record.lines.get(placed.line)?.other.as_ref().map(|other| other.text.clone())
        };
        placed.filter_map(record).collect()
    }

    /// What the second engine read at `range`. A range over two lines is the same when both are.
    fn compare(&self, range: &Range<usize>) -> Second {
        let mut whole = Second::None;
        for placed in &self.text.lines {
            let shared = range.start.max(placed.range.start)..range.end.min(placed.range.end);
            let page = self.pages.iter().find(|page| page.page == placed.page);
            let Some((page, line)) = page.and_then(|page| Some((page, page.record.lines.get(placed.line)?))) else {
                continue;
            };
            let part: String = self.characters.get(shared).unwrap_or_default().iter().collect();
            if part.trim().is_empty() {
                continue;
            }
            if page.record.engine == ENGINE_TEXT_LAYER {
                return Second::NotNeeded;
            }
            whole = match compare_part(line, &part) {
                Second::Same => Second::Same,
                differs => return differs,
            };
        }
        whole
    }
}

/// Compares one line's part of a value. Figures are compared as whole runs: a number of which the second engine read more or
/// less is another number.
fn compare_part(line: &LineRecord, part: &str) -> Second {
    let Some(other) = &line.other else { return Second::None };
    let part = figures(part);
    if part.is_empty() {
        return Second::Other(None);
    }
    if !part.chars().any(|character| character.is_ascii_digit()) {
        let same = figures(&other.text).contains(&part);
        return if same { Second::Same } else { Second::Other(None) };
    }
    let (ours, theirs) = (runs(&line.text()), runs(&other.text));
    let ours: Vec<&String> = ours.iter().filter(|run| run.contains(&part)).collect();
    if !ours.is_empty() && ours.iter().all(|run| theirs.contains(run)) {
        return Second::Same;
    }
    Second::Other(theirs.into_iter().max_by_key(String::len).filter(|run| run.len() >= part.len() / 2))
}

/// Letters, figures and Chinese characters of `text`, in one form.
fn figures(text: &str) -> String {
    normalise(text).chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The runs of figures in `text`, across blanks and dashes.
fn runs(text: &str) -> Vec<String> {
    let joined: String =
        normalise(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '—' | '–' | '(' | ')')).collect();
    joined
        .split(|character: char| !character.is_ascii_alphanumeric())
        .map(str::to_ascii_uppercase)
        .filter(|run| run.chars().any(|character| character.is_ascii_digit()))
        .collect()
}

#[cfg(test)]
mod tests;
