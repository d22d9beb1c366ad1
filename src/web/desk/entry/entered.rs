//! `GET /desk/entered`: what became of what was entered.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;

use crate::desk::entered::{Entered, Entry};
use crate::gateway::Gateway;
use crate::intake::progress::Progress;
use crate::web::desk::entry::item::{FIELD, Item, PATH};
use crate::web::desk::menu;
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};
use crate::web::upload::FILE_LIMIT;

/// The page.
#[derive(Template)]
#[template(path = "desk/entered.html")]
struct EnteredPage {
    shell: Shell,
    rows: Vec<Row>,
    /// Something is not read yet.
    reading: bool,
    /// Something is registered and not judged yet.
    judging: bool,
    again: String,
}

/// One thing that was entered.
struct Row {
    place: usize,
    name: String,
    state: &'static str,
    problem: Option<String>,
    number: Option<String>,
    query_code: Option<String>,
    /// Whether the case can be opened.
    visible: bool,
    /// Whether it is a letter that the person can check against its pages.
    checkable: bool,
    working: bool,
}

/// Shows what became of each.
///
/// # Errors
/// Something that was never entered, or the store failed.
pub async fn show(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let items: Vec<Item> = query.all(FIELD).take(FILE_LIMIT + 1).filter_map(Item::parse).collect();
    let mut rows = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        rows.push(match item {
            Item::Refused(code) => Row::refused(index + 1, *code),
            Item::Taken(entry) => {
                let may_verify = allowed.viewer().may(Permission::Verify);
                Row::taken(index + 1, &gateway.entered(allowed.viewer(), *entry).await?, may_verify)
            }
        });
    }
    html(&EnteredPage {
        shell: menu::shell(&gateway, &allowed.person, "登记结果", PATH, &query),
        reading: rows.iter().any(|row| row.working && row.number.is_none()),
        judging: rows.iter().any(|row| row.working && row.number.is_some()),
        rows,
        again: super::item::address(&items),
    })
}

/// Makes a file durable; whatever happened is told by the page.
pub(crate) async fn take_in(
    gateway: &Gateway,
    channel: Channel,
    name: &str,
    content: Result<Vec<u8>, Problem>,
) -> Item {
    let taken = match content {
        Ok(bytes) => gateway.receive(channel, name, &bytes).await,
        Err(problem) => Err(problem),
    };
    taken.map_or_else(|problem| Item::Refused(problem.code), |taken| Item::Taken(Entry::Arrival(taken.arrival.id)))
}

/// A form without anything in it.
pub(crate) fn nothing() -> Problem {
    ProblemCode::EmptyInput.because("请选择文件或填写内容")
}

impl Row {
    fn refused(place: usize, code: ProblemCode) -> Self {
        Self {
            place,
            name: String::new(),
            state: "未登记",
            problem: Some(code.title().to_owned()),
            number: None,
            query_code: None,
            visible: false,
            checkable: false,
            working: false,
        }
    }

    fn taken(place: usize, entered: &Entered, may_verify: bool) -> Self {
        let (state, problem) = match &entered.progress {
            Progress::Working if entered.submission.is_some() => ("已登记，正在查重", None),
            Progress::Working => ("已收下，正在读取", None),
            Progress::Done => ("已登记", None),
            Progress::Refused(problem) => ("无法读取，原件已保存到待处理来件", Some(problem)),
            Progress::Held(problem) if entered.submission.is_some() => ("已登记，查重暂缓", Some(problem)),
            Progress::Held(problem) => ("已收下，读取暂缓", Some(problem)),
        };
        Self {
            place,
            name: entered.arrival.source_name.clone(),
            state,
            problem: problem.map(|problem| match problem.detail.as_str() {
                "" => problem.code.title().to_owned(),
                detail => format!("{}：{detail}", problem.code.title()),
            }),
            number: entered.submission.as_ref().map(|submission| submission.number.to_string()),
            query_code: entered.submission.as_ref().map(|submission| submission.query_code.to_string()),
            visible: entered.visible,
            checkable: may_verify && entered.visible && entered.arrival.channel == Channel::Letter,
            working: entered.progress == Progress::Working,
        }
    }
}
