//! How text fields, folded before, are cut: into bigrams or words. The index cuts on its own thread while the next documents are folded.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::{grams, words};

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

/// The tokens of one text, cut beforehand.
struct Tokens {
    rest: std::vec::IntoIter<String>,
    token: Token,
}

/// Makes both known to an index.
pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(BIGRAMS, Cut::Bigrams);
    tokenizers.register(WORDS, Cut::Words);
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let terms: Vec<String> = match self {
            // The place of a bigram is its number.
            Self::Bigrams => grams(text).into_iter().map(|gram| gram.term).collect(),
            Self::Words => words(text),
        };
        // The place before the first.
        let token = Token { position: usize::MAX, position_length: 1, ..Token::default() };
        Tokens { rest: terms.into_iter(), token }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        let Some(term) = self.rest.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text = term;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
