//! Chinese words, cut with the dictionary of `jieba-rs`.

use std::sync::LazyLock;

use jieba_rs::Jieba;

/// The dictionary, loaded at the first use (about a second of work and some 60 MB) and kept.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A word and what kind of word the dictionary says it is (`n` noun, `v` verb, `p` preposition, …; `x` unknown).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// As it stands in the text.
    pub(crate) text: &'a str,
    /// The dictionary's tag.
    pub(crate) tag: &'a str,
}

/// `folded` cut into words with their kinds, nothing left out.
pub(crate) fn cut_tagged(folded: &str) -> Vec<Word<'_>> {
    DICTIONARY.tag(folded, false).into_iter().map(|token| Word { text: token.word, tag: token.tag }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_out_and_kinds_are_told() {
        let words = cut_tagged("公司门口积水,3栋");
        assert_eq!(words.iter().map(|word| word.text).collect::<String>(), "公司门口积水,3栋");
        assert!(words.iter().any(|word| word.text == "公司" && word.tag.starts_with('n')));
    }
}
