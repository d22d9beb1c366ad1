//! A receipt as JSON.

use actix_web::HttpResponse;
use case::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::intake::receipt::Receipt;

/// Proof that a petition is registered. Number and query code together open its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReceiptDocument {
    /// The number of the submission.
    pub submission: String,
    /// The number of the case it belongs to.
    pub case: String,
    /// 信访件编号, the same as `submission`.
    pub number: String,
    /// 查询码.
    pub query_code: String,
    /// When it was registered, RFC 3339.
    pub registered_at: String,
    /// Whether the same input had been registered before; then this is the earlier receipt.
    pub replay: bool,
}

/// The receipt as an answer: 201, or 200 when nothing new was registered.
///
/// # Errors
/// The store failed.
pub async fn answer(gateway: &Gateway, receipt: &Receipt) -> Result<HttpResponse, Problem> {
    let case = gateway.case_number(receipt.case).await?;
    let document = ReceiptDocument {
        submission: receipt.number.to_string(),
        case: case.to_string(),
        number: receipt.number.to_string(),
        query_code: receipt.query_code.to_string(),
        registered_at: receipt.registered_at.to_string(),
        replay: receipt.replay,
    };
    let mut answer = if receipt.replay { HttpResponse::Ok() } else { HttpResponse::Created() };
    Ok(answer.json(document))
}
