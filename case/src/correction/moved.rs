//! Where corrections and drafts stand when a letter was read again: a page that was set aside brings lines and values of its own, and
//! what a person put right keeps its line and its value.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Change, Correction, FieldName, Part, standing, written};
use crate::statement::Statement;
use crate::verification::{Draft, DraftValue};

/// A line of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLine {
    /// Its place on its page.
    pub line: u16,
    /// Its characters in the body.
    pub range: Range<u32>,
}

/// The `corrections` of `before` that have another place in `after`, at that place. `line_in` tells where a line of a page stands in the
/// body of the later reading; a line that is not there any more keeps its correction, which then stands nowhere.
#[must_use]
pub fn moved(
    before: &Statement,
    after: &Statement,
    corrections: &[Correction],
    line_in: impl Fn(u16, u16) -> Option<ReadLine>,
) -> Vec<Correction> {
    let mut places = BTreeMap::new();
    for field in FieldName::ALL.iter().copied().filter(|field| field.has_several()) {
        places.extend(places_of(field, before, after, corrections));
    }
    let moved = corrections.iter().filter_map(|correction| {
        let mut change = correction.change.clone();
        match &mut change {
            Change::Field { field, place, .. } => *place = places.get(&(*field, *place)).copied().unwrap_or(*place),
            Change::Line { page, line, start, end, .. } => match line_in(*page, *line) {
                Some(stands) => (*line, *start, *end) = (stands.line, stands.range.start, stands.range.end),
                None => (*start, *end) = (u32::MAX, u32::MAX),
            },
        }
        (change != correction.change).then(|| Correction { change, ..correction.clone() })
    });
    moved.collect()
}

/// The new place of each corrected place of a field.
fn places_of(
    field: FieldName,
    before: &Statement,
    after: &Statement,
    corrections: &[Correction],
) -> BTreeMap<(FieldName, u16), u16> {
    let was = written(before, field);
    let mut free: Vec<Option<String>> = written(after, field).into_iter().map(Some).collect();
    let mut latest: BTreeMap<u16, Option<&str>> = BTreeMap::new();
    for correction in corrections {
        if let Change::Field { field: changed, place, after, .. } = &correction.change
            && *changed == field
        {
            latest.insert(*place, after.as_deref());
        }
    }
    let mut end = free.len();
    let mut places = BTreeMap::new();
    for (place, given) in latest {
        // The value that was misread then, or the very value that the person gave and that is read now.
        let read = was.get(usize::from(place)).map(String::as_str);
        let found = [read, given]
            .into_iter()
            .flatten()
            .find_map(|value| free.iter().position(|stands| stands.as_deref() == Some(value)));
        let new = found.unwrap_or_else(|| {
            end += 1;
            end - 1
        });
        if let Some(taken) = free.get_mut(new) {
            *taken = None;
        }
        places.insert((field, place), u16::try_from(new).unwrap_or(u16::MAX));
    }
    places
}

/// A draft of `before` for the later reading: what was typed for a value stays with it.
#[must_use]
pub fn moved_draft(draft: &Draft, before: (&Statement, &[Correction]), after: (&Statement, &[Correction])) -> Draft {
    let place_of = |field: FieldName, place: u16| {
        let (was, now) = (standing(before.0, before.1, field), standing(after.0, after.1, field));
        let index = usize::from(place);
        match was.get(index) {
            Some(Some(value)) => now.iter().position(|stands| stands.as_deref() == Some(value)),
            Some(None) => None,
            None => Some(now.len() + (index - was.len())),
        }
        .and_then(|new| u16::try_from(new).ok())
        .unwrap_or(place)
    };
    let values = draft.values.iter().map(|value| {
        let part = match value.part {
            Part::Field { field, place } if field.has_several() => Part::Field { field, place: place_of(field, place) },
            part @ (Part::Field { .. } | Part::Line { .. }) => part,
        };
        DraftValue { part, text: value.text.clone() }
    });
    Draft { values: values.collect(), saved_at: draft.saved_at }
}
