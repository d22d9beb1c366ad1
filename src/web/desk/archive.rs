//! `GET /desk/submissions/{id}/archive`: the archive file of a letter. Opening it is an event.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::identifier;
use crate::web::download;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, OpenFiles};

/// Gives the file.
///
/// # Errors
/// It is not made yet, or not for this person.
pub async fn open(
    allowed: Allowed<OpenFiles>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let back = |problem| WebError::from(problem).back_to("/desk");
    let (file, bytes) = gateway.open_archive(allowed.viewer(), identifier(&path)?).await.map_err(back)?;
    Ok(download::file(&file, bytes))
}
