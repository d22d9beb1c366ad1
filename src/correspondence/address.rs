//! Our own addresses, and the marks by which an answer to one of our mails is known.

use case::mail_thread::MailThread;
use case::problem::{Problem, ProblemCode};
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Body, Mailbox, Message, MessageBuilder, MultiPart, SinglePart};

use crate::gateway::Gateway;
use crate::mailbox::server::MailServer;

/// What programs that answer by themselves must see, so that they leave our mail alone (RFC 3834 section 5; Exchange).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Automatic {
    /// An answer to a mail.
    Replied,
    /// Sent because somebody decided it.
    Generated,
}

impl Gateway {
    /// The sender of our mails.
    ///
    /// # Errors
    /// The setting is no mailbox.
    pub(crate) fn own_mailbox(&self) -> Result<Mailbox, Problem> {
        mailbox(&self.configuration.mail.from)
    }

    /// Whether an address is one of ours: what comes from it is our own mail.
    pub(crate) fn is_own_address(&self, address: &str) -> bool {
        let settings = &self.configuration;
        let plain = without_plus(address);
        let from = self.own_mailbox().ok().map(|own| own.email.to_string());
        let users = settings.mail.mailboxes.iter().filter_map(|mailbox| MailServer::parse(&mailbox.url).ok());
        let users = users.map(|server| server.user);
        let taken = settings.mail.lmtp.recipients.iter().cloned();
        let mut ours = from.into_iter().chain([settings.office.mail.clone()]).chain(users).chain(taken);
        ours.any(|own| own.eq_ignore_ascii_case(&plain))
    }

    /// A mail of ours in a thread: sender, Message-ID, and where answers go. The thread is in the Message-ID, and in the reply address
    /// where the mail server knows plus addresses, else in the subject.
    ///
    /// # Errors
    /// The sender in the settings is no mailbox.
    pub(crate) fn threaded(&self, thread: MailThread, subject: &str) -> Result<MessageBuilder, Problem> {
        let own = self.own_mailbox()?;
        let token = thread.token(&self.secret);
        let (user, domain) = (own.email.user().to_owned(), own.email.domain().to_owned());
        let builder = Message::builder().from(own.clone()).message_id(Some(format!("<{token}@{domain}>")));
        if self.configuration.mail.plus_addressing {
            let wrong =
                |_long| ProblemCode::InvalidConfiguration.because("mail.from的用户名过长，不能使用plus_addressing");
            let address = Address::new(format!("{user}+{token}"), domain).map_err(wrong)?;
            Ok(builder.reply_to(Mailbox::new(own.name, address)).subject(subject))
        } else {
            Ok(builder.subject(format!("{subject} [{token}]")))
        }
    }
}

/// A mail with the same words as text and as HTML. Its type stands among its own headers, where a signature covers it; the library keeps
/// that of several parts with the parts, out of the signature's reach.
///
/// # Errors
/// The mail has no sender or recipient.
pub(crate) fn with_text_and_html(
    builder: MessageBuilder,
    boundary: &str,
    text: String,
    html: String,
) -> Result<Message, lettre::error::Error> {
    let parts = MultiPart::alternative()
        .boundary(boundary)
        .singlepart(SinglePart::plain(text))
        .singlepart(SinglePart::html(html));
    let kind = parts.headers().get::<ContentType>().unwrap_or(ContentType::TEXT_PLAIN);
    let written = parts.formatted();
    let end = written.windows(4).position(|bytes| bytes == b"\r\n\r\n").map_or(0, |end| end + 4);
    let body = written.get(end..).unwrap_or_default().to_vec();
    // Each part has its own encoding, so that what is left is of seven bits.
    let body = Body::dangerous_pre_encoded(body, ContentTransferEncoding::SevenBit);
    builder.header(MIME_VERSION_1_0).header(kind).body(body)
}

/// Puts the marks on a mail of ours: what it is, and that nothing automatic may answer it.
pub(crate) fn mark(message: &mut Message, automatic: Automatic, id: &str) {
    let automatic = match automatic {
        Automatic::Replied => "auto-replied",
        Automatic::Generated => "auto-generated",
    };
    let headers = message.headers_mut();
    for (name, value) in [
        (HeaderName::new_from_ascii_str("Auto-Submitted"), automatic),
        (HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"), "All"),
        (HeaderName::new_from_ascii_str(channels::mail::DISPATCH_HEADER), id),
    ] {
        headers.insert_raw(HeaderValue::new(name, value.to_owned()));
    }
}

/// A mailbox as written in settings or in the list of units.
///
/// # Errors
/// It is none.
pub(crate) fn mailbox(address: &str) -> Result<Mailbox, Problem> {
    address
        .parse()
        .map_err(|_invalid| ProblemCode::MailFailed.because("邮箱地址格式有误，请在单位资料或mail.from中更正"))
}

/// `name+anything@domain` is `name@domain`.
pub(crate) fn without_plus(address: &str) -> String {
    let Some((local, domain)) = address.split_once('@') else { return address.to_owned() };
    format!("{}@{domain}", local.split('+').next().unwrap_or_default())
}
