//! `POST /api/v1/letters`: takes the scan of a letter in.

use actix_web::{HttpResponse, web};
use case::channel::Channel;
use case::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::intake::receive::TakenIn;
use crate::web::api::staff::Document;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// What was taken in; it is read in the background.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenInDocument {
    /// The arrival's identifier, for `/api/v1/arrivals/{id}`.
    arrival: String,
    /// Whether the same input had been taken in before; then this is the earlier arrival.
    replay: bool,
}

impl TakenInDocument {
    /// What was taken in.
    pub(super) fn of(taken: &TakenIn) -> Self {
        Self { arrival: taken.arrival.id.to_string(), replay: taken.replay }
    }
}

/// Takes a letter in.
///
/// The body is the file (PDF, TIFF, JPEG or PNG), or a multipart form with one file. When the answer comes, the original is safe;
/// it is read in the background.
///
/// # Errors
/// It is too large, or too much waits to be read.
#[utoipa::path(
    post, path = "/api/v1/letters", tag = "entering", security(("session" = [], "form_token" = [])),
    params(("name" = Option<String>, Query, description = "What the file is called, when it is the body itself")),
    request_body(content = String, content_type = "application/octet-stream", description = "The file"),
    responses((status = 202, description = "Taken in", body = TakenInDocument))
)]
pub async fn enter_letter(document: Document<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    Ok(take_in(&gateway, Channel::Letter, &document).await?)
}

/// Makes a document durable and says as what.
pub(super) async fn take_in(
    gateway: &Gateway,
    channel: Channel,
    document: &Document<Enter>,
) -> Result<HttpResponse, Problem> {
    let by = document.viewer().actor();
    let taken = gateway.receive_from(channel, &document.name, &document.bytes, by).await?;
    Ok(HttpResponse::Accepted().json(TakenInDocument::of(&taken)))
}
