//! `POST /api/v1/calls`: registers the record of a call. It is registered at once: the caller waits for the number. A recording
//! without a transcript is taken in and written down in the background.

use actix_web::{HttpResponse, web};

use crate::calls::bring::{Brought, CallFile};
use crate::gateway::Gateway;
use crate::web::api::enter_letter::TakenInDocument;
use crate::web::api::receipt::{self, ReceiptDocument};
use crate::web::api::staff::Documents;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Registers a call.
///
/// The body is the transcript (JSON of common recognisers, WebVTT, SRT or text with speakers), or a multipart form with the transcript,
/// the recording, or both as its files. The recording is kept with its hash.
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
        (status = 202, description = "A recording alone: taken in, it is written down in the background", body = TakenInDocument),
    )
)]
pub async fn enter_call(documents: Documents<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let files: Vec<CallFile<'_>> = documents.files.iter().map(|(name, bytes)| CallFile { name, bytes }).collect();
    match gateway.bring_call(&files, documents.viewer().actor()).await? {
        Brought::Registered(receipt) => Ok(receipt::answer(&gateway, &receipt).await?),
        Brought::TakenIn(taken) => Ok(HttpResponse::Accepted().json(TakenInDocument::of(&taken))),
    }
}
