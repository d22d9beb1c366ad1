//! `POST /api/v1/answers/{id}/withdrawal`: withdraws a published answer.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::reason::Reason;
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Withdraws a published answer: nobody of the public can read it any more.
///
/// # Errors
/// No such answer, no reason given, or it was withdrawn before.
#[utoipa::path(
    post, path = "/api/v1/answers/{id}/withdrawal", tag = "cases", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The answer's identifier")),
    request_body = Reason,
    responses((status = 204, description = "Withdrawn"))
)]
pub async fn withdraw_answer(
    sent: Sent<Decide, Reason>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.withdraw_answer(sent.viewer(), identifier(&path)?, &sent.body.reason).await?;
    Ok(HttpResponse::NoContent().finish())
}
