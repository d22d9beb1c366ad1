//! `GET /api/v1/mailboxes`: how each mailbox stands.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use store::mailboxes::Watched;
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::mailbox::state::MailboxStanding;
use crate::presentation::problem::ProblemDocument;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// The mailboxes.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxList {
    /// Those of the configuration in its order, then the addresses to which mails are handed over.
    mailboxes: Vec<MailboxLine>,
}

/// A mailbox that is fetched, or an address to which a mail server hands mails over.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxLine {
    /// What staff call it, or the address.
    name: String,
    /// `idle`, `polling` or `by_hand`; none before it was fetched, and for addresses.
    watched: Option<&'static str>,
    /// When it was fetched last without trouble, RFC 3339.
    fetched_at: Option<String>,
    /// How many mails were new, altogether.
    mails: u64,
    /// Mails of it that are not read yet.
    waiting: u64,
    /// Mails of it in the quarantine.
    held: u64,
    /// Why it cannot be fetched now.
    problem: Option<ProblemDocument>,
    /// Since when that is so, RFC 3339.
    failing_since: Option<String>,
}

impl MailboxLine {
    fn of(standing: &MailboxStanding) -> Self {
        let trouble = standing.trouble.as_ref();
        Self {
            name: standing.name.clone(),
            watched: standing.watched.map(Watched::as_str),
            fetched_at: standing.fetched_at.map(|at| at.to_string()),
            mails: standing.mails,
            waiting: standing.waiting,
            held: standing.held,
            problem: trouble.map(|(problem, _)| ProblemDocument::of(problem)),
            failing_since: trouble.map(|(_, since)| since.to_string()),
        }
    }
}

/// Tells how each mailbox stands.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/mailboxes", tag = "quarantine", security(("session" = [])),
    responses((status = 200, description = "The mailboxes", body = MailboxList))
)]
pub async fn list_mailboxes(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, WebError> {
    let standings = gateway.mailboxes(allowed.viewer()).await?;
    Ok(HttpResponse::Ok().json(MailboxList { mailboxes: standings.iter().map(MailboxLine::of).collect() }))
}
