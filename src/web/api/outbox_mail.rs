//! `GET /api/v1/outbox/{id}`: the mail of a dispatch. Reading one is an event.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::presentation::mail::MailDocument;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, OpenFiles};

/// Reads the mail of a dispatch that was written to the outbox folder.
///
/// It holds what the unit was told of the petitioner; reading it is kept among the events of the case.
///
/// # Errors
/// No such dispatch, no right, or its mail is not in the folder.
#[utoipa::path(
    get, path = "/api/v1/outbox/{id}", tag = "dispatches", security(("session" = [])),
    params(("id" = String, Path, description = "The dispatch's identifier")),
    responses((status = 200, description = "The mail", body = MailDocument))
)]
pub async fn read_outbox_mail(
    allowed: Allowed<OpenFiles>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let mail = gateway.outbox_mail(allowed.viewer(), identifier(&path)?).await?;
    Ok(HttpResponse::Ok().json(MailDocument::of(&mail)))
}
