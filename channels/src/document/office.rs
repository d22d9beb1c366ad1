//! The text of office documents: Word and PowerPoint since 2007 (ECMA-376), OpenDocument (ISO/IEC 26300) and Rich Text. Words
//! only: what they look like is for whoever opens the file. Workbooks and the old binary formats are [`super::binary`]'s.

use case::problem::{Problem, ProblemCode};
use quick_xml::Reader;
use quick_xml::events::Event;

use office_oxide::DocumentFormat;

use super::binary;
use super::kind::DocumentKind;
use crate::archive;

/// The most characters of one document.
pub(super) const TEXT_LIMIT: usize = 200_000;
/// The most pieces of markup of one document.
const EVENT_LIMIT: usize = 2_000_000;

/// What kind of document an archive is, by what is in it; none for any other archive. What a file is called or which part of it comes first
/// does not count.
///
/// # Errors
/// It is damaged.
pub(crate) fn kind(bytes: &[u8]) -> Result<Option<DocumentKind>, Problem> {
    let names = archive::names(bytes)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    Ok(if has("word/document.xml") {
        Some(DocumentKind::Word)
    } else if has("xl/workbook.xml") || has("xl/workbook.bin") {
        Some(DocumentKind::Excel)
    } else if has("ppt/presentation.xml") {
        Some(DocumentKind::PowerPoint)
    } else if has("content.xml") && has("mimetype") {
        Some(DocumentKind::OpenText)
    } else {
        None
    })
}

/// Which of the documents of OpenDocument it is; a text when it does not say.
pub(super) fn open_document(bytes: &[u8]) -> DocumentKind {
    let said = archive::some_files(bytes, &|name: &str| name == "mimetype").unwrap_or_default();
    let said = said.first().map(|part| String::from_utf8_lossy(&part.bytes).trim().to_owned());
    let known = [DocumentKind::OpenText, DocumentKind::OpenSpreadsheet, DocumentKind::OpenPresentation];
    known.into_iter().find(|kind| said.as_deref() == Some(kind.media_type())).unwrap_or(DocumentKind::OpenText)
}

/// The text of a document.
///
/// # Errors
/// It is damaged, has a password, or breaks a limit.
pub(super) fn text(kind: DocumentKind, bytes: &[u8]) -> Result<String, Problem> {
    // Rows with their numbers; of a workbook that is not whole, the words that its cells share.
    if kind == DocumentKind::Excel
        && let Ok(rows) = binary::text(DocumentFormat::Xlsx, bytes)
    {
        return Ok(rows);
    }
    let mut parts = archive::some_files(bytes, &|name: &str| match kind {
        DocumentKind::Word => name == "word/document.xml",
        DocumentKind::Excel => name == "xl/sharedStrings.xml",
        DocumentKind::PowerPoint => name.starts_with("ppt/slides/slide") && name.ends_with(".xml"),
        _ => name == "content.xml",
    })?;
    // slide2 before slide10.
    parts.sort_by_key(|part| (part.name.len(), part.name.clone()));
    let mut text = String::new();
    for part in parts {
        words(&part.bytes, &mut text)?;
        text.push('\n');
    }
    let text = text.trim().to_owned();
    if text.is_empty() { Err(ProblemCode::EmptyInput.because("文档中没有文字")) } else { Ok(text) }
}

/// The words of a part; a paragraph, a cell and a line break each end a line.
fn words(xml: &[u8], text: &mut String) -> Result<(), Problem> {
    let damaged = || ProblemCode::DamagedFile.because("文档已损坏");
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    // Words stand in `t` of ECMA-376, and anywhere in paragraphs of OpenDocument.
    let mut inside = 0_usize;
    for _ in 0..EVENT_LIMIT {
        match reader.read_event().map_err(|_error| damaged())? {
            Event::Eof => return Ok(()),
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" | "p" | "h" if is_text(tag.name().as_ref()) => inside += 1,
                _ => {}
            },
            Event::End(tag) => {
                if is_text(tag.name().as_ref()) {
                    inside = inside.saturating_sub(1);
                }
                if matches!(tag.local_name().as_ref(), "p" | "h" | "si" | "tr" | "table-row") && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "br" | "cr" | "line-break" => text.push('\n'),
                "tab" | "s" => text.push(' '),
                _ => {}
            },
            Event::Text(piece) if inside > 0 => text.push_str(&piece),
            Event::CData(piece) if inside > 0 => text.push_str(&piece),
            Event::GeneralRef(reference) if inside > 0 => text.extend(meant(&reference)),
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
        if text.len() > TEXT_LIMIT * 4 {
            return Err(ProblemCode::InputTooLarge.because(format!("文档超过{TEXT_LIMIT}字")));
        }
    }
    Err(ProblemCode::TooDeep.because("文档结构过于复杂"))
}

/// `w:t`, `a:t`, `t`, and the paragraphs of OpenDocument.
fn is_text(name: &str) -> bool {
    matches!(name, "w:t" | "a:t" | "t" | "text:p" | "text:h")
}

/// The character of `&amp;`, `&#x4E2D;`.
fn meant(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

/// The text of Rich Text; none when `bytes` are none.
pub(super) fn rich_text(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(super::RICH) {
        return None;
    }
    let mut writer = RichText::default();
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        rest = match first {
            b'{' => writer.open(behind),
            b'}' => writer.close(behind),
            b'\\' => writer.control(behind),
            b'\r' | b'\n' => behind,
            other => writer.byte(*other, behind),
        };
        if writer.text.len() > TEXT_LIMIT * 4 {
            break;
        }
    }
    writer.flush();
    let text = writer.text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Deepest group that is told apart.
const GROUP_LIMIT: usize = 1000;

/// What was read of Rich Text.
#[derive(Default)]
struct RichText {
    text: String,
    /// Bytes of the document's code page, not decoded yet.
    raw: Vec<u8>,
    /// The code page by its number; none while it is not told.
    code_page: Option<u32>,
    /// Of each open group, whether it is hidden.
    groups: Vec<bool>,
    /// How many characters after a Unicode one stand for it in old programs.
    skip: usize,
    pending: usize,
}

impl RichText {
    fn hidden(&self) -> bool {
        self.groups.last().copied().unwrap_or(false)
    }

    fn open<'bytes>(&mut self, behind: &'bytes [u8]) -> &'bytes [u8] {
        const HIDDEN: [&[u8]; 8] =
            [b"\\*", b"\\fonttbl", b"\\colortbl", b"\\stylesheet", b"\\info", b"\\pict", b"\\header", b"\\footer"];
        let hidden = self.hidden() || HIDDEN.iter().any(|name| behind.starts_with(name));
        if self.groups.len() < GROUP_LIMIT {
            self.groups.push(hidden);
        }
        behind
    }

    fn close<'bytes>(&mut self, behind: &'bytes [u8]) -> &'bytes [u8] {
        self.groups.pop();
        behind
    }

    fn byte<'bytes>(&mut self, byte: u8, behind: &'bytes [u8]) -> &'bytes [u8] {
        if self.pending > 0 {
            self.pending -= 1;
        } else if !self.hidden() {
            self.raw.push(byte);
        }
        behind
    }

    /// A control behind its backslash.
    fn control<'bytes>(&mut self, behind: &'bytes [u8]) -> &'bytes [u8] {
        let Some(first) = behind.first() else { return behind };
        let after = behind.get(1..).unwrap_or_default();
        if *first == b'\'' {
            let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            return self.byte(byte.unwrap_or(b'?'), after.get(2..).unwrap_or_default());
        }
        if !first.is_ascii_alphabetic() {
            return if matches!(first, b'\\' | b'{' | b'}') { self.byte(*first, after) } else { after };
        }
        let end = behind.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (name, rest) = behind.split_at_checked(end).unwrap_or((behind, &[]));
        let digits = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit() || **byte == b'-').count();
        let number = rest
            .get(..digits)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| digits.parse().ok());
        let rest = rest.get(digits..).unwrap_or_default();
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        self.word(name, number);
        rest
    }

    fn word(&mut self, name: &[u8], number: Option<i64>) {
        match (name, number) {
            (b"ansicpg", Some(page)) => self.code_page = u32::try_from(page).ok(),
            (b"uc", Some(count)) => self.skip = usize::try_from(count).unwrap_or(1).min(10),
            (b"u", Some(code)) if !self.hidden() => {
                self.flush();
                // Written as a signed number of 16 bits.
                let code = u16::try_from(if code < 0 { code + 65_536 } else { code }).unwrap_or(0xfffd);
                self.text.extend(char::decode_utf16([code]).map(|unit| unit.unwrap_or('\u{fffd}')));
                self.pending = self.skip.max(1);
            }
            (b"par" | b"line" | b"row" | b"sect" | b"page", _) if !self.hidden() => {
                self.flush();
                self.text.push('\n');
            }
            (b"tab" | b"cell", _) if !self.hidden() => self.raw.push(b' '),
            _ => {}
        }
    }

    fn flush(&mut self) {
        if self.raw.is_empty() {
            return;
        }
        let named = match self.code_page {
            Some(950) => Some("big5"),
            Some(936 | 54_936) => Some("gb18030"),
            Some(65_001) => Some("utf-8"),
            Some(_) | None => None,
        };
        self.text.push_str(&crate::charset::decode(&self.raw, named).text);
        self.raw.clear();
    }
}
