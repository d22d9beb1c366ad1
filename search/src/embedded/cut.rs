//! How text fields, folded before, are cut into bigrams. The index cuts on its own thread while the next documents are folded.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::{Gram, grams};

/// The name of the cutting into bigrams, as the schema knows it.
pub(super) const BIGRAMS: &str = "bigrams";

/// Cuts into bigrams.
#[derive(Debug, Clone, Copy)]
struct Cut;

/// The terms of one text, cut beforehand.
struct Tokens<'a> {
    /// Those that were not given yet.
    rest: std::vec::IntoIter<Gram<'a>>,
    token: Token,
}

/// Makes it known to an index.
pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(BIGRAMS, Cut);
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        // The place before the first.
        let token = Token { position: usize::MAX, position_length: 1, ..Token::default() };
        Tokens { rest: grams(text).into_iter(), token }
    }
}

impl TokenStream for Tokens<'_> {
    /// Writes each term over the one before it: a text has hundreds.
    fn advance(&mut self) -> bool {
        let Some(gram) = self.rest.next() else { return false };
        gram.write(&mut self.token.text);
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
