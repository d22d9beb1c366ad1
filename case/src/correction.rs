//! What a person put right in a submission since it was read (更正): new facts beside it, never a change of it.
//!
//! A [`Correction`] says which part it is about, what stood there before and what stands there now, who did it, when, and where on
//! the page the value is. Taking one back is a fact too ([`Undone`]). [`effective`] is what a submission says with every
//! correction that stands; views, comparison, routing and letters to units use nothing else.
//!
//! The latest correction of a part that was not taken back stands. A number that cannot be right is kept as it is written on the
//! paper and marked [`Mark::Impossible`]: nobody is made to invent one.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::field::{Confidence, Field, Source, Verdict};
use crate::id::{CorrectionId, StaffId, SubmissionId};
use crate::identity::id_number::IdNumber;
use crate::identity::phone::Phone;
use crate::petitioner::Petitioner;
use crate::respondent::Respondent;
use crate::statement::{BODY_LIMIT, Mark, PETITIONER_LIMIT, Place, Statement, TITLE_LIMIT};
use crate::text::truncate;

/// The longest value that a person can give for a field or a line, in characters: a demand of a page fits.
pub const VALUE_LIMIT: usize = 2_000;

macro_rules! fields {
    ($($name:ident, $code:literal, $label:literal;)*) => {
        /// A field of a statement that a person can put right.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum FieldName {
            $(#[doc = $label] #[serde(rename = $code)] $name,)*
        }

        impl FieldName {
            /// Every field, in the order in which a person checks them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name; marks use the same one.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it is called on pages.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

fields! {
    Name, "name", "姓名";
    Phone, "phone", "电话";
    IdNumber, "id_number", "身份证号";
    Address, "address", "住址";
    WrittenOn, "written_on", "信访日期";
    Title, "title", "标题";
    Demand, "demand", "诉求";
    Respondent, "respondent", "被反映人";
    Place, "place", "问题属地";
}

/// The text names no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such field")]
pub struct UnknownField;

impl FromStr for FieldName {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|field| field.as_str() == text).ok_or(UnknownField)
    }
}

/// A part of what was read that a person checks: a field, or a line of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Part {
    /// A field.
    Field {
        /// Which.
        field: FieldName,
        /// Its place among several of its kind, from 0: telephone numbers, petitioners, respondents.
        place: u16,
    },
    /// A line of the letter.
    Line {
        /// The page, from 1.
        page: u16,
        /// The line on it, from 0.
        line: u16,
    },
}

/// `phone.0`, `line.1.12`: the name of the part in forms, drafts and the API.
impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { field, place } => write!(formatter, "{}.{place}", field.as_str()),
            Self::Line { page, line } => write!(formatter, "line.{page}.{line}"),
        }
    }
}

/// The text names no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such part: one such as phone.0 or line.1.12 is expected")]
pub struct UnknownPart;

impl FromStr for Part {
    type Err = UnknownPart;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| {
            let plain = text.parse().map_err(|_none: std::num::ParseIntError| UnknownPart)?;
            // One written form: `+1` and `01` are none.
            if u16::to_string(&plain) == text { Ok(plain) } else { Err(UnknownPart) }
        };
        let (kind, rest) = text.split_once('.').ok_or(UnknownPart)?;
        if kind == "line" {
            let (page, line) = rest.split_once('.').ok_or(UnknownPart)?;
            return Ok(Self::Line { page: number(page)?, line: number(line)? });
        }
        let field = kind.parse().map_err(|UnknownField| UnknownPart)?;
        Ok(Self::Field { field, place: number(rest)? })
    }
}

impl TryFrom<String> for Part {
    type Error = UnknownPart;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A field.
    Field {
        /// Which.
        field: FieldName,
        /// Its place among several of its kind, from 0.
        place: u16,
        /// What stood there; none when there was nothing.
        before: Option<String>,
        /// What stands there now; none when nothing is written.
        after: Option<String>,
    },
    /// A line.
    Line {
        /// The page, from 1.
        page: u16,
        /// The line on it, from 0.
        line: u16,
        /// Its first character in the body as it was read, from 0.
        start: u32,
        /// One past its last character there.
        end: u32,
        /// What stood there.
        before: String,
        /// What stands there now.
        after: String,
    },
}

impl Change {
    /// Which part it is about.
    #[must_use]
    pub const fn part(&self) -> Part {
        match self {
            Self::Field { field, place, .. } => Part::Field { field: *field, place: *place },
            Self::Line { page, line, .. } => Part::Line { page: *page, line: *line },
        }
    }
}

/// One thing that a person put right. Append-only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its identifier.
    pub id: CorrectionId,
    /// The submission.
    pub submission: SubmissionId,
    /// What was changed.
    pub change: Change,
    /// Where the value stands, as far as it was read: page, box and engine.
    pub read_from: Option<Source>,
    /// Who put it right.
    pub by: StaffId,
    /// When: all corrections of one check have one time.
    pub at: Timestamp,
}

/// That a correction was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Who took it back.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// A correction and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The correction.
    pub correction: Correction,
    /// That it was taken back, when it was.
    pub undone: Option<Undone>,
}

impl FieldName {
    /// `text` in the one written form that values of the field have. Dates are in the form of ISO 8601.
    ///
    /// # Errors
    /// Why it cannot be such a value, for people.
    pub fn canonical(self, text: &str) -> Result<String, String> {
        match self {
            Self::Phone => Phone::parse(text).map(|phone| phone.as_str().to_owned()).map_err(|wrong| wrong.to_string()),
            Self::IdNumber => {
                IdNumber::parse(text).map(|number| number.as_str().to_owned()).map_err(|wrong| wrong.to_string())
            }
            Self::WrittenOn => {
                let date = text.trim().parse().map_err(|_none: jiff::Error| "没有这个日期".to_owned());
                date.map(|date: Date| date.to_string())
            }
            Self::Name | Self::Address | Self::Title | Self::Demand | Self::Respondent | Self::Place => {
                Ok(text.trim().to_owned())
            }
        }
    }
}

/// What stands in the places of a field after the `corrections` that stand, in the order in which they were made; none where a
/// value was taken out. `read` is the statement as it was read.
#[must_use]
pub fn standing(read: &Statement, corrections: &[Correction], field: FieldName) -> Vec<Option<String>> {
    let mut texts: Vec<Option<String>> =
        written(read, field).into_iter().map(|text| Some(text).filter(|text| !text.is_empty())).collect();
    for correction in corrections {
        match &correction.change {
            Change::Field { field: changed, place, after, .. } if *changed == field => {
                match texts.get_mut(usize::from(*place)) {
                    Some(text) => text.clone_from(after),
                    None => texts.push(after.clone()),
                }
            }
            Change::Field { .. } | Change::Line { .. } => {}
        }
    }
    texts
}

/// What stands in the places of a field, in order: values first, then what was written and cannot be one.
#[must_use]
pub fn written(statement: &Statement, field: FieldName) -> Vec<String> {
    let first = statement.petitioners.first();
    let mut texts: Vec<String> = match field {
        FieldName::Name => statement
            .petitioners
            .iter()
            .map(|petitioner| petitioner.name.as_ref().map(|name| name.value.clone()).unwrap_or_default())
            .collect(),
        FieldName::Phone => first
            .map(|petitioner| petitioner.phones.iter().map(|phone| phone.value.as_str().to_owned()).collect())
            .unwrap_or_default(),
        FieldName::IdNumber => first
            .and_then(|petitioner| petitioner.id_number.as_ref())
            .map(|number| number.value.as_str().to_owned())
            .into_iter()
            .collect(),
        FieldName::Address => first
            .and_then(|petitioner| petitioner.address.as_ref())
            .map(|address| address.value.clone())
            .into_iter()
            .collect(),
        FieldName::WrittenOn => statement.written_on.iter().map(|date| date.value.to_string()).collect(),
        FieldName::Title => Some(statement.title.value.clone()).filter(|title| !title.is_empty()).into_iter().collect(),
        FieldName::Demand => statement.demand.iter().map(|demand| demand.value.clone()).collect(),
        FieldName::Respondent => statement.respondents.iter().map(|respondent| respondent.name.value.clone()).collect(),
        FieldName::Place => statement.place.iter().map(|place| place.value.text.clone()).collect(),
    };
    texts.extend(impossible(statement, field));
    texts
}

/// What was written in a field and cannot be one of its values.
fn impossible(statement: &Statement, field: FieldName) -> impl Iterator<Item = String> {
    statement.marks.iter().filter_map(move |mark| match mark {
        Mark::Impossible { field: marked, written } if marked == field.as_str() => Some(written.clone()),
        Mark::Impossible { .. }
        | Mark::MissingName
        | Mark::MissingAddress
        | Mark::MissingPhone
        | Mark::Doubtful { .. }
        | Mark::Asked { .. }
        | Mark::PageUnread { .. }
        | Mark::ReadingOrder { .. }
        | Mark::AttachmentUnread { .. }
        | Mark::CharsetRepaired { .. }
        | Mark::BodyTruncated
        | Mark::NoText => None,
    })
}

/// What a submission says: as it was `read`, with `corrections` that stand, in the order in which they were made. `checked`
/// says that a person has compared all of it with the paper: then nothing is doubtful any more.
#[must_use]
pub fn effective(read: Statement, corrections: &[Correction], checked: bool) -> Statement {
    if corrections.is_empty() && !checked {
        return read;
    }
    let mut statement = read;
    let latest: BTreeMap<Part, &Correction> =
        corrections.iter().map(|correction| (correction.change.part(), correction)).collect();
    statement.body = corrected_body(statement.body, latest.values().copied());
    for field in FieldName::ALL.iter().copied() {
        let changes: Changes<'_> = latest
            .values()
            .filter_map(|correction| match &correction.change {
                Change::Field { field: changed, place, after, .. } if *changed == field => {
                    Some((*place, (after.as_deref(), *correction)))
                }
                Change::Field { .. } | Change::Line { .. } => None,
            })
            .collect();
        if !changes.is_empty() {
            correct_field(&mut statement, field, &changes);
        }
    }
    statement.petitioners.retain(Petitioner::is_known);
    if checked {
        make_certain(&mut statement);
    }
    statement.with_missing_marked()
}

/// The changes of one field by their place.
type Changes<'a> = BTreeMap<u16, (Option<&'a str>, &'a Correction)>;

/// The body with its corrected lines. A line that is not inside the body (it was cut off) changes nothing.
fn corrected_body<'a>(body: String, corrections: impl Iterator<Item = &'a Correction>) -> String {
    let mut lines: Vec<(usize, usize, &str)> = corrections
        .filter_map(|correction| match &correction.change {
            Change::Line { start, end, after, .. } => {
                Some((usize::try_from(*start).ok()?, usize::try_from(*end).ok()?, after.as_str()))
            }
            Change::Field { .. } => None,
        })
        .collect();
    if lines.is_empty() {
        return body;
    }
    lines.sort_unstable_by_key(|(start, ..)| *start);
    let mut corrected = String::with_capacity(body.len());
    let mut rest = body.chars();
    let mut at = 0;
    let length = body.chars().count();
    for (start, end, after) in lines {
        if start < at || end < start || end > length {
            continue;
        }
        corrected.extend(rest.by_ref().take(start - at));
        corrected.push_str(after);
        rest.by_ref().take(end - start).for_each(drop);
        at = end;
    }
    corrected.extend(rest);
    truncate(&corrected, BODY_LIMIT).to_owned()
}

/// Where a corrected value comes from: the person who gave it.
fn by_person<T>(value: T, correction: &Correction) -> Field<T> {
    let source = Source::Staff { staff: correction.by, at: correction.at };
    Field::new(value, Confidence::CERTAIN, source)
}

/// The values of a field after `changes`, and what is written and cannot be one.
fn settle<T>(
    values: Vec<Field<T>>,
    impossible: Vec<String>,
    changes: &Changes<'_>,
    read: impl Fn(&str) -> Option<T>,
) -> (Vec<Field<T>>, Vec<String>) {
    let mut slots: Vec<Option<Result<Field<T>, String>>> = values
        .into_iter()
        .map(|value| Some(Ok(value)))
        .chain(impossible.into_iter().map(|one| Some(Err(one))))
        .collect();
    for (place, (after, correction)) in changes {
        let slot =
            after.map(|text| read(text).map_or_else(|| Err(text.to_owned()), |value| Ok(by_person(value, correction))));
        match slots.get_mut(usize::from(*place)) {
            Some(stands) => *stands = slot,
            None => slots.push(slot),
        }
    }
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for slot in slots.into_iter().flatten() {
        match slot {
            Ok(value) => right.push(value),
            Err(text) => wrong.push(text),
        }
    }
    (right, wrong)
}

fn correct_field(statement: &mut Statement, field: FieldName, changes: &Changes<'_>) {
    let written: Vec<String> = impossible(statement, field).collect();
    let text =
        |limit: usize| move |text: &str| Some(truncate(text.trim(), limit).to_owned()).filter(|text| !text.is_empty());
    let wrong = match field {
        FieldName::Name => correct_names(statement, changes),
        FieldName::Phone => with_first(statement, |first| {
            let (right, wrong) =
                settle(std::mem::take(&mut first.phones), written, changes, |text| Phone::parse(text).ok());
            first.phones = right;
            wrong
        }),
        FieldName::IdNumber => with_first(statement, |first| {
            single(&mut first.id_number, written, changes, |text| IdNumber::parse(text).ok())
        }),
        FieldName::Address => {
            with_first(statement, |first| single(&mut first.address, written, changes, text(VALUE_LIMIT)))
        }
        FieldName::WrittenOn => single(&mut statement.written_on, written, changes, |text| text.trim().parse().ok()),
        FieldName::Title => {
            let mut title = Some(statement.title.clone()).filter(|title| !title.value.is_empty());
            let wrong = single(&mut title, written, changes, text(TITLE_LIMIT));
            statement.title = title.unwrap_or_else(|| Field { value: String::new(), ..statement.title.clone() });
            wrong
        }
        FieldName::Demand => single(&mut statement.demand, written, changes, text(VALUE_LIMIT)),
        FieldName::Place => single(&mut statement.place, written, changes, |text| {
            Some(Place { text: text.trim().to_owned(), code: None }).filter(|place| !place.text.is_empty())
        }),
        FieldName::Respondent => correct_respondents(statement, changes),
    };
    statement.marks.retain(|mark| !is_about(mark, field));
    let field = field.as_str();
    statement.marks.extend(wrong.into_iter().map(|written| Mark::Impossible { field: field.to_owned(), written }));
}

/// [`settle`] for a field that has one value.
fn single<T>(
    field: &mut Option<Field<T>>,
    impossible: Vec<String>,
    changes: &Changes<'_>,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<String> {
    let (right, wrong) = settle(field.take().into_iter().collect(), impossible, changes, read);
    *field = right.into_iter().next();
    wrong
}

/// Changes the first petitioner, who is there afterwards.
fn with_first<T>(statement: &mut Statement, change: impl FnOnce(&mut Petitioner) -> T) -> T {
    let mut first =
        if statement.petitioners.is_empty() { Petitioner::default() } else { statement.petitioners.remove(0) };
    let result = change(&mut first);
    statement.petitioners.insert(0, first);
    result
}

fn correct_names(statement: &mut Statement, changes: &Changes<'_>) -> Vec<String> {
    for (place, (after, correction)) in changes {
        let place = usize::from(*place).min(PETITIONER_LIMIT);
        if statement.petitioners.get(place).is_none() {
            statement.petitioners.push(Petitioner::default());
        }
        let petitioner = match statement.petitioners.get_mut(place) {
            Some(petitioner) => Some(petitioner),
            None => statement.petitioners.last_mut(),
        };
        if let Some(petitioner) = petitioner {
            let name = after.map(str::trim).filter(|name| !name.is_empty());
            petitioner.name = name.map(|name| by_person(name.to_owned(), correction));
        }
    }
    Vec::new()
}

fn correct_respondents(statement: &mut Statement, changes: &Changes<'_>) -> Vec<String> {
    let mut slots: Vec<Option<Respondent>> = std::mem::take(&mut statement.respondents).into_iter().map(Some).collect();
    for (place, (after, correction)) in changes {
        let name = after.map(str::trim).filter(|name| !name.is_empty());
        let corrected =
            name.map(|name| Respondent { name: by_person(name.to_owned(), correction), post: None, unit: None });
        match slots.get_mut(usize::from(*place)) {
            // The post beside a misread name is still the person's post; the unit was told by the name.
            Some(slot) => {
                let post = slot.take().and_then(|read| read.post);
                *slot = corrected.map(|respondent| Respondent { post, ..respondent });
            }
            None => slots.push(corrected),
        }
    }
    statement.respondents = slots.into_iter().flatten().collect();
    Vec::new()
}

/// Whether a mark tells of something that a correction of `field` settles.
fn is_about(mark: &Mark, field: FieldName) -> bool {
    match mark {
        Mark::MissingName => field == FieldName::Name,
        Mark::MissingAddress => field == FieldName::Address,
        Mark::MissingPhone => field == FieldName::Phone,
        Mark::Impossible { field: marked, .. }
        | Mark::Doubtful { field: marked }
        | Mark::Asked { field: marked, .. } => marked == field.as_str(),
        Mark::PageUnread { .. }
        | Mark::ReadingOrder { .. }
        | Mark::AttachmentUnread { .. }
        | Mark::CharsetRepaired { .. }
        | Mark::BodyTruncated
        | Mark::NoText => false,
    }
}

/// A person has compared everything with the paper: what was doubtful is settled, as it stands.
fn make_certain(statement: &mut Statement) {
    fn settled<T>(field: &mut Field<T>) {
        field.confidence = Confidence::CERTAIN;
        if field.verdict.is_asked() {
            field.verdict = Verdict::Unchecked;
        }
    }
    if !statement.title.value.is_empty() {
        settled(&mut statement.title);
    }
    for petitioner in &mut statement.petitioners {
        petitioner.name.iter_mut().for_each(settled);
        petitioner.id_number.iter_mut().for_each(settled);
        petitioner.phones.iter_mut().for_each(settled);
        petitioner.address.iter_mut().for_each(settled);
    }
    statement.respondents.iter_mut().for_each(|respondent| settled(&mut respondent.name));
    statement.demand.iter_mut().for_each(settled);
    statement.place.iter_mut().for_each(settled);
    statement.written_on.iter_mut().for_each(settled);
    let checked = |field: &str| field.parse::<FieldName>().is_ok();
    statement.marks.retain(|mark| match mark {
        Mark::Doubtful { field } => !checked(field),
        // Nothing is asked of somebody who has compared all of it with the paper, and the order is theirs.
        Mark::Asked { .. } | Mark::ReadingOrder { .. } => false,
        Mark::MissingName
        | Mark::MissingAddress
        | Mark::MissingPhone
        | Mark::Impossible { .. }
        | Mark::PageUnread { .. }
        | Mark::AttachmentUnread { .. }
        | Mark::CharsetRepaired { .. }
        | Mark::BodyTruncated
        | Mark::NoText => true,
    });
}

#[cfg(test)]
mod tests;
