//! The port: what the gateway asks of a search engine.

use std::sync::Arc;

use async_trait::async_trait;
use case::channel::Channel;
use case::class::ContentClass;
use case::id::{CaseId, SubmissionId};
use case::identity::key::IdentityKey;
use case::place::PlaceCode;
use jiff::Timestamp;

use crate::SearchError;
use crate::document::{Document, Space};
use crate::judge::Rarity;

/// The spaces that a query may look into. An engine must not open any other one, in any branch of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everything but the sealed.
    Ordinary,
    /// Only the sealed: accusations are compared with accusations.
    Sealed,
    /// Both, for the one role that may see both.
    Both,
}

impl Reach {
    /// The spaces it stands for.
    #[must_use]
    pub const fn spaces(self) -> &'static [Space] {
        match self {
            Self::Ordinary => &[Space::Ordinary],
            Self::Sealed => &[Space::Sealed],
            Self::Both => &[Space::Ordinary, Space::Sealed],
        }
    }
}

/// A petition for which earlier ones are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateQuery {
    /// Where to look.
    pub reach: Reach,
    /// The title.
    pub title: String,
    /// The body.
    pub body: String,
    /// Keyed identities; a submission that shares one is a candidate whatever its words.
    pub identity: Vec<IdentityKey>,
    /// Only submissions registered before this one.
    pub before: Option<u64>,
    /// The most candidates to give, 1 to 200.
    pub limit: usize,
}

/// What a person looks for.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// Where to look.
    pub reach: Reach,
    /// The words as typed: all must be found, `"…"` is a phrase, `-…` must not be found. Empty finds everything that the
    /// filters let through. An engine looks at the first ten words at least; an excluded word with punctuation inside it may be
    /// read as a phrase.
    pub words: String,
    /// Only this door.
    pub channel: Option<Channel>,
    /// Only this class and those below it.
    pub class: Option<ContentClass>,
    /// Only this place and those inside it.
    pub place: Option<PlaceCode>,
    /// Only registered at or after.
    pub from: Option<Timestamp>,
    /// Only registered before.
    pub until: Option<Timestamp>,
    /// Only submissions of this identity.
    pub identity: Option<IdentityKey>,
    /// How many results to skip.
    pub offset: usize,
    /// The most results to give, 1 to 200.
    pub limit: usize,
}

impl SearchQuery {
    /// A search for `words` without filters, from the first result on.
    #[must_use]
    pub fn words(reach: Reach, words: &str, limit: usize) -> Self {
        Self {
            reach,
            words: words.to_owned(),
            channel: None,
            class: None,
            place: None,
            from: None,
            until: None,
            identity: None,
            offset: 0,
            limit,
        }
    }
}

/// One submission that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The submission.
    pub submission: SubmissionId,
    /// The case that was opened for it.
    pub case: CaseId,
    /// Where it stands.
    pub space: Space,
    /// How well it fits, comparable within one answer only.
    pub score: f32,
}

/// A page of results.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// The results, best first.
    pub rows: Vec<Hit>,
    /// How many there are in all; an engine may stop counting at 10,000 of one space.
    pub total: usize,
}

/// What stands in an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// Submissions in the general index.
    pub ordinary: u64,
    /// Submissions in the sealed one.
    pub sealed: u64,
    /// The highest sequence that was indexed: what is above it waits.
    pub last_sequence: u64,
    /// Bytes on the disk; of a server, those of the documents, as it tells no more.
    pub bytes: u64,
    /// The version of the index's layout.
    pub version: String,
}

/// A search engine.
#[async_trait]
pub trait SearchEngine: Send + Sync {
    /// Puts documents in, each in the place of the one with the same submission in whatever space it stood. When this
    /// returns they are on the disk and every later query sees them.
    ///
    /// # Errors
    /// None of them is promised to be in the index; putting them in again is safe.
    async fn put(&self, documents: Vec<Document>) -> Result<(), SearchError>;

    /// Submissions that may be about the same matter, best first. Which they are is the engine's choice of what is alike; those that share
    /// an identity are always among them, as far as half of the limit.
    ///
    /// # Errors
    /// The engine failed.
    async fn candidates(&self, query: &CandidateQuery) -> Result<Vec<Hit>, SearchError>;

    /// What a person looked for.
    ///
    /// # Errors
    /// The engine failed.
    async fn search(&self, query: &SearchQuery) -> Result<Hits, SearchError>;

    /// Begins a new index beside the one in use; it takes that one's place when it is finished. One that was cut off, dropped or killed,
    /// goes on from what was kept last ([`Rebuild::resumes_after`]).
    ///
    /// # Errors
    /// The engine failed, or a rebuild is under way ([`SearchError::InUse`]).
    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, SearchError>;

    /// How often bigrams stand in the submissions of `reach`, as of now or nearly so, for the judge. An engine that cannot count gives
    /// [`crate::judge::NoCounts`].
    ///
    /// # Errors
    /// The engine failed.
    async fn rarity(&self, reach: Reach) -> Result<Arc<dyn Rarity>, SearchError>;

    /// In which space each of `submissions` stands, at most 200 of them; those that are in none are not named. For comparing the index
    /// with the database.
    ///
    /// # Errors
    /// The engine failed.
    async fn spaces_of(&self, submissions: &[SubmissionId]) -> Result<Vec<(SubmissionId, Space)>, SearchError>;

    /// What stands in the index.
    ///
    /// # Errors
    /// The engine failed.
    async fn statistics(&self) -> Result<Statistics, SearchError>;
}

/// An index under construction.
#[async_trait]
pub trait Rebuild: Send {
    /// The place in the order up to which everything is in the new index already; 0 of one that begins.
    fn resumes_after(&self) -> u64;

    /// Puts documents into the new index.
    ///
    /// # Errors
    /// The engine failed; the index in use is untouched.
    async fn put(&mut self, documents: Vec<Document>) -> Result<(), SearchError>;

    /// Notes that everything up to `through` was put in: a rebuild that is cut off goes on there, whatever cut it off.
    ///
    /// # Errors
    /// The engine failed; the note before stands.
    async fn keep(&mut self, through: u64) -> Result<(), SearchError>;

    /// Makes the new index the one in use.
    ///
    /// # Errors
    /// The engine failed; the index in use is untouched.
    async fn finish(self: Box<Self>) -> Result<(), SearchError>;
}
