//! A finding, as the desk shows it.

use case::finding::{Decision, Relation};
use case::matter::Case;

use crate::desk::names::Names;
use crate::desk::view::FindingView as Found;
use crate::presentation::time;
use crate::web::desk::view::text;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingView {
    /// Its identifier.
    pub id: String,
    /// What it may be.
    pub relation: &'static str,
    /// The name of the relation, to put its button first.
    pub suggested: &'static str,
    /// How likely, such as `91%`.
    pub score: String,
    /// What speaks for it.
    pub reasons: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
    /// The later submission's number; also the number of the case opened for it.
    pub later_number: String,
    /// The later submission's title.
    pub later_title: String,
    /// The earlier submission's number.
    pub earlier_number: String,
    /// The earlier submission's title.
    pub earlier_title: String,
    /// The number of the case of the earlier one.
    pub earlier_case: String,
    /// Where that case stands.
    pub earlier_state: &'static str,
    /// Whether both submissions belong to one case already, so that nothing is to be decided.
    pub one_case: bool,
    /// The groups to which a person may add the other case: identifier, title and number of cases.
    pub groups: Vec<(String, String, usize)>,
    /// What was decided; none while it is open.
    pub decision: Option<DecisionView>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionView {
    /// What.
    pub label: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: Option<String>,
}

impl FindingView {
    /// The finding, with names.
    #[must_use]
    pub fn of(found: &Found, names: &Names) -> Self {
        let finding = &found.finding;
        let people = found.people();
        let title = |submission: &case::submission::Submission| people.hide(&submission.statement.title.value);
        Self {
            id: finding.id.to_string(),
            relation: suggested(finding.relation),
            suggested: finding.relation.as_str(),
            score: finding.score.to_string(),
            reasons: text::reasons(&finding.reasons, &people),
            against: text::reasons(&finding.against, &people),
            later_number: found.later.number.to_string(),
            later_title: title(&found.later),
            earlier_number: found.earlier.number.to_string(),
            earlier_title: title(&found.earlier),
            earlier_case: found.earlier_case.number.to_string(),
            earlier_state: found.earlier_case.state.label(),
            one_case: found.one_case,
            groups: found.groups.iter().map(|one| (one.id.to_string(), one.title.clone(), one.size)).collect(),
            decision: decision(&finding.decision, names),
        }
    }

    /// Whether the finding is about a submission that was opened as this case or belongs to it, rather than one that points to it.
    #[must_use]
    pub fn is_about(found: &Found, case: &Case) -> bool {
        found.later.own_case == case.id || found.later.case == case.id
    }
}

/// What a suggestion is called.
const fn suggested(relation: Relation) -> &'static str {
    match relation {
        Relation::Repeat => "可能重复信访",
        Relation::SameMatter => "可能同一事项（不同信访人）",
        Relation::Related => "可能相关",
        Relation::Supplement => "可能是补充材料",
    }
}

fn decision(decision: &Decision, names: &Names) -> Option<DecisionView> {
    let (label, by, at, reason) = match decision {
        Decision::Open => return None,
        Decision::Confirmed { relation, by, at, reason } => (format!("已确认：{}", relation.label()), by, at, reason),
        Decision::Refused { by, at, reason } => ("已否认".to_owned(), by, at, reason),
    };
    Some(DecisionView { label, by: names.actor(by), at: time::moment(*at), reason: reason.clone() })
}
