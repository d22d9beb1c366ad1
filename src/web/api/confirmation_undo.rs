//! `DELETE /api/v1/letters/{number}/confirmation`: takes a confirmation back.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::Query;
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// What was seen.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SeenQuery {
    /// The version of the check that was seen.
    version: u64,
}

/// The check as it is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReopenedDocument {
    /// The version to name in the next step.
    version: u64,
}

/// Takes a confirmation back: its corrections stand no longer and are kept as a draft again.
///
/// # Errors
/// No such letter, it is not confirmed, or somebody was faster.
#[utoipa::path(
    delete, path = "/api/v1/letters/{number}/confirmation", tag = "letters",
    security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the letter"), SeenQuery),
    responses((status = 200, description = "Open again", body = ReopenedDocument))
)]
pub async fn undo_confirmation(
    acting: Acting<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Query(seen): Query<SeenQuery>,
) -> Result<HttpResponse, WebError> {
    let check = gateway.undo_check(acting.viewer(), &number(&path)?, seen.version).await?;
    Ok(HttpResponse::Ok().json(ReopenedDocument { version: check.version }))
}
