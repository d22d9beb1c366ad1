//! `POST /api/v1/findings/{id}/decision`: confirms or refuses a finding.

use actix_web::{HttpResponse, web};
use case::finding::Relation;
use case::id::GroupId;
use case::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::decide::Verdict;
use crate::gateway::Gateway;
use crate::web::api::identifier;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::form::invalid;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// What a person decides about a finding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// Whether the petitions belong together.
    verdict: VerdictName,
    /// As what, when confirmed: `repeat`, `same_matter` or `related`; as suggested when not given.
    #[schema(value_type = Option<String>)]
    relation: Option<Relation>,
    /// With `same_matter`: the group in which one of the two cases stands and to which the other is added. Without it the two form a
    /// group of their own, unless they stand in one already.
    #[schema(value_type = Option<String>)]
    group: Option<GroupId>,
    /// Why.
    reason: Option<String>,
}

/// A verdict by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    /// They do.
    Confirm,
    /// They do not.
    Refuse,
}

impl DecisionRequest {
    fn verdict(&self, suggested: Relation) -> Result<Verdict, Problem> {
        match (self.verdict, self.relation, self.group) {
            (VerdictName::Confirm, relation, group) => match (relation.unwrap_or(suggested), group) {
                (Relation::SameMatter, Some(group)) => Ok(Verdict::IntoGroup(group)),
                (relation, None) => Ok(Verdict::Confirm(relation)),
                (_, Some(_)) => Err(invalid("group")),
            },
            (VerdictName::Refuse, None, None) => Ok(Verdict::Refuse),
            (VerdictName::Refuse, Some(_), _) => Err(invalid("relation")),
            (VerdictName::Refuse, None, Some(_)) => Err(invalid("group")),
        }
    }
}

/// Decides a finding.
///
/// # Errors
/// No such finding, or it was decided already.
#[utoipa::path(
    post, path = "/api/v1/findings/{id}/decision", tag = "findings", security(("session" = [], "form_token" = [])),
    params(("id" = String, Path, description = "The finding's identifier")),
    request_body = DecisionRequest,
    responses((status = 204, description = "Decided"))
)]
pub async fn decide_finding(
    sent: Sent<Decide, DecisionRequest>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let suggested = gateway.finding_view(sent.viewer(), id).await?.finding.relation;
    let verdict = sent.body.verdict(suggested)?;
    gateway.decide(sent.viewer(), id, verdict, sent.body.reason.as_deref()).await?;
    Ok(HttpResponse::NoContent().finish())
}
