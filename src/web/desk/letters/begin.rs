//! `POST /desk/letters/{number}/begin`: begins the check of a letter, or takes it over.

use actix_web::{HttpRequest, HttpResponse, web};
use case::problem::Problem;
use serde::Serialize;

use crate::gateway::Gateway;
use crate::verification::begin::TakeOver;
use crate::web::desk::letters::Step;
use crate::web::form::Posted;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// What the script is told.
#[derive(Serialize)]
struct Begun {
    version: u64,
}

/// Begins.
///
/// # Errors
/// Somebody else has it open, or it changed since it was seen.
pub async fn begin(
    request: HttpRequest,
    posted: Posted<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let step = Step::of(request, &posted.fields, &path)?;
    let failed = |problem: Problem| step.failed(problem);
    let take_over = if posted.fields.given("take_over").is_some() { TakeOver::Yes } else { TakeOver::No };
    let version = gateway.begin_check(posted.viewer(), &step.number, step.seen, take_over).await.map_err(failed)?;
    Ok(step.answer(&Begun { version }, &step.back()))
}
