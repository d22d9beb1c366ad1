//! `POST /petitions/status`: where a petition stands, for whoever holds number and query code.
//!
//! Both come in the body, so that neither stands in a history or a log. Whatever is wrong with them, the answer is the same to
//! the byte: it must not tell which numbers exist.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::presentation::time::moment;
use crate::status::Status;
use crate::web::form::Fields;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::public::limits::Limits;
use crate::web::public::shell;

const PATH: &str = "/petitions/status";

/// The page that asks for number and code.
#[derive(Template)]
#[template(path = "public/status_ask.html")]
pub(super) struct AskPage {
    shell: Shell,
    wrong: bool,
}

impl AskPage {
    /// `wrong`: after a look-up that found nothing.
    pub(super) fn of(gateway: &Gateway, wrong: bool) -> Self {
        let title = if wrong { "未查到：查询进度" } else { "查询进度" };
        Self { shell: shell(gateway, title, PATH), wrong }
    }
}

/// Where a petition stands.
#[derive(Template)]
#[template(path = "public/status.html")]
struct StatusPage {
    shell: Shell,
    number: String,
    /// The number of the case when it is another one.
    joined_to: Option<String>,
    channel: &'static str,
    registered_at: String,
    state: &'static str,
    unit: Option<String>,
    steps: Vec<Step>,
}

struct Step {
    machine_time: String,
    time: String,
    label: &'static str,
    note: String,
}

pub(super) async fn status(
    gateway: web::Data<Gateway>,
    limits: web::Data<Limits>,
    request: HttpRequest,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, WebError> {
    limits.status_lookup(&request)?;
    let fields: Fields = form.into_inner().into_iter().collect();
    match gateway.status(fields.text("number"), fields.text("query_code")).await {
        Ok(status) => html(&StatusPage::of(&gateway, status)),
        Err(problem) if problem.code == ProblemCode::WrongNumberOrCode => {
            let mut response = html(&AskPage::of(&gateway, true))?;
            *response.status_mut() = StatusCode::NOT_FOUND;
            Ok(response)
        }
        Err(problem) => Err(WebError::from(problem).back_to(PATH)),
    }
}

impl StatusPage {
    fn of(gateway: &Gateway, status: Status) -> Self {
        let steps = status.steps.into_iter().map(|step| Step {
            machine_time: step.at.to_string(),
            time: moment(step.at),
            label: step.label,
            note: step.note,
        });
        Self {
            shell: shell(gateway, "办理进度", PATH),
            joined_to: (status.case_number != status.number).then(|| status.case_number.to_string()),
            number: status.number.to_string(),
            channel: status.channel.label(),
            registered_at: moment(status.registered_at),
            state: status.state,
            unit: status.unit,
            steps: steps.collect(),
        }
    }
}
