//! Limits that hold before a message is parsed, and the one change that keeps the parser from nesting.
//!
//! `mail-parser` follows messages inside messages on its own and keeps them inside one another, so a hostile mail decides how
//! deep its values nest, and taking them apart again recurses as deep. Here every `message/rfc822` is given another name of the
//! same length, which the parser takes for an ordinary attachment; [`super::part`] opens it itself, one level at a time.

use std::borrow::Cow;

use case::problem::{Problem, ProblemCode};

/// The most multipart and message parts, and so the deepest nesting. Ordinary mails have under ten.
pub(super) const STRUCTURE_LIMIT: usize = 64;
/// The most pairs of dashes, each of which may begin a part: bounds the number of parts and of scans for a boundary.
const DASHES_LIMIT: usize = 200_000;
/// How far behind `Content-Type:` the type may stand, across folds and blanks.
const TYPE_REACH: usize = 100;
/// What `message/rfc822` is called in the copy; as long as that.
const RENAMED: &[u8; 14] = b"message/nested";
/// The subtype of [`RENAMED`].
pub(super) const NESTED_SUBTYPE: &str = "nested";

/// Where a mail begins: exports put a byte order mark or empty lines before its headers.
pub(super) fn start(raw: &[u8]) -> usize {
    let rest = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    raw.len() - rest.len() + ends
}

/// The mail from its first header on, with line feeds, when a program of an old Macintosh or a careless gateway left only carriage returns.
pub(super) fn with_line_feeds(raw: &[u8]) -> Cow<'_, [u8]> {
    let raw = raw.get(start(raw)..).unwrap_or_default();
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// A copy of `raw` in which no message nests, or the limit that it breaks.
pub(super) fn flattened(raw: &[u8]) -> Result<Vec<u8>, Problem> {
    let too_deep = || ProblemCode::TooDeep.because(format!("邮件嵌套或部件超过{STRUCTURE_LIMIT}层"));
    let dashes = raw.windows(2).filter(|pair| pair == b"--").count();
    if dashes > DASHES_LIMIT {
        return Err(ProblemCode::TooDeep.because("邮件部件过多"));
    }
    let mut copy = raw.to_vec();
    let mut composite = 0;
    let mut position = 0;
    let mut renamed = Vec::new();
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let start = position;
        position += line.len();
        if !has_prefix(line, b"content-type") {
            continue;
        }
        let value = raw.get(start..raw.len().min(start + TYPE_REACH)).unwrap_or_default();
        let multipart = find(value, b"multipart/");
        let message = [b"message/rfc822".as_slice(), b"message/global"].iter().find_map(|name| find(value, name));
        composite += usize::from(multipart.is_some() || message.is_some());
        if composite > STRUCTURE_LIMIT {
            return Err(too_deep());
        }
        renamed.extend(message.map(|place| (start + place, RENAMED.as_slice())));
        // The parts of a digest are messages without saying so.
        renamed.extend(find(value, b"multipart/digest").map(|place| (start + place, b"multipart/mixed ".as_slice())));
    }
    for (place, name) in renamed {
        for (byte, new) in copy.iter_mut().skip(place).zip(name) {
            *byte = *new;
        }
    }
    Ok(copy)
}

fn has_prefix(line: &[u8], prefix: &[u8]) -> bool {
    line.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn find(value: &[u8], name: &[u8]) -> Option<usize> {
    value.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name))
}
