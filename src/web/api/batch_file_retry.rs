//! `POST /api/v1/batch-files/{id}/retry`: parts a refused file again.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Has a refused file of a batch parted again.
///
/// # Errors
/// It is not refused, or cannot be parted whatever is done.
#[utoipa::path(
    post, path = "/api/v1/batch-files/{id}/retry", tag = "mailroom", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The file's identifier")),
    responses((status = 204, description = "It will be parted again"))
)]
pub async fn retry_batch_file(
    acting: Acting<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.retry_batch_file(acting.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
