//! `GET /api/v1/sealed-envelopes`: the book of sealed envelopes.

use actix_web::{HttpResponse, web};
use case::batch::{SealedEnvelope, SealedState};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::batches::Part;
use crate::web::api::query::{Query, paging};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Sealed};

/// Part of the book.
#[derive(Debug, Serialize, ToSchema)]
pub struct SealedBook {
    /// Envelopes, newest first.
    envelopes: Vec<SealedLine>,
    /// How many there are.
    total: u64,
}

/// A sealed envelope.
#[derive(Debug, Serialize, ToSchema)]
pub struct SealedLine {
    /// Its identifier.
    envelope: String,
    /// The number on its sticker.
    number: String,
    /// How many pieces.
    pieces: u16,
    /// When it was received, RFC 3339.
    received_at: String,
    /// To whom it was handed over.
    handed_to: Option<String>,
    /// When, RFC 3339.
    handed_at: Option<String>,
}

impl SealedLine {
    fn of(envelope: &SealedEnvelope) -> Self {
        let (handed_to, handed_at) = match &envelope.state {
            SealedState::Held => (None, None),
            SealedState::HandedOver { to, at, .. } => (Some(to.clone()), Some(at.to_string())),
        };
        Self {
            envelope: envelope.id.to_string(),
            number: envelope.number.to_string(),
            pieces: envelope.pieces,
            received_at: envelope.received_at.to_string(),
            handed_to,
            handed_at,
        }
    }
}

/// Gives the book of sealed envelopes, newest first; only to who may see sealed cases.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/sealed-envelopes", tag = "mailroom", security(("session" = [])),
    params(Part),
    responses((status = 200, description = "The book", body = SealedBook))
)]
pub async fn list_sealed(
    allowed: Allowed<Sealed>,
    gateway: web::Data<Gateway>,
    Query(part): Query<Part>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.sealed_envelopes(allowed.viewer(), paging(part.offset, part.limit)).await?;
    let envelopes = found.rows.iter().map(SealedLine::of).collect();
    Ok(HttpResponse::Ok().json(SealedBook { envelopes, total: found.total }))
}
