//! `GET /api/v1/separators`: the codes of separator sheets.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::mailroom::code::{Code, PARTS};
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// The separator sheets of the office.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeparatorList {
    /// One for each kind.
    separators: Vec<SeparatorDocument>,
}

/// A separator sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeparatorDocument {
    /// What follows it: `letter`, `envelope` or `enclosure`.
    part: &'static str,
    /// What the QR code or Code 128 on it says.
    code: String,
}

/// Gives the codes of separator sheets, for printing them elsewhere than at the desk.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/separators", tag = "mailroom", security(("session" = [])),
    responses((status = 200, description = "The codes", body = SeparatorList))
)]
pub async fn list_separators(
    _allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let sheet = |part: case::batch::PagePart| SeparatorDocument {
        part: part.as_str(),
        code: Code::Separator(part).text(&gateway.secret),
    };
    Ok(HttpResponse::Ok().json(SeparatorList { separators: PARTS.into_iter().map(sheet).collect() }))
}
