//! What stands in the places of a field, before and after corrections.

use super::{Change, Correction, FieldName};
use crate::statement::Statement;

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
pub(super) fn impossible(statement: &Statement, field: FieldName) -> impl Iterator<Item = String> {
    statement.marks.iter().filter_map(move |mark| mark.impossible(field.as_str()).map(ToOwned::to_owned))
}
