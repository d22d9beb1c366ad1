//! `POST /api/v1/mails/{number}/reading`: has the attachments of a mail that could not be read be read again.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::reason::Reason;
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// What will be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentsDocument {
    /// How many attachments.
    attachments: usize,
}

/// Has the attachments that could not be read be read again. What was read and what people put right stays.
///
/// # Errors
/// No such mail, no reason given, nothing is there to be read, or it is being done already.
#[utoipa::path(
    post, path = "/api/v1/mails/{number}/reading", tag = "entering", security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the mail")),
    request_body = Reason,
    responses((status = 202, description = "They will be read", body = AttachmentsDocument))
)]
pub async fn read_attachments_again(
    sent: Sent<Verify, Reason>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let attachments = gateway.ask_to_read_attachments(sent.viewer(), &number(&path)?, &sent.body.reason).await?;
    Ok(HttpResponse::Accepted().json(AttachmentsDocument { attachments }))
}
