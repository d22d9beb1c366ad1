//! `DELETE /api/v1/letters/{number}/corrections/{id}`: takes one correction back.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::api::{identifier, number};
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// Takes a confirmed correction back: what stood before it stands again.
///
/// # Errors
/// No such correction, or it was taken back already.
#[utoipa::path(
    delete, path = "/api/v1/letters/{number}/corrections/{id}", tag = "letters",
    security(("session" = [], "form_token" = [])),
    params(
        ("number" = String, Path, description = "The number of the letter"),
        ("id" = String, Path, description = "The correction's identifier")
    ),
    responses((status = 204, description = "Taken back"))
)]
pub async fn undo_correction(
    acting: Acting<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, String)>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let (letter, id) = path.into_inner();
    gateway.undo_correction(acting.viewer(), &number(&letter)?, identifier(&id)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
