//! `GET /desk/batches/files/{id}/original`: a refused file, always as a download: nobody could read it, so nobody knows what it is.

use actix_web::{HttpResponse, web};

use super::PATH;
use crate::gateway::Gateway;
use crate::web::desk::identifier;
use crate::web::download;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Enter};

/// Gives the file.
///
/// # Errors
/// It is not refused, nothing of it was kept, or it holds a sealed letter.
pub async fn download(
    allowed: Allowed<Enter>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to(PATH);
    let (file, bytes) = gateway.refused_batch_file(allowed.viewer(), id).await.map_err(back)?;
    Ok(download::attachment(&file.name, bytes))
}
