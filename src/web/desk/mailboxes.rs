//! `GET /desk/mailboxes`: how each mailbox stands.

use actix_web::{HttpResponse, web};
use askama::Template;
use store::mailboxes::Watched;

use crate::gateway::Gateway;
use crate::mailbox::state::MailboxStanding;
use crate::presentation::time;
use crate::web::desk::menu;
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// The page.
#[derive(Template)]
#[template(path = "desk/mailboxes.html")]
struct MailboxesPage {
    shell: Shell,
    rows: Vec<Row>,
}

/// A mailbox.
struct Row {
    name: String,
    watched: String,
    fetched_at: String,
    mails: String,
    waiting: u64,
    held: u64,
    trouble: Option<Trouble>,
}

/// What is wrong with a mailbox.
struct Trouble {
    title: &'static str,
    detail: String,
    since: String,
}

/// Shows the mailboxes.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let standings = gateway.mailboxes(allowed.viewer()).await?;
    html(&MailboxesPage {
        shell: menu::shell(&gateway, &allowed.person, "邮箱", "/desk/mailboxes", &query),
        rows: standings.iter().map(Row::of).collect(),
    })
}

impl Row {
    fn of(standing: &MailboxStanding) -> Self {
        let watched = match standing.watched {
            _ if !standing.is_fetched => "由邮件服务器投递（LMTP）".to_owned(),
            // What it would be once it can be reached says nothing.
            _ if standing.fetched_at.is_none() => "尚未收取".to_owned(),
            None => "尚未收取".to_owned(),
            Some(Watched::Idle) => "实时（IDLE）".to_owned(),
            Some(Watched::Polling) => format!("每{}秒查看一次", standing.poll_seconds),
            Some(Watched::ByHand) => "由命令收取（xinqiao fetch）".to_owned(),
        };
        let never = if standing.is_fetched { "从未" } else { "—" };
        Self {
            name: standing.name.clone(),
            watched,
            fetched_at: standing.fetched_at.map_or_else(|| never.to_owned(), time::moment),
            mails: if standing.is_fetched { standing.mails.to_string() } else { "—".to_owned() },
            waiting: standing.waiting,
            held: standing.held,
            trouble: standing.trouble.as_ref().map(|(problem, since)| Trouble {
                title: problem.code.title(),
                detail: problem.detail.clone(),
                since: time::moment(*since),
            }),
        }
    }
}
