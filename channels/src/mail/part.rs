//! The parts of a message: its own words, and what was sent with them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use case::problem::{Problem, ProblemCode};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::header::{self, Headers, lenient_base64, lenient_quoted_printable};
use super::html;
use super::structure::{NESTED_SUBTYPE, flattened};
use crate::charset;

/// How many messages may be inside one another; a petition forwarded by several offices has three or four.
const NESTING_LIMIT: usize = 8;
/// The most attachments that are taken out of one mail, those of nested messages included.
const ATTACHMENT_LIMIT: usize = 200;
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
                PartType::Text(_) => decoded(part, raw, contents),
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
        contents.attachments.push(Attachment { name, bytes, message_text: None });
        return;
    }
    let mut inner = Contents::default();
    // A nested message that breaks a limit is kept as a file.
    let message_text = take_apart(&bytes, nesting - 1, &mut inner).ok().map(|()| {
        let subject = Headers::of(&bytes).text("subject").map(|value| value.text).unwrap_or_default();
        format!("{subject}\n{}", inner.text).trim().to_owned()
    });
    contents.charset_repaired = contents.charset_repaired.or(inner.charset_repaired);
    contents.attachments.push(Attachment { name, bytes, message_text });
    let room = ATTACHMENT_LIMIT.saturating_sub(contents.attachments.len());
    contents.attachments.extend(inner.attachments.into_iter().take(room));
}

/// The file name of a part, without folders and control characters.
fn name_of(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let parsed = part.attachment_name().map(str::to_owned);
    let doubtful =
        parsed.as_ref().is_none_or(|name| name.contains('\u{fffd}') || name.contains("=?") || !name.is_ascii());
    let name = if doubtful { raw_name(part, raw).or(parsed) } else { parsed }?;
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect();
    let name = name.trim().trim_matches('.').to_owned();
    (!name.is_empty()).then_some(name)
}

/// The file name as its bytes have it, for names that were sent as raw GBK or as encoded words cut in two.
/// `filename*` forms (RFC 2231) are left to the parser.
fn raw_name(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let headers = raw.get(place(part.offset_header)..place(part.offset_body))?;
    let headers = Headers::of(headers);
    [("content-disposition", b"filename=".as_slice()), ("content-type", b"name=")].into_iter().find_map(
        |(header, key)| {
            let line = header::unfold(headers.first(header)?);
            let start = line.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))? + key.len();
            let value = line.get(start..)?;
            let value = match value.strip_prefix(b"\"") {
                Some(quoted) => quoted.split(|byte| *byte == b'"').next()?,
                None => value.split(|byte| *byte == b';').next()?.trim_ascii(),
            };
            Some(header::decode(value).text).filter(|name| !name.is_empty())
        },
    )
}
