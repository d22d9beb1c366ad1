//! The parts of a message: its own words, and what was sent with them.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use case::content_hash::ContentHash;
use case::problem::{Problem, ProblemCode};
use case::statement::Mark;
use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};

use super::armor::{self, Armor};
use super::header::{self, Headers, lenient_base64_body, lenient_quoted_printable};
use super::readers::may_be_read_again;
use super::sender::{self, Sender};
use super::structure::{NESTED_SUBTYPE, flattened};
use super::{enriched, html};
use super::{parameter, signed, uuencode};
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
    /// Who wrote the nested message.
    pub(super) author: Option<Sender>,
    /// The words of a document, or of a packed mail.
    pub(super) words: Option<String>,
    /// Whether it was opened: what is in it stands beside it.
    pub(super) opened: bool,
    /// Whether it looks like an office document, whose words are not read yet.
    pub(super) is_document: bool,
    /// Its media type, when what is in it told more than its first bytes.
    pub(super) media_type: Option<&'static str>,
}

impl Attachment {
    /// An attachment that nobody has opened.
    pub(super) const fn new(name: String, bytes: Vec<u8>) -> Self {
        Self {
            name,
            bytes,
            message_text: None,
            author: None,
            words: None,
            opened: false,
            is_document: false,
            media_type: None,
        }
    }

    /// The mark that it was not read, with its file where another reading may help.
    pub(super) fn unread(&self, problem: Problem) -> Mark {
        let again = may_be_read_again(&problem).then(|| ContentHash::of(&self.bytes));
        Mark::AttachmentUnread { name: self.name.clone(), problem, again }
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

/// One part of a message, as far as its headers tell and without its bytes: what the parser decoded of a large mail is gone before its
/// parts are read.
struct Shape {
    is_html: bool,
    /// Whether it is text with the commands of RFC 1896.
    is_enriched: bool,
    /// Whether it is text that may be the message's own words.
    is_words: bool,
    /// Whether it is a message inside the message.
    is_message: bool,
    charset: Option<String>,
    coding: Option<String>,
    /// Whether its lines flow, and whether the blank at which they were cut goes.
    flowed: Option<bool>,
    name: Option<String>,
    body: Range<usize>,
}

/// The parts of a message: those of its own words, as text and as HTML, and what was sent with it.
#[derive(Default)]
struct Shapes {
    text: Vec<Shape>,
    html: Vec<Shape>,
    attachments: Vec<Shape>,
}

fn take_apart(raw: &[u8], nesting: usize, contents: &mut Contents) -> Result<(), Problem> {
    let shapes = shapes(raw)?;
    let (text, files) = uuencode::taken_out(own_words(&shapes, raw, contents), ATTACHMENT_LIMIT);
    contents.text = text;
    let files = files.into_iter().map(|(name, bytes)| Attachment::new(safe_name(&name), bytes));
    contents.attachments.extend(files);
    for shape in &shapes.attachments {
        if contents.attachments.len() >= ATTACHMENT_LIMIT {
            break;
        }
        attach(shape, raw, nesting, contents);
    }
    open_signed(nesting, contents);
    Ok(())
}

/// The mail inside of a signature speaks for the one around it, which has no words.
fn open_signed(nesting: usize, contents: &mut Contents) {
    if nesting == 0 || !contents.text.trim().is_empty() {
        return;
    }
    let closed = contents.attachments.iter_mut().filter(|attachment| !attachment.opened);
    let mut found = closed.filter_map(|attachment| {
        let is_signed = matches!(armor::of_file(&attachment.name, &attachment.bytes), Some(Armor::Opaque));
        let content = signed::content(&attachment.bytes).filter(|_| is_signed)?;
        Some((attachment, content))
    });
    let Some((attachment, content)) = found.next() else { return };
    let mut inner = Contents::default();
    // One that breaks a limit or says nothing stays closed, and a person is told.
    if take_apart(&content, nesting - 1, &mut inner).is_err()
        || (inner.text.trim().is_empty() && inner.attachments.is_empty())
    {
        return;
    }
    attachment.opened = true;
    contents.text = inner.text;
    contents.charset_repaired = contents.charset_repaired.or(inner.charset_repaired);
    let room = ATTACHMENT_LIMIT.saturating_sub(contents.attachments.len());
    contents.attachments.extend(inner.attachments.into_iter().take(room));
}

/// The parts of `raw` by its structure.
fn shapes(raw: &[u8]) -> Result<Shapes, Problem> {
    let flat = flattened(raw)?;
    // The parser promises never to panic; should it break the promise, one mail is refused and nothing else is lost.
    let parsed = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(&flat)))
        .map_err(|_panic| ProblemCode::DamagedFile.because("邮件结构无法解析"))?;
    let Some(message) = parsed else { return Ok(Shapes::default()) };
    let part = |id: &u32| message.parts.get(usize::try_from(*id).unwrap_or(usize::MAX));
    let of = |ids: &[u32]| ids.iter().filter_map(part).map(|part| Shape::of(part, raw)).collect();
    let has_words = !message.text_body.is_empty() || !message.html_body.is_empty();
    let sent = |id: &&u32| {
        // Its own words are no attachment of it, unless they were sent as a file.
        let is_words = message.text_body.contains(id) || message.html_body.contains(id);
        let is_file = |part: &MessagePart<'_>| {
            !matches!(part.body, PartType::Text(_) | PartType::Html(_)) || part.attachment_name().is_some()
        };
        (!is_words || part(id).is_some_and(is_file)) && !part(id).is_some_and(is_unnamed_enriched)
    };
    // The parser takes `text/enriched` for a file; where nothing else speaks, it is the mail's own words.
    let enriched = message.attachments.iter().filter_map(part).filter(|part| is_unnamed_enriched(part));
    let speaks: Vec<Shape> = enriched.filter(|_| !has_words).map(|part| Shape::of(part, raw)).collect();
    let attachments = message.attachments.iter().filter(sent).filter_map(part);
    Ok(Shapes {
        text: if has_words { of(&message.text_body) } else { speaks },
        html: of(&message.html_body),
        attachments: attachments.take(ATTACHMENT_LIMIT).map(|part| Shape::of(part, raw)).collect(),
    })
}

impl Shape {
    fn of(part: &MessagePart<'_>, raw: &[u8]) -> Self {
        let place = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
        let kind = part.content_type();
        let attribute = |name: &str| kind.and_then(|kind| kind.attribute(name)).unwrap_or_default();
        let is_message = kind.is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case(NESTED_SUBTYPE))
        });
        let flows = attribute("format").eq_ignore_ascii_case("flowed");
        Self {
            is_html: matches!(part.body, PartType::Html(_)),
            is_enriched: is_enriched(part),
            is_words: matches!(part.body, PartType::Text(_) | PartType::Html(_)),
            is_message,
            charset: kind.and_then(|kind| kind.attribute("charset")).map(str::to_owned),
            coding: part.content_transfer_encoding().map(|coding| coding.trim().to_ascii_lowercase()),
            flowed: flows.then(|| attribute("delsp").eq_ignore_ascii_case("yes")),
            name: name_of(part, raw),
            body: place(part.offset_body)..place(part.offset_end),
        }
    }

    /// Its bytes without their transfer encoding. Damage costs only the bytes it hits.
    fn bytes(&self, raw: &[u8]) -> Vec<u8> {
        let coded = raw.get(self.body.clone()).unwrap_or_default();
        match self.coding.as_deref() {
            Some("base64") => lenient_base64_body(coded),
            Some("quoted-printable") => lenient_quoted_printable(coded),
            _ => coded.to_vec(),
        }
    }

    /// Its text, by what its bytes are.
    fn decoded(&self, raw: &[u8], contents: &mut Contents) -> String {
        let decoded = charset::decode(&self.bytes(raw), self.charset.as_deref());
        if decoded.repaired {
            contents.charset_repaired = Some(decoded.used);
        }
        decoded.text
    }
}

/// The message's own words: its plain text, or else the text of its HTML.
fn own_words(shapes: &Shapes, raw: &[u8], contents: &mut Contents) -> String {
    let mut text = String::new();
    for some in [&shapes.text, &shapes.html] {
        for shape in some.iter().filter(|shape| shape.is_words) {
            let decoded = shape.decoded(raw, contents);
            let words = match shape.flowed {
                _ if shape.is_html => html::to_text(&decoded),
                _ if shape.is_enriched => without_cuts(&enriched::to_text(&decoded)),
                Some(drops_blank) => without_pictures(unflowed(&decoded, drops_blank)),
                None => without_pictures(decoded),
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

/// A text of `format=flowed` (RFC 3676) in its paragraphs: a line that ends in a blank goes on in the next one. Between two Chinese
/// characters the blank is only where the line was cut, whether the mail says so or not.
fn unflowed(text: &str, drops_blank: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let is_cut = joined.ends_with(' ')
            && joined.trim_end_matches(' ').chars().next_back().is_some_and(is_wide)
            && line.chars().next().is_some_and(is_wide);
        if is_cut {
            joined.pop();
        }
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

/// Whether a part is text with the commands of RFC 1896, which an alternative has beside the same words as HTML.
fn is_enriched(part: &MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|kind| {
        let subtype = kind.subtype().unwrap_or_default();
        kind.ctype().eq_ignore_ascii_case("text")
            && ["enriched", "richtext"].iter().any(|known| subtype.eq_ignore_ascii_case(known))
    })
}

fn is_unnamed_enriched(part: &MessagePart<'_>) -> bool {
    is_enriched(part) && part.attachment_name().is_none()
}

/// A text without the blank between two Chinese characters at which a program cut its lines.
fn without_cuts(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_cut = character == ' '
            && kept.chars().next_back().is_some_and(is_wide)
            && characters.peek().copied().is_some_and(is_wide);
        if !is_cut {
            kept.push(character);
        }
    }
    kept
}

/// A text without what Outlook and Gmail write where a picture stands: `[cid:image001.png@01DC…]`, `[image: 1.png]`.
fn without_pictures(text: String) -> String {
    const LONGEST: usize = 120;
    if !text.contains("[cid:") && !text.contains("[image: ") {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(open) = rest.find('[') {
        let (before, inside) = rest.split_at(open);
        kept.push_str(before);
        let is_picture = inside.starts_with("[cid:") || inside.starts_with("[image: ");
        let name = inside.as_bytes().iter().take(if is_picture { LONGEST } else { 0 });
        let end = name.clone().position(|byte| matches!(byte, b']' | b'\n'));
        let end = end.filter(|end| inside.as_bytes().get(*end) == Some(&b']'));
        let (left, behind) = end.map_or(("[", 1), |end| ("", end + 1));
        kept.push_str(left);
        rest = inside.get(behind..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept
}

/// Chinese characters and the marks between them.
fn is_wide(character: char) -> bool {
    case::text::is_han(character) || matches!(character, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '（' | '）')
}

fn attach(shape: &Shape, raw: &[u8], nesting: usize, contents: &mut Contents) {
    let bytes = shape.bytes(raw);
    let number = contents.attachments.len() + 1;
    let is_message = shape.is_message;
    let unnamed = || format!("附件{number}{}", if is_message { ".eml" } else { "" });
    let name = shape.name.clone().unwrap_or_else(unnamed);
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
    let author = Some(sender::of(&Headers::of(&bytes)));
    contents.attachments.push(Attachment { message_text, author, ..Attachment::new(name, bytes) });
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
