//! `POST /desk/index/rebuild`: has the search index made anew, while everything goes on with the one in use.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Administer;

/// Asks for it.
///
/// # Errors
/// The store failed.
pub async fn rebuild(posted: Posted<Administer>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let added = gateway
        .rebuild_asked_by(posted.viewer())
        .await
        .map_err(|problem| WebError::from(problem).back_to("/desk/index"))?;
    let done = if added { Done::RebuildAsked } else { Done::RebuildUnderWay };
    Ok(see_other(&done.on("/desk/index")))
}
