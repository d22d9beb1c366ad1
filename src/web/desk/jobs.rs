//! `GET /desk/jobs`: jobs that were given up, and how many wait.

use actix_web::{HttpResponse, web};
use askama::Template;
use store::jobs::QueueCount;

use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::desk::view::job::JobView;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// The page.
#[derive(Template)]
#[template(path = "desk/jobs.html")]
struct JobsPage {
    shell: Shell,
    queues: Vec<(&'static str, QueueCount)>,
    rows: Vec<JobView>,
    pager: Pager,
}

/// Shows the jobs.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let page = pager::page(&query);
    let (dead, counts) = gateway.dead_jobs(allowed.viewer(), pager::paging(page)).await?;
    html(&JobsPage {
        shell: menu::shell(&gateway, &allowed.person, "停止的任务", "/desk/jobs", &query),
        queues: counts.into_iter().map(|count| (queue_label(&count.queue), count)).collect(),
        rows: dead.rows.iter().map(JobView::from).collect(),
        pager: Pager::of(page, dead.total, "/desk/jobs", &query, &[]),
    })
}

/// What people call a [`crate::jobs::kind::Queue`].
fn queue_label(name: &str) -> &'static str {
    match name {
        "quick" => "登记、查重",
        "sending" => "发送邮件",
        "mails" => "读取邮件",
        "letters" => "识别来信",
        "calls" => "读取来电",
        "rebuilding" => "重建检索索引",
        _ => "其他",
    }
}
