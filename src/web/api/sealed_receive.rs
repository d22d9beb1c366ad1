//! `POST /api/v1/sealed-envelopes`: writes down that sealed envelopes came. Nothing of them is scanned or read.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::mailroom::code::Code;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::api::stickers::StickerDocument;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// What came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SealedReceipt {
    /// How many pieces, 1 to 999.
    pieces: u16,
    /// To whom they were handed over at once.
    to: Option<String>,
}

/// What was written down.
#[derive(Debug, Serialize, ToSchema)]
pub struct SealedReceiptDocument {
    /// Its identifier, for the hand-over.
    envelope: String,
    /// What is to be stuck on it: a scan with this code is not read.
    sticker: StickerDocument,
}

/// Writes down that sealed envelopes came.
///
/// # Errors
/// A number of pieces or a receiver that cannot be, or the numbers of the day are used up.
#[utoipa::path(
    post, path = "/api/v1/sealed-envelopes", tag = "mailroom", security(("session" = [], "form_token" = [])),
    request_body = SealedReceipt,
    responses((status = 201, description = "Written down", body = SealedReceiptDocument))
)]
pub async fn receive_sealed(
    sent: Sent<Enter, SealedReceipt>,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let envelope = gateway.receive_sealed(sent.viewer(), sent.body.pieces, sent.body.to.as_deref()).await?;
    let sticker = StickerDocument::of(&Code::Sealed(envelope.number), &gateway);
    Ok(HttpResponse::Created().json(SealedReceiptDocument { envelope: envelope.id.to_string(), sticker }))
}
