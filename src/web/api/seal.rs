//! `POST /api/v1/cases/{number}/seal`: closes a case that turned out to be an accusation.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::reason::Reason;
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Seals a case: it leaves the general index and only who handles accusations sees it.
///
/// # Errors
/// No such case, no right, no reason given, or it was sent already.
#[utoipa::path(
    post, path = "/api/v1/cases/{number}/seal", tag = "cases", security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the case")),
    request_body = Reason,
    responses((status = 204, description = "Sealed"))
)]
pub async fn seal_case(
    sent: Sent<Decide, Reason>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.seal(sent.viewer(), &number(&path)?, &sent.body.reason).await?;
    Ok(HttpResponse::NoContent().finish())
}
