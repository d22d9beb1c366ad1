//! `POST /api/v1/calls`: registers the record of a call. It is registered at once: the caller waits for the number.

use actix_web::{HttpResponse, web};
use case::channel::Channel;

use crate::gateway::Gateway;
use crate::web::api::receipt::{self, ReceiptDocument};
use crate::web::api::staff::Document;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Registers a call.
///
/// The body is the transcript (JSON, WebVTT, SRT or text with speakers), or a multipart form with one such file.
///
/// # Errors
/// The transcript cannot be read; it is then in the quarantine.
#[utoipa::path(
    post, path = "/api/v1/calls", tag = "entering", security(("session" = [], "form_token" = [])),
    params(("name" = Option<String>, Query, description = "What the transcript is called, when it is the body itself")),
    request_body(content = String, content_type = "text/plain", description = "The transcript"),
    responses(
        (status = 201, description = "Registered", body = ReceiptDocument),
        (status = 200, description = "Registered before: the same receipt again", body = ReceiptDocument),
    )
)]
pub async fn enter_call(document: Document<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let receipt = gateway.submit(Channel::Call, &document.name, &document.bytes, Vec::new()).await?;
    Ok(receipt::answer(&gateway, &receipt).await?)
}
