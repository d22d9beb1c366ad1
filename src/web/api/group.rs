//! `GET /api/v1/groups/{id}`: one group.

use actix_web::{HttpResponse, web};
use case::representative::JointPetition;
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::representatives::SeenPetitioner;
use crate::gateway::Gateway;
use crate::web::api::groups::GroupLine;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// A group with who speaks for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupDocument {
    /// The group with all its cases.
    #[serde(flatten)]
    group: GroupLine,
    /// Its petitioners, each person once, in the order of its cases.
    petitioners: Vec<JointPetitioner>,
}

/// A petitioner of a group or of a case that several people signed.
#[derive(Debug, Serialize, ToSchema)]
pub struct JointPetitioner {
    /// The number of the submission.
    submission: String,
    /// Which of its petitioners, from 1.
    petitioner: u16,
    /// The name, masked; none where no name is known.
    name: Option<String>,
    /// Whether this one can be named as a representative: a person with a name, not of an accusation.
    nameable: bool,
    /// Since when this one is a representative, RFC 3339; none who is none.
    representative_since: Option<String>,
}

impl JointPetitioner {
    pub(super) fn of(seen: &SeenPetitioner) -> Self {
        Self {
            submission: seen.number.to_string(),
            petitioner: seen.who.petitioner,
            name: seen.name.clone(),
            nameable: seen.nameable,
            representative_since: seen.representative.as_ref().map(|one| one.named_at.to_string()),
        }
    }
}

/// Reads a group with the numbers of all its cases that the person may see, and their petitioners.
///
/// # Errors
/// No such group, or none of which the person may see two cases.
#[utoipa::path(
    get, path = "/api/v1/groups/{id}", tag = "cases", security(("session" = [])),
    params(("id" = String, Path, description = "The group's identifier")),
    responses((status = 200, description = "The group", body = GroupDocument))
)]
pub async fn read_group(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let group = gateway.group_view(allowed.viewer(), id).await?;
    let petitioners = gateway.petitioners_of(allowed.viewer(), JointPetition::Group(id)).await?;
    let petitioners = petitioners.iter().map(JointPetitioner::of).collect();
    Ok(HttpResponse::Ok().json(GroupDocument { group: GroupLine::of(&group), petitioners }))
}
