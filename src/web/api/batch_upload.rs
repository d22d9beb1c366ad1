//! `POST /api/v1/batches`: takes scans in as one batch.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Files;
use crate::web::desk::batches::upload::take_all;
use crate::web::desk::entry::entered::nothing;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// A batch that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedBatch {
    /// Its identifier, for `/api/v1/batches/{id}`.
    batch: String,
}

/// Takes scans in as one batch: a form with files, and before them the fields `name`, `collate` (`yes`: files come in pairs of fronts and
/// backs), `whole` (`yes`: each file is one letter) and `envelope_first` (`yes`). When the answer comes, the files are safe; each is parted
/// into letters at separator sheets and stickers in the background.
///
/// # Errors
/// It is no form with files, or nothing can be made durable. A file that cannot be taken stands in the batch with its reason.
#[utoipa::path(
    post, path = "/api/v1/batches", tag = "mailroom", security(("session" = [], "form_token" = [])),
    request_body(content = String, content_type = "multipart/form-data", description = "The files"),
    responses((status = 202, description = "Taken in", body = OpenedBatch))
)]
pub async fn upload_batch(
    Files(mut upload): Files<Enter>,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let batch = take_all(&mut upload, &gateway).await?.ok_or_else(nothing)?;
    Ok(HttpResponse::Accepted().json(OpenedBatch { batch: batch.id.to_string() }))
}
