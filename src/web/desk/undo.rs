//! `POST /desk/findings/{id}/undo`: takes a decision about a finding back.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::{back_path, identifier};
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Undoes.
///
/// # Errors
/// No such finding, or nothing was decided.
pub async fn undo(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = back_path(&posted.fields);
    gateway.undo(posted.viewer(), id).await.map_err(|problem| WebError::from(problem).back_to(back.clone()))?;
    Ok(see_other(&Done::Undone.on(&back)))
}
