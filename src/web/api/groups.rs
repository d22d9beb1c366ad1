//! `GET /api/v1/groups`: the groups formed in a period.

use actix_web::{HttpResponse, web};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::desk::group::SeenGroup;
use crate::gateway::Gateway;
use crate::web::api::query::{Query, paging};
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Which groups.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GroupQuery {
    /// Formed on this day or later, `YYYY-MM-DD`; today when not said.
    from: Option<String>,
    /// Formed on this day or earlier, `YYYY-MM-DD`; as `from` when not said.
    until: Option<String>,
    /// How many to skip.
    offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    limit: Option<u32>,
}

/// Groups.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupList {
    /// Newest first.
    groups: Vec<GroupLine>,
    /// How many there are in all.
    total: u64,
}

/// A group. Only cases that the person may see are counted and named.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupLine {
    /// Its identifier: what a decision names.
    id: String,
    /// The title of its first case, masked.
    title: String,
    /// The code of that case's place.
    place: Option<String>,
    /// The class of that case.
    class: Option<String>,
    /// How many cases it has.
    size: usize,
    /// When it was formed, RFC 3339.
    formed_at: String,
    /// The numbers of its first cases; of all of them where one group is asked for.
    cases: Vec<String>,
}

impl GroupLine {
    /// The group as JSON.
    pub(super) fn of(group: &SeenGroup) -> Self {
        let first = group.cases.first();
        let place = first.and_then(|case| case.place.as_ref()).and_then(|place| place.value.code.as_ref());
        Self {
            id: group.id.to_string(),
            title: group.title.clone(),
            place: place.map(ToString::to_string),
            class: first.and_then(|case| case.class.as_ref()).map(|class| class.value.to_string()),
            size: group.size,
            formed_at: group.formed_at.to_string(),
            cases: group.cases.iter().map(|case| case.number.to_string()).collect(),
        }
    }
}

/// Lists the groups formed in a period.
///
/// # Errors
/// No such day, or no right.
#[utoipa::path(
    get, path = "/api/v1/groups", tag = "cases", security(("session" = [])),
    params(GroupQuery),
    responses((status = 200, description = "The groups", body = GroupList))
)]
pub async fn list_groups(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Query(query): Query<GroupQuery>,
) -> Result<HttpResponse, WebError> {
    let day = |text: Option<&String>, label| -> Result<Option<Date>, WebError> {
        text.map(|text| text.parse()).transpose().map_err(|_unreadable: jiff::Error| invalid(label).into())
    };
    let from = day(query.from.as_ref(), "from")?.unwrap_or_else(|| case::ports::office_date(gateway.clock.now()));
    let until = day(query.until.as_ref(), "until")?.unwrap_or(from);
    let found = gateway.groups_formed(allowed.viewer(), from, until, paging(query.offset, query.limit)).await?;
    let list = GroupList { groups: found.rows.iter().map(GroupLine::of).collect(), total: found.total };
    Ok(HttpResponse::Ok().json(list))
}
