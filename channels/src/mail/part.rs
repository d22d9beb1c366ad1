//! The parts of a message: its own words, and what was sent with them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use case::problem::{Problem, ProblemCode};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::header::{self, Headers, lenient_base64, lenient_quoted_printable};
use super::html;
use super::parameter;
use super::structure::{NESTED_SUBTYPE, flattened};
use crate::charset;

/// How many messages may be inside one another; a petition forwarded by several offices has three or four.
const NESTING_LIMIT: usize = 8;
/// The most attachments that are taken out of one mail, those of nested messages included.
pub(super) const ATTACHMENT_LIMIT: usize = 200;
/// Longest file name, in characters.
const NAME_LIMIT: usize = 255;

/// What a message holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Its own words, as plain text.
    pub(super) text: String,
    /// The charset that fitted, when a part was in another than it claimed.
    pub(super) charset_repaired: Option<&'static str>,
    /// What was sent with it, in the order of the parts.
    pub(super) attachments: Vec<Attachment>,
}

/// A part that is not the message's own words.
#[derive(Debug)]
pub(super) struct Attachment {
    /// As sent, without folders; never used as a path.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// The text of a nested message, with its subject.
    pub(super) message_text: Option<String>,
    /// The words of a document, or of a packed mail.
    pub(super) words: Option<String>,
    /// Whether it was opened: what is in it stands beside it.
    pub(super) opened: bool,
}

impl Attachment {
    /// An attachment that nobody has opened.
    pub(super) const fn new(name: String, bytes: Vec<u8>) -> Self {
        Self { name, bytes, message_text: None, words: None, opened: false }
    }
}

/// Subject and words of a mail that was attached as a file, and what was sent with it.
pub(super) fn message(raw: &[u8]) -> Result<(String, Vec<Attachment>), Problem> {
    let mut inner = Contents::default();
    take_apart(raw, NESTING_LIMIT, &mut inner)?;
    let subject = Headers::of(raw).text("subject").map(|value| value.text).unwrap_or_default();
    Ok((format!("{subject}\n{}", inner.text).trim().to_owned(), inner.attachments))
}

/// Takes `raw` apart.
pub(super) fn contents(raw: &[u8]) -> Result<Contents, Problem> {
    let mut contents = Contents::default();
    take_apart(raw, NESTING_LIMIT, &mut contents)?;
    Ok(contents)
}

fn take_apart(raw: &[u8], nesting: usize, contents: &mut Contents) -> Result<(), Problem> {
    let flat = flattened(raw)?;
    // The parser promises never to panic; should it break the promise, one mail is refused and nothing else is lost.
    let parsed = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(&flat)))
        .map_err(|_panic| ProblemCode::DamagedFile.because("邮件结构无法解析"))?;
    let Some(message) = parsed else { return Ok(()) };
    contents.text = own_words(&message, raw, contents);
    for id in &message.attachments {
        let Some(part) = message.parts.get(usize::try_from(*id).unwrap_or(usize::MAX)) else { continue };
        if contents.attachments.len() == ATTACHMENT_LIMIT {
            break;
        }
        // Its own words are no attachment of it, unless they were sent as a file.
        let is_words = message.text_body.contains(id) || message.html_body.contains(id);
        if is_words && matches!(part.body, PartType::Text(_) | PartType::Html(_)) && part.attachment_name().is_none() {
            continue;
        }
        attach(part, raw, nesting, contents);
    }
    Ok(())
}

/// The message's own words: its plain text, or else the text of its HTML.
fn own_words(message: &Message<'_>, raw: &[u8], contents: &mut Contents) -> String {
    let mut text = String::new();
    for ids in [&message.text_body, &message.html_body] {
        for id in ids {
            let Some(part) = message.parts.get(usize::try_from(*id).unwrap_or(usize::MAX)) else { continue };
            let words = match &part.body {
                PartType::Text(_) => unflowed(part, decoded(part, raw, contents)),
                PartType::Html(_) => html::to_text(&decoded(part, raw, contents)),
                PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => {
                    continue;
                }
            };
            if !text.is_empty() && !words.trim().is_empty() {
                text.push('\n');
            }
            text.push_str(words.trim_end());
        }
        // An alternative without words, as some programs send beside the HTML, does not count.
        if !text.trim().is_empty() {
            break;
        }
    }
    text
}

/// A text of `format=flowed` (RFC 3676) in its paragraphs: a line that ends in a blank goes on in the next one.
fn unflowed(part: &MessagePart<'_>, text: String) -> String {
    let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name)).unwrap_or_default();
    if !attribute("format").eq_ignore_ascii_case("flowed") {
        return text;
    }
    let drops_blank = attribute("delsp").eq_ignore_ascii_case("yes");
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ') {
            Some(goes_on) if line != "-- " => joined.push_str(if drops_blank { goes_on } else { line }),
            Some(_) | None => {
                joined.push_str(line);
                joined.push('\n');
            }
        }
    }
    joined
}

/// The text of a part, by what its bytes are.
fn decoded(part: &MessagePart<'_>, raw: &[u8], contents: &mut Contents) -> String {
    let claimed = part.content_type().and_then(|kind| kind.attribute("charset"));
    let bytes = bytes_of(part, raw);
    let decoded = charset::decode(&bytes, claimed);
    if decoded.repaired {
        contents.charset_repaired = Some(decoded.used);
    }
    decoded.text
}

/// The bytes of a part without their transfer encoding. Damage costs only the bytes it hits.
fn bytes_of(part: &MessagePart<'_>, raw: &[u8]) -> Vec<u8> {
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let coded = raw.get(place(part.offset_body)..place(part.offset_end)).unwrap_or_default();
    match part.content_transfer_encoding().map(|encoding| encoding.trim().to_ascii_lowercase()).as_deref() {
        Some("base64") => lenient_base64(coded),
        Some("quoted-printable") => lenient_quoted_printable(coded),
        _ => coded.to_vec(),
    }
}

fn attach(part: &MessagePart<'_>, raw: &[u8], nesting: usize, contents: &mut Contents) {
    let bytes = bytes_of(part, raw);
    let is_message = part.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("message")
            && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case(NESTED_SUBTYPE))
    });
    let number = contents.attachments.len() + 1;
    let name = name_of(part, raw).unwrap_or_else(|| format!("附件{number}{}", if is_message { ".eml" } else { "" }));
    if !is_message || nesting == 0 {
        // A message too deep is kept as it is, and nobody opens it.
        contents.attachments.push(Attachment { opened: is_message, ..Attachment::new(name, bytes) });
        return;
    }
    let mut inner = Contents::default();
    // A nested message that breaks a limit is kept as a file.
    let message_text = take_apart(&bytes, nesting - 1, &mut inner).ok().map(|()| {
        let subject = Headers::of(&bytes).text("subject").map(|value| value.text).unwrap_or_default();
        format!("{subject}\n{}", inner.text).trim().to_owned()
    });
    contents.charset_repaired = contents.charset_repaired.or(inner.charset_repaired);
    contents.attachments.push(Attachment { message_text, ..Attachment::new(name, bytes) });
    let room = ATTACHMENT_LIMIT.saturating_sub(contents.attachments.len());
    contents.attachments.extend(inner.attachments.into_iter().take(room));
}

/// The file name of a part, without folders and control characters.
fn name_of(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let parsed = part.attachment_name().map(str::to_owned);
    let doubtful =
        parsed.as_ref().is_none_or(|name| name.contains('\u{fffd}') || name.contains("=?") || !name.is_ascii());
    let name = if doubtful { raw_name(part, raw).or(parsed) } else { parsed }?;
    Some(safe_name(&name)).filter(|name| !name.is_empty())
}

/// A name without folders and control characters, of bounded length.
pub(super) fn safe_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect();
    name.trim().trim_matches('.').to_owned()
}

/// The file name as its bytes have it: names of RFC 2231, raw GBK, encoded words cut in two.
fn raw_name(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let headers = raw.get(place(part.offset_header)..place(part.offset_body))?;
    let headers = Headers::of(headers);
    [("content-disposition", "filename"), ("content-type", "name")]
        .into_iter()
        .find_map(|(header, key)| parameter::value(&header::unfold(headers.first(header)?), key))
}
