//! Compares two petitions and says what the later one is to the earlier one, with what speaks for it and against it.
//!
//! Deterministic and free of I/O: the same pair gives the same judgement.

mod rarity;

use case::channel::Channel;
use case::field::Confidence;
use case::finding::{Reason, Relation};
use case::identity::key::IdentityKey;
use jiff::Timestamp;

pub use rarity::Rarity;

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

/// Stub.
#[derive(Debug)]
pub struct Judge;

impl Judge {
    /// Stub.
    #[must_use]
    pub fn judge(&self, _later: &Petition, _earlier: &Petition) -> Judgement {
        Judgement {
            relation: None,
            same_matter: Confidence::new(0.0),
            same_petitioner: Confidence::new(0.0),
            near_identical: false,
            reasons: Vec::new(),
            against: Vec::new(),
        }
    }
}
