//! `GET /api/v1/quarantine`: arrivals that could not be read.

use actix_web::{HttpResponse, web};
use case::arrival::{Arrival, ArrivalState};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::presentation::problem::ProblemDocument;
use crate::web::api::query::{Part, Query, paging};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// Part of the quarantine.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarantineList {
    /// The arrivals, newest first.
    arrivals: Vec<RefusedLine>,
    /// How many the whole list has.
    total: u64,
}

/// A refused arrival.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedLine {
    /// Its identifier.
    arrival: String,
    /// `web`, `letter`, `mail` or `call`.
    channel: &'static str,
    /// What the sender calls it.
    name: String,
    /// The number of its bytes.
    bytes: u64,
    /// When it came, RFC 3339.
    received_at: String,
    /// Why it was refused.
    problem: ProblemDocument,
}

impl RefusedLine {
    fn of(arrival: &Arrival) -> Option<Self> {
        let ArrivalState::Refused { problem, .. } = &arrival.state else { return None };
        Some(Self {
            arrival: arrival.id.to_string(),
            channel: arrival.channel.as_str(),
            name: arrival.source_name.clone(),
            bytes: arrival.original_bytes,
            received_at: arrival.received_at.to_string(),
            problem: ProblemDocument::of(problem),
        })
    }
}

/// Lists refused arrivals, newest first.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/quarantine", tag = "quarantine", security(("session" = [])),
    params(Part),
    responses((status = 200, description = "The refused arrivals", body = QuarantineList))
)]
pub async fn list_quarantine(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
    Query(part): Query<Part>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.quarantine(allowed.viewer(), paging(part.offset, part.limit)).await?;
    let arrivals = found.rows.iter().filter_map(RefusedLine::of).collect();
    Ok(HttpResponse::Ok().json(QuarantineList { arrivals, total: found.total }))
}
