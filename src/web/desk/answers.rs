//! `GET` and `POST /desk/cases/{number}/answers`: the answers published for a case, and a form that publishes one.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::number::RegistrationNumber;
use case::problem::ProblemCode;
use case::published_answer::{PublicText, PublishedAnswer, TEXT_LIMIT, TITLE_LIMIT};
use case::secrecy::Secrecy;

use crate::answers::publish::Consent;
use crate::desk::names::Names;
use crate::gateway::Gateway;
use crate::presentation::time;
use crate::web::desk::case_page::number;
use crate::web::desk::done::Done;
use crate::web::desk::menu;
use crate::web::desk::view::rights::Rights;
use crate::web::form::{Asked, Posted};
use crate::web::page::{Shell, html, see_other};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Decide, ReadCases};

/// The page.
#[derive(Template)]
#[template(path = "desk/answers.html")]
struct AnswersPage {
    shell: Shell,
    rights: Rights,
    number: String,
    title: String,
    sealed: bool,
    rows: Vec<Row>,
    title_limit: usize,
    text_limit: usize,
}

/// An answer that was published.
struct Row {
    id: String,
    title: String,
    question: String,
    answer: String,
    published: String,
    withdrawn: Option<String>,
}

impl Row {
    fn of(answer: &PublishedAnswer, names: &Names) -> Self {
        let withdrawn = answer.withdrawn.as_ref().map(|withdrawal| {
            format!("{}由{}撤回：{}", time::moment(withdrawal.at), names.actor(&withdrawal.by), withdrawal.reason)
        });
        Self {
            id: answer.id.to_string(),
            title: answer.text.title().to_owned(),
            question: answer.text.question().to_owned(),
            answer: answer.text.answer().to_owned(),
            published: format!("{}由{}公开", time::moment(answer.published_at), names.actor(&answer.published_by)),
            withdrawn,
        }
    }
}

/// Where the page of a case is.
pub(super) fn path_of(number: &RegistrationNumber) -> String {
    format!("/desk/cases/{number}/answers")
}

/// Shows them.
///
/// # Errors
/// No such case, or none that the person may see.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem| WebError::from(problem).back_to("/desk");
    let (case, answers) = gateway.answers_of(allowed.viewer(), &number).await.map_err(back)?;
    let names = gateway.names().await?;
    html(&AnswersPage {
        shell: menu::shell(&gateway, &allowed.person, &format!("公开答复 {number}"), "/desk", &query),
        rights: Rights::of(allowed.viewer()),
        number: number.to_string(),
        title: case.title,
        sealed: case.secrecy == Secrecy::Sealed,
        rows: answers.iter().map(|answer| Row::of(answer, &names)).collect(),
        title_limit: TITLE_LIMIT,
        text_limit: TEXT_LIMIT,
    })
}

/// Publishes one. What was typed is on the page before, to which the browser goes back.
///
/// # Errors
/// Something is missing or too long, or the answer cannot be published.
pub async fn publish(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem| WebError::from(problem).back_to(path_of(&number));
    let fields = &posted.fields;
    let text = PublicText::new(fields.text("title"), fields.text("question"), fields.text("answer"));
    let text = text.map_err(|error| back(ProblemCode::InvalidField.because(error.to_string())))?;
    let consent = if fields.given("consent").is_some() { Consent::Asked } else { Consent::Stated };
    gateway.publish_answer(posted.viewer(), &number, text, consent).await.map_err(back)?;
    Ok(see_other(&Done::AnswerPublished.on(&path_of(&number))))
}
