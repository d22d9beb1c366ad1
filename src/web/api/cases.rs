//! `GET /api/v1/cases`: the queue of cases.

use actix_web::{HttpResponse, web};
use case::class::ContentClass;
use case::problem::Problem;
use serde::{Deserialize, Serialize};
use store::cases::CaseFilter;
use utoipa::{IntoParams, ToSchema};

use crate::desk::queue::QueuedCase;
use crate::gateway::Gateway;
use crate::web::api::query::{Query, paging};
use crate::web::desk::view::states::STATES;
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Which cases.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// The name of a state, such as `registered`.
    state: Option<String>,
    /// `web`, `letter`, `mail` or `call`.
    channel: Option<String>,
    /// A content class; the classes below it count.
    class: Option<String>,
    /// Only those with a finding that nobody has decided.
    undecided: Option<bool>,
    /// How many to skip.
    offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    limit: Option<u32>,
}

/// Part of the queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseList {
    /// The cases, newest first.
    cases: Vec<CaseLine>,
    /// How many the whole list has.
    total: u64,
}

/// A case of the list, personal data masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseLine {
    /// Its number.
    number: String,
    /// What it is about.
    title: String,
    /// When it was opened, RFC 3339.
    opened_at: String,
    /// The name of its state.
    state: &'static str,
    /// `ordinary`, `confidential` or `sealed`.
    secrecy: &'static str,
    /// The door of its first submission.
    channel: &'static str,
    /// The content class.
    class: Option<String>,
    /// The code of the unit that is suggested.
    suggested_unit: Option<String>,
    /// 信访次数.
    submissions: u32,
    /// Findings that nobody has decided.
    undecided: u32,
    /// A submission of it is not compared with the earlier ones yet, as while the search engine is down.
    to_be_judged: bool,
}

impl From<&QueuedCase> for CaseLine {
    fn from(queued: &QueuedCase) -> Self {
        let row = &queued.row;
        let case = &row.case;
        Self {
            number: case.number.to_string(),
            title: case::mask::numbers_in(&case.title),
            opened_at: case.opened_at.to_string(),
            state: case.state.as_str(),
            secrecy: case.secrecy.as_str(),
            channel: row.channel.as_str(),
            class: case.class.as_ref().map(|class| class.value.to_string()),
            suggested_unit: case.suggestion.as_ref().and_then(|one| one.lead.as_ref().map(ToString::to_string)),
            submissions: row.submissions,
            undecided: row.undecided,
            to_be_judged: queued.to_be_judged,
        }
    }
}

impl CaseQuery {
    fn filter(&self) -> Result<CaseFilter, Problem> {
        let known = |state: &String| STATES.iter().any(|(name, _)| name == state);
        if self.state.as_ref().is_some_and(|state| !known(state)) {
            return Err(invalid("state"));
        }
        Ok(CaseFilter {
            secrecy: Vec::new(),
            states: self.state.clone().into_iter().collect(),
            channel: self.channel.as_deref().map(str::parse).transpose().map_err(|_unknown| invalid("channel"))?,
            class: class(self.class.as_deref())?,
            unit: None,
            undecided: self.undecided.unwrap_or(false),
        })
    }
}

/// The class that a query names.
pub(super) fn class(text: Option<&str>) -> Result<Option<ContentClass>, Problem> {
    text.map(ContentClass::parse).transpose().map_err(|_unreadable| invalid("class"))
}

/// Lists cases that the person may see.
///
/// # Errors
/// A filter that makes no sense, or no right.
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "cases", security(("session" = [])),
    params(CaseQuery),
    responses((status = 200, description = "The cases", body = CaseList))
)]
pub async fn list_cases(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Query(query): Query<CaseQuery>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.queue(allowed.viewer(), query.filter()?, paging(query.offset, query.limit)).await?;
    let list = CaseList { cases: found.rows.iter().map(CaseLine::from).collect(), total: found.total };
    Ok(HttpResponse::Ok().json(list))
}
