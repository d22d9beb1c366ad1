//! `DELETE /api/v1/groups/{id}/representatives/{number}/{petitioner}`: takes a representative of a group back.

use actix_web::{HttpResponse, web};
use case::problem::ProblemCode;
use case::representative::JointPetition;

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::api::{identifier, number};
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Takes a representative back.
///
/// # Errors
/// No such group, or the petitioner is no representative of it.
#[utoipa::path(
    delete, path = "/api/v1/groups/{id}/representatives/{number}/{petitioner}", tag = "cases",
    security(("session" = [], "form_token" = [])),
    params(
        ("id" = String, Path, description = "The group's identifier"),
        ("number" = String, Path, description = "The number of the submission"),
        ("petitioner" = u16, Path, description = "Which of its petitioners, from 1")
    ),
    responses((status = 204, description = "Speaks for the group no more"))
)]
pub async fn undo_representative(
    acting: Acting<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, String, String)>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let (group, submission, petitioner) = path.into_inner();
    let petitioner = petitioner.parse().map_err(|_none| WebError::from(ProblemCode::NotFound))?;
    let joint = JointPetition::Group(identifier(&group)?);
    gateway.undo_representative(acting.viewer(), joint, &number(&submission)?, petitioner).await?;
    Ok(HttpResponse::NoContent().finish())
}
