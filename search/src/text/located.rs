//! The letters and digits of a text in the form in which they are compared, each with its place in the text as it was written.
//!
//! What was found in the folded form (full width as half width, traditional as simplified, `三栋` as `3栋`, spaces and punctuation
//! aside) is shown in the original: highlights name characters of the text that a person reads.

use std::ops::Range;

use case::simplified::simplify;
use case::text::{is_han, normalise};

use super::numerals;

/// A text that can be searched in its folded form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Located {
    letters: Vec<char>,
    /// The characters of the original that each letter stands for.
    places: Vec<Range<usize>>,
}

impl Located {
    /// Reads `text`. Places are counted in characters of it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut folded: Vec<char> = Vec::new();
        let mut origins: Vec<usize> = Vec::new();
        for (place, character) in text.chars().enumerate() {
            if character.is_whitespace() {
                continue;
            }
            // Nearly every character of a petition: its own normal form, in one case.
            if character.is_ascii() || matches!(character, '\u{4e00}'..='\u{9fff}') {
                folded.push(simplify(character.to_ascii_lowercase()));
                origins.push(place);
                continue;
            }
            let mut bytes = [0; 4];
            let plain = normalise(character.encode_utf8(&mut bytes));
            for plain in plain.chars().flat_map(char::to_lowercase).filter(|plain| !plain.is_whitespace()) {
                folded.push(simplify(plain));
                origins.push(place);
            }
        }
        let mut located = Self::default();
        let mut done = 0_usize;
        while let Some(rest) = folded.get(done..).filter(|rest| !rest.is_empty()) {
            let (taken, number) = numerals::first(rest);
            let origin = origins.get(done..done.saturating_add(taken)).unwrap_or_default();
            match number {
                Some(number) => located.push_number(&number.to_string(), origin),
                None => located.push_letters(rest.get(..taken).unwrap_or_default(), origin),
            }
            done = done.saturating_add(taken);
        }
        located
    }

    fn push_number(&mut self, digits: &str, origin: &[usize]) {
        let (Some(first), Some(last)) = (origin.first(), origin.last()) else { return };
        for digit in digits.chars() {
            self.letters.push(digit);
            self.places.push(*first..last.saturating_add(1));
        }
    }

    fn push_letters(&mut self, letters: &[char], origin: &[usize]) {
        for (letter, place) in
            letters.iter().zip(origin).filter(|(letter, _)| is_han(**letter) || letter.is_alphanumeric())
        {
            self.letters.push(*letter);
            self.places.push(*place..place.saturating_add(1));
        }
    }

    /// The letters and digits, folded.
    #[must_use]
    pub fn letters(&self) -> &[char] {
        &self.letters
    }

    /// The characters of the original that `letters` stand for, from the first to the last of them; none for no letters.
    #[must_use]
    pub fn place(&self, letters: Range<usize>) -> Option<Range<usize>> {
        let places = self.places.get(letters)?;
        let (first, last) = (places.first()?, places.last()?);
        Some(first.start..last.end)
    }

    /// Where `word` stands in the original, in order, overlaps included; at most `limit` places. A number is found whole only: `2号`
    /// does not stand in `12号`.
    #[must_use]
    pub fn find(&self, word: &str, limit: usize) -> Vec<Range<usize>> {
        self.find_letters(&Self::of(word).letters, limit)
    }

    /// The same for a word of which the letters are known, to be looked for in many texts.
    #[must_use]
    pub fn find_letters(&self, word: &[char], limit: usize) -> Vec<Range<usize>> {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return Vec::new() };
        let is_digit = |at: Option<usize>| at.and_then(|at| self.letters.get(at)).is_some_and(char::is_ascii_digit);
        let windows = self.letters.windows(word.len()).enumerate();
        windows
            // Nearly every place is told by its first letter.
            .filter(|(_, window)| window.first() == Some(first) && *window == word)
            .map(|(start, _)| start..start.saturating_add(word.len()))
            .filter(|found| !(first.is_ascii_digit() && is_digit(found.start.checked_sub(1))))
            .filter(|found| !(last.is_ascii_digit() && is_digit(Some(found.end))))
            .filter_map(|found| self.place(found))
            .take(limit)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    fn found(text: &str, word: &str) -> Vec<String> {
        let cut = |place: Range<usize>| text.chars().skip(place.start).take(place.len()).collect();
        Located::of(text).find(word, 10).into_iter().map(cut).collect()
    }

    #[test]
    fn what_is_folded_is_found_in_the_original() {
        assert_eq!(found("和平路　Ｋ９ 路公交", "k9路"), ["Ｋ９ 路"]);
        assert_eq!(found("號碼三號樓，3号楼", "3号楼"), ["三號樓", "3号楼"]);
        assert_eq!(found("一百二十户停水", "120户"), ["一百二十户"]);
        assert_eq!(found("住12号，2号", "2号"), ["2号"], "a number is found whole");
        assert_eq!(found("没有", "，"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn the_letters_are_those_of_the_folded_text(text in "[一二三十百零栋号a-zA-Z0-9，。 號國和平路]{0,40}") {
            let letters: Vec<char> = fold(&text).chars().filter(|c| c.is_alphanumeric()).collect();
            let located = Located::of(&text);
            prop_assert_eq!(located.letters(), letters);
        }

        #[test]
        fn places_stand_in_the_text(text in any::<String>(), word in "\\PC{0,3}") {
            let length = text.chars().count();
            for place in Located::of(&text).find(&word, usize::MAX) {
                prop_assert!(place.start < place.end && place.end <= length);
            }
        }
    }
}
