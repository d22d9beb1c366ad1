//! `GET /api/v1/letters`: the letters to check.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::gateway::Gateway;
use crate::verification::queue::QueuedLetter;
use crate::web::api::query::{Query, paging};
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Verify};

/// Which letters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LetterQuery {
    /// `unchecked`, `being_checked` or `confirmed`; all when not said.
    state: Option<String>,
    /// Only letters that were taken out of this batch.
    batch: Option<String>,
    /// How many to skip.
    offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    limit: Option<u32>,
}

/// Part of the list of letters.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterList {
    /// The letters: the unchecked first, then those that somebody has open, then the confirmed.
    letters: Vec<LetterLine>,
    /// How many the whole list has.
    total: u64,
}

/// A letter of the list, personal data masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterLine {
    /// Its number.
    number: String,
    /// What the scanner or the clerk called it.
    source: String,
    /// The batch it was taken out of.
    batch: Option<String>,
    /// What it is about.
    title: String,
    /// When it was registered, RFC 3339.
    registered_at: String,
    /// `unchecked`, `being_checked` or `confirmed`.
    state: &'static str,
    /// `ordinary`, `confidential` or `sealed`.
    secrecy: &'static str,
    /// How many places asked for a person when it was read.
    doubts: Option<u32>,
    /// Counts the changes of the check.
    version: u64,
}

impl From<&QueuedLetter> for LetterLine {
    fn from(letter: &QueuedLetter) -> Self {
        let row = &letter.row;
        Self {
            number: row.number.to_string(),
            source: row.source_name.clone(),
            batch: row.batch.as_ref().map(|(batch, _)| batch.to_string()),
            title: case::mask::numbers_in(&letter.title),
            registered_at: row.registered_at.to_string(),
            state: row.check.state.as_str(),
            secrecy: row.secrecy.as_str(),
            doubts: row.check.doubts,
            version: row.check.version,
        }
    }
}

/// Lists letters that the person may check.
///
/// # Errors
/// A state that does not exist, or no right.
#[utoipa::path(
    get, path = "/api/v1/letters", tag = "letters", security(("session" = [])),
    params(LetterQuery),
    responses((status = 200, description = "The letters", body = LetterList))
)]
pub async fn list_letters(
    allowed: Allowed<Verify>,
    gateway: web::Data<Gateway>,
    Query(query): Query<LetterQuery>,
) -> Result<HttpResponse, WebError> {
    const STATES: [&str; 3] = ["unchecked", "being_checked", "confirmed"];
    if query.state.as_deref().is_some_and(|state| !STATES.contains(&state)) {
        return Err(invalid("state").into());
    }
    let states = query.state.into_iter().collect();
    let batch = query.batch.map(|text| text.parse().map_err(|_wrong| invalid("batch"))).transpose()?;
    let found = gateway.letters(allowed.viewer(), states, batch, paging(query.offset, query.limit)).await?;
    let list = LetterList { letters: found.rows.iter().map(LetterLine::from).collect(), total: found.total };
    Ok(HttpResponse::Ok().json(list))
}
