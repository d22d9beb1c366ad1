//! `GET /desk/outbox/{id}`: the mail of a dispatch as text.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::gateway::Gateway;
use crate::presentation::mail::MailDocument;
use crate::web::desk::{identifier, menu};
use crate::web::form::Fields;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, OpenFiles};

/// The page.
#[derive(Template)]
#[template(path = "desk/mail.html")]
struct MailPage {
    shell: Shell,
    mail: MailDocument,
}

/// Shows the mail.
///
/// # Errors
/// No such dispatch, or its mail is not in the outbox folder.
pub async fn show(
    allowed: Allowed<OpenFiles>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to("/desk/outbox");
    let mail = gateway.outbox_mail(allowed.viewer(), id).await.map_err(back)?;
    html(&MailPage {
        shell: menu::shell(&gateway, &allowed.person, "函件", "/desk/outbox", &Fields::default()),
        mail: MailDocument::of(&mail),
    })
}
