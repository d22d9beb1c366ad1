//! `GET /desk/calls/new`, `/desk/walk-ins/new`, `/desk/entry/{id}`: the screen, empty or with a draft.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::entry::{EntryContent, EntryDraft, EntryForm};
use case::id::EntryDraftId;
use case::staff::Permission;

use super::{CALL_PATH, WALK_IN_PATH, draft_id};
use crate::gateway::Gateway;
use crate::presentation::time;
use crate::web::desk::menu;
use crate::web::form::{Asked, Fields};
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// The page.
#[derive(Template)]
#[template(path = "desk/entry.html")]
struct EntryPage {
    shell: Shell,
    id: String,
    version: u64,
    saved_at: Option<String>,
    content: EntryContent,
    edited: String,
    /// Other drafts of the person.
    drafts: Vec<DraftRow>,
    /// For how many days they are kept.
    draft_days: u32,
    /// Whether earlier cases and candidates are shown.
    reads_cases: bool,
}

/// A draft in the list.
struct DraftRow {
    id: String,
    saved_at: String,
    form: &'static str,
    words: String,
}

impl EntryPage {
    const FORMS: [EntryForm; 3] = EntryForm::ALL;
}

/// Shows an empty screen for a call; `?call=` names one that the telephone system announced.
///
/// # Errors
/// The template cannot be filled, or the store failed.
pub async fn new_call(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let operator = &allowed.viewer().staff().user_name;
    let named = query.text("call");
    let incoming = Some(named).filter(|named| !named.is_empty());
    let incoming = incoming.and_then(|call| gateway.incoming.call(call, operator, gateway.clock.now()));
    let content = EntryContent {
        form: EntryForm::Phone,
        call_id: incoming.as_ref().map(|call| call.call_id.clone()).unwrap_or_default(),
        caller_number: incoming.map(|call| call.caller_number).unwrap_or_default(),
        ..EntryContent::default()
    };
    new(&allowed, &gateway, &query, content, CALL_PATH, "来电登记").await
}

/// Shows an empty screen for a visit.
///
/// # Errors
/// The template cannot be filled, or the store failed.
pub async fn new_walk_in(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let content = EntryContent { form: EntryForm::WalkIn, ..EntryContent::default() };
    new(&allowed, &gateway, &query, content, WALK_IN_PATH, "来访、来信代登").await
}

/// Shows a draft of the person.
///
/// # Errors
/// No such draft.
pub async fn draft(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
    Asked(query): Asked,
) -> Result<HttpResponse, WebError> {
    let draft = gateway.entry_draft(allowed.viewer(), draft_id(&path)?).await;
    let draft = draft.map_err(|problem| WebError::from(problem).back_to(CALL_PATH))?;
    let (path, title) = match draft.content.form {
        EntryForm::Phone => (CALL_PATH, "来电登记"),
        EntryForm::WalkIn | EntryForm::Letter => (WALK_IN_PATH, "来访、来信代登"),
    };
    page(&allowed, &gateway, &query, draft, path, title).await
}

async fn new(
    allowed: &Allowed<Enter>,
    gateway: &Gateway,
    query: &Fields,
    content: EntryContent,
    path: &str,
    title: &str,
) -> Result<HttpResponse, WebError> {
    let id = EntryDraftId::fresh(&*gateway.clock, &*gateway.randomness);
    let staff = allowed.viewer().staff().id;
    let draft = EntryDraft { id, staff, saved_at: gateway.clock.now(), version: 0, content };
    page(allowed, gateway, query, draft, path, title).await
}

async fn page(
    allowed: &Allowed<Enter>,
    gateway: &Gateway,
    query: &Fields,
    draft: EntryDraft,
    path: &str,
    title: &str,
) -> Result<HttpResponse, WebError> {
    let others = gateway.entry_drafts(allowed.viewer()).await?;
    html(&EntryPage {
        shell: menu::shell(gateway, &allowed.person, title, path, query),
        id: draft.id.to_string(),
        version: draft.version,
        saved_at: (draft.version > 0).then(|| time::clock(draft.saved_at)),
        edited: draft.content.edited.join(" "),
        draft_days: gateway.configuration.entry.draft_days,
        drafts: others.iter().filter(|other| other.id != draft.id).map(DraftRow::of).collect(),
        reads_cases: allowed.viewer().may(Permission::ReadCases),
        content: draft.content,
    })
}

impl DraftRow {
    fn of(draft: &EntryDraft) -> Self {
        const SHOWN: usize = 24;
        let content = &draft.content;
        let words = [&content.title, &content.body, &content.name].into_iter().find(|text| !text.trim().is_empty());
        Self {
            id: draft.id.to_string(),
            saved_at: time::moment(draft.saved_at),
            form: content.form.label(),
            words: words.map_or_else(|| "（未填内容）".to_owned(), |text| text.chars().take(SHOWN).collect()),
        }
    }
}
