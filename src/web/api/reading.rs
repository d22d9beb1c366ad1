//! `POST /api/v1/letters/{number}/reading`: has the pages of a letter that could not be read be read again.

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
pub struct PagesDocument {
    /// The pages of the letter itself, from 1. Those of its later scans that could not be read are read as well.
    pages: Vec<u16>,
}

/// Has the pages that could not be read be read again. What was read and what people put right stays.
///
/// # Errors
/// No such letter, no reason given, or every page was read.
#[utoipa::path(
    post, path = "/api/v1/letters/{number}/reading", tag = "letters", security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the letter")),
    request_body = Reason,
    responses((status = 202, description = "They will be read", body = PagesDocument))
)]
pub async fn read_letter_again(
    sent: Sent<Verify, Reason>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let pages = gateway.ask_to_read_again(sent.viewer(), &number(&path)?, &sent.body.reason).await?;
    Ok(HttpResponse::Accepted().json(PagesDocument { pages }))
}
