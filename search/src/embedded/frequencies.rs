//! How often bigrams stand in the indexed submissions: what is rare here says more.

use tantivy::{Searcher, Term};

use super::generation::Generation;
use crate::engine::Reach;
use crate::judge::Rarity;

/// Frequencies as of the moment they were taken.
#[derive(Clone)]
pub struct Frequencies {
    searchers: Vec<Searcher>,
    body: tantivy::schema::Field,
}

impl Frequencies {
    pub(super) fn new(generation: &Generation, reach: Reach) -> Self {
        let searchers = reach.spaces().iter().map(|space| generation.searcher(*space)).collect();
        Self { searchers, body: generation.fields().body }
    }
}

impl Rarity for Frequencies {
    fn petitions(&self) -> u64 {
        self.searchers.iter().map(Searcher::num_docs).sum()
    }

    fn with(&self, gram: &str) -> u64 {
        let term = Term::from_field_text(self.body, gram);
        // An index that cannot be read says nothing about a gram; the query that follows reports the failure.
        self.searchers.iter().map(|searcher| searcher.doc_freq(&term).unwrap_or(0)).sum()
    }
}
