//! `POST /desk/letters/{number}/undo`: takes a confirmation back.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::letters::{answer, number, path_of, told, version};
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
    let number = number(&path)?;
    let back = path_of(&number);
    let failed = |problem: case::problem::Problem| told(&request, problem, &back);
    let seen = version(&posted.fields).map_err(failed)?;
    let check = gateway.undo_check(posted.viewer(), &number, seen).await.map_err(failed)?;
    let location = Done::CheckUndone.on(&back);
    Ok(answer(&request, &Undone { version: check.version, location: location.clone() }, &location))
}
