//! `POST /api/v1/index/rebuild`: has the search index made anew.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Administer;

/// Has the search index made anew in the background; where that is asked for or under way already, nothing more happens.
///
/// # Errors
/// No right.
#[utoipa::path(
    post, path = "/api/v1/index/rebuild", tag = "jobs", security(("session" = [], "form_token" = [])),
    responses((status = 202, description = "It is made; `/api/v1/index` tells how far it has come"))
)]
pub async fn rebuild_index(
    acting: Acting<Administer>,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.rebuild_asked_by(acting.viewer()).await?;
    Ok(HttpResponse::Accepted().finish())
}
