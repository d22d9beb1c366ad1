//! `GET /api/v1/cases/{number}/petitioners`: who petitions together in one case, and who speaks for all.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::group::JointPetitioner;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// The petitioners of a case, each person once.
#[derive(Debug, Serialize, ToSchema)]
pub struct PetitionerList {
    /// In the order of its submissions.
    petitioners: Vec<JointPetitioner>,
}

/// Lists the petitioners of a case, names masked.
///
/// # Errors
/// No such case for this person.
#[utoipa::path(
    get, path = "/api/v1/cases/{number}/petitioners", tag = "cases", security(("session" = [])),
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, description = "The petitioners", body = PetitionerList))
)]
pub async fn list_case_petitioners(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let joint = gateway.joint_case(allowed.viewer(), &number(&path)?).await?;
    let petitioners = gateway.petitioners_of(allowed.viewer(), joint).await?;
    Ok(HttpResponse::Ok().json(PetitionerList { petitioners: petitioners.iter().map(JointPetitioner::of).collect() }))
}
