//! `POST /desk/letters/{number}/draft`: keeps what was typed.

use actix_web::{HttpRequest, HttpResponse, web};
use case::problem::Problem;
use serde::Serialize;

use crate::gateway::Gateway;
use crate::presentation::time;
use crate::web::desk::letters::{Step, typed};
use crate::web::form::Posted;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// What the script is told.
#[derive(Serialize)]
struct Kept {
    version: u64,
    /// When, `14:03:27`.
    saved_at: String,
    /// In how many places the draft differs from what stands.
    changes: usize,
}

/// Keeps it.
///
/// # Errors
/// Somebody else has it open, it changed since it was seen, or a text is too long.
pub async fn save(
    request: HttpRequest,
    posted: Posted<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let step = Step::of(request, &posted.fields, &path)?;
    let failed = |problem: Problem| step.failed(problem);
    let saved =
        gateway.save_draft(posted.viewer(), &step.number, step.seen, &typed(&posted.fields)).await.map_err(failed)?;
    let draft = &saved.check.draft;
    let kept = Kept {
        version: saved.check.version,
        saved_at: draft.saved_at.map(time::clock).unwrap_or_default(),
        changes: draft.values.len(),
    };
    Ok(step.answer(&kept, &step.back()))
}
