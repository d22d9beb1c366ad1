//! `POST /desk/quarantine/{id}/retry`: has a refused arrival read again.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::identifier;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Quarantine;

/// Retries.
///
/// # Errors
/// It is not in the quarantine.
pub async fn retry(
    posted: Posted<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to("/desk/quarantine");
    gateway.retry_refused(posted.viewer(), id).await.map_err(back)?;
    Ok(see_other(&Done::Retried.on("/desk/quarantine")))
}
