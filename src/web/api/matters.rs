//! `GET /api/v1/matters`: what is asked for most, by matter, place and week.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::desk::matters::Board;
use crate::gateway::Gateway;
use crate::web::api::query::Query;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Weeks when the query does not say how many.
const WEEKS: u32 = 8;

/// Which period.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MatterQuery {
    /// How many weeks, the present one last, 1 to 26; 8 when not said.
    weeks: Option<u32>,
}

/// Counts of cases, the most in the last week first. No persons, nothing sealed, nothing with fewer than 3 cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterBoard {
    /// The Monday on which each week begins, the first week first.
    weeks: Vec<String>,
    /// Groups with a case in the period.
    groups: Vec<GroupCounts>,
    /// Classes by township.
    matters: Vec<ClassCounts>,
}

/// A group's cases by week.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupCounts {
    /// The group.
    group: String,
    /// The title of its first case, masked.
    title: String,
    /// All its cases.
    size: usize,
    /// Those opened in each week.
    weeks: Vec<u32>,
}

/// The cases of a class in a township by week.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassCounts {
    /// The class, six digits.
    class: String,
    /// The township's code.
    place: Option<String>,
    /// Those opened in each week.
    weeks: Vec<u32>,
}

impl From<&Board> for MatterBoard {
    fn from(board: &Board) -> Self {
        let groups = board.groups.iter().map(|hot| GroupCounts {
            group: hot.group.id.to_string(),
            title: hot.group.title.clone(),
            size: hot.group.size,
            weeks: hot.weeks.clone(),
        });
        let matters = board.matters.iter().map(|matter| ClassCounts {
            class: matter.class.to_string(),
            place: matter.place.as_ref().map(ToString::to_string),
            weeks: matter.weeks.clone(),
        });
        Self {
            weeks: board.weeks.iter().map(ToString::to_string).collect(),
            groups: groups.collect(),
            matters: matters.collect(),
        }
    }
}

/// Counts cases by matter, place and week.
///
/// # Errors
/// An impossible number of weeks, or no right.
#[utoipa::path(
    get, path = "/api/v1/matters", tag = "cases", security(("session" = [])),
    params(MatterQuery),
    responses((status = 200, description = "The counts", body = MatterBoard))
)]
pub async fn count_matters(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Query(query): Query<MatterQuery>,
) -> Result<HttpResponse, WebError> {
    let board = gateway.hot_matters(allowed.viewer(), query.weeks.unwrap_or(WEEKS)).await?;
    Ok(HttpResponse::Ok().json(MatterBoard::from(&board)))
}
