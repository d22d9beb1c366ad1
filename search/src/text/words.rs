//! Chinese words, cut with the dictionary of `jieba-rs`.

use std::sync::LazyLock;

use case::text::is_han;
use jieba_rs::Jieba;

use super::LONGEST_NUMBER;

/// The dictionary, loaded at the first use (about a second of work and some 60 MB) and kept.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The words of `folded`, overlapping parts of long ones included, in reading order; single characters, punctuation and
/// numbers that name a person are left out.
#[must_use]
pub fn words(folded: &str) -> Vec<&str> {
    DICTIONARY
        .cut_for_search(folded, false)
        .into_iter()
        .map(|token| token.word)
        .filter(|word| {
            let characters = word.chars().count();
            let digits = word.chars().filter(char::is_ascii_digit).count();
            characters >= 2 && digits <= LONGEST_NUMBER && word.chars().all(|c| is_han(c) || c.is_alphanumeric())
        })
        .collect()
}

/// `folded` cut into words that do not overlap, nothing left out.
#[must_use]
pub fn cut(folded: &str) -> Vec<&str> {
    DICTIONARY.cut(folded, false).into_iter().map(|token| token.word).collect()
}

/// A word and what kind of word the dictionary says it is (`n` noun, `v` verb, `p` preposition, …; `x` unknown).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it stands in the text.
    pub text: &'a str,
    /// The dictionary's tag.
    pub tag: &'a str,
}

/// `folded` cut into words with their kinds, nothing left out.
#[must_use]
pub fn cut_tagged(folded: &str) -> Vec<Word<'_>> {
    DICTIONARY.tag(folded, false).into_iter().map(|token| Word { text: token.word, tag: token.tag }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_parts_are_given() {
        let words = words("和平路路面积水,13800000001");
        assert!(words.contains(&"和平"));
        assert!(words.iter().all(|word| !word.contains("138")));
    }
}
