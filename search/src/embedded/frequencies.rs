//! How often bigrams stand in the indexed submissions: what is rare here says more.
//!
//! Asking the index costs a look into every segment, and long petitions have thousands of bigrams, so answers are kept from look-up to
//! look-up until the office has grown by a hundredth: a weight is the logarithm of a share, which that does not move.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::{Searcher, Term};

use super::dictionary::Dictionary;
use super::generation::Generation;
use crate::SearchError;
use crate::engine::Reach;
use crate::judge::Rarity;
use crate::text::{Bigram, GramKey};

/// The most bigrams of which the answer is kept: nearly all that an office writes. About 20 bytes each.
const MOST_KEPT: usize = 300_000;
/// Answers are kept until this share of the petitions, one in so many, came in or went.
const STALE_SHARE: u64 = 100;

/// Answers given since the office had so many petitions.
#[derive(Default)]
struct Answers {
    petitions: u64,
    with: RwLock<HashMap<GramKey, u64>>,
}

/// The answers that were given last, by reach.
#[derive(Clone, Default)]
pub(super) struct Given(Arc<Mutex<Vec<OfReach>>>);

type OfReach = (Reach, Arc<Answers>);

impl Given {
    /// Those of `reach` for an office of so many petitions now.
    fn answers(&self, reach: Reach, petitions: u64) -> Arc<Answers> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |answers: &Answers| answers.petitions.abs_diff(petitions) <= petitions / STALE_SHARE;
        if let Some((_reach, answers)) = given.iter().find(|(of, answers)| *of == reach && fresh(answers)) {
            return Arc::clone(answers);
        }
        let answers = Arc::new(Answers { petitions, with: RwLock::default() });
        given.retain(|(of, _answers)| *of != reach);
        given.push((reach, Arc::clone(&answers)));
        answers
    }
}

/// Frequencies in one generation of the index.
#[derive(Clone)]
pub struct Frequencies {
    dictionaries: Vec<Dictionary>,
    body: tantivy::schema::Field,
    answers: Arc<Answers>,
}

impl Frequencies {
    pub(super) fn new(generation: &Generation, reach: Reach) -> Result<Self, SearchError> {
        let searchers: Vec<Searcher> = reach.spaces().iter().map(|space| generation.searcher(*space)).collect();
        let petitions = searchers.iter().map(Searcher::num_docs).sum();
        let answers = generation.given().answers(reach, petitions);
        let body = generation.fields().body;
        let dictionaries = searchers.iter().map(|searcher| Dictionary::of(searcher, body)).collect::<Result<_, _>>()?;
        Ok(Self { dictionaries, body, answers })
    }

    fn ask(&self, bigram: Bigram<'_>) -> u64 {
        let term = Term::from_field_text(self.body, &bigram.term());
        // An index that cannot be read says nothing about a gram; the query that follows reports the failure.
        self.dictionaries.iter().map(|dictionary| dictionary.documents_with(&term).unwrap_or(0)).sum()
    }
}

impl Rarity for Frequencies {
    fn petitions(&self) -> u64 {
        self.answers.petitions
    }

    fn with(&self, bigram: Bigram<'_>) -> u64 {
        self.with_each(&[bigram]).first().copied().unwrap_or(0)
    }

    /// Petitions that are compared at the same time ask at the same time: each takes what is known once, and asks the index without holding
    /// the others up.
    fn with_each(&self, bigrams: &[Bigram<'_>]) -> Vec<u64> {
        let known: Vec<Option<u64>> = {
            let with = self.answers.with.read().unwrap_or_else(PoisonError::into_inner);
            bigrams.iter().map(|bigram| with.get(&GramKey::of(*bigram)).copied()).collect()
        };
        let mut asked = Vec::new();
        let counts = bigrams.iter().zip(known).map(|(bigram, known)| {
            known.unwrap_or_else(|| {
                let count = self.ask(*bigram);
                asked.push((GramKey::of(*bigram), count));
                count
            })
        });
        let counts = counts.collect();
        if !asked.is_empty() {
            let mut with = self.answers.with.write().unwrap_or_else(PoisonError::into_inner);
            let room = MOST_KEPT.saturating_sub(with.len());
            with.extend(asked.into_iter().take(room));
        }
        counts
    }
}
