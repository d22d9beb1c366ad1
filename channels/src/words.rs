//! The petitioner's own words: kept as they were written, without what no reader can see.

/// `text` with plain line ends and without control characters, zero-width characters and marks of direction.
/// Unlike [`case::text::normalise`] it keeps every visible character as it is, full-width punctuation above all: the words
/// are shown to people and belong to the record.
pub(crate) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|character| match character {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' => None,
            '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\n' | '\t' => Some(character),
            '\u{a0}' => Some(' '),
            _ if character.is_control() => None,
            _ => Some(character),
        })
        .collect()
}
