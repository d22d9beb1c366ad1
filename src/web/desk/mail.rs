//! `GET /desk/outbox/{id}`: the mail of a dispatch as text.

use actix_web::{HttpResponse, web};
use askama::Template;
use mail_parser::{Address, MessageParser};

use crate::gateway::Gateway;
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
    case: String,
    from: String,
    to: String,
    copies: String,
    subject: String,
    text: String,
    attachments: Vec<String>,
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
    let message = MessageParser::default().parse(&mail.bytes);
    let message = message.as_ref();
    let text = message.and_then(|message| message.body_text(0)).unwrap_or_default().into_owned();
    let names = message.into_iter().flat_map(|message| message.attachments());
    html(&MailPage {
        shell: menu::shell(&gateway, &allowed.person, "函件", "/desk/outbox", &Fields::default()),
        case: mail.case.number.to_string(),
        from: people(message.and_then(|message| message.from())),
        to: people(message.and_then(|message| message.to())),
        copies: people(message.and_then(|message| message.cc())),
        subject: message.and_then(|message| message.subject()).unwrap_or_default().to_owned(),
        text,
        attachments: names.filter_map(mail_parser::MimeHeaders::attachment_name).map(ToOwned::to_owned).collect(),
    })
}

fn people(addresses: Option<&Address<'_>>) -> String {
    let people = addresses.into_iter().flat_map(|addresses| addresses.iter());
    let shown = people.map(|person| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    });
    shown.collect::<Vec<_>>().join("，")
}
