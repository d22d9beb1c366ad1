//! `POST /api/v1/sealed-envelopes/{id}/hand-over`: writes down that an envelope was handed over.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Sealed;

/// To whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Who took it.
    to: String,
    /// How many pieces; as many as were received.
    pieces: u16,
}

/// Writes down that an envelope was handed over.
///
/// # Errors
/// Another number of pieces than came, it was handed over before, or no right.
#[utoipa::path(
    post, path = "/api/v1/sealed-envelopes/{id}/hand-over", tag = "mailroom",
    security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The envelope's identifier")),
    request_body = HandOver,
    responses((status = 204, description = "Written down"))
)]
pub async fn hand_over_sealed(
    sent: Sent<Sealed, HandOver>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let HandOver { to, pieces } = &sent.body;
    gateway.hand_over_sealed(sent.viewer(), identifier(&path)?, to, *pieces).await?;
    Ok(HttpResponse::NoContent().finish())
}
