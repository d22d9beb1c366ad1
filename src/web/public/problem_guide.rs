//! `GET /problems/{code}`: what a problem means and what to do, for people; the `type` of every problem document leads here.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::problem::ProblemCode;

use crate::gateway::Gateway;
use crate::presentation::problem_guide::{self, ProblemGuide};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::public::shell;

/// The page.
#[derive(Template)]
#[template(path = "public/problem_guide.html")]
struct GuidePage {
    shell: Shell,
    code: ProblemCode,
    guide: ProblemGuide,
}

pub(super) async fn problem_guide(
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let known = ProblemCode::ALL.iter().copied().find(|code| code.code() == path.as_str());
    let code = known.ok_or_else(|| ProblemCode::NotFound.because("没有这个错误代码"))?;
    html(&GuidePage { shell: shell(&gateway, code.title(), "/problems"), code, guide: problem_guide::of(code) })
}
