//! `POST /desk/mails/{number}/read-again`: has the attachments of a mail that could not be read be read again.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::case_page;
use crate::web::desk::done::Done;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// Asks for it, and goes back to the case.
///
/// # Errors
/// No reason given, nothing is there to be read, or it is being done already.
pub async fn read_again(
    posted: Posted<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = case_page::number(&path)?;
    let case = case_page::number(posted.fields.text("case"))?;
    let back = |problem| WebError::from(problem).back_to(case_page::path_of(&case));
    gateway.ask_to_read_attachments(posted.viewer(), &number, posted.fields.text("reason")).await.map_err(back)?;
    Ok(see_other(&Done::ReadingAttachments.on(&case_page::path_of(&case))))
}
