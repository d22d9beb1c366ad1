//! `GET /desk/outbox`: every dispatch with how far its sending has come.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::gateway::Gateway;
use crate::web::desk::menu;
use crate::web::desk::view::dispatch::DispatchView;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::view::rights::Rights;
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, ReadCases};

/// The page.
#[derive(Template)]
#[template(path = "desk/outbox.html")]
struct OutboxPage {
    shell: Shell,
    rights: Rights,
    /// The number of the case beside each dispatch.
    rows: Vec<(String, DispatchView)>,
    pager: Pager,
}

/// Shows the outbox.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<ReadCases>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let page = pager::page(&query);
    let found = gateway.outbox(allowed.viewer(), pager::paging(page)).await?;
    let names = gateway.names().await?;
    let numbers = gateway.numbers_of(allowed.viewer(), &found.rows).await?;
    let views = found.rows.iter().map(|dispatch| DispatchView::of(dispatch, &names));
    html(&OutboxPage {
        shell: menu::shell(&gateway, &allowed.person, "发件箱", "/desk/outbox", &query),
        rights: Rights::of(allowed.viewer()),
        rows: numbers.iter().map(ToString::to_string).zip(views).collect(),
        pager: Pager::of(page, found.total, "/desk/outbox", &query, &[]),
    })
}
