//! `GET /api/v1/answers`: published answers, for everybody.

use actix_web::{HttpRequest, HttpResponse, web};
use case::published_answer::PublishedAnswer;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::gateway::Gateway;
use crate::web::api::query::{Query, paging};
use crate::web::problem::WebError;
use crate::web::public::limits::Limits;

/// Which answers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AnswerQuery {
    /// Words that all must be in it; all answers when not said. At most 200 characters are looked at.
    words: Option<String>,
    /// How many to skip.
    offset: Option<u32>,
    /// The most to give, 1 to 200; 50 when not said.
    limit: Option<u32>,
}

/// Published answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerList {
    /// The answers, newest first; with words, best first.
    pub(super) answers: Vec<AnswerDocument>,
    /// How many there are in all.
    pub(super) total: u64,
}

/// A published answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerDocument {
    /// Its identifier.
    answer: String,
    /// What it is about.
    title: String,
    /// What was asked.
    question: String,
    /// What was answered.
    text: String,
    /// When it was published, RFC 3339.
    published_at: String,
}

impl From<&PublishedAnswer> for AnswerDocument {
    fn from(answer: &PublishedAnswer) -> Self {
        Self {
            answer: answer.id.to_string(),
            title: answer.text.title().to_owned(),
            question: answer.text.question().to_owned(),
            text: answer.text.answer().to_owned(),
            published_at: answer.published_at.to_string(),
        }
    }
}

/// Lists published answers.
///
/// # Errors
/// The search engine is down while words are given, or too many look-ups come from this address.
#[utoipa::path(
    get, path = "/api/v1/answers", tag = "petitioners",
    params(AnswerQuery),
    responses((status = 200, description = "The answers", body = AnswerList))
)]
pub async fn list_answers(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    limits: web::Data<Limits>,
    Query(query): Query<AnswerQuery>,
) -> Result<HttpResponse, WebError> {
    limits.answer_lookup(&request)?;
    let words = query.words.unwrap_or_default();
    let found = gateway.public_answers(&words, paging(query.offset, query.limit)).await?;
    let answers = found.rows.iter().map(AnswerDocument::from).collect();
    Ok(HttpResponse::Ok().json(AnswerList { answers, total: found.total }))
}
