//! `GET /api/v1/batch-files/{id}/original`: the bytes of a refused file. Opening them is an event.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::download;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// Gives the bytes of a refused file. One that holds a sealed letter is given only to who may see sealed cases.
///
/// # Errors
/// It is not refused, nothing of it was kept, or no right.
#[utoipa::path(
    get, path = "/api/v1/batch-files/{id}/original", tag = "mailroom", security(("session" = [])),
    params(("id" = String, Path, description = "The file's identifier")),
    responses((status = 200, description = "The bytes", content_type = "application/octet-stream", body = String))
)]
pub async fn read_batch_file(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let (file, bytes) = gateway.refused_batch_file(allowed.viewer(), identifier(&path)?).await?;
    Ok(download::attachment(&file.name, bytes))
}
