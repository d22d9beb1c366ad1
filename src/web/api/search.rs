//! `GET /api/v1/search`: submissions by words and filters.

use actix_web::{HttpResponse, web};
use case::place::PlaceCode;
use case::problem::Problem;
use case::submission::Submission;
use jiff::ToSpan;
use jiff::civil::Date;
use search::engine::{Reach, SearchQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::desk::search::Found;
use crate::gateway::Gateway;
use crate::web::api::cases::class;
use crate::web::api::query::{Query, paging};
use crate::web::desk::search::midnight;
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// What to find.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchParameters {
    /// The words: all must be found, "…" is a phrase, -… must not be found.
    q: Option<String>,
    /// `web`, `letter`, `mail` or `call`.
    channel: Option<String>,
    /// A content class; the classes below it count.
    class: Option<String>,
    /// A place's code; the places within it count.
    place: Option<String>,
    /// Registered on this day or later, `YYYY-MM-DD`.
    from: Option<String>,
    /// Registered on this day or earlier, `YYYY-MM-DD`.
    until: Option<String>,
    /// How many to skip.
    offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    limit: Option<u32>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundList {
    /// Submissions, best first.
    found: Vec<FoundLine>,
    /// How many there are in all.
    total: usize,
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
    fn wanted(&self) -> Result<SearchQuery, Problem> {
        let day = |text: Option<&String>, label| -> Result<Option<Date>, Problem> {
            text.map(|text| text.parse()).transpose().map_err(|_unreadable| invalid(label))
        };
        let paging = paging(self.offset, self.limit);
        // The last day counts to its end.
        let until = day(self.until.as_ref(), "until")?;
        let until = until.map(|day| day.checked_add(1.day()).map_err(|_end_of_time| invalid("until"))).transpose()?;
        Ok(SearchQuery {
            reach: Reach::Ordinary,
            words: self.q.clone().unwrap_or_default(),
            channel: self.channel.as_deref().map(str::parse).transpose().map_err(|_unknown| invalid("channel"))?,
            class: class(self.class.as_deref())?,
            place: self.place.as_deref().map(PlaceCode::parse).transpose().map_err(|_invalid| invalid("place"))?,
            from: midnight(day(self.from.as_ref(), "from")?, "from")?,
            until: midnight(until, "until")?,
            identity: None,
            offset: usize::try_from(paging.offset).unwrap_or(usize::MAX),
            limit: usize::try_from(paging.limit).unwrap_or(1),
        })
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
    Ok(HttpResponse::Ok().json(FoundList { found: lines(&found), total: found.total }))
}
