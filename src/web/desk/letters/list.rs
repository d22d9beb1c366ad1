//! `GET /desk/letters`: the letters to check.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::id::BatchId;
use case::verification::Verification;
use store::corrections::LetterCounts;

use crate::desk::names::Names;
use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::presentation::time;
use crate::verification::queue::QueuedLetter;
use crate::web::desk::letters::PATH;
use crate::web::desk::queue::secrecy_mark;
use crate::web::desk::view::pager::{self, Pager};
use crate::web::desk::view::text;
use crate::web::desk::{identifier, menu};
use crate::web::form::Asked;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Verify};

/// The states that can be asked for, with their names for people.
const STATES: [(&str, &str); 3] = [("unchecked", "待核对"), ("being_checked", "核对中"), ("confirmed", "已核对")];

/// The page.
#[derive(Template)]
#[template(path = "desk/letters.html")]
struct LettersPage {
    shell: Shell,
    counts: LetterCounts,
    state: String,
    /// The batch that is looked at alone, with its name.
    batch: Option<(String, String)>,
    first: Option<String>,
    rows: Vec<Row>,
    pager: Pager,
}

/// A letter of the list.
struct Row {
    number: String,
    registered_at: String,
    source: String,
    /// The batch it was taken out of, with its name.
    batch: Option<(String, String)>,
    title: String,
    secrecy: Option<&'static str>,
    state: &'static str,
    state_name: &'static str,
    person: String,
    doubts: Option<u32>,
}

/// Shows the list.
///
/// # Errors
/// The store failed.
pub async fn show(
    allowed: Allowed<Verify>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let state = STATES.iter().find(|(name, _)| *name == query.text("state")).map_or("", |(name, _)| *name);
    let states = Some(state).filter(|state| !state.is_empty()).map(ToOwned::to_owned).into_iter().collect();
    let batch = query.given("batch").map(identifier::<BatchId>).transpose()?;
    let page = pager::page(&query);
    let found = gateway.letters(allowed.viewer(), states, batch, pager::paging(page)).await?;
    let names = gateway.names().await?;
    let first = gateway.next_letter(allowed.viewer(), None).await?;
    html(&LettersPage {
        shell: menu::shell(&gateway, &allowed.person, "来信核对", PATH, &query),
        counts: gateway.letter_counts(allowed.viewer()).await?,
        state: state.to_owned(),
        batch: match batch {
            Some(batch) => Some((batch.to_string(), gateway.batch_name(allowed.viewer(), batch).await?)),
            None => None,
        },
        first: first.map(|number| super::path_of(&number)),
        rows: found.rows.iter().map(|letter| Row::of(letter, &names)).collect(),
        pager: Pager::of(page, found.total, PATH, &query, &["state", "batch"]),
    })
}

impl Row {
    fn of(letter: &QueuedLetter, names: &Names) -> Self {
        let row = &letter.row;
        Self {
            number: row.number.to_string(),
            registered_at: time::moment(row.registered_at),
            source: row.source_name.clone(),
            batch: row.batch.as_ref().map(|(batch, name)| (batch.to_string(), name.clone())),
            title: text::shown(&letter.title, Masking::Masked),
            secrecy: secrecy_mark(row.secrecy),
            state: row.check.state.label(),
            state_name: row.check.state.as_str(),
            person: person(&row.check.state, names),
            doubts: row.check.doubts,
        }
    }
}

/// Who has it open or has checked it, and since when.
pub(super) fn person(state: &Verification, names: &Names) -> String {
    let (staff, at) = match state {
        Verification::Unchecked => return String::new(),
        Verification::BeingChecked { by, since } => (*by, *since),
        Verification::Confirmed { by, at } => (*by, *at),
    };
    format!("{} {}", names.actor(&case::actor::Actor::Staff { staff }), time::moment(at))
}
