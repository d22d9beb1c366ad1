//! How often bigrams stand in the indexed submissions: what is rare here says more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{Searcher, Term};

use super::generation::Generation;
use crate::engine::Reach;
use crate::judge::Rarity;

/// The most bigrams of which the answer is kept: those of a few hundred petitions.
const MOST_KEPT: usize = 100_000;

/// Frequencies as of the moment they were taken, so that an answer once given stays true. Candidates were found because they share
/// bigrams with the text: each is looked up once for all of them.
#[derive(Clone)]
pub struct Frequencies {
    searchers: Vec<Searcher>,
    body: tantivy::schema::Field,
    kept: Arc<Mutex<HashMap<String, u64>>>,
}

impl Frequencies {
    pub(super) fn new(generation: &Generation, reach: Reach) -> Self {
        let searchers = reach.spaces().iter().map(|space| generation.searcher(*space)).collect();
        Self { searchers, body: generation.fields().body, kept: Arc::default() }
    }
}

impl Rarity for Frequencies {
    fn petitions(&self) -> u64 {
        self.searchers.iter().map(Searcher::num_docs).sum()
    }

    fn with(&self, gram: &str) -> u64 {
        if let Some(count) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(gram) {
            return *count;
        }
        let term = Term::from_field_text(self.body, gram);
        // An index that cannot be read says nothing about a gram; the query that follows reports the failure.
        let count = self.searchers.iter().map(|searcher| searcher.doc_freq(&term).unwrap_or(0)).sum();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.insert(gram.to_owned(), count);
        }
        count
    }
}
