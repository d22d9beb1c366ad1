//! The headers of a message as bytes, and their values as text.
//!
//! `mail-parser` decodes each encoded word on its own and raw bytes as UTF-8. Chinese mail programs cut a character in two
//! between encoded words and send GBK without any encoding, so values are decoded here, from the bytes.

use mail_parser::decoders::base64::base64_decode;

use super::parameter;
use crate::charset;

/// The most bytes of all headers together; servers commonly take 64 KiB to 1 MiB.
pub(super) const HEADER_LIMIT: usize = 1024 * 1024;
/// The most headers.
const COUNT_LIMIT: usize = 5_000;
/// The most bytes of one value that is decoded for people.
const VALUE_LIMIT: usize = 64 * 1024;

/// The headers of a message.
pub(super) struct Headers<'raw> {
    /// Names in lower case, and values with their folds.
    fields: Vec<(String, &'raw [u8])>,
    body_start: usize,
    /// The charset of the body by its label: what raw bytes in a header are in, when nothing else tells.
    hint: Option<String>,
}

/// A value as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// The text in one line, without control characters.
    pub(super) text: String,
    /// The charset that fitted, when it was not the one that was claimed.
    pub(super) repaired: Option<&'static str>,
}

impl<'raw> Headers<'raw> {
    /// The headers at the beginning of `raw`; what lies beyond the limits is not looked at.
    pub(super) fn of(raw: &'raw [u8]) -> Self {
        let mut fields: Vec<(String, &'raw [u8])> = Vec::new();
        let mut position = 0;
        let mut field_start = 0;
        let mut lines = raw.split_inclusive(|byte| *byte == b'\n').peekable();
        while let Some(line) = lines.next() {
            position += line.len();
            if line.trim_ascii().is_empty() {
                break;
            }
            let goes_on = lines
                .peek()
                .is_some_and(|next| matches!(next.first(), Some(b' ' | b'\t')) && !next.trim_ascii().is_empty());
            if goes_on {
                continue;
            }
            let field = raw.get(field_start..position).unwrap_or_default();
            field_start = position;
            if fields.len() < COUNT_LIMIT && position <= HEADER_LIMIT {
                fields.extend(name_and_value(field));
            }
        }
        let mut headers = Self { fields, body_start: position, hint: None };
        headers.hint = headers.first("content-type").and_then(|value| parameter::value(&unfold(value), "charset"));
        headers
    }

    /// The bytes behind the headers.
    pub(super) fn body(&self, raw: &'raw [u8]) -> &'raw [u8] {
        raw.get(self.body_start..).unwrap_or_default()
    }

    /// The value of the first header `name` (lower case).
    pub(super) fn first(&self, name: &str) -> Option<&'raw [u8]> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// The values of every header `name` (lower case), in their order.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'raw [u8]> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| *value)
    }

    /// The first header `name` as text.
    pub(super) fn text(&self, name: &str) -> Option<Value> {
        self.first(name).map(|value| decode_hinted(value, self.hint.as_deref()))
    }

    /// A part of a value of these headers as text.
    pub(super) fn decoded(&self, part: &[u8]) -> Value {
        decode_hinted(part, self.hint.as_deref())
    }

    /// Whether these are headers of a mail at all.
    pub(super) fn is_mail(&self) -> bool {
        ["from", "date", "message-id", "received", "subject", "mime-version", "return-path", "to"]
            .iter()
            .any(|name| self.first(name).is_some())
    }
}

fn name_and_value(field: &[u8]) -> Option<(String, &[u8])> {
    let colon = field.iter().position(|byte| *byte == b':')?;
    let (name, value) = field.split_at_checked(colon)?;
    let name = name.trim_ascii();
    let fits = !name.is_empty() && name.len() <= 100 && name.iter().all(u8::is_ascii_graphic);
    fits.then(|| (String::from_utf8_lossy(name).to_ascii_lowercase(), value.get(1..).unwrap_or_default()))
}

/// A value in one line.
pub(super) fn unfold(value: &[u8]) -> Vec<u8> {
    let mut line = Vec::with_capacity(value.len());
    for byte in value.trim_ascii() {
        match byte {
            b'\r' | b'\n' => {}
            b'\t' => line.push(b' '),
            other => line.push(*other),
        }
    }
    line
}

/// One run of bytes of a value: plain, or of encoded words of one charset.
struct Run {
    charset: Option<String>,
    bytes: Vec<u8>,
}

/// A value as text: encoded words (RFC 2047), those of one charset joined before they are decoded, and raw bytes.
pub(super) fn decode(value: &[u8]) -> Value {
    decode_hinted(value, None)
}

/// The same; `hint` is the charset of raw bytes when nothing else tells.
fn decode_hinted(value: &[u8], hint: Option<&str>) -> Value {
    let line = unfold(value.get(..VALUE_LIMIT).unwrap_or(value));
    let mut runs: Vec<Run> = Vec::new();
    let mut rest = line.as_slice();
    while !rest.is_empty() {
        if let Some((word, length)) = encoded_word(rest) {
            rest = rest.get(length..).unwrap_or_default();
            // White space between two encoded words is not shown.
            if runs.len() >= 2
                && runs.last().is_some_and(|run| run.charset.is_none() && run.bytes.iter().all(u8::is_ascii_whitespace))
                && runs.iter().rev().nth(1).is_some_and(|run| run.charset.is_some())
            {
                runs.pop();
            }
            match runs.last_mut() {
                Some(run) if run.charset.is_some() && run.charset == word.charset => run.bytes.extend(word.bytes),
                _ => runs.push(word),
            }
            continue;
        }
        let next = rest
            .iter()
            .skip(1)
            .zip(rest.iter().skip(2))
            .position(|pair| pair == (&b'=', &b'?'))
            .map_or(rest.len(), |place| place + 1);
        let (plain, behind) = rest.split_at_checked(next).unwrap_or((rest, &[]));
        match runs.last_mut() {
            Some(run) if run.charset.is_none() => run.bytes.extend_from_slice(plain),
            _ => runs.push(Run { charset: None, bytes: plain.to_vec() }),
        }
        rest = behind;
    }
    let mut value = Value { text: String::new(), repaired: None };
    for run in runs {
        let decoded = {
            // Charsets of seven bits would make something of a plain `+0800`.
            let hint = hint.filter(|_| !run.bytes.is_ascii());
            charset::decode(&run.bytes, run.charset.as_deref().or(hint))
        };
        value.text.extend(decoded.text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        // UTF-8 without encoding is allowed by RFC 6532.
        let raw_utf8 = run.charset.is_none() && decoded.used == "UTF-8";
        if decoded.repaired && !raw_utf8 {
            value.repaired = Some(decoded.used);
        }
    }
    value.text = value.text.trim().to_owned();
    value
}

/// The encoded word at the beginning of `bytes`, and its length.
fn encoded_word(bytes: &[u8]) -> Option<(Run, usize)> {
    let inner = bytes.strip_prefix(b"=?")?;
    let charset_end = inner.iter().take(60).position(|byte| *byte == b'?')?;
    let charset = inner.get(..charset_end)?;
    let kind = inner.get(charset_end + 1)?.to_ascii_lowercase();
    if inner.get(charset_end + 2) != Some(&b'?') {
        return None;
    }
    let coded = inner.get(charset_end + 3..)?;
    // A word that is cut off at the end of its value is read as far as it goes.
    let cut_off = || (!coded.iter().any(u8::is_ascii_whitespace)).then_some(coded.len());
    let end = coded.windows(2).position(|pair| pair == b"?=").or_else(cut_off)?;
    let coded_bytes = coded.get(..end)?;
    let bytes = match kind {
        b'b' => lenient_base64(coded_bytes),
        b'q' => quoted(coded_bytes),
        _ => return None,
    };
    // RFC 2231: the language stands behind an asterisk.
    let name = charset.split(|byte| *byte == b'*').next().unwrap_or_default();
    let charset = Some(String::from_utf8_lossy(name).to_ascii_lowercase());
    Some((Run { charset, bytes }, (2 + charset_end + 3 + end + 2).min(2 + inner.len())))
}

/// Base64 without what does not belong to it: blanks, line ends, a cut end. Pieces that were each filled up with `=` are read one by one.
pub(super) fn lenient_base64(coded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(coded.len() / 4 * 3);
    let mut digits: Vec<u8> = Vec::new();
    for byte in coded {
        match byte {
            b'=' if digits.len() % 4 >= 2 => bytes.extend(filled_up(&mut digits)),
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/') => digits.push(*byte),
            _ => {}
        }
    }
    bytes.extend(filled_up(&mut digits));
    bytes
}

/// The bytes of `digits`, which are used up.
fn filled_up(digits: &mut Vec<u8>) -> Vec<u8> {
    // One digit alone holds no byte.
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    while !digits.len().is_multiple_of(4) {
        digits.push(b'=');
    }
    let bytes = base64_decode(digits).unwrap_or_default();
    digits.clear();
    bytes
}

/// The same of the body of a part. A gateway may have written lines of its own behind it, and a program may call a body Base64 that is
/// not: both stay as they are.
pub(super) fn lenient_base64_body(coded: &[u8]) -> Vec<u8> {
    // Damage hits single bytes; Chinese as it is has hardly any others.
    if coded.iter().filter(|byte| !byte.is_ascii()).count() * 4 > coded.len() {
        return coded.to_vec();
    }
    let is_coded = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let (mut position, mut ended) = (0, false);
    for line in coded.split_inclusive(|byte| *byte == b'\n') {
        let words = line.trim_ascii();
        if ended && !words.is_empty() && !words.iter().all(is_coded) {
            let (own, added) = coded.split_at_checked(position).unwrap_or((coded, &[]));
            return [lenient_base64(own).as_slice(), b"\n", added].concat();
        }
        ended = words.is_empty() && position > 0 || words.ends_with(b"=");
        position += line.len();
    }
    lenient_base64(coded)
}

/// The `Q` encoding: `_` is a blank, `=E5` a byte.
fn quoted(coded: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = coded.iter().map(|byte| if *byte == b'_' { b' ' } else { *byte }).collect();
    lenient_quoted_printable(&spaced)
}

/// What follows the end of a line that goes on. Programs on the way may have put blanks before it (RFC 2045 section 6.7, rule 3).
fn behind_soft_break(behind: &[u8]) -> Option<&[u8]> {
    let blanks = behind.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let end = behind.get(blanks..)?;
    end.strip_prefix(b"\r\n").or_else(|| end.strip_prefix(b"\n"))
}

/// Quoted-printable; an escape that is none stays as it is.
pub(super) fn lenient_quoted_printable(coded: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| {
        byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let mut bytes = Vec::with_capacity(coded.len());
    let mut rest = coded;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'=' {
            bytes.push(*first);
            continue;
        }
        if let (Some(high), Some(low)) = (hex(behind.first()), hex(behind.get(1))) {
            bytes.push(high * 16 + low);
            rest = behind.get(2..).unwrap_or_default();
        } else if let Some(next) = behind_soft_break(behind) {
            rest = next;
        } else {
            bytes.push(b'=');
        }
    }
    bytes
}
