//! `GET /api/v1/search`: submissions by words and filters.

use actix_web::{HttpResponse, web};
use case::problem::Problem;
use case::submission::Submission;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::desk::search::Found;
use crate::desk::sought::Sought;
use crate::gateway::Gateway;
use crate::web::api::query::{Query, paging};
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// What to find.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchParameters {
    /// The words: all must be found, "…" is a phrase, -… must not be found.
    pub(super) q: Option<String>,
    /// `web`, `letter`, `mail` or `call`.
    pub(super) channel: Option<String>,
    /// A content class; the classes below it count.
    pub(super) class: Option<String>,
    /// A place's code; the places within it count.
    pub(super) place: Option<String>,
    /// A unit's code: only what is with it, sent to it as lead and not recalled.
    pub(super) unit: Option<String>,
    /// The name of a state, such as `registered`; `joined` for what was joined to another case.
    pub(super) state: Option<String>,
    /// Registered on this day or later, `YYYY-MM-DD`.
    pub(super) from: Option<String>,
    /// Registered on this day or earlier, `YYYY-MM-DD`.
    pub(super) until: Option<String>,
    /// How many to skip.
    pub(super) offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    pub(super) limit: Option<u32>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundList {
    /// Submissions, best first.
    found: Vec<FoundLine>,
    /// How many there are in all.
    total: usize,
    /// Whether there may be more: by `unit` or `state`, only the best 2,000 results are looked at.
    more: bool,
}

/// A submission that was found, personal data masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundLine {
    /// The number of the case it belongs to.
    case: String,
    /// Its number.
    submission: String,
    /// `web`, `letter`, `mail` or `call`.
    channel: &'static str,
    /// Its title.
    title: String,
    /// The name of the case's state.
    state: &'static str,
    /// `ordinary`, `confidential` or `sealed`.
    secrecy: &'static str,
    /// When it was registered, RFC 3339.
    registered_at: String,
}

impl SearchParameters {
    pub(super) fn wanted(&self) -> Result<Sought, Problem> {
        let paging = paging(self.offset, self.limit);
        let words = self.q.as_deref().unwrap_or_default();
        let mut sought = Sought::words(words, usize::try_from(paging.limit).unwrap_or(1));
        sought.query.offset = usize::try_from(paging.offset).unwrap_or(usize::MAX);
        let filters = [
            ("channel", &self.channel),
            ("class", &self.class),
            ("place", &self.place),
            ("unit", &self.unit),
            ("state", &self.state),
            ("from", &self.from),
            ("until", &self.until),
        ];
        for (name, value) in filters {
            if let Some(value) = value {
                sought.set(name, value).map_err(|_wrong| invalid(name))?;
            }
        }
        Ok(sought)
    }
}

impl FoundList {
    pub(super) fn of(found: &Found) -> Self {
        Self { found: lines(found), total: found.total, more: found.more }
    }
}

fn lines(found: &Found) -> Vec<FoundLine> {
    let line = |submission: &Submission| {
        let case = found.cases.iter().find(|case| case.id == submission.case)?;
        Some(FoundLine {
            case: case.number.to_string(),
            submission: submission.number.to_string(),
            channel: submission.channel.as_str(),
            title: case::mask::People::of(&submission.statement).hide(&submission.statement.title.value),
            state: case.state.as_str(),
            secrecy: submission.secrecy.as_str(),
            registered_at: submission.registered_at.to_string(),
        })
    };
    found.rows.iter().filter_map(line).collect()
}

/// Searches what the person may see.
///
/// # Errors
/// A filter that makes no sense, no right, or the search engine is down.
#[utoipa::path(
    get, path = "/api/v1/search", tag = "cases", security(("session" = [])),
    params(SearchParameters),
    responses((status = 200, description = "What was found", body = FoundList))
)]
pub async fn search_cases(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Query(query): Query<SearchParameters>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.search(allowed.viewer(), query.wanted()?).await?;
    Ok(HttpResponse::Ok().json(FoundList::of(&found)))
}
