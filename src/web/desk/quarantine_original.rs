//! `GET /desk/quarantine/{id}/original`: the original of a refused arrival, always as a download: nobody could read it, so nobody
//! knows what it is.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::identifier;
use crate::web::download;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// Gives the original.
///
/// # Errors
/// It is not in the quarantine.
pub async fn download(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to("/desk/quarantine");
    let (arrival, bytes) = gateway.refused_original(allowed.viewer(), id).await.map_err(back)?;
    Ok(download::attachment(&arrival.source_name, bytes))
}
