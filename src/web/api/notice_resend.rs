//! `POST /api/v1/notices/{id}/resend`: has a notice sent again whose sending was given up.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Has a notice sent again whose sending was given up.
///
/// # Errors
/// No such notice, or it was not given up.
#[utoipa::path(
    post, path = "/api/v1/notices/{id}/resend", tag = "dispatches",
    security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The notice's identifier")),
    responses((status = 202, description = "It will be sent again"))
)]
pub async fn resend_notice(
    acting: Acting<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.resend_notice(acting.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::Accepted().finish())
}
