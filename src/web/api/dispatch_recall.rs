//! `DELETE /api/v1/dispatches/{id}`: takes a dispatch back.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Takes a dispatch back: the case can be sent elsewhere.
///
/// A mail that left cannot be called back; the unit must be told.
///
/// # Errors
/// No such dispatch, or the unit has accepted already.
#[utoipa::path(
    delete, path = "/api/v1/dispatches/{id}", tag = "dispatches", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The dispatch's identifier")),
    responses((status = 204, description = "Taken back"))
)]
pub async fn recall_dispatch(
    acting: Acting<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.recall(acting.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
