//! `POST /desk/letters/judge`: what the validators say about a value while it is typed. Nothing is kept.

use actix_web::{HttpResponse, web};
use case::correction::{FieldName, VALUE_LIMIT};
use case::ports::office_date;
use serde::Serialize;

use crate::gateway::Gateway;
use crate::verification::verdict;
use crate::web::form::{Posted, invalid};
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// A verdict.
#[derive(Serialize)]
struct Told<'a> {
    /// `fits`, `unusual`, `impossible` or `missing`.
    verdict: &'static str,
    /// What was checked or is wrong.
    note: &'a str,
}

/// Judges.
///
/// # Errors
/// No such field, or a text that is too long.
pub async fn judge(posted: Posted<Verify>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let field: Option<FieldName> = posted.fields.parse("field", "字段").map_err(programs)?;
    let field = field.ok_or_else(|| programs(invalid("字段")))?;
    let text = posted.fields.text("text");
    if text.chars().count() > VALUE_LIMIT {
        return Err(programs(invalid(field.label())));
    }
    let verdict = verdict::judge(field, text, &gateway.office, office_date(gateway.clock.now()));
    Ok(HttpResponse::Ok().json(Told { verdict: verdict.as_str(), note: verdict.note() }))
}

fn programs(problem: case::problem::Problem) -> WebError {
    WebError::from(problem).for_programs()
}
