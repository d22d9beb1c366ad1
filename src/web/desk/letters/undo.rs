//! `POST /desk/letters/{number}/undo`: takes a confirmation back.

use actix_web::{HttpRequest, HttpResponse, web};
use case::problem::Problem;
use serde::Serialize;

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::letters::Step;
use crate::web::form::Posted;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// What the script is told.
#[derive(Serialize)]
struct Undone {
    version: u64,
    /// Where the letter is.
    location: String,
}

/// Takes it back.
///
/// # Errors
/// It is not confirmed, or it changed since it was seen.
pub async fn undo(
    request: HttpRequest,
    posted: Posted<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let step = Step::of(request, &posted.fields, &path)?;
    let failed = |problem: Problem| step.failed(problem);
    let check = gateway.undo_check(posted.viewer(), &step.number, step.seen).await.map_err(failed)?;
    let location = Done::CheckUndone.on(&step.back());
    Ok(step.answer(&Undone { version: check.version, location: location.clone() }, &location))
}
