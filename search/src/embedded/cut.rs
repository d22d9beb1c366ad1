//! How text fields, folded before, are cut: into bigrams or words. The index cuts on its own thread while the next documents are folded.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::{Gram, grams, words};

/// The name of the cutting into bigrams, as the schema knows it.
pub(super) const BIGRAMS: &str = "bigrams";
/// The name of the cutting into words.
pub(super) const WORDS: &str = "words";

/// What a text is cut into.
#[derive(Debug, Clone, Copy)]
enum Cut {
    Bigrams,
    Words,
}

/// The terms of one text that were not given yet.
enum Rest<'a> {
    Bigrams(std::vec::IntoIter<Gram<'a>>),
    Words(std::vec::IntoIter<&'a str>),
}

/// The tokens of one text, cut beforehand.
struct Tokens<'a> {
    rest: Rest<'a>,
    token: Token,
}

/// Makes both known to an index.
pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(BIGRAMS, Cut::Bigrams);
    tokenizers.register(WORDS, Cut::Words);
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        let rest = match self {
            Self::Bigrams => Rest::Bigrams(grams(text).into_iter()),
            Self::Words => Rest::Words(words(text).into_iter()),
        };
        // The place before the first.
        let token = Token { position: usize::MAX, position_length: 1, ..Token::default() };
        Tokens { rest, token }
    }
}

impl TokenStream for Tokens<'_> {
    /// Writes each term over the one before it: a text has hundreds.
    fn advance(&mut self) -> bool {
        let term = &mut self.token.text;
        match &mut self.rest {
            Rest::Bigrams(grams) => {
                let Some(gram) = grams.next() else { return false };
                gram.write(term);
            }
            Rest::Words(words) => {
                let Some(word) = words.next() else { return false };
                term.clear();
                term.push_str(word);
            }
        }
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
