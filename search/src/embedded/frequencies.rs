//! How often bigrams stand in the indexed submissions: what is rare here says more.
//!
//! Asking the index costs a look into every segment, and long petitions have thousands of bigrams, so answers are kept from look-up to
//! look-up until the office has grown by a hundredth: a weight is the logarithm of a share, which that does not move.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::schema::Field;

use super::dictionary::Dictionary;
use super::generation::Generation;
use crate::SearchError;
use crate::document::Space;
use crate::engine::Reach;
use crate::judge::Rarity;
use crate::text::{Bigram, GramKey};

/// The most bigrams of which the answer is kept: nearly all that an office writes. About 20 bytes each.
const MOST_KEPT: usize = 300_000;
/// Answers are kept until this share of the petitions, one in so many, came in or went.
const STALE_SHARE: u64 = 100;

/// Answers given since a space had so many petitions.
#[derive(Default)]
struct Answers {
    petitions: u64,
    with: RwLock<FxHashMap<GramKey, u64>>,
}

/// The answers that were given last, by space and field.
#[derive(Clone, Default)]
pub(super) struct Given(Arc<Mutex<Vec<OfField>>>);

type OfField = ((Space, Field), Arc<Answers>);

impl Given {
    /// Those about `field` of `space`, which has so many petitions now.
    fn answers(&self, space: Space, field: Field, petitions: u64) -> Arc<Answers> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let about = (space, field);
        let fresh = |answers: &Answers| answers.petitions.abs_diff(petitions) <= petitions / STALE_SHARE;
        if let Some((_about, answers)) = given.iter().find(|(of, answers)| *of == about && fresh(answers)) {
            return Arc::clone(answers);
        }
        let answers = Arc::new(Answers { petitions, with: RwLock::default() });
        given.retain(|(of, _answers)| *of != about);
        given.push((about, Arc::clone(&answers)));
        answers
    }
}

/// How often bigrams stand in one field of one space.
#[derive(Clone)]
pub(super) struct Counts {
    dictionary: Dictionary,
    field: Field,
    answers: Arc<Answers>,
}

impl Counts {
    pub(super) fn of_bodies(generation: &Generation, space: Space) -> Result<Self, SearchError> {
        Self::new(generation, space, generation.fields().body)
    }

    pub(super) fn of_titles(generation: &Generation, space: Space) -> Result<Self, SearchError> {
        Self::new(generation, space, generation.fields().title)
    }

    fn new(generation: &Generation, space: Space, field: Field) -> Result<Self, SearchError> {
        let searcher = generation.searcher(space);
        let answers = generation.given().answers(space, field, searcher.num_docs());
        Ok(Self { dictionary: Dictionary::of(&searcher, field)?, field, answers })
    }

    /// In how many petitions each of `bigrams` stands, in their order; of what came in last, not everything may be counted yet, but what
    /// stands anywhere is never said to stand nowhere.
    pub(super) fn of(&self, bigrams: &[Bigram<'_>]) -> Result<Vec<u64>, SearchError> {
        self.counted(bigrams, |count| count > 0)
    }

    /// Petitions that are compared at the same time ask at the same time: each takes what is known once, and asks the index without holding
    /// the others up.
    fn counted(&self, bigrams: &[Bigram<'_>], holds: impl Fn(u64) -> bool) -> Result<Vec<u64>, SearchError> {
        let known: Vec<Option<u64>> = {
            let with = self.answers.with.read().unwrap_or_else(PoisonError::into_inner);
            bigrams
                .iter()
                .map(|bigram| with.get(&GramKey::of(*bigram)).copied().filter(|count| holds(*count)))
                .collect()
        };
        let mut asked = Vec::new();
        let mut counts = Vec::with_capacity(bigrams.len());
        for (bigram, known) in bigrams.iter().zip(known) {
            let count = match known {
                Some(count) => count,
                None => {
                    let count = self.dictionary.documents_with(&Term::from_field_text(self.field, &bigram.term()))?;
                    asked.push((GramKey::of(*bigram), count));
                    count
                }
            };
            counts.push(count);
        }
        if !asked.is_empty() {
            let mut with = self.answers.with.write().unwrap_or_else(PoisonError::into_inner);
            let room = MOST_KEPT.saturating_sub(with.len());
            with.extend(asked.into_iter().take(room));
        }
        Ok(counts)
    }
}

/// Frequencies in one generation of the index.
#[derive(Clone)]
pub struct Frequencies {
    spaces: Vec<Counts>,
    petitions: u64,
}

impl Frequencies {
    pub(super) fn new(generation: &Generation, reach: Reach) -> Result<Self, SearchError> {
        let spaces = reach.spaces().iter().map(|space| Counts::of_bodies(generation, *space));
        let spaces: Vec<Counts> = spaces.collect::<Result<_, _>>()?;
        let petitions = spaces.iter().map(|counts| counts.answers.petitions).sum();
        Ok(Self { spaces, petitions })
    }
}

impl Rarity for Frequencies {
    fn petitions(&self) -> u64 {
        self.petitions
    }

    fn with(&self, bigram: Bigram<'_>) -> u64 {
        self.with_each(&[bigram]).first().copied().unwrap_or(0)
    }

    fn with_each(&self, bigrams: &[Bigram<'_>]) -> Vec<u64> {
        let mut sums = vec![0_u64; bigrams.len()];
        for counts in &self.spaces {
            // An index that cannot be read says nothing about a bigram; the query that follows reports the failure.
            let counts = counts.counted(bigrams, |_count| true).unwrap_or_default();
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum = sum.saturating_add(count);
            }
        }
        sums
    }
}
