//! `GET /desk/quarantine`: arrivals that could not be read.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::arrival::{Arrival, ArrivalState};
use case::channel::Channel;

use crate::gateway::Gateway;
use crate::intake::retry::can_be_registered;
use crate::presentation::time;
use crate::web::desk::menu;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::view::text;
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// The page.
#[derive(Template)]
#[template(path = "desk/quarantine.html")]
struct QuarantinePage {
    shell: Shell,
    rows: Vec<Row>,
    pager: Pager,
}

/// A refused arrival.
struct Row {
    id: String,
    channel: &'static str,
    name: String,
    size: String,
    received_at: String,
    reason: &'static str,
    detail: String,
    /// Whether it is a mail, which can be looked at here.
    is_mail: bool,
    /// Whether it can be registered as it is.
    registrable: bool,
}

/// Shows the quarantine.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let page = pager::page(&query);
    let found = gateway.quarantine(allowed.viewer(), pager::paging(page)).await?;
    html(&QuarantinePage {
        shell: menu::shell(&gateway, &allowed.person, "待处理来件", "/desk/quarantine", &query),
        rows: found.rows.iter().filter_map(Row::of).collect(),
        pager: Pager::of(page, found.total, "/desk/quarantine", &query, &[]),
    })
}

impl Row {
    fn of(arrival: &Arrival) -> Option<Self> {
        let ArrivalState::Refused { problem, .. } = &arrival.state else { return None };
        Some(Self {
            id: arrival.id.to_string(),
            channel: arrival.channel.label(),
            name: arrival.source_name.clone(),
            size: text::size(arrival.original_bytes),
            received_at: time::moment(arrival.received_at),
            reason: problem.code.title(),
            detail: problem.detail.clone(),
            is_mail: arrival.channel == Channel::Mail,
            registrable: can_be_registered(arrival),
        })
    }
}
