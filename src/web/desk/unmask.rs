//! `POST /desk/cases/{number}/unmask`: the case once with the petitioner's data as it is; the look and its reason are an event.

use actix_web::{HttpResponse, web};

use crate::gateway::Gateway;
use crate::presentation::Masking;
use crate::web::desk::case_page::{number, path_of, render};
use crate::web::form::{Fields, Posted};
use crate::web::problem::WebError;
use crate::web::session::Unmask;

/// Shows the case unmasked.
///
/// # Errors
/// No such case, or no reason given.
pub async fn unmask(
    posted: Posted<Unmask>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem| WebError::from(problem).back_to(path_of(&number));
    let view = gateway.case_view(posted.viewer(), &number).await.map_err(back)?;
    gateway.unmask(posted.viewer(), &view.case, posted.fields.text("reason")).await.map_err(back)?;
    // Looked up again, so that the page shows the look among the events.
    let view = gateway.case_view(posted.viewer(), &number).await.map_err(back)?;
    render(&gateway, &posted.allowed().person, &view, Masking::Plain, &Fields::default()).await
}
