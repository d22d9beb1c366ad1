//! `/desk/sealed`: sealed envelopes. Everyone who enters letters can write down that one came and gets its sticker; the book is shown only
//! to who may see sealed cases.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::batch::{SealedEnvelope, SealedState};
use case::problem::Problem;
use case::staff::Permission;

use crate::gateway::Gateway;
use crate::presentation::time;
use crate::web::desk::done::Done;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::{identifier, menu, sheets};
use crate::web::form::{Asked, Posted, invalid};
use crate::web::page::{Shell, html, see_other};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter, Sealed};

/// Where the page is.
const PATH: &str = "/desk/sealed";

/// The page.
#[derive(Template)]
#[template(path = "desk/sealed.html")]
struct SealedPage {
    shell: Shell,
    /// The book, for who may see it.
    book: Option<Book>,
}

/// The book.
struct Book {
    rows: Vec<Row>,
    pager: Pager,
}

/// A sealed envelope.
struct Row {
    id: String,
    number: String,
    pieces: u16,
    received_at: String,
    /// To whom it was handed and when; none while it is in the mailroom.
    handed: Option<(String, String)>,
}

/// Shows the form, and the book to who may see it.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let page = pager::page(&query);
    let book = if allowed.viewer().may(Permission::Sealed) {
        let found = gateway.sealed_envelopes(allowed.viewer(), pager::paging(page)).await?;
        let pager = Pager::of(page, found.total, PATH, &query, &[]);
        Some(Book { rows: found.rows.iter().map(Row::of).collect(), pager })
    } else {
        None
    };
    html(&SealedPage { shell: menu::shell(&gateway, &allowed.person, "密封件", PATH, &query), book })
}

/// Writes an envelope down and shows its sticker.
///
/// # Errors
/// A field is wrong, or the store failed.
pub async fn receive(posted: Posted<Enter>, gateway: web::Data<Gateway>) -> Result<HttpResponse, WebError> {
    let back = |problem: Problem| WebError::from(problem).back_to(PATH);
    let pieces = pieces(&posted).map_err(back)?;
    let to = posted.fields.given("to");
    let envelope = gateway.receive_sealed(posted.viewer(), pieces, to).await.map_err(back)?;
    sheets::sealed(&gateway, envelope.number)
}

/// Writes down that an envelope was handed over.
///
/// # Errors
/// A field is wrong, it is not in the mailroom, or the store failed.
pub async fn hand_over(
    posted: Posted<Sealed>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let back = |problem: Problem| WebError::from(problem).back_to(PATH);
    let id = identifier(&path)?;
    let pieces = pieces(&posted).map_err(back)?;
    gateway.hand_over_sealed(posted.viewer(), id, posted.fields.text("to"), pieces).await.map_err(back)?;
    Ok(see_other(&Done::SealedHandedOver.on(PATH)))
}

fn pieces<R: crate::web::session::Right>(posted: &Posted<R>) -> Result<u16, Problem> {
    posted.fields.parse("pieces", "件数")?.ok_or_else(|| invalid("件数"))
}

impl Row {
    fn of(envelope: &SealedEnvelope) -> Self {
        Self {
            id: envelope.id.to_string(),
            number: envelope.number.to_string(),
            pieces: envelope.pieces,
            received_at: time::moment(envelope.received_at),
            handed: match &envelope.state {
                SealedState::Held => None,
                SealedState::HandedOver { to, at, .. } => Some((to.clone(), time::moment(*at))),
            },
        }
    }
}
