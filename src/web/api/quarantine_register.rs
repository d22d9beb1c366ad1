//! `POST /api/v1/quarantine/{id}/register`: has a mail registered that was taken for spam or for no petition.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Quarantine;

/// Has a mail registered that is held as `marked_as_spam` or `not_a_petition`.
///
/// # Errors
/// It is not in the quarantine, or there for another reason.
#[utoipa::path(
    post, path = "/api/v1/quarantine/{id}/register", tag = "quarantine", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The arrival's identifier")),
    responses((status = 204, description = "It will be registered"))
)]
pub async fn register_refused(
    acting: Acting<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.register_refused(acting.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
