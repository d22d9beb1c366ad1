//! A possible duplicate as JSON.

use case::finding::{Part, Reason, Side, Span};
use case::mask::People;
use serde::Serialize;
use utoipa::ToSchema;

use crate::judging::similar::Similar;
use crate::presentation::Masking;

/// An earlier case that a petition may belong to, with the reasons.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CandidateDocument {
    /// The number of the earlier case.
    pub case: String,
    /// The number of the earlier submission.
    pub submission: String,
    /// How likely both are about the same matter, 0 to 1.
    pub score: f32,
    /// `repeat`, `same_matter` or `related`.
    pub relation: &'static str,
    /// What speaks for it.
    pub reasons: Vec<ReasonDocument>,
    /// What speaks against it.
    pub against: Vec<ReasonDocument>,
}

/// A reason as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReasonDocument {
    /// A stable name, such as `shared_place`.
    pub kind: String,
    /// For people.
    pub text: String,
    /// The words it rests on.
    pub words: Vec<String>,
    /// Where they stand in the two texts as they were compared.
    pub spans: Vec<SpanDocument>,
}

/// A place in one of the two petitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpanDocument {
    /// `later` or `earlier`.
    #[schema(value_type = String)]
    pub side: Side,
    /// `title` or `body`.
    #[schema(value_type = String)]
    pub part: Part,
    /// The first character, counted in Unicode characters from 0; masking changes no place.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl From<&Span> for SpanDocument {
    fn from(span: &Span) -> Self {
        Self { side: span.side, part: span.part, start: span.start, end: span.end }
    }
}

impl From<&Reason> for ReasonDocument {
    fn from(reason: &Reason) -> Self {
        Self {
            kind: reason.kind.clone(),
            text: reason.text.clone(),
            words: reason.words.clone(),
            spans: reason.spans.iter().map(SpanDocument::from).collect(),
        }
    }
}

impl ReasonDocument {
    /// The reason as it may be shown: it quotes petitions of `people`.
    #[must_use]
    pub fn of(reason: &Reason, masking: Masking, people: &People) -> Self {
        Self {
            kind: reason.kind.clone(),
            text: masking.words(&reason.text, people),
            words: reason.words.iter().map(|word| masking.words(word, people)).collect(),
            spans: reason.spans.iter().map(SpanDocument::from).collect(),
        }
    }
}

impl CandidateDocument {
    /// A similar submission as a candidate; `case_number` is the number of the case it belongs to now.
    #[must_use]
    pub fn of(similar: &Similar, case_number: String) -> Self {
        // What both petitions say is quoted: the names in it are those of the earlier one too.
        let people = People::of(&similar.submission.statement);
        let masked = |reason: &Reason| ReasonDocument::of(reason, Masking::Masked, &people);
        Self {
            case: case_number,
            submission: similar.submission.number.to_string(),
            score: similar.judgement.same_matter.value(),
            relation: similar.relation.as_str(),
            reasons: similar.judgement.reasons.iter().map(masked).collect(),
            against: similar.judgement.against.iter().map(masked).collect(),
        }
    }
}
