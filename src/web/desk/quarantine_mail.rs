//! `GET /desk/quarantine/{id}`: a mail that was not registered, as text, with the button that registers it.

use actix_web::{HttpResponse, web};
use askama::Template;
use case::arrival::ArrivalState;
use channels::mail::Preview;

use crate::gateway::Gateway;
use crate::intake::retry::can_be_registered;
use crate::presentation::time;
use crate::web::desk::{identifier, menu};
use crate::web::form::Fields;
use crate::web::page::{Shell, html};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// The page.
#[derive(Template)]
#[template(path = "desk/quarantine_mail.html")]
struct QuarantineMailPage {
    shell: Shell,
    id: String,
    received_at: String,
    reason: &'static str,
    detail: String,
    registrable: bool,
    mail: Preview,
}

/// Shows the mail.
///
/// # Errors
/// It is not in the quarantine, or is no mail.
pub async fn show(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
    path: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = identifier(&path)?;
    let back = |problem| WebError::from(problem).back_to("/desk/quarantine");
    let (arrival, mail) = gateway.refused_mail(allowed.viewer(), id).await.map_err(back)?;
    let (reason, detail) = match &arrival.state {
        ArrivalState::Refused { problem, .. } => (problem.code.title(), problem.detail.clone()),
        ArrivalState::Waiting | ArrivalState::Registered { .. } => ("", String::new()),
    };
    html(&QuarantineMailPage {
        shell: menu::shell(&gateway, &allowed.person, "待处理邮件", "/desk/quarantine", &Fields::default()),
        id: arrival.id.to_string(),
        received_at: time::moment(arrival.received_at),
        reason,
        detail,
        registrable: can_be_registered(&arrival),
        mail,
    })
}
