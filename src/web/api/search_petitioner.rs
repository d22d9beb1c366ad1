//! `POST /api/v1/search`: submissions of one petitioner, by a number that must stand in no address.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::search::{FoundList, SearchParameters};
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Unmask;

/// Whose submissions to find, with the filters of `GET /api/v1/search`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PetitionerSearch {
    /// A whole identity number, credit code or telephone number. It is hashed and compared; it is neither kept nor logged.
    petitioner: String,
    /// The words: all must be found, "…" is a phrase, -… must not be found.
    q: Option<String>,
    /// `web`, `letter`, `mail` or `call`.
    channel: Option<String>,
    /// A content class; the classes below it count.
    class: Option<String>,
    /// A place's code; the places within it count.
    place: Option<String>,
    /// A unit's code: only what is with it, sent to it as lead and not recalled.
    unit: Option<String>,
    /// The name of a state, such as `registered`; `joined` for what was joined to another case.
    state: Option<String>,
    /// Registered on this day or later, `YYYY-MM-DD`.
    from: Option<String>,
    /// Registered on this day or earlier, `YYYY-MM-DD`.
    until: Option<String>,
    /// How many to skip.
    offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    limit: Option<u32>,
}

/// Searches for one petitioner's submissions that the person may see. That somebody searched is an event.
///
/// # Errors
/// No right to see petitioners' data, no such number, a filter that makes no sense, or the search engine is down.
#[utoipa::path(
    post, path = "/api/v1/search", tag = "cases", security(("session" = [], "form_token" = [])),
    request_body = PetitionerSearch,
    responses((status = 200, description = "What was found", body = FoundList))
)]
pub async fn search_petitioner(
    sent: Sent<Unmask, PetitionerSearch>,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let body = &sent.body;
    let filters = SearchParameters {
        q: body.q.clone(),
        channel: body.channel.clone(),
        class: body.class.clone(),
        place: body.place.clone(),
        unit: body.unit.clone(),
        state: body.state.clone(),
        from: body.from.clone(),
        until: body.until.clone(),
        offset: body.offset,
        limit: body.limit,
    };
    let found = gateway.search_petitioner(sent.viewer(), filters.wanted()?, &body.petitioner).await?;
    Ok(HttpResponse::Ok().json(FoundList::of(&found)))
}
