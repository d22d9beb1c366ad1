//! What a submission says with its corrections.

use std::collections::BTreeMap;

use super::written::impossible;
use super::{Change, Correction, FieldName, Part, VALUE_LIMIT};
use crate::field::{Confidence, Field, Source, Verdict};
use crate::identity::id_number::IdNumber;
use crate::identity::phone::Phone;
use crate::petitioner::Petitioner;
use crate::respondent::Respondent;
use crate::statement::{BODY_LIMIT, Mark, PETITIONER_LIMIT, Place, Statement, TITLE_LIMIT};
use crate::text::truncate;

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
    if latest.keys().any(|part| matches!(part, Part::Line { .. })) {
        forget_corrected_mentions(&mut statement);
    }
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

/// Leaves out what was read on a page as a mention and no longer stands in the body: a person has put its line right.
fn forget_corrected_mentions(statement: &mut Statement) {
    let close = |text: &str| text.split_whitespace().collect::<String>();
    let body = close(&statement.body);
    statement
        .mentions
        .retain(|mention| !matches!(mention.value.source, Source::Page { .. }) || body.contains(&close(&mention.said)));
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
        | Mark::CharactersLost { .. }
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
    let read = statement.mentions.iter_mut().map(|mention| &mut mention.value);
    read.filter(|value| matches!(value.source, Source::Page { .. })).for_each(settled);
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
        | Mark::CharactersLost { .. }
        | Mark::BodyTruncated
        | Mark::NoText => true,
    });
}
