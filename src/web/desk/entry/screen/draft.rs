//! `POST /desk/entry/{id}/draft`: keeps what is typed.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{content, draft_id};
use crate::gateway::Gateway;
use crate::presentation::time;
use crate::web::desk::letters::{answer, told};
use crate::web::form::{Posted, invalid};
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// What the script is told.
#[derive(Serialize)]
struct Kept {
    version: u64,
    /// When, `14:03:27`.
    saved_at: String,
    /// Where the draft is.
    path: String,
}

/// Keeps it.
///
/// # Errors
/// Another window has kept it meanwhile, or a field is too long.
pub async fn keep(
    request: HttpRequest,
    posted: Posted<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = draft_id(&path)?;
    let back = format!("/desk/entry/{id}");
    let seen = posted.fields.parse("version", "版本").and_then(|seen| seen.ok_or_else(|| invalid("版本")));
    let seen = seen.map_err(|problem| told(&request, problem, &back))?;
    let kept = gateway.keep_entry_draft(posted.viewer(), id, seen, content(&posted.fields)).await;
    let kept = kept.map_err(|problem| told(&request, problem, &back))?;
    let document = Kept { version: kept.version, saved_at: time::clock(kept.saved_at), path: back.clone() };
    Ok(answer(&request, &document, &back))
}
