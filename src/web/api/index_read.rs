//! `GET /api/v1/index`: the search index and its rebuild.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::index::{IndexStanding, RebuildStanding};
use crate::gateway::Gateway;
use crate::presentation::problem::ProblemDocument;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Administer, Allowed};

/// The search index.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexDocument {
    /// Submissions in the database.
    registered: u64,
    /// What the index holds; absent while it cannot be used.
    holds: Option<IndexCounts>,
    /// Why it cannot be used.
    problem: Option<ProblemDocument>,
    /// Its rebuild: `none`, `asked` or `under_way`.
    rebuild: &'static str,
    /// Submissions in the new index, while it is rebuilt.
    done: Option<u64>,
    /// Submissions that will be in it.
    total: Option<u64>,
}

/// What an index holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexCounts {
    /// Submissions that are not sealed.
    ordinary: u64,
    /// Sealed ones, in an index of their own.
    sealed: u64,
    /// Bytes on the disk.
    bytes: u64,
    /// The version of its layout.
    version: String,
}

impl From<IndexStanding> for IndexDocument {
    fn from(standing: IndexStanding) -> Self {
        let problem = standing.holds.as_ref().err().map(ProblemDocument::of);
        let (rebuild, progress) = match standing.rebuild {
            RebuildStanding::None => ("none", None),
            RebuildStanding::Asked(_) => ("asked", None),
            RebuildStanding::UnderWay(progress) => ("under_way", Some(progress)),
        };
        let holds = standing.holds.ok().map(|of| IndexCounts {
            ordinary: of.ordinary,
            sealed: of.sealed,
            bytes: of.bytes,
            version: of.version,
        });
        Self {
            registered: standing.registered,
            holds,
            problem,
            rebuild,
            done: progress.map(|progress| progress.done),
            total: progress.map(|progress| progress.total),
        }
    }
}

/// Tells what the search index holds and how far its rebuild has come.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/index", tag = "jobs", security(("session" = [])),
    responses((status = 200, description = "The index", body = IndexDocument))
)]
pub async fn read_index(
    allowed: Allowed<Administer>,
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let standing = gateway.index_standing(allowed.viewer()).await?;
    Ok(HttpResponse::Ok().json(IndexDocument::from(standing)))
}
