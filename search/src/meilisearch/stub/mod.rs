//! A small server that answers as Meilisearch 1.50 was recorded to: for tests, where no server can be installed.
//!
//! It is an engine of its own and knows nothing of the adapter: it cuts words as the server cuts Latin text, looks at ten terms of a query,
//! evaluates filters, refuses fields it does not know, answers writes with a task that is done only after it was asked about, and uses the exact
//! status codes. The same suite runs against a real server when `MEILI_URL` is set. The gateway calls none of it.
#![expect(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a server of tests: a panic is their failure"
)]

mod filter;
mod index;
mod server;
mod state;
mod words;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::task::JoinHandle;

use state::State;

/// A request as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The body; null when there was none.
    pub body: Value,
}

/// The server. Stops when dropped; what it holds is kept for [`StubServer::start_again`].
pub struct StubServer {
    address: SocketAddr,
    shared: Arc<Mutex<State>>,
    serving: Option<JoinHandle<()>>,
}

impl StubServer {
    /// Starts an empty server on a free port of this machine that asks for `key`; for none when it is empty.
    pub async fn start(key: &str) -> Self {
        let shared = Arc::new(Mutex::new(State::new(key)));
        let (address, serving) = server::serve("127.0.0.1:0".parse().unwrap(), Arc::clone(&shared)).await;
        Self { address, shared, serving: Some(serving) }
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops it: connections break and none is accepted.
    pub fn stop(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.abort();
        }
    }

    /// Starts it again at the same address with what it held.
    pub async fn start_again(&mut self) {
        self.stop();
        let (_address, serving) = server::serve(self.address, Arc::clone(&self.shared)).await;
        self.serving = Some(serving);
    }

    /// Forgets every index, as a server with a new disk.
    pub fn empty(&self) {
        self.state().indexes.clear();
    }

    /// Makes the next writes fail as on a full disk, or no longer.
    pub fn full(&self, full: bool) {
        self.state().full = full;
    }

    /// The requests so far, and forgets them.
    #[must_use]
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.state().requests)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for StubServer {
    fn drop(&mut self) {
        self.stop();
    }
}
