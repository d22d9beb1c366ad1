//! `POST /desk/jobs/{id}/revive`: has a job tried again that was given up.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::case_page;
use crate::web::desk::done::Done;
use crate::web::desk::identifier;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Quarantine;

/// Revives.
///
/// # Errors
/// It was not given up.
pub async fn revive(
    posted: Posted<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    // From the page of a case back to it, otherwise to the list of jobs.
    let case = case_page::number(posted.fields.text("case"));
    let back = case.map_or_else(|_none| "/desk/jobs".to_owned(), |number| case_page::path_of(&number));
    gateway.revive_job(posted.viewer(), id).await.map_err(|problem| WebError::from(problem).back_to(back.clone()))?;
    Ok(see_other(&Done::Revived.on(&back)))
}
