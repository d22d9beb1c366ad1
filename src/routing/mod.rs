//! Where a petition belongs: purpose, secrecy, class, place and unit. Pure decisions over a statement, the office's data and the
//! list of units; every one carries its reasons, and a person decides.

pub mod classify;
pub mod conflict;
mod misconduct;
pub mod place;
pub mod purpose;
pub mod respondents;
pub mod secrecy;
mod sentences;
pub mod suggest;

use case::class::ContentClass;
use case::dispatch::UnitSuggestion;
use case::field::{Field, Source};
use case::finding::Reason;
use case::purpose::Purpose;
use case::statement::{Place, Statement};
use case::unit::{Unit, UnitCode};

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
    let chosen = statement.class.as_ref().filter(|class| office.classes().contains(&class.value)).cloned();
    let class = chosen.or_else(|| classify::best(statement, office));
    let place = place::resolve(statement, office);
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

/// A reason of `kind` resting on `words`.
pub(crate) fn reason(kind: &str, text: String, words: &[&str]) -> Reason {
    Reason { kind: kind.to_owned(), text, words: words.iter().map(|word| (*word).to_owned()).collect() }
}

/// Title and body as one text to look for words in.
pub(crate) fn whole_text(statement: &Statement) -> String {
    format!("{}\n{}", statement.title.value, statement.body)
}

/// All of the body, as where something was read.
pub(crate) fn body_source(statement: &Statement) -> Source {
    Source::Body { start: 0, end: u32::try_from(statement.body.chars().count()).unwrap_or(u32::MAX) }
}
