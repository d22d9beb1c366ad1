//! What is packed inside attachments, taken out within limits: `winmail.dat`, zip files, and mails that were attached as files.
//! Documents are only told here; [`super::documents`] has them read by another process.

use case::problem::{Problem, ProblemCode};
use case::statement::Mark;

use super::header::Headers;
use super::part::{self, ATTACHMENT_LIMIT, Attachment};
use super::{html, sender, tnef};
use crate::{archive, document};

/// How deep packings may be inside one another: a zip of mails with zips has three.
const DEPTH_LIMIT: usize = 4;
/// The most bytes that are taken out of one mail altogether.
const BYTE_LIMIT: usize = 128 << 20;

/// The attachments with what is packed in them behind each, and what could not be opened.
pub(super) fn all(attachments: Vec<Attachment>) -> (Vec<Attachment>, Vec<Mark>) {
    let mut opened = Opened { attachments: Vec::new(), marks: Vec::new(), bytes: 0 };
    for attachment in attachments {
        opened.add(attachment, DEPTH_LIMIT);
    }
    (opened.attachments, opened.marks)
}

struct Opened {
    attachments: Vec<Attachment>,
    marks: Vec<Mark>,
    bytes: usize,
}

impl Opened {
    fn add(&mut self, mut attachment: Attachment, depth: usize) {
        if self.attachments.len() >= ATTACHMENT_LIMIT {
            return;
        }
        let inner = match self.inner(&mut attachment, depth) {
            Ok(inner) => inner,
            Err(problem) => {
                // Told once, here; not a second time as a file of an unknown type.
                attachment.opened = true;
                self.marks.push(attachment.unread(problem));
                Vec::new()
            }
        };
        self.attachments.push(attachment);
        for one in inner {
            self.bytes = self.bytes.saturating_add(one.bytes.len());
            if self.bytes <= BYTE_LIMIT {
                self.add(one, depth.saturating_sub(1));
            }
        }
    }

    /// What is packed in an attachment; nothing for one that is no packing.
    fn inner(&self, attachment: &mut Attachment, depth: usize) -> Result<Vec<Attachment>, Problem> {
        if attachment.message_text.is_some() || attachment.opened {
            return Ok(Vec::new());
        }
        let too_deep = || ProblemCode::TooDeep.because(format!("附件层层打包超过{DEPTH_LIMIT}层"));
        if let Some(tnef) = tnef::read(&attachment.bytes) {
            attachment.opened = true;
            let words = if tnef.is_html { html::to_text(&tnef.text) } else { tnef.text };
            attachment.words = Some(words).filter(|words| !words.trim().is_empty());
            return Ok(tnef
                .files
                .into_iter()
                .map(|(name, bytes)| Attachment::new(part::safe_name(&name), bytes))
                .collect());
        }
        if attachment.bytes.starts_with(b"PK\x03\x04") {
            if document::is_packed(&attachment.bytes)? {
                attachment.is_document = true;
                return Ok(Vec::new());
            }
            if depth == 0 {
                return Err(too_deep());
            }
            let files = archive::files(&attachment.bytes)?;
            attachment.opened = true;
            return Ok(files
                .into_iter()
                .map(|file| Attachment::new(part::safe_name(&file.name), file.bytes))
                .collect());
        }
        if document::may_be_one(&attachment.bytes) {
            attachment.is_document = true;
            return Ok(Vec::new());
        }
        if is_mail_file(attachment) {
            if depth == 0 {
                return Err(too_deep());
            }
            let (text, inner) = part::message(&attachment.bytes)?;
            // `From: <Saved by …>`: a program is no author.
            let is_mail = attachment.name.to_lowercase().ends_with(".eml");
            attachment.author = is_mail.then(|| sender::of(&Headers::of(&attachment.bytes)));
            attachment.message_text = Some(text);
            return Ok(inner);
        }
        Ok(Vec::new())
    }
}

/// A mail that was attached as a file, or a page that was saved in the form of one (`.mht`), by its name and its first line.
fn is_mail_file(attachment: &Attachment) -> bool {
    let name = attachment.name.to_lowercase();
    let named = [".eml", ".mht", ".mhtml"].iter().any(|ending| name.ends_with(ending));
    let first = attachment.bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header = first.iter().position(|byte| *byte == b':');
    let is_header = header.and_then(|end| first.get(..end));
    named
        && is_header.is_some_and(|name| {
            !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        })
}
