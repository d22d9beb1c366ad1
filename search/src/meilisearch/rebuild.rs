//! A new set of indices beside the one in use, which changes places with it in one task of the server.
//!
//! How far it has come is noted on the server ([`super::layout`]): a rebuild that was cut off goes on there. What is put into the
//! engine meanwhile goes into both sets, and the rebuild does not lay an older version over it.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use meilisearch_sdk::client::SwapIndexes;

use super::layout::{self, Set};
use super::settings::LAYOUT_VERSION;
use super::{Shared, tasks, write};
use crate::SearchError;
use crate::document::Document;
use crate::engine::Rebuild;

/// The handle; dropped before it is finished, it leaves what was kept for the next one.
pub(super) struct ServerRebuild {
    shared: Arc<Shared>,
    through: u64,
}

impl ServerRebuild {
    /// Begins, or goes on where another one stopped.
    pub(super) async fn begin(shared: &Arc<Shared>) -> Result<Self, SearchError> {
        let _writing = shared.writing.lock().await;
        if shared.live().is_some() {
            return Err(SearchError::InUse);
        }
        let connection = &shared.connection;
        let through = match layout::read(connection, Set::Next).await? {
            Some(note) if note.version == LAYOUT_VERSION && note.through > 0 => note.through,
            _ => {
                layout::remove(connection, Set::Next).await?;
                layout::make(connection, Set::Next).await?;
                0
            }
        };
        *shared.live() = Some(HashSet::new());
        Ok(Self { shared: Arc::clone(shared), through })
    }
}

#[async_trait]
impl Rebuild for ServerRebuild {
    fn resumes_after(&self) -> u64 {
        self.through
    }

    async fn put(&mut self, mut documents: Vec<Document>) -> Result<(), SearchError> {
        let _writing = self.shared.writing.lock().await;
        if let Some(live) = &*self.shared.live() {
            documents.retain(|document| !live.contains(&document.submission));
        }
        write::put(&self.shared.connection, Set::Next, &documents).await
    }

    async fn keep(&mut self, through: u64) -> Result<(), SearchError> {
        layout::write(&self.shared.connection, Set::Next, through).await
    }

    async fn finish(self: Box<Self>) -> Result<(), SearchError> {
        let _writing = self.shared.writing.lock().await;
        let connection = &self.shared.connection;
        // The set that is taken out of use carries its note away: neither may look like one to go on with.
        layout::write(connection, Set::Next, 0).await?;
        if layout::read(connection, Set::Serving).await?.is_none() {
            layout::make(connection, Set::Serving).await?;
        }
        let (old, new) = (Set::Serving.names(&connection.prefix), Set::Next.names(&connection.prefix));
        let swaps: Vec<SwapIndexes> =
            old.into_iter().zip(new).map(|indexes| SwapIndexes { indexes, rename: None }).collect();
        let task = connection.client.swap_indexes(&swaps).await?;
        tasks::done(connection, &task).await?;
        self.shared.whole.store(true, std::sync::atomic::Ordering::Release);
        if let Err(error) = layout::remove(connection, Set::Next).await {
            tracing::warn!(error = %error, "the index that was replaced stays until the next rebuild");
        }
        Ok(())
    }
}

impl Drop for ServerRebuild {
    fn drop(&mut self) {
        *self.shared.live() = None;
    }
}
