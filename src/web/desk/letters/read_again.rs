//! `POST /desk/letters/{number}/read-again`: has the pages that could not be read be read again.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::letters::{number, path_of};
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// Asks for it.
///
/// # Errors
/// No reason given, or every page was read.
pub async fn read_again(
    posted: Posted<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem| WebError::from(problem).back_to(path_of(&number));
    gateway.ask_to_read_again(posted.viewer(), &number, posted.fields.text("reason")).await.map_err(back)?;
    Ok(see_other(&Done::ReadingAgain.on(&path_of(&number))))
}
