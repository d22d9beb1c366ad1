//! Where a petition belongs: purpose, secrecy, class, place and unit. Pure decisions over a statement, the office's data and the
//! list of units; every one carries its reasons, and a person decides.

pub mod classify;
pub mod conflict;
mod evidence;
mod misconduct;
pub mod place;
pub mod purpose;
pub mod respondents;
pub mod secrecy;
mod sentences;
pub mod suggest;

use case::class::ContentClass;
use case::dispatch::UnitSuggestion;
use case::field::{Confidence, Field, Source};
use case::finding::Reason;
use case::purpose::Purpose;
use case::statement::{Place, Statement};
use case::unit::{Unit, UnitCode, UnitKind};

use crate::office::Office;

/// Everything that is suggested about a petition.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// 内容分类.
    pub class: Option<Field<ContentClass>>,
    /// 问题属地.
    pub place: Option<Field<Place>>,
    /// 责任单位.
    pub unit: UnitSuggestion,
}

/// What is suggested about the petition. `precedents` are the units to which cases on the same matter were sent.
#[must_use]
pub fn advise(
    statement: &Statement,
    purpose: Purpose,
    office: &Office,
    units: &[Unit],
    precedents: &[UnitCode],
) -> Advice {
    let (class, place) = classify_and_place(statement, purpose, office, units);
    let matter = suggest::Matter {
        statement,
        purpose,
        class: class.as_ref(),
        place: place.as_ref().and_then(|place| place.value.code.as_ref()),
        precedents,
    };
    let unit = suggest::suggest(&matter, office, units);
    Advice { class, place, unit }
}

/// Class and place of the petition, as far as its words and the office's data say: what the index files it under.
#[must_use]
pub fn classify_and_place(
    statement: &Statement,
    purpose: Purpose,
    office: &Office,
    units: &[Unit],
) -> (Option<Field<ContentClass>>, Option<Field<Place>>) {
    let chosen = statement.class.as_ref().filter(|class| office.classes().contains(&class.value)).cloned();
    let class = chosen.or_else(|| match purpose {
        Purpose::Accusation => accusation_class(statement, office, units),
        Purpose::Suggestion | Purpose::AppealOrDemand => classify::best(statement, office),
    });
    (class, place::resolve(statement, office))
}

/// The class of an accusation: one that the discipline organ answers for, whatever else the words are about. A stall or a permit
/// that was sold makes it no matter of market stalls.
fn accusation_class(statement: &Statement, office: &Office, units: &[Unit]) -> Option<Field<ContentClass>> {
    /// Its purpose says that it belongs there, its words do not say where exactly.
    const BY_PURPOSE: f32 = 0.5;
    let remit: Vec<&ContentClass> =
        units.iter().filter(|unit| unit.kind == UnitKind::Discipline).flat_map(|unit| &unit.classes).collect();
    if remit.is_empty() {
        return classify::best(statement, office);
    }
    let inside = |class: &ContentClass| remit.iter().any(|own| own.contains(class));
    let suggestions = classify::classify(statement, office).into_iter();
    let (class, confidence) = suggestions
        .filter(|suggestion| suggestion.confidence.value() >= classify::LEAST)
        .find(|suggestion| inside(&suggestion.class))
        .map(|suggestion| (suggestion.class, suggestion.confidence))
        .or_else(|| Some(((*remit.first()?).clone(), Confidence::new(BY_PURPOSE))))?;
    Some(Field::new(class, confidence, body_source(statement)))
}

/// A reason of `kind` resting on `words`.
pub(crate) fn reason(kind: &str, text: String, words: &[&str]) -> Reason {
    Reason::new(kind, text, words.iter().map(|word| (*word).to_owned()).collect())
}

/// Title and body as one text to look for words in.
pub(crate) fn whole_text(statement: &Statement) -> String {
    format!("{}\n{}", statement.title.value, statement.body)
}

/// All of the body, as where something was read.
pub(crate) fn body_source(statement: &Statement) -> Source {
    Source::Body { start: 0, end: u32::try_from(statement.body.chars().count()).unwrap_or(u32::MAX) }
}
