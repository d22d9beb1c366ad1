//! `POST /api/v1/quarantine/{id}/retry`: has a refused arrival read again.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Quarantine;

/// Has a refused arrival read again.
///
/// # Errors
/// It is not in the quarantine.
#[utoipa::path(
    post, path = "/api/v1/quarantine/{id}/retry", tag = "quarantine", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The arrival's identifier")),
    responses((status = 204, description = "It will be read again"))
)]
pub async fn retry_arrival(
    acting: Acting<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.retry_refused(acting.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
