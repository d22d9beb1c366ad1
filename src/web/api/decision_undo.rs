//! `DELETE /api/v1/findings/{id}/decision`: takes a decision about a finding back.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Takes a decision back, with everything it caused.
///
/// # Errors
/// No such finding, or nothing was decided.
#[utoipa::path(
    delete, path = "/api/v1/findings/{id}/decision", tag = "findings", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The finding's identifier")),
    responses((status = 204, description = "Open again"))
)]
pub async fn undo_decision(
    acting: Acting<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.undo(acting.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
