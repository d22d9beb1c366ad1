//! `GET /api/v1/outbox`: every dispatch with how far its sending has come.

use actix_web::{HttpResponse, web};
use case::dispatch::{Delivery, Dispatch};
use case::number::RegistrationNumber;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::presentation::problem::ProblemDocument;
use crate::web::api::query::{Part, Query, paging};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Part of the outbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxList {
    /// The dispatches, newest first.
    dispatches: Vec<OutboxLine>,
    /// How many the whole list has.
    total: u64,
}

/// A dispatch with its sending.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxLine {
    /// The dispatch's identifier.
    dispatch: String,
    /// The number of its case.
    case: String,
    /// The code of the unit that answers.
    lead: String,
    /// The codes of the units that help.
    assisting: Vec<String>,
    /// `forward` (转送) or `assign` (交办).
    kind: &'static str,
    /// When it was decided, RFC 3339.
    decided_at: String,
    /// `waiting`, `retrying`, `sent`, `failed` or `recalled`.
    delivery: &'static str,
    /// Since when it stands so, where that is known, RFC 3339.
    at: Option<String>,
    /// How it was sent: `smtp`, or `outbox` for a mail that can be read here.
    by: Option<String>,
    /// What went wrong last.
    problem: Option<ProblemDocument>,
}

impl OutboxLine {
    fn of(dispatch: &Dispatch, case: &RegistrationNumber) -> Self {
        let (delivery, at, by, problem) = match &dispatch.delivery {
            Delivery::Waiting => ("waiting", None, None, None),
            Delivery::Retrying { problem, .. } => ("retrying", None, None, Some(problem)),
            Delivery::Sent { at, by } => ("sent", Some(at), Some(by), None),
            Delivery::Failed { at, problem } => ("failed", Some(at), None, Some(problem)),
            Delivery::Recalled { at } => ("recalled", Some(at), None, None),
        };
        Self {
            dispatch: dispatch.id.to_string(),
            case: case.to_string(),
            lead: dispatch.lead.to_string(),
            assisting: dispatch.assisting.iter().map(ToString::to_string).collect(),
            kind: dispatch.kind.as_str(),
            decided_at: dispatch.decided_at.to_string(),
            delivery,
            at: at.map(ToString::to_string),
            by: by.cloned(),
            problem: problem.map(ProblemDocument::of),
        }
    }
}

/// Lists dispatches of cases that the person may see, newest first.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/outbox", tag = "dispatches", security(("session" = [])),
    params(Part),
    responses((status = 200, description = "The dispatches", body = OutboxList))
)]
pub async fn list_outbox(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Query(part): Query<Part>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.outbox(allowed.viewer(), paging(part.offset, part.limit)).await?;
    let numbers = gateway.numbers_of(allowed.viewer(), &found.rows).await?;
    let dispatches = found.rows.iter().zip(&numbers).map(|(dispatch, number)| OutboxLine::of(dispatch, number));
    Ok(HttpResponse::Ok().json(OutboxList { dispatches: dispatches.collect(), total: found.total }))
}
