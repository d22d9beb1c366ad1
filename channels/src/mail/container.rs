//! One message or many: mbox files in the `mboxrd` and the older `mboxo` way of quoting.

use std::ops::Range;

use super::structure;

/// The most messages of one mbox.
pub const MESSAGE_LIMIT: usize = 100_000;

/// What a mail file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Container {
    /// One message, as it is.
    Message,
    /// An mbox: where each message lies, without its `From ` line. Its lines are still quoted; see [`split_mbox`].
    Mbox(Vec<Range<usize>>),
}

/// Tells a message from an mbox: only an mbox begins with a `From ` line, since no header has a blank in its name.
#[must_use]
pub fn sort(bytes: &[u8]) -> Container {
    let start = structure::start(bytes);
    let messages_begin = bytes.get(start..).unwrap_or_default();
    if !is_from_line(first_line(messages_begin)) {
        return Container::Message;
    }
    let mut messages = Vec::new();
    let mut begun: Option<usize> = None;
    let mut after_blank = true;
    let mut position = start;
    for line in messages_begin.split_inclusive(|byte| *byte == b'\n') {
        if after_blank && is_from_line(line) {
            messages.extend(begun.map(|start| start..position));
            if messages.len() == MESSAGE_LIMIT {
                return Container::Mbox(messages);
            }
            begun = Some(position + line.len());
        }
        after_blank = line.trim_ascii().is_empty();
        position += line.len();
    }
    messages.extend(begun.map(|start| start..position));
    Container::Mbox(messages)
}

/// The messages of an mbox, each as it was before it was stored: one `>` is taken from every line that begins with
/// `>From ` behind any number of `>`, and the empty line before the next message is left out.
/// Bytes that are no mbox are given back as one message.
#[must_use]
pub fn split_mbox(bytes: &[u8]) -> Vec<Vec<u8>> {
    match sort(bytes) {
        Container::Message => vec![bytes.to_vec()],
        Container::Mbox(ranges) => {
            ranges.into_iter().map(|range| unquoted(bytes.get(range).unwrap_or_default())).collect()
        }
    }
}

fn unquoted(stored: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(stored.len());
    for line in stored.split_inclusive(|byte| *byte == b'\n') {
        let quotes = line.iter().take_while(|byte| **byte == b'>').count();
        let quoted = quotes > 0 && line.get(quotes..).is_some_and(|rest| rest.starts_with(b"From "));
        message.extend_from_slice(if quoted { line.get(1..).unwrap_or_default() } else { line });
    }
    for end in [b"\r\n\r\n".as_slice(), b"\n\n"] {
        if message.ends_with(end) {
            message.truncate(message.len() - end.len() / 2);
            break;
        }
    }
    message
}

fn first_line(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == b'\n').next().unwrap_or_default()
}

/// `From sender Sat Jan  3 01:05:34 1996`: sender, then a time with colons and a year of four digits.
fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> = rest.trim_ascii().split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let year = words.iter().any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit));
    let time = words.iter().any(|word| {
        word.iter().filter(|byte| **byte == b':').count() >= 1 && word.first().is_some_and(u8::is_ascii_digit)
    });
    (4..=10).contains(&words.len()) && year && time
}
