//! Compares two petitions and says what the later one is to the earlier one, with what speaks for it and against it.
//!
//! Deterministic and free of I/O: the same pair gives the same judgement. What is rare among the petitions at hand is passed
//! in ([`Rarity`]). The likelihood is a logistic model over a few numbers that people can read ([`Evidence`]); rules then
//! name the relation, and a name that contradicts can veto.

mod background;
mod characters;
mod claims;
mod clause;
mod days;
mod entities;
mod evidence;
mod model;
mod names;
mod prepared;
mod rarity;
mod reasons;
mod relation;
mod topic;
mod unlisted;
mod weighed;
mod weights;

use std::sync::Arc;

use case::channel::Channel;
use case::field::Confidence;
use case::finding::{Reason, Relation};
use case::identity::key::IdentityKey;
use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

pub use background::NoCounts;
pub(crate) use background::is_common;
pub use entities::Entities;
pub use evidence::Evidence;
pub use model::Model;
pub use prepared::Prepared;
pub use rarity::Rarity;
pub(crate) use relation::likely;
pub use weights::{Trained, Weights, WeightsError};

/// A petition as the judge sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Petition {
    /// The title.
    pub title: String,
    /// The body.
    pub body: String,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// The door.
    pub channel: Channel,
    /// Keyed identities of the petitioners.
    pub identity: Vec<IdentityKey>,
    /// The names of those complained about.
    pub respondents: Vec<String>,
    /// The place as written.
    pub place: Option<String>,
}

/// What the judge says.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// What the later one is to the earlier one; none: nothing to do with it.
    pub relation: Option<Relation>,
    /// How likely it is that both are about the same matter.
    pub same_matter: Confidence,
    /// How likely it is that one petitioner is behind both.
    pub same_petitioner: Confidence,
    /// Whether the texts are so alike that, with a certain petitioner, no person need decide.
    pub near_identical: bool,
    /// What speaks for the relation.
    pub reasons: Vec<Reason>,
    /// What speaks against it.
    pub against: Vec<Reason>,
}

/// The judge. Cheap to make and to clone.
#[derive(Clone)]
pub struct Judge {
    rarity: Arc<dyn Rarity>,
    weights: Arc<Weights>,
}

impl Default for Judge {
    fn default() -> Self {
        Self::new(Arc::new(NoCounts))
    }
}

impl Judge {
    /// A judge with the shipped weights that takes the rarity of words from `rarity`.
    #[must_use]
    pub fn new(rarity: Arc<dyn Rarity>) -> Self {
        Self::with_weights(rarity, Arc::new(Weights::shipped()))
    }

    /// A judge with other weights.
    #[must_use]
    pub fn with_weights(rarity: Arc<dyn Rarity>, weights: Arc<Weights>) -> Self {
        Self { rarity, weights }
    }

    /// The weights it judges by.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Reads a petition once, to be compared with many.
    #[must_use]
    pub fn prepare(&self, petition: &Petition) -> Prepared {
        Prepared::new(petition.clone(), self.rarity.as_ref())
    }

    /// What `later` is to `earlier`.
    #[must_use]
    pub fn judge(&self, later: &Petition, earlier: &Petition) -> Judgement {
        self.judge_prepared(&self.prepare(later), &self.prepare(earlier))
    }

    /// What `later` is to `earlier`, both read before.
    #[must_use]
    pub fn judge_prepared(&self, later: &Prepared, earlier: &Prepared) -> Judgement {
        let comparison = evidence::compare(later, earlier);
        relation::judge(later, earlier, &comparison, &self.weights)
    }

    /// Of `earlier` the `most` that `later` has most to do with, with what it is to them: repeats first, then the same matter, then what is
    /// related, each likeliest first, and among equals in their order. Works on all cores, and as long as the texts are: not for a thread
    /// that others wait for. Reasons are gathered for those that are given and no others: they take as long as all the rest.
    #[must_use]
    pub fn judge_all<E: Send>(
        &self,
        later: &Petition,
        earlier: Vec<E>,
        most: usize,
        petition: impl Fn(&E) -> Petition + Sync,
    ) -> Vec<(E, Relation, Judgement)> {
        let later = self.prepare(later);
        let compared = earlier.into_par_iter().filter_map(|earlier| {
            let prepared = Prepared::new(petition(&earlier), &*self.rarity);
            let comparison = evidence::compare(&later, &prepared);
            let relation = relation::relation(&later, &prepared, &comparison, &self.weights)?;
            let rank = relation::rank(relation, &comparison, &self.weights);
            Some((rank, earlier, prepared, comparison, relation))
        });
        let mut compared: Vec<_> = compared.collect();
        compared.sort_by(|a, b| b.0.total_cmp(&a.0));
        compared.truncate(most);
        let judged = compared.into_par_iter().map(|(_rank, earlier, prepared, comparison, relation)| {
            (earlier, relation, relation::judge(&later, &prepared, &comparison, &self.weights))
        });
        judged.collect()
    }

    /// The numbers that a judgement rests on, and whether a rule decides whatever they say: for training.
    #[must_use]
    pub fn evidence(&self, a: &Prepared, b: &Prepared) -> (Evidence, bool) {
        let comparison = evidence::compare(a, b);
        (comparison.evidence, comparison.veto)
    }
}
