//! `POST /api/v1/groups/{id}/representatives`: names a representative of a group.

use actix_web::{HttpResponse, web};
use case::representative::JointPetition;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::api::{identifier, number};
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// A petitioner, as the list of those of the group or the case names one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RepresentativeToName {
    /// The number of the submission.
    pub(super) submission: String,
    /// Which of its petitioners, from 1.
    pub(super) petitioner: u16,
}

/// Names a petitioner as a representative. A group has at most five.
///
/// # Errors
/// No such group or petitioner, the petitioner cannot be one or is one, or there are five.
#[utoipa::path(
    post, path = "/api/v1/groups/{id}/representatives", tag = "cases", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The group's identifier")),
    request_body = RepresentativeToName,
    responses((status = 204, description = "Named"))
)]
pub async fn name_representative(
    sent: Sent<Decide, RepresentativeToName>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let submission = number(&sent.body.submission)?;
    let joint = JointPetition::Group(identifier(&path)?);
    gateway.name_representative(sent.viewer(), joint, &submission, sent.body.petitioner).await?;
    Ok(HttpResponse::NoContent().finish())
}
