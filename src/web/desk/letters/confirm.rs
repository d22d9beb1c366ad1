//! `POST /desk/letters/{number}/confirm`: the letter has been compared with the paper. Leads to the next one.

use actix_web::{HttpRequest, HttpResponse, web};
use case::problem::Problem;
use serde::Serialize;

use crate::gateway::Gateway;
use crate::web::desk::letters::{PATH, Step, path_of, typed};
use crate::web::form::Posted;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// What the script is told.
#[derive(Serialize)]
struct Done {
    /// The letter that was confirmed.
    confirmed: String,
    /// The version of its check, with which it can be taken back.
    version: u64,
    /// How many places were put right.
    corrections: usize,
    /// The next letter, or the list when nothing is left.
    next: String,
    /// The address that also says which letter was confirmed.
    location: String,
}

/// Confirms.
///
/// # Errors
/// Somebody else has it open, it changed since it was seen, or a text is too long.
pub async fn confirm(
    request: HttpRequest,
    posted: Posted<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let step = Step::of(request, &posted.fields, &path)?;
    let failed = |problem: Problem| step.failed(problem);
    let letter = gateway.checked_letter(posted.viewer(), &step.number).await.map_err(failed)?;
    let confirmed = gateway.confirm_check(posted.viewer(), &step.number, step.seen, &typed(&posted.fields)).await;
    let confirmed = confirmed.map_err(failed)?;
    let next = gateway.next_letter(posted.viewer(), Some(&letter.submission)).await.map_err(failed)?;
    let next = next.map_or_else(|| PATH.to_owned(), |number| path_of(&number));
    let location = format!("{next}?confirmed={}", step.number);
    let done = Done {
        confirmed: step.number.to_string(),
        version: confirmed.check.version,
        corrections: confirmed.corrections.len(),
        next,
        location: location.clone(),
    };
    Ok(step.answer(&done, &location))
}
