//! The mail door: RFC 5322 messages, alone or in an mbox file.
//!
//! ```text
//! bytes -> sort -> headers -> automatic? -> parts -> body, quoted history, signature, attachments -> fields -> statement
//! ```
//!
//! | file | what |
//! |---|---|
//! | `container` | one message or an mbox, and the messages of an mbox |
//! | `header` | the headers as bytes, RFC 2047 and raw 8-bit values |
//! | `envelope` | who sent it, what it answers, whether a person wrote it |
//! | `sender` | who a mail says that it comes from |
//! | `automatic` | what is no message of a person |
//! | `bounce` | reports of mail servers |
//! | `spam` | what the delivering server says of it |
//! | `preview` | what a person sees of a mail before it is read as a petition |
//! | `structure` | limits that hold before anything is parsed |
//! | `part` | the parts, decoded by what their bytes are |
//! | `parameter` | names of files, by what their bytes are |
//! | `html` | text of HTML |
//! | `enriched` | text of `text/enriched` |
//! | `uuencode` | files between the lines of a text |
//! | `quote` | where the new words end and history or signature begin |
//! | `forwarding_form` | the petition in a form in which a portal, a hotline or an office hands it on |
//! | `armor` | what OpenPGP and S/MIME put around words |
//! | `signed` | the mail inside of an S/MIME signature |
//! | `attachment` | what was sent with it, and scans read by the letter door |
//! | `card` | vCards, the signatures that some programs attach |
//! | `open` | what is packed in attachments: zip files, `tnef` (winmail.dat), mails |
//! | `readers` | who reads attachments, and how long that may take |
//! | `later` | attachments read when the mail is registered already |
//! | `pages` | several scans that are one letter |
//! | `documents` | the words of office documents, from another process ([`crate::document`]) |
//! | `people` | whose petition it is, and who brought it in |
//! | `title` | the title |
//! | `statement` | the one normal form |
//!
//! A mail is never lost for its attachments: what cannot be read is kept and marked.

mod armor;
mod attachment;
mod automatic;
mod bounce;
mod card;
mod container;
mod documents;
mod enriched;
mod envelope;
mod forwarding_form;
mod header;
mod html;
mod later;
mod open;
mod pages;
mod parameter;
mod part;
mod people;
mod preview;
mod quote;
mod readers;
mod sender;
mod signed;
mod spam;
mod statement;
mod structure;
mod title;
mod tnef;
mod uuencode;

use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use case::source_key::SourceKey;
use jiff::civil::Date;

use crate::Reading;

pub use automatic::DISPATCH_HEADER;
pub use bounce::{Bounce, BounceAction};
pub use container::{Container, MESSAGE_LIMIT, sort, split_mbox};
pub use envelope::{Envelope, Nature};
pub use later::{LaterRead, UnreadFile, read_later};
pub use preview::Preview;
pub use readers::{Readers, is_untried};

use header::Headers;

/// The most bytes of one message: what the large Chinese mail providers let through, 50 MiB.
pub const SIZE_LIMIT: usize = 50 * 1024 * 1024;

/// What makes two mails the same input: Message-ID, sender, subject and body together. The same mail that reached two
/// mailboxes has other `Received` lines and is one input; a forged Message-ID on other words is another. Line ends do not count:
/// mail stores change them.
#[must_use]
pub fn source_key(raw: &[u8]) -> SourceKey {
    let headers = Headers::of(raw);
    let body: Vec<u8> = headers.body(raw).iter().copied().filter(|byte| *byte != b'\r').collect();
    let body = body.trim_ascii_end();
    let value = |name: &str| headers.first(name).map(header::unfold).unwrap_or_default();
    let (sender, subject) = (value("from"), value("subject"));
    let id = value("message-id");
    if id.is_empty() {
        let date = value("date");
        SourceKey::new(Channel::Mail, "content", &[&date, &sender, &subject, body])
    } else {
        SourceKey::new(Channel::Mail, "message-id", &[&id, &sender, &subject, body])
    }
}

/// Reads one message. `readers` read what was sent with it; `received_on` is the day on which it stood at the door, when the
/// caller knows it. Taking a large mail apart is work for the processor, so this belongs into a worker, not a handler.
///
/// # Errors
/// [`ProblemCode::EmptyInput`], [`ProblemCode::InputTooLarge`], [`ProblemCode::MalformedInput`] when it has no headers of a
/// mail, [`ProblemCode::TooDeep`], [`ProblemCode::DamagedFile`], [`ProblemCode::PasswordProtected`] and
/// [`ProblemCode::UnsupportedType`] when all of its words are encrypted or inside of a signature that cannot be opened, or [`ProblemCode::NotAPetition`] for bounces, automatic answers,
/// lists and our own mail; [`ProblemCode::DocumentReaderMissing`] when a document cannot be read now, and what [`crate::letter::is_temporary`] names when the matter
/// is on a scan that cannot be read now, and so the mail has to wait.
pub async fn read(raw: &[u8], readers: &Readers<'_>, received_on: Option<Date>) -> Result<Reading, Problem> {
    check(raw)?;
    Envelope::of(raw).nature.require_person()?;
    read_anyway(raw, readers, received_on).await
}

/// The same of a mail that a person takes for a petition, whoever seems to have written it.
///
/// # Errors
/// As [`read`], without [`ProblemCode::NotAPetition`].
pub async fn read_anyway(raw: &[u8], readers: &Readers<'_>, received_on: Option<Date>) -> Result<Reading, Problem> {
    check(raw)?;
    let raw = &*structure::with_line_feeds(raw);
    let contents = part::contents(raw)?;
    let attachments = attachment::read(contents.attachments, readers).await?;
    statement::reading(&Headers::of(raw), &contents.text, contents.charset_repaired, attachments, received_on)
}

/// That it is a mail at all, of a size that is taken.
fn check(raw: &[u8]) -> Result<(), Problem> {
    if raw.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ProblemCode::EmptyInput.because("邮件是空的"));
    }
    if raw.len() > SIZE_LIMIT {
        return Err(ProblemCode::InputTooLarge.because(format!("邮件不得超过{}MB", SIZE_LIMIT / 1024 / 1024)));
    }
    if !Headers::of(&structure::with_line_feeds(raw)).is_mail() {
        return Err(ProblemCode::MalformedInput.because("没有发件人、日期等邮件头，不是电子邮件"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
