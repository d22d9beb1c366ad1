//! `POST /desk/notices/{id}/resend`: has a notice sent again whose sending was given up.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::web::desk::done::Done;
use crate::web::desk::{back_path, identifier};
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// The operation.
///
/// # Errors
/// No such notice, or it was not given up.
pub async fn resend(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = back_path(&posted.fields);
    gateway
        .resend_notice(posted.viewer(), id)
        .await
        .map_err(|problem| WebError::from(problem).back_to(back.clone()))?;
    Ok(see_other(&Done::NoticeResent.on(&back)))
}
