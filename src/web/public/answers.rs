//! `GET /answers`: published answers, newest first or by words. `GET /answers/{id}`: one of them.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use case::id::PublishedAnswerId;
use case::problem::{Problem, ProblemCode};
use case::published_answer::PublishedAnswer;

use crate::desk::search::is_down;
use crate::gateway::Gateway;
use crate::presentation::time;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::public::limits::Limits;
use crate::web::public::shell;

/// Where the list is.
const PATH: &str = "/answers";
/// The field with the words, kept by the links to other pages.
const WORDS: &str = "words";
/// Characters of a question that the list shows.
const SHOWN: usize = 100;

/// The list.
#[derive(Template)]
#[template(path = "public/answers.html")]
struct ListPage {
    shell: Shell,
    words: String,
    /// Why nothing can be searched now.
    down: Option<Problem>,
    rows: Vec<Row>,
    pager: Pager,
}

/// An answer of the list.
struct Row {
    id: String,
    title: String,
    question: String,
    published_on: String,
}

/// One answer.
#[derive(Template)]
#[template(path = "public/answer.html")]
struct AnswerPage {
    shell: Shell,
    answer: PublishedAnswer,
    published_on: String,
}

impl Row {
    fn of(answer: &PublishedAnswer) -> Self {
        let question = answer.text.question();
        let short = case::text::truncate(question, SHOWN);
        Self {
            id: answer.id.to_string(),
            title: answer.text.title().to_owned(),
            question: if short.len() < question.len() { format!("{short}…") } else { short.to_owned() },
            published_on: time::day(answer.published_at),
        }
    }
}

pub(super) async fn list(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    limits: web::Data<Limits>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    limits.answer_lookup(&request)?;
    let (words, page) = (query.text(WORDS), pager::page(&query));
    let (rows, total, down) = match gateway.public_answers(words, pager::paging(page)).await {
        Ok(found) => (found.rows, found.total, None),
        Err(problem) if is_down(&problem) => (Vec::new(), 0, Some(problem)),
        Err(problem) => return Err(problem.into()),
    };
    html(&ListPage {
        shell: shell(&gateway, "公开答复", PATH),
        words: words.to_owned(),
        down,
        rows: rows.iter().map(Row::of).collect(),
        pager: Pager::of(page, total, PATH, &query, &[WORDS]),
    })
}

pub(super) async fn show(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    limits: web::Data<Limits>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    limits.answer_lookup(&request)?;
    let nothing = |problem: Problem| WebError::from(problem).back_to(PATH);
    let id: PublishedAnswerId = path.parse().map_err(|_invalid| nothing(ProblemCode::NotFound.into()))?;
    let answer = gateway.public_answer(id).await.map_err(nothing)?;
    let published_on = time::day(answer.published_at);
    html(&AnswerPage { shell: shell(&gateway, answer.text.title(), PATH), answer, published_on })
}
