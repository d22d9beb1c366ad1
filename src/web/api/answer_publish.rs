//! `POST /api/v1/cases/{number}/answers`: publishes the answer of a case.

use actix_web::{HttpResponse, web};
use case::problem::ProblemCode;
use case::published_answer::PublicText;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answers::publish::Consent;
use crate::gateway::Gateway;
use crate::web::api::number;
use crate::web::api::query::{Nothing, Query};
use crate::web::api::staff::Sent;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// What everybody will be able to read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerToPublish {
    /// What it is about, at most 100 characters.
    title: String,
    /// What was asked, in the office's words, at most 5,000 characters.
    question: String,
    /// What was answered, at most 5,000 characters.
    text: String,
    /// That the petitioners were asked and agree, where they did not say so with their petitions.
    #[serde(default)]
    consent_asked: bool,
}

/// A published answer's identifier.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerPublished {
    /// The identifier.
    answer: String,
}

/// Publishes an answer.
///
/// # Errors
/// No such case, an accusation, no consent, or the texts tell who petitioned.
#[utoipa::path(
    post, path = "/api/v1/cases/{number}/answers", tag = "cases", security(("session" = [], "form_token" = [])),
    params(("number" = String, Path, description = "The number of the case")),
    request_body = AnswerToPublish,
    responses((status = 201, description = "Published", body = AnswerPublished))
)]
pub async fn publish_answer(
    sent: Sent<Decide, AnswerToPublish>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    _query: Query<Nothing>,
) -> Result<HttpResponse, WebError> {
    let body = &sent.body;
    let text = PublicText::new(&body.title, &body.question, &body.text)
        .map_err(|error| ProblemCode::InvalidField.because(error.to_string()))?;
    let consent = if body.consent_asked { Consent::Asked } else { Consent::Stated };
    let answer = gateway.publish_answer(sent.viewer(), &number(&path)?, text, consent).await?;
    Ok(HttpResponse::Created().json(AnswerPublished { answer: answer.to_string() }))
}
