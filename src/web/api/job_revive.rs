//! `POST /api/v1/jobs/{id}/revive`: has a job tried again that was given up.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Quarantine;

/// Has a job tried again that was given up.
///
/// # Errors
/// It was not given up.
#[utoipa::path(
    post, path = "/api/v1/jobs/{id}/revive", tag = "jobs", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The job's identifier")),
    responses((status = 204, description = "It will be tried again"))
)]
pub async fn revive_job(
    acting: Acting<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.revive_job(acting.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
