//! A text with words marked in it: the template escapes every part and puts `<mark>` around those that are marked.
//!
//! Words are found whatever their case, spaces and punctuation: reasons quote the petitions in a folded form.

use std::ops::Range;

/// The most words that are looked for in one text.
const WORD_LIMIT: usize = 100;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The characters.
    pub text: String,
    /// Whether they are one of the words.
    pub marked: bool,
}

/// `text` in parts, those that are one of `words` marked. Put together, the parts are the text.
#[must_use]
pub fn parts(text: &str, words: &[String]) -> Vec<Part> {
    let folded = Folded::of(text);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for word in words.iter().take(WORD_LIMIT) {
        folded.find(&Folded::of(word).characters, &mut ranges);
    }
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut parts = Vec::new();
    let mut done = 0;
    for range in merged(ranges) {
        push(&mut parts, text.get(done..range.start), false);
        push(&mut parts, text.get(range.clone()), true);
        done = range.end;
    }
    push(&mut parts, text.get(done..), false);
    parts
}

fn push(parts: &mut Vec<Part>, text: Option<&str>, marked: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        parts.push(Part { text: text.to_owned(), marked });
    }
}

/// Ranges that touch or overlap become one.
fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            Some(_) | None => merged.push(range),
        }
    }
    merged
}

/// The letters and digits of a text in one case, with the bytes they stand at.
struct Folded {
    characters: Vec<char>,
    places: Vec<Range<usize>>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let letters = text.char_indices().filter(|(_, character)| character.is_alphanumeric());
        let (characters, places) = letters
            // One character stays one character, so that places keep their meaning.
            .map(|(at, character)| {
                (character.to_lowercase().next().unwrap_or(character), at..at + character.len_utf8())
            })
            .unzip();
        Self { characters, places }
    }

    /// Adds where `word` stands.
    fn find(&self, word: &[char], ranges: &mut Vec<Range<usize>>) {
        if word.is_empty() {
            return;
        }
        for (first, window) in self.characters.windows(word.len()).enumerate() {
            if window == word
                && let (Some(start), Some(end)) = (self.places.get(first), self.places.get(first + word.len() - 1))
            {
                ranges.push(start.start..end.end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        parts(text, &words).into_iter().filter(|part| part.marked).map(|part| part.text).collect()
    }

    #[test]
    fn words_are_marked_wherever_they_stand() {
        assert_eq!(marked("锦绣华庭停水，锦绣华庭没人管", &["锦绣华庭"]), ["锦绣华庭", "锦绣华庭"]);
        assert_eq!(
            marked("锦绣华庭小区", &["锦绣华庭", "华庭小区"]),
            ["锦绣华庭小区"],
            "overlapping words are one mark"
        );
        assert_eq!(marked("没有", &["水", ""]), Vec::<String>::new());
    }

    #[test]
    fn a_quoted_word_is_found_through_punctuation_and_case() {
        assert_eq!(marked("乘坐K9 路，半小时不来", &["k9路半小时"]), ["K9 路，半小时"]);
    }

    proptest! {
        #[test]
        fn the_parts_are_the_text(text in "\\PC{0,60}", words in proptest::collection::vec("\\PC{0,4}", 0..5)) {
            let together: String = parts(&text, &words).into_iter().map(|part| part.text).collect();
            prop_assert_eq!(together, text);
        }

        #[test]
        fn a_word_of_the_text_is_marked(before in "[甲乙丙]{0,5}", word in "[丁戊]{1,4}", after in "[甲乙丙]{0,5}") {
            let text = format!("{before}{word}{after}");
            prop_assert_eq!(marked(&text, &[&word]), vec![word]);
        }
    }
}
