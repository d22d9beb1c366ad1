//! `POST /api/v1/cases/{number}/unmasked`: one case with the petitioner's data as it is; the look and its reason are an event.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::presentation::case_document::CaseDocument;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::reason::Reason;
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Unmask;

/// Reads a case with the petitioner's data as it is.
///
/// # Errors
/// No such case, no right, or no reason given.
#[utoipa::path(
    post, path = "/api/v1/cases/{number}/unmasked", tag = "cases", security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the case")),
    request_body = Reason,
    responses((status = 200, description = "The case", body = CaseDocument))
)]
pub async fn read_case_unmasked(
    sent: Sent<Unmask, Reason>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let view = gateway.case_view(sent.viewer(), &number).await?;
    gateway.unmask(sent.viewer(), &view.case, &sent.body.reason).await?;
    // Reasoned up again, so that the look is among the events.
    let view = gateway.case_view(sent.viewer(), &number).await?;
    Ok(HttpResponse::Ok().json(CaseDocument::of(&view, Masking::Plain)))
}
