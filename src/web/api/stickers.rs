//! `POST /api/v1/stickers`: gives out registration numbers before their letters are scanned.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::mailroom::code::Code;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// How many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StickerOrder {
    /// How many numbers, 1 to 96.
    count: u16,
}

/// Numbers for stickers.
#[derive(Debug, Serialize, ToSchema)]
pub struct StickerList {
    /// The stickers.
    stickers: Vec<StickerDocument>,
}

/// A sticker.
#[derive(Debug, Serialize, ToSchema)]
pub struct StickerDocument {
    /// The number that is printed for people.
    number: String,
    /// What the QR code or Code 128 on it says.
    code: String,
}

impl StickerDocument {
    /// The sticker of a code.
    pub(super) fn of(code: &Code, gateway: &Gateway) -> Self {
        let number = match code {
            Code::Registered(number) | Code::Sealed(number) => number.to_string(),
            Code::Separator(_) => String::new(),
        };
        Self { number, code: code.text(&gateway.secret) }
    }
}

/// Gives out numbers of today for stickers. A letter that is scanned with such a code is registered under its number.
///
/// # Errors
/// A count that is not allowed, or the numbers of the day are used up.
#[utoipa::path(
    post, path = "/api/v1/stickers", tag = "mailroom", security(("session" = [], "form_token" = [])),
    request_body = StickerOrder,
    responses((status = 201, description = "Given out", body = StickerList))
)]
pub async fn order_stickers(
    sent: Sent<Enter, StickerOrder>,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let numbers = gateway.reserve_numbers(sent.viewer(), sent.body.count).await?;
    let sticker = |number| StickerDocument::of(&Code::Registered(number), &gateway);
    Ok(HttpResponse::Created().json(StickerList { stickers: numbers.into_iter().map(sticker).collect() }))
}
