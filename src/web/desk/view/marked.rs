//! A text with words marked in it: the template escapes every part and puts `<mark>` around those that are marked.
//!
//! Words are found in their folded form (full width, traditional characters, written numbers, case, spaces and punctuation aside) and
//! marked in the text as it was written: [`search::text::Located`].

use std::ops::Range;

use search::text::Located;

/// The most words that are looked for in one text.
const WORD_LIMIT: usize = 100;
/// The most places of one word that are marked.
const PLACE_LIMIT: usize = 200;

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
    let located = Located::of(text);
    let mut places: Vec<Range<usize>> =
        words.iter().take(WORD_LIMIT).flat_map(|word| located.find(word, PLACE_LIMIT)).collect();
    places.sort_by_key(|place| (place.start, place.end));
    let characters: Vec<char> = text.chars().collect();
    let mut parts = Vec::new();
    let mut done = 0;
    for place in merged(places) {
        push(&mut parts, characters.get(done..place.start), false);
        push(&mut parts, characters.get(place.clone()), true);
        done = place.end;
    }
    push(&mut parts, characters.get(done..), false);
    parts
}

fn push(parts: &mut Vec<Part>, text: Option<&[char]>, marked: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        parts.push(Part { text: text.iter().collect(), marked });
    }
}

/// Places that touch or overlap become one.
fn merged(places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for place in places {
        match merged.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            Some(_) | None => merged.push(place),
        }
    }
    merged
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

    #[test]
    fn a_word_is_marked_as_it_was_written() {
        assert_eq!(marked("錦繡華庭的電梯，Ｋ９路", &["锦绣华庭", "电梯", "k9路"]), ["錦繡華庭", "電梯", "Ｋ９路"]);
        assert_eq!(marked("三号楼停水", &["3号楼"]), ["三号楼"]);
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
