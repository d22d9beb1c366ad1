//! `POST /desk/cases/{number}/unseal`: opens a case that is no accusation.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::case_page::{number, path_of};
use crate::web::desk::done::Done;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Sealed;

/// Unseals.
///
/// # Errors
/// No such case, no reason given, or it was sent already.
pub async fn unseal(
    posted: Posted<Sealed>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem| WebError::from(problem).back_to(path_of(&number));
    gateway.unseal(posted.viewer(), &number, posted.fields.text("reason")).await.map_err(back)?;
    Ok(see_other(&Done::Unsealed.on(&path_of(&number))))
}
