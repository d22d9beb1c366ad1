//! What was sent with a mail: kept as it is, by what its bytes are; pages among it are read by the letter door.

use case::problem::{Problem, ProblemCode};
use case::statement::{Mark, Statement};
use case::submission::FileRole;

use super::armor::{self, Armor};
use super::part::Attachment;
use super::readers::Readers;
use super::sender::Sender;
use super::{card, documents, html, open};
use crate::letter::is_temporary;
use crate::{ReadFile, charset};

/// The most attachments that are read as pages in one reading of a mail; the others are read later.
const SCAN_LIMIT: usize = 20;
/// Smaller images are icons and lines of a signature, not pages.
const SMALLEST_IMAGE: usize = 8 * 1024;
/// Text files up to this size are read, in bytes.
const TEXT_LIMIT: usize = 1024 * 1024;

/// The attachments of a mail after reading.
#[derive(Debug, Default)]
pub(super) struct Attachments {
    /// What is kept: the attachments, and the pages and readings made of them.
    pub(super) files: Vec<ReadFile>,
    /// What the scans say, in order.
    pub(super) scans: Vec<Statement>,
    /// What text files and nested messages say, in order.
    pub(super) texts: Vec<Said>,
    /// The cards of persons, as labelled lines.
    pub(super) cards: Vec<String>,
    /// Why what the mail is wrapped in was not opened: it is encrypted, or signed around its words.
    pub(super) wrapped: Option<Problem>,
    /// Why a scan cannot be read now, though nothing is wrong with it: what reads pages is missing.
    pub(super) waits: Option<Problem>,
    /// What could not be read.
    pub(super) marks: Vec<Mark>,
}

/// What an attachment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Its text.
    pub(super) text: String,
    /// Who wrote it, of a mail.
    pub(super) author: Option<Sender>,
}

/// Reads `attachments`; a mail is not lost for what was sent with it.
///
/// # Errors
/// Whoever reads documents cannot be asked now: the mail is to be read later.
pub(super) async fn read(attachments: Vec<Attachment>, readers: &Readers<'_>) -> Result<Attachments, Problem> {
    let (mut attachments, mut marks) = open::all(attachments);
    let time = readers.begin();
    documents::read(&mut attachments, &mut marks, readers.documents, &time).await?;
    let mut read = Attachments { marks, ..Attachments::default() };
    let mut pages = 0;
    for attachment in attachments {
        let kind = infer::get(&attachment.bytes).map(|kind| kind.mime_type());
        let unread = |problem: Problem| attachment.unread(problem);
        match (kind, &attachment.message_text) {
            (_, Some(text)) => read.texts.push(Said { text: text.clone(), author: attachment.author.clone() }),
            _ if attachment.words.is_some() => {
                read.texts.extend(attachment.words.clone().map(|text| Said { text, author: None }));
            }
            _ if attachment.opened => {}
            _ if attachment.armor().is_some() => {
                let problem = attachment.armor().and_then(armored);
                read.marks.extend(problem.clone().map(unread));
                read.wrapped = read.wrapped.or(problem);
            }
            _ if attachment.bytes.is_empty() => {
                read.marks.push(unread(ProblemCode::EmptyInput.because("附件是空的")));
            }
            (Some("application/pdf" | "image/tiff" | "image/jpeg" | "image/png"), None) => {
                let is_icon = kind != Some("application/pdf") && attachment.bytes.len() < SMALLEST_IMAGE;
                if !is_icon && pages < SCAN_LIMIT {
                    pages += 1;
                    let reading = readers.scans.read(&attachment.bytes, &attachment.name);
                    let reading = time.give(ProblemCode::PageTimeout, reading).await.and_then(|reading| reading);
                    match reading {
                        Ok(reading) => {
                            let (statement, lost) = without_lost_pages(reading.statement);
                            read.scans.push(statement);
                            read.files.extend(reading.files);
                            read.marks.extend(lost.map(unread));
                        }
                        Err(problem) => {
                            read.waits = read.waits.or_else(|| is_temporary(&problem).then(|| problem.clone()));
                            read.marks.push(unread(problem));
                        }
                    }
                } else if !is_icon {
                    read.marks.push(unread(
                        ProblemCode::NotReadYet.because(format!("一次最多识读{SCAN_LIMIT}个扫描附件，此件尚未识读")),
                    ));
                }
            }
            (Some("text/html"), None) => match text_of(&attachment.bytes) {
                Some(page) => read.texts.push(Said { text: html::to_text(&page), author: None }),
                None => read.marks.push(unread(unsupported())),
            },
            (None, None) => match text_of(&attachment.bytes) {
                Some(text) if card::words(&text).is_some() => read.cards.extend(card::words(&text)),
                Some(text) => read.texts.push(Said { text, author: None }),
                None => read.marks.push(unread(unsupported())),
            },
            (Some(_), None) => read.marks.push(unread(unsupported())),
        }
        read.files.push(ReadFile {
            role: FileRole::Attachment,
            media_type: media_type(kind, &attachment),
            name: attachment.name,
            bytes: attachment.bytes,
        });
    }
    Ok(read)
}

/// Why what `armor` holds cannot be read; none for a signature, in which nothing is to be read.
fn armored(armor: Armor) -> Option<Problem> {
    match armor {
        Armor::Signature => None,
        Armor::Encrypted => Some(armor::unreadable()),
        Armor::Opaque => Some(armor::opaque()),
    }
}

/// What a scan says, and why pages of it were lost: which of several files a page belongs to is told by the attachment's own mark.
fn without_lost_pages(mut statement: Statement) -> (Statement, Option<Problem>) {
    let mut lost = None;
    let mut pages = Vec::new();
    statement.marks.retain(|mark| {
        let Mark::PageUnread { page, problem } = mark else { return true };
        pages.push(page.to_string());
        lost.get_or_insert_with(|| problem.clone());
        false
    });
    let lost = lost.map(|problem| problem.code.because(format!("第{}页：{}", pages.join("、"), problem.detail)));
    (statement, lost)
}

fn unsupported() -> Problem {
    ProblemCode::UnsupportedType.because("附件类型不能自动识别，请人工查看")
}

impl Attachment {
    /// What it is of a signature or an encryption.
    fn armor(&self) -> Option<Armor> {
        armor::of_file(&self.name, &self.bytes)
    }
}

/// The text of a text file; nothing when its bytes are no text.
fn text_of(bytes: &[u8]) -> Option<String> {
    if bytes.len() > TEXT_LIMIT {
        return None;
    }
    let text = charset::decode(bytes, None).text;
    let odd = text.chars().filter(|c| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())).count();
    (odd * 50 <= text.chars().count()).then_some(text)
}

/// The media type by the bytes.
fn media_type(kind: Option<&'static str>, attachment: &Attachment) -> String {
    if let Some(armor) = attachment.armor() {
        return armor.media_type(&attachment.bytes).to_owned();
    }
    match attachment.media_type.or(kind) {
        _ if attachment.message_text.is_some() => "message/rfc822",
        Some(kind) => kind,
        None if text_of(&attachment.bytes).is_some() => "text/plain",
        None => "application/octet-stream",
    }
    .to_owned()
}
