//! `GET /desk/submissions/{id}/later-scans/{scan}/{index}`: a file of a later scan of a letter. Opening one is an event.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::identifier;
use crate::web::download;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, OpenFiles};

/// Gives the file.
///
/// # Errors
/// No such file, or none that the person may see.
pub async fn open(
    allowed: Allowed<OpenFiles>,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, usize, usize)>,
) -> Result<HttpResponse, WebError> {
    let (id, scan, index) = path.into_inner();
    let back = |problem| WebError::from(problem).back_to("/desk");
    let (file, bytes) = gateway.open_later_file(allowed.viewer(), identifier(&id)?, scan, index).await.map_err(back)?;
    Ok(download::file(&file, bytes))
}
