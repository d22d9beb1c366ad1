//! `GET /desk/batches`: batches with their progress, the upload form, and what can be printed.

use actix_web::{HttpResponse, web};
use askama::Template;
use store::batches::BatchCount;

use super::PATH;
use crate::gateway::Gateway;
use crate::mailroom::sticker::MOST_AT_ONCE;
use crate::presentation::time;
use crate::web::desk::menu;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};
use crate::web::upload::FILE_LIMIT;

/// The page.
#[derive(Template)]
#[template(path = "desk/batches.html")]
struct BatchesPage {
    shell: Shell,
    rows: Vec<Row>,
    pager: Pager,
    file_limit: usize,
    sticker_limit: u16,
    /// Whether a folder is watched.
    watched: bool,
}

/// A batch.
struct Row {
    id: String,
    name: String,
    source: &'static str,
    opened_at: String,
    files: u64,
    waiting: u64,
    refused: u64,
    letters: u64,
}

/// Shows the batches.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let page = pager::page(&query);
    let found = gateway.batches(allowed.viewer(), pager::paging(page)).await?;
    html(&BatchesPage {
        shell: menu::shell(&gateway, &allowed.person, "批量扫描", PATH, &query),
        rows: found.rows.into_iter().map(Row::of).collect(),
        pager: Pager::of(page, found.total, PATH, &query, &[]),
        file_limit: FILE_LIMIT,
        sticker_limit: MOST_AT_ONCE,
        watched: !gateway.configuration.letters.folder.is_empty(),
    })
}

impl Row {
    fn of(count: BatchCount) -> Self {
        Self {
            id: count.batch.id.to_string(),
            name: count.batch.name,
            source: count.batch.source.label(),
            opened_at: time::moment(count.batch.opened_at),
            files: count.files,
            waiting: count.waiting,
            refused: count.refused,
            letters: count.letters,
        }
    }
}
