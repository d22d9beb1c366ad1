//! `GET /api/v1/letters/{number}/verification`: what was read of a letter, where, and what is doubtful.

use actix_web::{HttpResponse, web};
use case::correction::Change;
use case::field::Area;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::verification::doubt::Question;
use crate::verification::letter::CheckedLetter;
use crate::verification::sheet::{Sheet, SheetField, SheetLine};
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Verify};

/// A letter for checking. Not masked: what is checked stands on its page.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerificationDocument {
    /// Its number.
    number: String,
    /// `unchecked`, `being_checked` or `confirmed`.
    state: &'static str,
    /// The version of the check: every step names the one that it has seen.
    version: u64,
    /// When the draft was saved last, RFC 3339.
    saved_at: Option<String>,
    /// The fields.
    fields: Vec<FieldDocument>,
    /// The lines, in the order of the text.
    lines: Vec<LineDocument>,
    /// What people put right, in the order in which they did.
    corrections: Vec<CorrectionDocument>,
}

/// A field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldDocument {
    /// Its name, such as `phone.0`.
    part: String,
    /// What stands.
    value: Option<String>,
    /// What was typed and is not confirmed, when it differs.
    draft: Option<String>,
    /// `fits`, `unusual`, `impossible` or `missing`: what the validators say about the draft, or about what stands.
    verdict: &'static str,
    /// What they say, for people.
    note: String,
    /// Why it asks for a person; empty when it does not.
    doubts: Vec<String>,
    /// Where it was read.
    spot: Option<SpotDocument>,
}

/// Where something was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpotDocument {
    /// The page, from 1.
    page: u16,
    /// The rectangle on the page's image, in pixels.
    #[schema(value_type = Option<Object>)]
    area: Option<Area>,
    /// The engine.
    engine: String,
    /// How sure it is, 0 to 1.
    confidence: f32,
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineDocument {
    /// Its name, such as `line.1.12`.
    part: String,
    /// What stands.
    text: String,
    /// What was typed and is not confirmed, when it differs.
    draft: Option<String>,
    /// The page, from 1.
    page: u16,
    /// The rectangle on the page's image, in pixels.
    #[schema(value_type = Object)]
    area: Area,
    /// The words of the reading that ask for a person: first character and one past the last.
    #[schema(value_type = Vec<Vec<usize>>)]
    doubts: Vec<[usize; 2]>,
    /// Why the amounts in it ask for a person.
    questions: Vec<String>,
}

/// A correction.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionDocument {
    /// Its identifier.
    id: String,
    /// The part.
    part: String,
    /// What stood there.
    before: Option<String>,
    /// What stands there now.
    after: Option<String>,
    /// When it was made, RFC 3339.
    at: String,
    /// When it was taken back, RFC 3339.
    undone_at: Option<String>,
}

impl FieldDocument {
    fn of(field: &SheetField) -> Self {
        Self {
            part: field.part().to_string(),
            value: field.stands.clone(),
            draft: Some(field.text.clone()).filter(|text| text != field.stands.as_deref().unwrap_or_default()),
            verdict: field.verdict.as_str(),
            note: field.verdict.note().to_owned(),
            doubts: field.doubts.iter().map(Question::text).collect(),
            spot: field.spot.as_ref().map(|spot| SpotDocument {
                page: spot.page,
                area: spot.area,
                engine: spot.engine.clone(),
                confidence: spot.confidence.value(),
            }),
        }
    }
}

impl LineDocument {
    fn of(line: &SheetLine) -> Self {
        Self {
            part: line.part().to_string(),
            text: line.stands.clone(),
            draft: Some(line.text.clone()).filter(|text| *text != line.stands),
            page: line.page,
            area: line.area,
            doubts: line.doubts().into_iter().map(|stretch| [stretch.start, stretch.end]).collect(),
            questions: line.questions.iter().map(Question::text).collect(),
        }
    }
}

impl VerificationDocument {
    fn of(letter: &CheckedLetter, sheet: &Sheet) -> Self {
        let correction = |recorded: &case::correction::Recorded| {
            let (before, after) = match &recorded.correction.change {
                Change::Field { before, after, .. } => (before.clone(), after.clone()),
                Change::Line { before, after, .. } => (Some(before.clone()), Some(after.clone())),
            };
            CorrectionDocument {
                id: recorded.correction.id.to_string(),
                part: recorded.correction.change.part().to_string(),
                before,
                after,
                at: recorded.correction.at.to_string(),
                undone_at: recorded.undone.map(|undone| undone.at.to_string()),
            }
        };
        Self {
            number: letter.submission.number.to_string(),
            state: letter.check.state.as_str(),
            version: letter.check.version,
            saved_at: letter.check.draft.saved_at.map(|at| at.to_string()),
            fields: sheet.fields.iter().map(FieldDocument::of).collect(),
            lines: sheet.lines.iter().map(LineDocument::of).collect(),
            corrections: letter.corrections.iter().map(correction).collect(),
        }
    }
}

/// Reads a letter for checking. Looking at it is an event.
///
/// # Errors
/// No such letter, or none that the person may see.
#[utoipa::path(
    get, path = "/api/v1/letters/{number}/verification", tag = "letters", security(("session" = [])),
    params(("number" = String, Path, description = "The number of the letter")),
    responses((status = 200, description = "The letter", body = VerificationDocument))
)]
pub async fn read_verification(
    allowed: Allowed<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let letter = gateway.checked_letter(allowed.viewer(), &number(&path)?).await?;
    gateway.note_letter_seen(allowed.viewer(), &letter.submission, &letter.check).await?;
    let sheet = Sheet::of(&letter, &gateway.office);
    Ok(HttpResponse::Ok().json(VerificationDocument::of(&letter, &sheet)))
}
