//! `GET /desk/letters/{number}/pages/{index}`: the image of a page, for whoever may check this letter. Never kept by a browser.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::letters::{PATH, number};
use crate::web::download;
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Verify};

/// Gives the image.
///
/// # Errors
/// No such page, or none that the person may see.
pub async fn page(
    allowed: Allowed<Verify>,
    gateway: web::Data<Gateway>,
    path: web::Path<(String, usize)>,
) -> Result<HttpResponse, WebError> {
    let (text, index) = path.into_inner();
    let back = |problem| WebError::from(problem).back_to(PATH);
    let (file, bytes) = gateway.page_image(allowed.viewer(), &number(&text)?, index).await.map_err(back)?;
    Ok(download::file(&file, bytes))
}
