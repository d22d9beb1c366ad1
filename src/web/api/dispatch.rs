//! `POST /api/v1/cases/{number}/dispatches`: sends a case to a unit.

use actix_web::{HttpResponse, web};
use case::problem::Problem;
use case::unit::UnitCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::desk::send::Sending;
use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// To whom and how a case is sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispatchRequest {
    /// The code of the unit that answers (责任单位).
    lead: String,
    /// The codes of the units that help (配合单位), at most 10.
    #[serde(default)]
    assisting: Vec<String>,
    /// `forward` (转送) or `assign` (交办).
    kind: String,
    /// What is added for the unit, at most 2,000 characters.
    note: Option<String>,
}

/// A case that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct DispatchedDocument {
    /// The dispatch's identifier.
    dispatch: String,
}

impl DispatchRequest {
    fn sending(self) -> Result<Sending, Problem> {
        let unit = |code: &str, label| UnitCode::parse(code).map_err(|_invalid| invalid(label));
        Ok(Sending {
            lead: unit(&self.lead, "lead")?,
            assisting: self.assisting.iter().map(|code| unit(code, "assisting")).collect::<Result<_, _>>()?,
            kind: self.kind.parse().map_err(|_unknown| invalid("kind"))?,
            note: self.note,
        })
    }
}

/// Sends a case.
///
/// Never to the respondent's unit, its parent, its child or one led by the respondent; a sealed case only to the discipline organ.
///
/// # Errors
/// No such case, a unit that must not get it, or it was sent already.
#[utoipa::path(
    post, path = "/api/v1/cases/{number}/dispatches", tag = "dispatches",
    security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the case")),
    request_body = DispatchRequest,
    responses((status = 201, description = "Sent; the mail leaves in the background", body = DispatchedDocument))
)]
pub async fn dispatch_case(
    sent: Sent<Decide, DispatchRequest>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let viewer = sent.viewer().clone();
    let dispatch = gateway.send(&viewer, &number, sent.body.sending()?).await?;
    Ok(HttpResponse::Created().json(DispatchedDocument { dispatch: dispatch.to_string() }))
}
