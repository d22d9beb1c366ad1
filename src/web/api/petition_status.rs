//! `POST /api/v1/petitions/status`: where a petition stands. Number and code come in the body, so that neither stands in a log.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::status::Status;
use crate::web::api::limited::{Limited, StatusLookups};
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;

/// What the receipt says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusQuestion {
    /// 信访件编号.
    number: String,
    /// 查询码; spaces, hyphens and small letters do not matter.
    query_code: String,
}

/// Where a petition stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusDocument {
    /// Its number.
    number: String,
    /// The number of the case it belongs to; another one when it was joined as a repeat.
    case: String,
    /// When it was registered, RFC 3339.
    registered_at: String,
    /// `web`, `letter`, `mail` or `call`.
    channel: &'static str,
    /// The state, for people.
    state: &'static str,
    /// The unit that answers, once it was sent.
    unit: Option<String>,
    /// What happened, oldest first.
    steps: Vec<StepDocument>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepDocument {
    /// When, RFC 3339.
    at: String,
    /// What, for people.
    label: &'static str,
    /// More about it, for people.
    note: String,
}

impl From<Status> for StatusDocument {
    fn from(status: Status) -> Self {
        let steps = status.steps.into_iter();
        Self {
            number: status.number.to_string(),
            case: status.case_number.to_string(),
            registered_at: status.registered_at.to_string(),
            channel: status.channel.as_str(),
            state: status.state,
            unit: status.unit,
            steps: steps
                .map(|step| StepDocument { at: step.at.to_string(), label: step.label, note: step.note })
                .collect(),
        }
    }
}

/// Tells where a petition stands.
///
/// The answer to a wrong number and to a wrong code is the same: it does not tell which numbers exist.
///
/// # Errors
/// Number or code is wrong, or too many look-ups come from this address.
#[utoipa::path(
    post, path = "/api/v1/petitions/status", tag = "petitioners",
    request_body = StatusQuestion,
    responses((status = 200, description = "Where it stands", body = StatusDocument))
)]
pub async fn petition_status(
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
    asked: Limited<StatusLookups, StatusQuestion>,
) -> Result<HttpResponse, WebError> {
    let status = gateway.status(&asked.body.number, &asked.body.query_code).await?;
    Ok(HttpResponse::Ok().json(StatusDocument::from(status)))
}
