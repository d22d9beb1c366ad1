//! `POST /api/v1/answers/similar`: published answers like what somebody is writing. The words come in the body, so that they stand in no
//! log; they are not kept.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::web::api::answers::{AnswerDocument, AnswerList};
use crate::web::api::limited::{AnswerLookups, Limited};
use crate::web::api::query::{Nothing, Query};
use crate::web::problem::WebError;

/// What was typed so far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TypedWords {
    /// 标题; may be empty.
    #[serde(default)]
    title: String,
    /// 内容; may be empty. The first 2,000 characters are looked at.
    #[serde(default)]
    body: String,
}

/// Finds published answers like the words, the most alike first, at most 5; none while too little was typed.
///
/// # Errors
/// The search engine is down, or too many look-ups come from this address.
#[utoipa::path(
    post, path = "/api/v1/answers/similar", tag = "petitioners",
    request_body = TypedWords,
    responses((status = 200, description = "The answers", body = AnswerList))
)]
pub async fn similar_answers(
    gateway: web::Data<Gateway>,
    _query: Query<Nothing>,
    asked: Limited<AnswerLookups, TypedWords>,
) -> Result<HttpResponse, WebError> {
    let found = gateway.similar_answers(&asked.body.title, &asked.body.body).await?;
    let answers: Vec<AnswerDocument> = found.iter().map(AnswerDocument::from).collect();
    let total = u64::try_from(answers.len()).unwrap_or(u64::MAX);
    Ok(HttpResponse::Ok().json(AnswerList { answers, total }))
}
