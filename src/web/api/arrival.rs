//! `GET /api/v1/arrivals/{id}`: what became of what was taken in.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::entered::{Entered, Entry};
use crate::gateway::Gateway;
use crate::intake::progress::Progress;
use crate::presentation::problem::ProblemDocument;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// What became of an arrival.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArrivalDocument {
    /// Its identifier.
    arrival: String,
    /// `web`, `letter`, `mail` or `call`.
    channel: &'static str,
    /// `working`: being read or judged; `done`; `refused`: in the quarantine; `held`: something failed, it is tried again or a
    /// person must look.
    progress: &'static str,
    /// Why it is refused or held.
    problem: Option<ProblemDocument>,
    /// The number of the submission, once it is registered.
    submission: Option<String>,
}

impl ArrivalDocument {
    /// As programs see it.
    pub(super) fn of(entered: &Entered) -> Self {
        let (progress, problem) = match &entered.progress {
            Progress::Working => ("working", None),
            Progress::Done => ("done", None),
            Progress::Refused(problem) => ("refused", Some(problem)),
            Progress::Held(problem) => ("held", Some(problem)),
        };
        Self {
            arrival: entered.arrival.id.to_string(),
            channel: entered.arrival.channel.as_str(),
            progress,
            problem: problem.map(ProblemDocument::of),
            submission: entered.submission.as_ref().map(|submission| submission.number.to_string()),
        }
    }
}

/// Tells what became of an arrival.
///
/// # Errors
/// No such arrival.
#[utoipa::path(
    get, path = "/api/v1/arrivals/{id}", tag = "entering", security(("session" = [])),
    params(("id" = String, Path, description = "The arrival's identifier")),
    responses((status = 200, description = "How far it has come", body = ArrivalDocument))
)]
pub async fn read_arrival(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    id: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let entered = gateway.entered(allowed.viewer(), Entry::Arrival(identifier(&id)?)).await?;
    Ok(HttpResponse::Ok().json(ArrivalDocument::of(&entered)))
}
