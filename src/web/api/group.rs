//! `GET /api/v1/groups/{id}`: one group.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::groups::GroupLine;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Reads a group with the numbers of all its cases that the person may see.
///
/// # Errors
/// No such group, or none of which the person may see two cases.
#[utoipa::path(
    get, path = "/api/v1/groups/{id}", tag = "cases", security(("session" = [])),
    params(("id" = String, Path, description = "The group's identifier")),
    responses((status = 200, description = "The group", body = GroupLine))
)]
pub async fn read_group(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let group = gateway.group_view(allowed.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::Ok().json(GroupLine::of(&group)))
}
