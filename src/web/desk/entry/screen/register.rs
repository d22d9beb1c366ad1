//! `POST /desk/entry/{id}/register`: what was typed becomes a submission.

use actix_web::{HttpResponse, web};

use super::{content, draft_id};
use crate::desk::entered::Entry;
use crate::gateway::Gateway;
use crate::web::desk::entry::item::{Item, address};
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Registers it.
///
/// # Errors
/// Nothing was said, a field is too long, or the store failed.
pub async fn register(
    posted: Posted<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = draft_id(&path)?;
    let typed = content(&posted.fields);
    let receipt = match gateway.register_entry(posted.viewer(), id, &typed).await {
        Ok(receipt) => receipt,
        Err(problem) => {
            // What was typed is on the page to which the way back leads. Kept already, or too long to be kept: then it is as it was.
            let seen = posted.fields.parse("version", "版本").ok().flatten().unwrap_or(0);
            let _as_it_was = gateway.keep_entry_draft(posted.viewer(), id, seen, typed).await;
            return Err(WebError::from(problem).back_to(format!("/desk/entry/{id}")));
        }
    };
    Ok(see_other(&address(&[Item::Taken(Entry::Submission(receipt.submission))])))
}
