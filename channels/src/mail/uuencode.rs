//! Files that old mail programs put between the lines of a text (`begin 644 photo.jpg` … `end`, POSIX `uuencode`).
//!
//! What only looks like one stays in the text. Total; what is taken out has at most twice the bytes of the text.

/// Most bytes of one line by its first character.
const LINE_BYTES: usize = 45;

/// `text` without the first `limit` files in it, and their names and bytes.
pub(super) fn taken_out(text: String, limit: usize) -> (String, Vec<(String, Vec<u8>)>) {
    if !text.contains("begin ") {
        return (text, Vec::new());
    }
    let lines: Vec<&str> = text.lines().collect();
    let (mut words, mut files) = (Vec::new(), Vec::new());
    let mut place = 0;
    while let Some(line) = lines.get(place) {
        place += 1;
        let file = name(line).filter(|_| files.len() < limit).and_then(|name| Some((name, file(lines.get(place..)?)?)));
        if let Some((name, (bytes, length))) = file {
            files.push((name.to_owned(), bytes));
            place += length;
        } else {
            words.push(*line);
        }
    }
    if files.is_empty() { (text, files) } else { (words.join("\n"), files) }
}

/// The name in `begin 644 name`.
fn name(line: &str) -> Option<&str> {
    let (mode, name) = line.trim_end().strip_prefix("begin ")?.split_once(' ')?;
    let is_mode = (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    Some(name.trim()).filter(|name| is_mode && !name.is_empty())
}

/// The bytes up to `end`, and how many lines they take. Lines that are no code end the search, so a text is looked at once.
fn file(lines: &[&str]) -> Option<(Vec<u8>, usize)> {
    let mut bytes = Vec::new();
    for (count, line) in lines.iter().enumerate() {
        if line.trim_end() == "end" {
            return Some((bytes, count + 1));
        }
        // Programs that cut lines leave an empty one before `end`.
        if !line.trim().is_empty() {
            decode(line, &mut bytes)?;
        }
    }
    None
}

fn decode(line: &str, bytes: &mut Vec<u8>) -> Option<()> {
    let code = |byte: u8| matches!(byte, b' '..=b'`').then(|| (byte - b' ') & 63);
    let (first, coded) = line.trim_end_matches('\r').as_bytes().split_first()?;
    let length = usize::from(code(*first)?);
    // A few blanks may be lost, not most of a line: nothing grows out of nothing.
    if coded.len() * 3 < length * 2 || length > LINE_BYTES || coded.len() > LINE_BYTES / 3 * 4 + 4 {
        return None;
    }
    let mut decoded = Vec::with_capacity(LINE_BYTES);
    // Blanks at the end of a line get lost; they are zeros.
    for group in 0..length.div_ceil(3) {
        let mut word = 0_u32;
        for place in 0..4 {
            word = word << 6 | u32::from(code(coded.get(group * 4 + place).copied().unwrap_or(b' '))?);
        }
        decoded.extend_from_slice(word.to_be_bytes().get(1..)?);
    }
    decoded.truncate(length);
    bytes.extend(decoded);
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_is_taken_out_and_what_only_looks_like_one_stays() {
        let (text, files) = taken_out("前\nbegin 644 zhao.txt\n+:&5L;&\\@=V]R;&0\n`\nend\n后".to_owned(), 9);
        assert_eq!(text, "前\n后");
        assert_eq!(files, [("zhao.txt".to_owned(), b"hello world".to_vec())]);
        for text in ["begin 644 a\n我们继续写\nend", "begin the day\nend", "begin 644 a\n`", "begin 644 \n`\nend"]
        {
            assert_eq!(taken_out(text.to_owned(), 9), (text.to_owned(), Vec::new()));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "(begin 644 a\n|`\n|end\n|[ -a\n信]{0,20}){0,8}") {
            let (words, files) = taken_out(text.clone(), 9);
            let taken: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
            prop_assert!(words.len() + taken <= 2 * text.len());
        }
    }
}
