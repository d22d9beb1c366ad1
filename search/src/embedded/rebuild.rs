//! A new generation beside the one in use.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use async_trait::async_trait;

use super::failure::of_worker;
use super::generation::{Generation, Writers};
use super::{LAYOUT_VERSION, Rebuilding, Serving, Shared};
use crate::SearchError;
use crate::document::Document;
use crate::engine::Rebuild;

/// The handle of a rebuild; dropped before it is finished, it removes what it wrote, unless a part was kept.
pub(super) struct EmbeddedRebuild {
    shared: Arc<Shared>,
    /// The name of the new generation.
    name: String,
    /// How far it had come when it began.
    through: u64,
}

impl EmbeddedRebuild {
    /// Begins a rebuild, or goes on with one that was cut off; only one can be under way.
    pub(super) fn begin(shared: &Arc<Shared>) -> Result<Self, SearchError> {
        let mut writing = shared.writing();
        if writing.rebuilding.is_some() {
            return Err(SearchError::InUse);
        }
        shared.own(&mut writing)?;
        let current = shared.folder.current()?.unwrap_or_default();
        if let Some(name) = shared.folder.unfinished(&current, LAYOUT_VERSION) {
            let opened = Generation::open(&shared.folder, &name).and_then(|generation| Writers::open(&generation));
            if let Ok(writers) = opened {
                let through = shared.folder.through(&name);
                writing.rebuilding = Some(Rebuilding { writers, live: HashSet::new() });
                return Ok(Self { shared: Arc::clone(shared), name, through });
            }
            shared.folder.remove(&name);
        }
        let name = shared.folder.fresh_name()?;
        let writers = Generation::create(&shared.folder, &name).and_then(|generation| Writers::open(&generation));
        match writers {
            Ok(writers) => {
                writing.rebuilding = Some(Rebuilding { writers, live: HashSet::new() });
                Ok(Self { shared: Arc::clone(shared), name, through: 0 })
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

    fn keep(shared: &Shared, through: u64) -> Result<(), SearchError> {
        let mut writing = shared.writing();
        let rebuilding = writing.rebuilding.as_mut().ok_or_else(gone)?;
        rebuilding.writers.commit_all()?;
        shared.folder.write_through(rebuilding.writers.generation().name(), through)
    }

    fn replace(shared: &Shared) -> Result<(), SearchError> {
        let mut writing = shared.writing();
        let rebuilding = writing.rebuilding.as_mut().ok_or_else(gone)?;
        rebuilding.writers.commit_all()?;
        let generation = rebuilding.writers.generation().clone();
        // A generation that was in use once must never look like one to go on with.
        shared.folder.write_through(generation.name(), 0)?;
        shared.folder.set_current(generation.name())?;
        writing.writers = writing.rebuilding.take().map(|rebuilding| rebuilding.writers);
        let name = generation.name().to_owned();
        *shared.serving.write().unwrap_or_else(PoisonError::into_inner) = Serving::Ready(Box::new(generation));
        shared.folder.sweep(&[&name]);
        Ok(())
    }
}

fn gone() -> SearchError {
    SearchError::Unavailable("the rebuild is no longer under way".to_owned())
}

#[async_trait]
impl Rebuild for EmbeddedRebuild {
    fn resumes_after(&self) -> u64 {
        self.through
    }

    async fn put(&mut self, documents: Vec<Document>) -> Result<(), SearchError> {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || Self::fill(&shared, documents)).await.map_err(of_worker)?
    }

    async fn keep(&mut self, through: u64) -> Result<(), SearchError> {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || Self::keep(&shared, through)).await.map_err(of_worker)?
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
            if self.shared.folder.through(&self.name) == 0 {
                self.shared.folder.remove(&self.name);
            }
        }
    }
}
