//! What an engine knows of one submission: text, where it belongs and keyed identities; never a number or a name of a
//! petitioner.

use std::collections::HashMap;

use case::channel::Channel;
use case::class::ContentClass;
use case::id::{CaseId, SubmissionId};
use case::identity::key::IdentityKey;
use case::place::PlaceCode;
use jiff::Timestamp;

/// Where a document stands: the general index or the sealed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// Everything that is not sealed.
    Ordinary,
    /// Accusations.
    Sealed,
}

/// One submission as it is indexed.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The submission.
    pub submission: SubmissionId,
    /// The case that was opened for it; whoever shows a hit looks up where it belongs now.
    pub case: CaseId,
    /// The order of registration.
    pub sequence: u64,
    /// Where it stands.
    pub space: Space,
    /// The door.
    pub channel: Channel,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// The title.
    pub title: String,
    /// The body.
    pub body: String,
    /// The names of those complained about.
    pub respondents: Vec<String>,
    /// The place as written.
    pub place: Option<String>,
    /// The place's code.
    pub place_code: Option<PlaceCode>,
    /// The class.
    pub class: Option<ContentClass>,
    /// Keyed identities of the petitioners.
    pub identity: Vec<IdentityKey>,
}

/// The last document of each submission: a batch may hold two versions of one.
pub(crate) fn latest_of(documents: &[Document]) -> Vec<&Document> {
    let last: HashMap<SubmissionId, usize> =
        documents.iter().enumerate().map(|(index, document)| (document.submission, index)).collect();
    documents
        .iter()
        .enumerate()
        .filter(|(index, document)| last.get(&document.submission) == Some(index))
        .map(|(_index, document)| document)
        .collect()
}
