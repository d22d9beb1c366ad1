//! `POST /api/v1/cases/{number}/unseal`: opens a case that is no accusation.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::reason::Reason;
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Sealed;

/// Unseals a case: it is handled as an ordinary one from now on.
///
/// # Errors
/// No such case, no right, no reason given, or it was sent already.
#[utoipa::path(
    post, path = "/api/v1/cases/{number}/unseal", tag = "cases", security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the case")),
    request_body = Reason,
    responses((status = 204, description = "Unsealed"))
)]
pub async fn unseal_case(
    sent: Sent<Sealed, Reason>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    gateway.unseal(sent.viewer(), &number(&path)?, &sent.body.reason).await?;
    Ok(HttpResponse::NoContent().finish())
}
