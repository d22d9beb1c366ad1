//! `POST /desk/letters/{number}/corrections/{id}/undo`: takes one correction back.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::letters::{number, path_of};
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Verify;

/// Takes it back.
///
/// # Errors
/// No such correction, or it was taken back already.
pub async fn undo(
    posted: Posted<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (text, id) = path.into_inner();
    let number = number(&text)?;
    let back = path_of(&number);
    let id = crate::web::desk::identifier(&id)?;
    let failed = |problem| WebError::from(problem).back_to(back.clone());
    gateway.undo_correction(posted.viewer(), &number, id).await.map_err(failed)?;
    Ok(see_other(&Done::CorrectionUndone.on(&back)))
}
