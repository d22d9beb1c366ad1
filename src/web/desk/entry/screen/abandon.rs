//! `POST /desk/entry/{id}/abandon`: gives a draft up.

use actix_web::{HttpResponse, web};

use super::{CALL_PATH, draft_id};
use crate::gateway::Gateway;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Gives it up.
///
/// # Errors
/// The store failed.
pub async fn abandon(
    posted: Posted<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    gateway.abandon_entry_draft(posted.viewer(), draft_id(&path)?).await?;
    Ok(see_other(CALL_PATH))
}
