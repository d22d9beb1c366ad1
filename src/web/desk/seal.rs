//! `POST /desk/cases/{number}/seal`: closes a case that turned out to be an accusation.

use actix_web::{HttpResponse, web};
use case::staff::Permission;

use crate::gateway::Gateway;
use crate::web::desk::case_page::{number, path_of};
use crate::web::desk::done::Done;
use crate::web::form::Posted;
use crate::web::page::see_other;
use crate::web::problem::WebError;
use crate::web::session::Decide;

/// Seals.
///
/// # Errors
/// No such case, no reason given, or it was sent already.
pub async fn seal(
    posted: Posted<Decide>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let number = number(&path)?;
    let back = |problem| WebError::from(problem).back_to(path_of(&number));
    gateway.seal(posted.viewer(), &number, posted.fields.text("reason")).await.map_err(back)?;
    // Whoever may not see the sealed has just closed the door behind themselves.
    let next = if posted.viewer().may(Permission::Sealed) { path_of(&number) } else { "/desk".to_owned() };
    Ok(see_other(&Done::Sealed.on(&next)))
}
