//! What a person typed into a search box, taken apart. Both engines read it the same way, and no input is an error.

use case::text::normalise;

use crate::text::{Gram, Phrase, fold, grams, names_a_person, phrases, units};

/// The most words of one query; the rest is not looked at.
const MOST_WORDS: usize = 32;
/// The most characters of one query.
const LONGEST_QUERY: usize = 1_000;

/// A query taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// Each must be found.
    pub wanted: Vec<Word>,
    /// None may be found.
    pub unwanted: Vec<Word>,
}

/// One word or one quoted phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its runs, all of which must be found; empty when it holds nothing that an index has.
    pub phrases: Vec<Phrase>,
}

impl Typed {
    /// Reads `words`: separated by white space, `"…"` or `“…”` a phrase (an open one ends with the text), `-` before a word
    /// or a phrase excludes it.
    #[must_use]
    pub fn parse(words: &str) -> Self {
        let plain = normalise(case::text::truncate(words, LONGEST_QUERY));
        let mut typed = Self::default();
        let mut rest = plain.trim_start();
        for _word in 0..MOST_WORDS {
            let Some(first) = rest.chars().next() else { break };
            let excluded = matches!(first, '-' | '−' | '–');
            let after = if excluded { rest.trim_start_matches(['-', '−', '–']) } else { rest };
            let (word, left) = if let Some(quoted) = after.strip_prefix(QUOTES) {
                let (inside, left) = quoted.split_once(QUOTES).unwrap_or((quoted, ""));
                (across(inside), left)
            } else {
                let end = after.find(|c: char| c.is_whitespace() || QUOTES.contains(&c)).unwrap_or(after.len());
                let (word, left) = after.split_at_checked(end).unwrap_or((after, ""));
                (whole(&fold(word)), left)
            };
            typed.take(word, excluded);
            rest = left.trim_start();
        }
        typed
    }

    /// Whether results can be ranked by how well they fit.
    #[must_use]
    pub const fn ranks(&self) -> bool {
        !self.wanted.is_empty()
    }

    fn take(&mut self, word: Word, excluded: bool) {
        if !excluded {
            self.wanted.push(word);
        } else if !word.phrases.is_empty() {
            // A bare `-`, or one before something that no index has, excludes nothing.
            self.unwanted.push(word);
        }
    }
}

/// The words that must be found, as they were typed: what is highlighted in results. Those that must not be found are left out; a word
/// with punctuation in it is found part by part, so its parts are given.
#[must_use]
pub fn marked_words(words: &str) -> Vec<String> {
    let mut marked = Vec::new();
    let mut rest = case::text::truncate(words, LONGEST_QUERY).trim_start();
    for _word in 0..MOST_WORDS {
        let Some(first) = rest.chars().next() else { break };
        let after = rest.trim_start_matches(DASHES);
        let (found, left): (Vec<&str>, &str) = if let Some(quoted) = after.strip_prefix(QUOTES) {
            let (inside, left) = quoted.split_once(QUOTES).unwrap_or((quoted, ""));
            (vec![inside], left)
        } else {
            let end = after.find(|c: char| c.is_whitespace() || QUOTES.contains(&c)).unwrap_or(after.len());
            let (word, left) = after.split_at_checked(end).unwrap_or((after, ""));
            (word.split(|c: char| !c.is_alphanumeric()).collect(), left)
        };
        if !DASHES.contains(&first) {
            marked.extend(found.into_iter().filter(|word| !word.is_empty()).map(str::to_owned));
        }
        rest = left.trim_start();
    }
    marked
}

/// The marks that exclude what follows.
const DASHES: [char; 4] = ['-', '−', '–', '－'];
/// The marks that begin and end a phrase.
const QUOTES: [char; 4] = ['"', '“', '”', '＂'];

/// A word, or nothing that can be found when a part of it stands in no index: a telephone number must not be guessed digit
/// by digit.
fn whole(folded: &str) -> Word {
    Word { phrases: if names_a_person(folded) { Vec::new() } else { phrases(folded) } }
}

/// A quoted text: its runs must follow one another.
fn across(quoted: &str) -> Word {
    let folded = fold(quoted);
    let runs = units(&folded);
    if runs.len() <= 1 || names_a_person(&folded) {
        return whole(&folded);
    }
    // The lone last unit of a run stands in the index only where a run ends, so it is asked for only when it is all there is.
    let lone: Vec<&str> = runs.iter().filter(|run| run.len() == 1).flatten().copied().collect();
    let wanted = |gram: &Gram<'_>| match gram {
        Gram::Pair(_bigram) => true,
        Gram::Last(unit) => lone.contains(unit),
    };
    let placed = grams(&folded).into_iter().enumerate();
    let terms = placed.filter(|(_place, gram)| wanted(gram)).map(|(place, gram)| (place, gram.term())).collect();
    Word { phrases: vec![Phrase::Grams(terms)] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(words: &str) -> usize {
        Typed::parse(words).wanted.len()
    }

    #[test]
    fn words_phrases_and_exclusions_are_told_apart() {
        let typed = Typed::parse("路灯 -噪音　“和平路,积水” -\"垃圾清运\"");
        assert_eq!((typed.wanted.len(), typed.unwanted.len()), (2, 2));
    }

    #[test]
    fn what_must_be_found_is_what_is_marked() {
        assert_eq!(marked_words("路灯 -噪音　“和平路,积水”号,线 －\"垃圾清运\""), ["路灯", "和平路,积水", "号", "线"]);
        assert_eq!(marked_words(" - \"\" 停水"), ["停水"]);
    }

    #[test]
    fn odd_queries_mean_something_harmless() {
        assert_eq!(Typed::parse(""), Typed::default());
        assert_eq!(Typed::parse(" - -- "), Typed::default());
        assert_eq!(wanted("\"路灯"), 1);
        assert_eq!(wanted("\"\""), 1);
        assert!(Typed::parse("13800000001").wanted.iter().all(|word| word.phrases.is_empty()));
    }

    proptest! {
        #[test]
        fn any_text_can_be_typed(words in any::<String>()) {
            let typed = Typed::parse(&words);
            prop_assert!(typed.wanted.len() + typed.unwanted.len() <= MOST_WORDS);
        }
    }
}
