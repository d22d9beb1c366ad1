//! A new generation beside the one in use.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use async_trait::async_trait;

use super::failure::of_worker;
use super::generation::{Generation, Writers};
use super::{Rebuilding, Serving, Shared};
use crate::SearchError;
use crate::document::Document;
use crate::engine::Rebuild;

/// The handle of a rebuild; dropped before it is finished, it removes what it wrote.
pub(super) struct EmbeddedRebuild {
    shared: Arc<Shared>,
    /// The name of the new generation.
    name: String,
}

impl EmbeddedRebuild {
    /// Begins a rebuild; only one can be under way.
    pub(super) fn begin(shared: &Arc<Shared>) -> Result<Self, SearchError> {
        let mut writing = shared.writing();
        if writing.rebuilding.is_some() {
            return Err(SearchError::InUse);
        }
        shared.own(&mut writing)?;
        let name = shared.folder.fresh_name()?;
        let writers = Generation::create(&shared.folder, &name).and_then(|generation| Writers::open(&generation));
        match writers {
            Ok(writers) => {
                writing.rebuilding = Some(Rebuilding { writers, live: HashSet::new() });
                Ok(Self { shared: Arc::clone(shared), name })
            }
            Err(error) => {
                shared.folder.remove(&name);
                Err(error)
            }
        }
    }

    fn fill(shared: &Shared, mut documents: Vec<Document>) -> Result<(), SearchError> {
        let mut writing = shared.writing();
        let rebuilding = writing.rebuilding.as_mut().ok_or_else(gone)?;
        documents.retain(|document| !rebuilding.live.contains(&document.submission));
        rebuilding.writers.fill(&documents)
    }

    fn replace(shared: &Shared) -> Result<(), SearchError> {
        let mut writing = shared.writing();
        let rebuilding = writing.rebuilding.as_mut().ok_or_else(gone)?;
        rebuilding.writers.commit_all()?;
        let generation = rebuilding.writers.generation().clone();
        shared.folder.set_current(generation.name())?;
        writing.writers = writing.rebuilding.take().map(|rebuilding| rebuilding.writers);
        let name = generation.name().to_owned();
        *shared.serving.write().unwrap_or_else(PoisonError::into_inner) = Serving::Ready(Box::new(generation));
        shared.folder.sweep(&name);
        Ok(())
    }
}

fn gone() -> SearchError {
    SearchError::Unavailable("the rebuild is no longer under way".to_owned())
}

#[async_trait]
impl Rebuild for EmbeddedRebuild {
    async fn put(&mut self, documents: Vec<Document>) -> Result<(), SearchError> {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || Self::fill(&shared, documents)).await.map_err(of_worker)?
    }

    async fn finish(self: Box<Self>) -> Result<(), SearchError> {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || Self::replace(&shared)).await.map_err(of_worker)?
    }
}

impl Drop for EmbeddedRebuild {
    fn drop(&mut self) {
        let mut writing = self.shared.writing();
        let ours = |rebuilding: &Rebuilding| rebuilding.writers.generation().name() == self.name;
        if writing.rebuilding.as_ref().is_some_and(ours) {
            writing.rebuilding = None;
            self.shared.folder.remove(&self.name);
        }
    }
}
