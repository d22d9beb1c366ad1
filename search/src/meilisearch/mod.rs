//! The engine on a Meilisearch server, for an office whose index is too large for the gateway's machine.
//!
//! The server is a store of postings and filters: texts are folded and cut here (`letters`), so both engines find the same, and nothing
//! depends on the server's dictionary. Each [`Space`] is an index of its own, as in the embedded engine: a query names the indices it
//! reaches, and no form of one can leak from another. Every write waits for the server's task and checks how it ended. Nothing is asked of
//! the server when the engine is made, so the gateway starts and takes petitions in while the server is down.

mod candidates;
mod filter;
mod http;
mod layout;
mod letters;
mod minhash;
mod rebuild;
mod record;
mod settings;
pub mod stub;
mod tasks;
mod typed;
mod write;

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use case::id::SubmissionId;
use meilisearch_sdk::client::Client;
use meilisearch_sdk::indexes::Index;
use meilisearch_sdk::search::{SearchQuery as Asked, Selectors};

pub use settings::LAYOUT_VERSION;

use crate::SearchError;
use crate::document::{Document, Space};
use crate::engine::{CandidateQuery, Hit, Hits, Reach, Rebuild, SearchEngine, SearchQuery, Statistics};
use crate::judge::{NoCounts, Rarity};
use http::{Http, Refusal};
use layout::Set;
use record::Row;

/// An index of petitions, or the one of the note.
type Petitions = Index<Http>;

/// The server and our indices on it.
#[derive(Clone)]
struct Connection {
    url: String,
    prefix: String,
    http: Http,
    client: Client<Http>,
}

impl Connection {
    /// The index in use of a space.
    fn index(&self, space: Space) -> Petitions {
        self.index_of(Set::Serving, space)
    }

    fn index_of(&self, set: Set, space: Space) -> Petitions {
        let [ordinary, sealed, _note] = set.names(&self.prefix);
        self.client.index(match space {
            Space::Ordinary => ordinary,
            Space::Sealed => sealed,
        })
    }
}

struct Shared {
    connection: Connection,
    /// Whether the indices were seen to be there, in our layout.
    whole: AtomicBool,
    /// Held while something is written, so that a rebuild and what is put meanwhile keep their order.
    writing: tokio::sync::Mutex<()>,
    /// While a rebuild is under way: what was put into the engine since it began.
    live: Mutex<Option<HashSet<SubmissionId>>>,
}

impl Shared {
    fn live(&self) -> MutexGuard<'_, Option<HashSet<SubmissionId>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// That our indices are there: made at the first use, refused when they have another layout.
    async fn ready(&self) -> Result<&Connection, SearchError> {
        if self.whole.load(Ordering::Acquire) {
            return Ok(&self.connection);
        }
        match layout::read(&self.connection, Set::Serving).await? {
            Some(note) if note.version == LAYOUT_VERSION => {}
            Some(note) => {
                return Err(SearchError::Version { found: note.version, expected: LAYOUT_VERSION.to_owned() });
            }
            None => layout::make(&self.connection, Set::Serving).await?,
        }
        self.whole.store(true, Ordering::Release);
        Ok(&self.connection)
    }

    /// Looks again the next time when indices that were there are gone: another server, or an emptied one.
    fn look_again<T>(&self, outcome: Result<T, SearchError>) -> Result<T, SearchError> {
        if outcome.is_err() {
            self.whole.store(false, Ordering::Release);
        }
        outcome
    }
}

/// The engine; clones share one connection.
#[derive(Clone)]
pub struct MeilisearchEngine {
    shared: Arc<Shared>,
}

impl MeilisearchEngine {
    /// The engine on the server at `url` (`http://host:7700`), with the key of the server, in indices whose names begin with `prefix`; an
    /// `https` one is believed as `tls` says. Asks nothing of the server yet.
    ///
    /// # Errors
    /// The key cannot be sent.
    pub fn new(url: &str, key: &str, prefix: &str, tls: Option<rustls::ClientConfig>) -> Result<Self, SearchError> {
        let url = url.trim_end_matches('/').to_owned();
        let http = Http::new(key, tls)?;
        let client = Client::new_with_client(url.clone(), None::<String>, http.clone());
        let connection = Connection { url, prefix: prefix.to_owned(), http, client };
        let shared = Shared {
            connection,
            whole: AtomicBool::new(false),
            writing: tokio::sync::Mutex::new(()),
            live: Mutex::new(None),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Removes every index of ours from the server.
    ///
    /// # Errors
    /// The server failed.
    pub async fn remove(&self) -> Result<(), SearchError> {
        self.shared.whole.store(false, Ordering::Release);
        layout::remove(&self.shared.connection, Set::Next).await?;
        layout::remove(&self.shared.connection, Set::Serving).await
    }

    async fn put_everywhere(&self, documents: &[Document]) -> Result<(), SearchError> {
        let _writing = self.shared.writing.lock().await;
        let connection = self.shared.ready().await?;
        if self.shared.live().is_none() {
            // A rebuild that was cut off holds what is put anew now in its older form, where it had come so far: it begins again then.
            let through = layout::read(connection, Set::Next).await?.map_or(0, |note| note.through);
            if documents.iter().any(|document| document.sequence <= through) {
                layout::write(connection, Set::Next, 0).await?;
            }
        }
        write::put(connection, Set::Serving, documents).await?;
        let rebuilding = match &mut *self.shared.live() {
            Some(live) => {
                live.extend(documents.iter().map(|document| document.submission));
                true
            }
            None => false,
        };
        if rebuilding { write::put(connection, Set::Next, documents).await } else { Ok(()) }
    }

    async fn count(&self) -> Result<Statistics, SearchError> {
        let connection = self.shared.ready().await?;
        let mut statistics =
            Statistics { ordinary: 0, sealed: 0, last_sequence: 0, bytes: 0, version: LAYOUT_VERSION.to_owned() };
        for space in [Space::Ordinary, Space::Sealed] {
            let index = connection.index(space);
            let of = index.get_stats().await?;
            let documents = u64::try_from(of.number_of_documents).unwrap_or(u64::MAX);
            match space {
                Space::Ordinary => statistics.ordinary = documents,
                Space::Sealed => statistics.sealed = documents,
            }
            statistics.bytes = statistics.bytes.saturating_add(u64::try_from(of.raw_document_db_size).unwrap_or(0));
            let mut latest = Asked::new(&index);
            latest.with_limit(1).with_attributes_to_retrieve(Selectors::Some(&["id", "case", "sequence"]));
            let latest = index.execute_query::<Row>(&latest).await.map_err(Refusal::of)?;
            let sequence = latest.hits.first().map_or(0, |row| row.result.sequence);
            statistics.last_sequence = statistics.last_sequence.max(sequence);
        }
        Ok(statistics)
    }
}

#[async_trait]
impl SearchEngine for MeilisearchEngine {
    async fn put(&self, documents: Vec<Document>) -> Result<(), SearchError> {
        if documents.is_empty() {
            return Ok(());
        }
        self.shared.look_again(self.put_everywhere(&documents).await)
    }

    async fn candidates(&self, query: &CandidateQuery) -> Result<Vec<Hit>, SearchError> {
        let connection = self.shared.ready().await?;
        self.shared.look_again(candidates::find(connection, query).await)
    }

    async fn search(&self, query: &SearchQuery) -> Result<Hits, SearchError> {
        let connection = self.shared.ready().await?;
        self.shared.look_again(typed::find(connection, query).await)
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, SearchError> {
        Ok(Box::new(rebuild::ServerRebuild::begin(&self.shared).await?))
    }

    /// The server counts documents of a term only as the result of a query; a judgement asks for hundreds.
    async fn rarity(&self, _reach: Reach) -> Result<Arc<dyn Rarity>, SearchError> {
        Ok(Arc::new(NoCounts))
    }

    async fn spaces_of(&self, submissions: &[SubmissionId]) -> Result<Vec<(SubmissionId, Space)>, SearchError> {
        let connection = self.shared.ready().await?;
        self.shared.look_again(write::spaces_of(connection, submissions).await)
    }

    async fn statistics(&self) -> Result<Statistics, SearchError> {
        self.shared.look_again(self.count().await)
    }
}
