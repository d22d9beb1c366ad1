//! `GET /api/v1/letters/{number}/archive`: the archive file of a letter, a PDF/A. Opening it is an event.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::download;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, OpenFiles};

/// Gives the newest archive file of a letter: its page images with their words as an invisible text layer.
///
/// # Errors
/// No such letter, no right, or the file is not made yet.
#[utoipa::path(
    get, path = "/api/v1/letters/{number}/archive", tag = "letters", security(("session" = [])),
    params(("number" = String, Path, description = "The number of the letter")),
    responses((status = 200, description = "The file", content_type = "application/pdf", body = String))
)]
pub async fn read_letter_archive(
    allowed: Allowed<OpenFiles>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let (file, bytes) = gateway.open_archive_of(allowed.viewer(), &number(&path)?).await?;
    Ok(download::file(&file, bytes))
}
