//! `POST /desk/quarantine/{id}/register`: has a mail registered that was taken for spam or for no petition.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::identifier;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Quarantine;

/// Registers.
///
/// # Errors
/// It is not in the quarantine, or there for another reason.
pub async fn register(
    posted: Posted<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to("/desk/quarantine");
    gateway.register_refused(posted.viewer(), id).await.map_err(back)?;
    Ok(see_other(&Done::RegisteredAnyway.on("/desk/quarantine")))
}
