//! `POST /desk/entry/caller`: earlier cases of the number that calls. A form and no address, so that no number stands in a log.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::entry::caller::EarlierCase;
use crate::gateway::Gateway;
use crate::web::form::Posted;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// What the script is told.
#[derive(Serialize)]
struct Earlier {
    cases: Vec<EarlierCase>,
}

/// Looks them up.
///
/// # Errors
/// No right to read cases, no telephone number, or the engine or the store failed.
pub async fn look_up(posted: Posted<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let cases = gateway.earlier_cases(posted.viewer(), posted.fields.text("caller_number")).await;
    let cases = cases.map_err(|problem| WebError::from(problem).for_programs())?;
    Ok(HttpResponse::Ok().json(Earlier { cases }))
}
