//! The suggested unit with its reasons, and the choices of the form that sends the case.

use case::dispatch::{DispatchKind, UnitSuggestion};
use case::mask::People;
use case::secrecy::Secrecy;
use case::unit::{Unit, UnitKind};

use crate::desk::names::Names;
use crate::web::desk::view::text;

/// The most units that are shown as considered.
const CONSIDERED: usize = 6;

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestionView {
    /// The unit that should answer.
    pub lead: Option<String>,
    /// Units that should help.
    pub assisting: String,
    /// 转送 or 交办.
    pub kind: DispatchKind,
    /// How sure, such as `82%`.
    pub confidence: String,
    /// What speaks for it.
    pub reasons: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
    /// Other units that were considered.
    pub considered: Vec<Weighed>,
    /// Units that must not get it, with why.
    pub refused: Vec<(String, String)>,
}

/// A unit that was considered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// Its name.
    pub name: String,
    /// How well it fits, such as `40%`.
    pub score: String,
    /// Why.
    pub reasons: String,
}

impl SuggestionView {
    /// The suggestion, with names.
    #[must_use]
    pub fn of(suggestion: &UnitSuggestion, names: &Names, people: &People) -> Self {
        let assisting: Vec<String> = suggestion.assisting.iter().map(|unit| names.unit(unit)).collect();
        let weighed = suggestion.considered.iter().take(CONSIDERED).map(|considered| Weighed {
            name: names.unit(&considered.unit),
            score: considered.score.to_string(),
            reasons: text::reasons(&considered.reasons, people).join("；"),
        });
        let refused = suggestion.refused.iter().map(|refused| (names.unit(&refused.unit), refused.reason.text.clone()));
        Self {
            lead: suggestion.lead.as_ref().map(|unit| names.unit(unit)),
            assisting: assisting.join("、"),
            kind: suggestion.kind,
            confidence: suggestion.confidence.to_string(),
            reasons: text::reasons(&suggestion.reasons, people),
            against: text::reasons(&suggestion.against, people),
            considered: weighed.collect(),
            refused: refused.collect(),
        }
    }
}

/// A unit that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is suggested as lead.
    pub lead: bool,
    /// Whether it is suggested as assisting.
    pub assisting: bool,
}

/// The units to which a case of this secrecy can be sent, the refused ones left out. The operation checks again.
#[must_use]
pub fn choices(units: &[Unit], secrecy: Secrecy, suggestion: Option<&UnitSuggestion>) -> Vec<Choice> {
    let refused = |unit: &Unit| suggestion.is_some_and(|given| given.refused.iter().any(|one| one.unit == unit.code));
    let fits = |unit: &Unit| match secrecy {
        Secrecy::Sealed => unit.kind == UnitKind::Discipline,
        Secrecy::Ordinary | Secrecy::Confidential => true,
    };
    units
        .iter()
        .filter(|unit| unit.active && fits(unit) && !refused(unit))
        .map(|unit| Choice {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            lead: suggestion.is_some_and(|given| given.lead.as_ref() == Some(&unit.code)),
            assisting: suggestion.is_some_and(|given| given.assisting.contains(&unit.code)),
        })
        .collect()
}
