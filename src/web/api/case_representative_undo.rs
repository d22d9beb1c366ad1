//! `DELETE /api/v1/cases/{number}/representatives/{submission}/{petitioner}`: takes a representative of a case back.

use actix_web::{HttpResponse, web};
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Acting;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Takes a representative back.
///
/// # Errors
/// No such case, or the petitioner is no representative of it.
#[utoipa::path(
    delete, path = "/api/v1/cases/{number}/representatives/{submission}/{petitioner}", tag = "cases",
    security(("session" = [], "form_token" = [])),
    params(
        ("number" = String, Path, description = "The case number"),
        ("submission" = String, Path, description = "The number of the submission"),
        ("petitioner" = u16, Path, description = "Which of its petitioners, from 1")
    ),
    responses((status = 204, description = "Speaks for the others no more"))
)]
pub async fn undo_case_representative(
    acting: Acting<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, String, String)>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let (case, submission, petitioner) = path.into_inner();
    let petitioner = petitioner.parse().map_err(|_none| WebError::from(ProblemCode::NotFound))?;
    let joint = gateway.joint_case(acting.viewer(), &number(&case)?).await?;
    gateway.undo_representative(acting.viewer(), joint, &number(&submission)?, petitioner).await?;
    Ok(HttpResponse::NoContent().finish())
}
