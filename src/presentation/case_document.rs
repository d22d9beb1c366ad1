//! A whole case as JSON.

use case::finding::Decision;
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::view::{CaseView, FindingView};
use crate::presentation::Masking;
use crate::presentation::candidate::ReasonDocument;
use crate::presentation::correspondence::CorrespondenceDocument;
use crate::presentation::submission::SubmissionDocument;

/// A case with its submissions, findings, dispatches and events.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CaseDocument {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// When it was opened, RFC 3339.
    pub opened_at: String,
    /// The name of its state, such as `registered`.
    pub state: &'static str,
    /// The state with its data.
    #[schema(value_type = Object)]
    pub state_detail: case::state::CaseState,
    /// `ordinary`, `confidential` or `sealed`.
    pub secrecy: &'static str,
    /// `suggestion`, `accusation` or `appeal_or_demand`.
    pub purpose: &'static str,
    /// The content class, six digits.
    pub class: Option<String>,
    /// The place as written.
    pub place: Option<String>,
    /// The place's code.
    pub place_code: Option<String>,
    /// Units of our list that it complains about, read from its words.
    pub accused: Vec<AccusedDocument>,
    /// Which unit should answer, and why.
    #[schema(value_type = Object)]
    pub suggestion: Option<case::dispatch::UnitSuggestion>,
    /// Its submissions (信访次数 is their number).
    pub submissions: Vec<SubmissionDocument>,
    /// Findings of its submissions, and those that point to it.
    pub findings: Vec<FindingDocument>,
    /// Numbers of the first cases in the same groups; the groups have all of them.
    pub grouped_with: Vec<String>,
    /// The groups it stands in.
    pub groups: Vec<String>,
    /// Numbers of the cases it is linked to.
    pub linked_with: Vec<String>,
    /// Its dispatches.
    #[schema(value_type = Vec<Object>)]
    pub dispatches: Vec<case::dispatch::Dispatch>,
    /// The mails about its submissions.
    pub correspondence: Vec<CorrespondenceDocument>,
    /// Its events.
    #[schema(value_type = Vec<Object>)]
    pub events: Vec<case::event::Event>,
}

/// A unit that a petition complains about. Read from the petition, never written into it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AccusedDocument {
    /// The unit's code.
    pub unit: String,
    /// The words that name it.
    pub words: String,
    /// How sure the reading is, 0 to 1.
    pub confidence: f32,
    /// Where the words stand.
    #[schema(value_type = Object)]
    pub source: case::field::Source,
}

impl AccusedDocument {
    fn of(respondent: &case::respondent::Respondent) -> Option<Self> {
        Some(Self {
            unit: respondent.unit.as_ref()?.to_string(),
            words: respondent.name.value.clone(),
            confidence: respondent.name.confidence.value(),
            source: respondent.name.source.clone(),
        })
    }
}

/// A finding as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FindingDocument {
    /// Its identifier: what a decision names.
    pub id: String,
    /// The number of the later submission.
    pub submission: String,
    /// The number of the earlier submission.
    pub earlier_submission: String,
    /// The number of the case of the earlier one.
    pub case: String,
    /// `repeat`, `same_matter` or `related`, as suggested.
    pub relation: &'static str,
    /// How likely, 0 to 1.
    pub score: f32,
    /// What speaks for it.
    pub reasons: Vec<ReasonDocument>,
    /// What speaks against it.
    pub against: Vec<ReasonDocument>,
    /// `open`, `confirmed` or `refused`.
    pub decision: &'static str,
    /// The relation that was confirmed.
    pub confirmed_as: Option<&'static str>,
}

impl FindingDocument {
    /// The finding, masked or not.
    #[must_use]
    pub fn of(view: &FindingView, masking: Masking) -> Self {
        let finding = &view.finding;
        let people = view.people();
        let shown = |reason: &case::finding::Reason| ReasonDocument::of(reason, masking, &people);
        Self {
            id: finding.id.to_string(),
            submission: view.later.number.to_string(),
            earlier_submission: view.earlier.number.to_string(),
            case: view.earlier_case.number.to_string(),
            relation: finding.relation.as_str(),
            score: finding.score.value(),
            reasons: finding.reasons.iter().map(shown).collect(),
            against: finding.against.iter().map(shown).collect(),
            decision: finding.decision.as_str(),
            confirmed_as: match &finding.decision {
                Decision::Confirmed { relation, .. } => Some(relation.as_str()),
                Decision::Open | Decision::Refused { .. } => None,
            },
        }
    }
}

fn grouped_with(view: &CaseView) -> Vec<String> {
    let others = view.groups.iter().flat_map(|group| &group.cases).filter(|case| case.id != view.case.id);
    let mut numbers: Vec<String> = others.map(|case| case.number.to_string()).collect();
    numbers.sort();
    numbers.dedup();
    numbers
}

impl CaseDocument {
    /// The case, masked or not.
    #[must_use]
    pub fn of(view: &CaseView, masking: Masking) -> Self {
        let case = &view.case;
        Self {
            number: case.number.to_string(),
            title: masking.words(&case.title, &view.people),
            opened_at: case.opened_at.to_string(),
            state: case.state.as_str(),
            state_detail: case.state.clone(),
            secrecy: case.secrecy.as_str(),
            purpose: case.purpose.as_str(),
            class: case.class.as_ref().map(|class| class.value.to_string()),
            place: case.place.as_ref().map(|place| place.value.text.clone()),
            place_code: case.place.as_ref().and_then(|place| place.value.code.as_ref().map(ToString::to_string)),
            accused: view.accused.iter().filter_map(AccusedDocument::of).collect(),
            suggestion: case.suggestion.clone(),
            submissions: view
                .submissions
                .iter()
                .map(|submission| SubmissionDocument::of(submission, masking))
                .collect(),
            findings: view.findings.iter().map(|finding| FindingDocument::of(finding, masking)).collect(),
            grouped_with: grouped_with(view),
            groups: view.groups.iter().map(|group| group.id.to_string()).collect(),
            linked_with: view.links.iter().map(|(_, case)| case.number.to_string()).collect(),
            dispatches: view.dispatches.clone(),
            correspondence: view.correspondence.iter().map(CorrespondenceDocument::of).collect(),
            events: view.events.clone(),
        }
    }
}
