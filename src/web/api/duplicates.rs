//! `GET /api/v1/cases/{number}/duplicates`: what the case may be in relation to others, judged now.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::presentation::candidate::CandidateDocument;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Ranked candidates.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateList {
    /// The candidates, most likely first.
    candidates: Vec<CandidateDocument>,
}

/// Finds possible duplicates of a case, most likely first, with the reasons.
///
/// # Errors
/// No such case, or the search engine is down.
#[utoipa::path(
    get, path = "/api/v1/cases/{number}/duplicates", tag = "findings", security(("session" = [])),
    params(("number" = String, Path, description = "The number of the case")),
    responses((status = 200, description = "The candidates", body = CandidateList))
)]
pub async fn find_duplicates(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.duplicates(allowed.viewer(), &number(&path)?).await?;
    let candidates = found.iter().map(|(similar, number)| CandidateDocument::of(similar, number.to_string())).collect();
    Ok(HttpResponse::Ok().json(CandidateList { candidates }))
}
