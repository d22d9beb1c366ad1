//! `POST /api/v1/cases/{number}/representatives`: names a representative of a case that several people signed.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::representative_name::RepresentativeToName;
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Names a petitioner as a representative. A case has at most five.
///
/// # Errors
/// No such case or petitioner, the petitioner cannot be one or is one, or there are five.
#[utoipa::path(
    post, path = "/api/v1/cases/{number}/representatives", tag = "cases",
    security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The case number")),
    request_body = RepresentativeToName,
    responses((status = 204, description = "Named"))
)]
pub async fn name_case_representative(
    sent: Sent<Decide, RepresentativeToName>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let joint = gateway.joint_case(sent.viewer(), &number(&path)?).await?;
    let submission = number(&sent.body.submission)?;
    gateway.name_representative(sent.viewer(), joint, &submission, sent.body.petitioner).await?;
    Ok(HttpResponse::NoContent().finish())
}
