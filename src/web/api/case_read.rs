//! `GET /api/v1/cases/{number}`: one case, personal data masked.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::presentation::case_document::CaseDocument;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// Reads a case, personal data masked.
///
/// # Errors
/// No such case, or none that the person may see.
#[utoipa::path(
    get, path = "/api/v1/cases/{number}", tag = "cases", security(("session" = [])),
    params(("number" = String, Path, description = "The number of the case")),
    responses((status = 200, description = "The case", body = CaseDocument))
)]
pub async fn read_case(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let view = gateway.case_view(allowed.viewer(), &number(&path)?).await?;
    Ok(HttpResponse::Ok().json(CaseDocument::of(&view, Masking::Masked)))
}
