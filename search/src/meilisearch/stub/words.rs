//! How a query is read and a text is cut.

/// As many terms of a query are looked at, without a word about the others.
const TERMS: usize = 10;
/// How far words on both sides of a sentence's end stand apart.
const HARD: usize = 8;

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// One word, or the words of a phrase.
    pub(super) words: Vec<String>,
    /// In quotation marks: must be found whatever the strategy.
    pub(super) quoted: bool,
    /// What begins like it is found too.
    pub(super) prefix: bool,
}

/// A query.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) wanted: Vec<Term>,
    pub(super) unwanted: Vec<Term>,
}

/// Reads a query: `"…"` a phrase, `-` excludes what follows, the last word without a space behind it is a beginning.
pub(super) fn read(query: &str, prefixes: bool) -> Read {
    let mut read = Read::default();
    let mut rest = query.trim_start();
    while !rest.is_empty() && read.wanted.len() < TERMS {
        let negative = rest.starts_with('-');
        let after = rest.strip_prefix('-').unwrap_or(rest);
        let (term, left) = if let Some(inside) = after.strip_prefix('"') {
            let (inside, left) = inside.split_once('"').unwrap_or((inside, ""));
            let words: Vec<String> = cut(inside).into_iter().map(|(_place, word)| word).collect();
            (Term { words, quoted: true, prefix: false }, left)
        } else {
            let end = after.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(after.len());
            let (word, left) = after.split_at(end);
            let words: Vec<String> = cut(word).into_iter().map(|(_place, word)| word).collect();
            (Term { words, quoted: false, prefix: prefixes && left.is_empty() }, left)
        };
        if !term.words.is_empty() {
            if negative { read.unwanted.push(term) } else { read.wanted.push(term) }
        }
        rest = left.trim_start();
    }
    read
}

/// Words with their places, as the server cuts Latin text.
pub(super) fn cut(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let (mut place, mut word) = (0, String::new());
    for character in text.chars().chain([' ']) {
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            words.push((place, std::mem::take(&mut word)));
            place += 1;
        }
        if matches!(character, '.' | ';' | ',' | '!' | '?' | '。' | '，' | '；') {
            place += HARD;
        }
    }
    words
}

/// Whether a term stands in a text.
pub(super) fn stands(term: &Term, text: &[(usize, String)]) -> bool {
    let like = |wanted: &str, word: &str| word == wanted || (term.prefix && word.starts_with(wanted));
    text.iter().any(|(start, _word)| {
        term.words.iter().enumerate().all(|(offset, wanted)| {
            let at = text.binary_search_by_key(&(start + offset), |(place, _word)| *place);
            at.is_ok_and(|at| like(wanted, &text[at].1))
        })
    })
}
