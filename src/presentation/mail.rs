//! The mail of a dispatch, taken apart for people and programs.

use mail_parser::{Address, MessageParser, MimeHeaders};
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::mail::OutboxMail;

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MailDocument {
    /// The number of the case.
    pub case: String,
    /// The sender.
    pub from: Vec<String>,
    /// The unit that answers.
    pub to: Vec<String>,
    /// The units that help.
    pub copies: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The names of what is attached.
    pub attachments: Vec<String>,
}

impl MailDocument {
    /// The mail; what it does not have stays empty.
    #[must_use]
    pub fn of(mail: &OutboxMail) -> Self {
        let message = MessageParser::default().parse(&mail.bytes);
        let message = message.as_ref();
        let names = message.into_iter().flat_map(|message| message.attachments());
        Self {
            case: mail.case.number.to_string(),
            from: people(message.and_then(|message| message.from())),
            to: people(message.and_then(|message| message.to())),
            copies: people(message.and_then(|message| message.cc())),
            subject: message.and_then(|message| message.subject()).unwrap_or_default().to_owned(),
            text: message.and_then(|message| message.body_text(0)).unwrap_or_default().into_owned(),
            attachments: names.filter_map(MimeHeaders::attachment_name).map(ToOwned::to_owned).collect(),
        }
    }
}

fn people(addresses: Option<&Address<'_>>) -> Vec<String> {
    let people = addresses.into_iter().flat_map(|addresses| addresses.iter());
    let shown = people.map(|person| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    });
    shown.collect()
}
