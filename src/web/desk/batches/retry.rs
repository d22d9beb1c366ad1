//! `POST /desk/batches/files/{id}/retry`: parts a refused file again.

use actix_web::{HttpResponse, web};

use super::PATH;
use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::identifier;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Enter;

/// Retries.
///
/// # Errors
/// The file is not refused, or cannot be parted whatever is done.
pub async fn retry(
    posted: Posted<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to(PATH);
    let batch = gateway.retry_batch_file(posted.viewer(), id).await.map_err(back)?;
    Ok(see_other(&Done::Reparted.on(&format!("{PATH}/{batch}"))))
}
