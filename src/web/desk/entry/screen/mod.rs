//! The screen on which staff enter in a petitioner's name: while a call goes on, at the counter, from paper.
//!
//! The page works as a plain form. Its script posts the same fields: to think along ([`think`]), to keep the draft ([`draft`]), to look up
//! who calls ([`caller`]); and it waits for calls that the telephone system announces ([`incoming`]).

use actix_web::web;
use case::entry::{EntryContent, EntryForm};
use case::id::EntryDraftId;
use case::problem::ProblemCode;

use crate::web::form::Fields;
use crate::web::problem::WebError;

pub mod abandon;
pub mod caller;
pub mod draft;
pub mod incoming;
pub mod register;
pub mod show;
pub mod think;

/// Where a call is entered.
pub const CALL_PATH: &str = "/desk/calls/new";
/// Where a visit is entered.
pub const WALK_IN_PATH: &str = "/desk/walk-ins/new";

/// Adds the routes.
pub fn routes(service: &mut web::ServiceConfig) {
    service
        .route(CALL_PATH, web::get().to(show::new_call))
        .route(WALK_IN_PATH, web::get().to(show::new_walk_in))
        .route("/desk/calls/incoming", web::get().to(incoming::wait))
        .route("/desk/entry/think", web::post().to(think::think))
        .route("/desk/entry/caller", web::post().to(caller::look_up))
        .route("/desk/entry/{id}", web::get().to(show::draft))
        .route("/desk/entry/{id}/draft", web::post().to(draft::keep))
        .route("/desk/entry/{id}/register", web::post().to(register::register))
        .route("/desk/entry/{id}/abandon", web::post().to(abandon::abandon));
}

/// The draft that a path names.
fn draft_id(text: &str) -> Result<EntryDraftId, WebError> {
    text.parse().map_err(|_invalid: case::id::InvalidId| WebError::from(ProblemCode::NotFound).back_to(CALL_PATH))
}

/// What is typed on the screen.
fn content(fields: &Fields) -> EntryContent {
    let text = |name: &str| fields.text(name).replace("\r\n", "\n");
    EntryContent {
        form: EntryForm::from_name(fields.text("form")).unwrap_or_default(),
        call_id: text("call_id"),
        caller_number: text("caller_number"),
        name: text("name"),
        phone: text("phone"),
        id_number: text("id_number"),
        address: text("address"),
        mail_address: text("mail_address"),
        proxy_name: text("proxy_name"),
        proxy_phone: text("proxy_phone"),
        title: text("title"),
        body: text("body"),
        demand: text("demand"),
        place: text("place"),
        anonymous: !fields.text("anonymous").is_empty(),
        confidential: !fields.text("confidential").is_empty(),
        edited: fields.text("edited").split_whitespace().map(str::to_owned).collect(),
    }
}
