//! `GET /api/v1/batches`: batches of scans.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use store::batches::BatchCount;
use utoipa::{IntoParams, ToSchema};

use crate::gateway::Gateway;
use crate::web::api::query::{Query, paging};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// How many to skip.
    pub(super) offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    pub(super) limit: Option<u32>,
}

/// Part of the list of batches.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchList {
    /// Batches, newest first.
    batches: Vec<BatchLine>,
    /// How many there are.
    total: u64,
}

/// A batch and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchLine {
    /// Its identifier.
    batch: String,
    /// The scanner and the day, or what the clerk typed.
    name: String,
    /// `folder` or `upload`.
    source: &'static str,
    /// When its first file was taken, RFC 3339.
    opened_at: String,
    /// Its files.
    files: u64,
    /// Those of them that wait to be parted.
    waiting: u64,
    /// Those of them that were refused.
    refused: u64,
    /// The letters that its files became.
    letters: u64,
}

impl BatchLine {
    fn of(count: &BatchCount) -> Self {
        Self {
            batch: count.batch.id.to_string(),
            name: count.batch.name.clone(),
            source: count.batch.source.as_str(),
            opened_at: count.batch.opened_at.to_string(),
            files: count.files,
            waiting: count.waiting,
            refused: count.refused,
            letters: count.letters,
        }
    }
}

/// Lists batches, newest first.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/batches", tag = "mailroom", security(("session" = [])),
    params(Part),
    responses((status = 200, description = "The batches", body = BatchList))
)]
pub async fn list_batches(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Query(part): Query<Part>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.batches(allowed.viewer(), paging(part.offset, part.limit)).await?;
    let batches = found.rows.iter().map(BatchLine::of).collect();
    Ok(HttpResponse::Ok().json(BatchList { batches, total: found.total }))
}
