//! `POST /api/v1/letters/{number}/confirmation`: a person has compared the letter with the paper.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::corrections::CorrectionsRequest;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// What was confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfirmedDocument {
    /// The version with which it can be taken back.
    version: u64,
    /// The identifiers of the corrections that stand from now on.
    corrections: Vec<String>,
    /// The number of the letter to check next, if one is left.
    next: Option<String>,
}

/// Confirms a letter, with the corrections that were kept and those that are sent with it.
///
/// The letter is indexed, compared and routed again with the corrected words.
///
/// # Errors
/// No such letter or part, or somebody else has it open or was faster.
#[utoipa::path(
    post, path = "/api/v1/letters/{number}/confirmation", tag = "letters",
    security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the letter")),
    request_body = CorrectionsRequest,
    responses((status = 200, description = "Confirmed", body = ConfirmedDocument))
)]
pub async fn confirm_letter(
    sent: Sent<Verify, CorrectionsRequest>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let viewer = sent.viewer().clone();
    let (version, typed) = sent.body.typed()?;
    let letter = gateway.checked_letter(&viewer, &number).await?;
    let confirmed = gateway.confirm_check(&viewer, &number, version, &typed).await?;
    let next = gateway.next_letter(&viewer, Some(&letter.submission)).await?;
    Ok(HttpResponse::Ok().json(ConfirmedDocument {
        version: confirmed.check.version,
        corrections: confirmed.corrections.iter().map(|correction| correction.id.to_string()).collect(),
        next: next.map(|number| number.to_string()),
    }))
}
