//! The engine in the data folder, on tantivy.
//!
//! Two indices side by side, one for each [`Space`]: a query opens only those it may reach, so no
//! form of a query can leak from one into the other. One process at a time writes (the lock is taken at the first write and
//! kept); any number of others read what it committed. See `folder.rs` for the layout on the disk.

mod candidates;
mod cut;
mod dictionary;
mod excluded;
mod failure;
mod folder;
mod frequencies;
mod generation;
mod hits;
mod query;
mod rebuild;
mod schema;

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use async_trait::async_trait;
use case::id::SubmissionId;

pub use frequencies::Frequencies;
pub use schema::LAYOUT_VERSION;

use crate::SearchError;
use crate::document::{Document, Space};
use crate::engine::{CandidateQuery, Hit, Hits, Reach, Rebuild, SearchEngine, SearchQuery, Statistics};
use crate::judge::Rarity;
use failure::of_worker;
use folder::{Folder, WriterLock};
use generation::{Generation, Writers};

/// The embedded engine; clones share one index.
#[derive(Clone)]
pub struct EmbeddedEngine {
    shared: Arc<Shared>,
}

struct Shared {
    folder: Folder,
    serving: RwLock<Serving>,
    writing: Mutex<Writing>,
    /// Whether this process writes: then its readers are reloaded at every commit and need not look at the disk.
    owner: AtomicBool,
}

/// What queries are answered from.
enum Serving {
    /// A whole generation.
    Ready(Box<Generation>),
    /// Nothing until a rebuild is finished: the layout on the disk is another one.
    Stale { found: String },
    /// Nothing until a rebuild is finished: the generation on the disk is damaged.
    Damaged { how: String },
}

/// What the one writing process holds.
#[derive(Default)]
struct Writing {
    lock: Option<WriterLock>,
    writers: Option<Writers>,
    rebuilding: Option<Rebuilding>,
}

/// A generation under construction. What is put into the engine meanwhile goes into both; `live` remembers it, so that the
/// rebuild does not lay an older version over it.
struct Rebuilding {
    writers: Writers,
    live: HashSet<SubmissionId>,
}

impl EmbeddedEngine {
    /// Opens the index in `folder`, or makes an empty one. Nothing is locked until something is written.
    ///
    /// # Errors
    /// The layout is another one ([`SearchError::Version`]), the index is damaged, the folder cannot be used, or another
    /// process is making it at this moment.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let engine = Self::open_for_rebuild(folder)?;
        engine.shared.serving()?;
        Ok(engine)
    }

    /// Like [`EmbeddedEngine::open`], but also when the index has another layout or is damaged: every query then fails until a
    /// rebuild is finished, and [`SearchEngine::put`] until one has begun.
    ///
    /// # Errors
    /// The folder cannot be used, or another process is making the index at this moment.
    pub fn open_for_rebuild(folder: &Path) -> Result<Self, SearchError> {
        let folder = Folder::open(folder)?;
        if folder.current()?.is_none() {
            let _lock = folder.lock()?;
            if folder.current()?.is_none() {
                let name = folder.fresh_name()?;
                Generation::create(&folder, &name)?;
                folder.set_current(&name)?;
            }
        }
        let serving = Serving::open(&folder)?;
        let shared = Shared {
            folder,
            serving: RwLock::new(serving),
            writing: Mutex::new(Writing::default()),
            owner: AtomicBool::new(false),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// How often bigrams stand in the submissions of `reach`, as of now, for the judge.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn frequencies(&self, reach: Reach) -> Result<Frequencies, SearchError> {
        let generation = self.shared.serving()?;
        Frequencies::new(&generation, reach)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Arc<Shared>) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, SearchError> {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || work(&shared)).await.map_err(of_worker)?
    }
}

impl Serving {
    fn open(folder: &Folder) -> Result<Self, SearchError> {
        let Some(name) = folder.current()? else {
            return Ok(Self::Damaged { how: "no generation is named".to_owned() });
        };
        match Generation::open(folder, &name) {
            Ok(generation) => Ok(Self::Ready(Box::new(generation))),
            Err(SearchError::Version { found, .. }) => Ok(Self::Stale { found }),
            Err(SearchError::Unavailable(how)) => Ok(Self::Damaged { how }),
            Err(error) => Err(error),
        }
    }

    fn generation(&self) -> Result<&Generation, SearchError> {
        match self {
            Self::Ready(generation) => Ok(generation),
            Self::Stale { found } => {
                Err(SearchError::Version { found: found.clone(), expected: LAYOUT_VERSION.to_owned() })
            }
            Self::Damaged { how } => Err(SearchError::Damaged(how.clone())),
        }
    }
}

impl Shared {
    /// The generation to answer from, with everything that was committed by now.
    fn serving(&self) -> Result<Generation, SearchError> {
        if !self.owner.load(Ordering::Acquire) {
            self.refresh()?;
        }
        self.serving.read().unwrap_or_else(PoisonError::into_inner).generation().cloned()
    }

    /// Looks at what another process wrote.
    fn refresh(&self) -> Result<(), SearchError> {
        let current = self.folder.current()?;
        let same = match &*self.serving.read().unwrap_or_else(PoisonError::into_inner) {
            Serving::Ready(generation) if current.as_deref() == Some(generation.name()) => Some(generation.clone()),
            Serving::Ready(_) | Serving::Stale { .. } | Serving::Damaged { .. } => None,
        };
        let reloaded = same.is_some_and(|generation| generation.reload().is_ok());
        if !reloaded {
            // Another generation took its place, perhaps while we reloaded.
            let opened = Serving::open(&self.folder)?;
            *self.serving.write().unwrap_or_else(PoisonError::into_inner) = opened;
        }
        Ok(())
    }

    fn writing(&self) -> MutexGuard<'_, Writing> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the lock of the folder, once, and clears away what a crash left.
    fn own(&self, writing: &mut Writing) -> Result<(), SearchError> {
        if writing.lock.is_none() {
            let lock = self.folder.lock()?;
            self.refresh()?;
            if let Some(current) = self.folder.current()? {
                let unfinished = self.folder.unfinished(&current, LAYOUT_VERSION);
                self.folder.sweep(&[current.as_str(), unfinished.as_deref().unwrap_or_default()]);
            }
            writing.lock = Some(lock);
            self.owner.store(true, Ordering::Release);
        }
        Ok(())
    }

    fn put(&self, documents: &[Document]) -> Result<(), SearchError> {
        if documents.is_empty() {
            return Ok(());
        }
        let mut writing = self.writing();
        self.own(&mut writing)?;
        match self.serving() {
            Ok(generation) => {
                let mut writers = match writing.writers.take() {
                    Some(writers) => writers,
                    None => Writers::open(&generation)?,
                };
                if writing.rebuilding.is_none() {
                    self.outdate(documents)?;
                }
                // After a failure the writers are dropped: they forget what was not committed and are opened anew.
                writers.put(documents)?;
                writing.writers = Some(writers);
            }
            // Nothing can be asked now; what is put in is found with everything else when the rebuild is finished.
            Err(SearchError::Version { .. } | SearchError::Damaged(_)) if writing.rebuilding.is_some() => {}
            Err(error) => return Err(error),
        }
        if let Some(rebuilding) = &mut writing.rebuilding {
            rebuilding.writers.fill(documents)?;
            // Durable in both: a rebuild that goes on after a crash does not read again what stands before its mark.
            rebuilding.writers.commit_all()?;
            rebuilding.live.extend(documents.iter().map(|document| document.submission));
        }
        Ok(())
    }

    /// A rebuild that was cut off holds what is put anew now in its older form, where it had come so far: it begins again then.
    fn outdate(&self, documents: &[Document]) -> Result<(), SearchError> {
        let current = self.folder.current()?.unwrap_or_default();
        let Some(unfinished) = self.folder.unfinished(&current, LAYOUT_VERSION) else { return Ok(()) };
        let through = self.folder.through(&unfinished);
        if documents.iter().any(|document| document.sequence <= through) {
            self.folder.write_through(&unfinished, 0)?;
        }
        Ok(())
    }

    fn statistics(&self) -> Result<Statistics, SearchError> {
        let generation = self.serving()?;
        Ok(Statistics {
            ordinary: generation.searcher(Space::Ordinary).num_docs(),
            sealed: generation.searcher(Space::Sealed).num_docs(),
            last_sequence: generation.last_sequence()?,
            bytes: self.folder.bytes(generation.name()),
            version: LAYOUT_VERSION.to_owned(),
        })
    }
}

#[async_trait]
impl SearchEngine for EmbeddedEngine {
    async fn put(&self, documents: Vec<Document>) -> Result<(), SearchError> {
        self.blocking(move |shared| shared.put(&documents)).await
    }

    async fn candidates(&self, query: &CandidateQuery) -> Result<Vec<Hit>, SearchError> {
        let query = query.clone();
        self.blocking(move |shared| candidates::find(&shared.serving()?, &query)).await
    }

    async fn search(&self, query: &SearchQuery) -> Result<Hits, SearchError> {
        let query = query.clone();
        self.blocking(move |shared| query::find(&shared.serving()?, &query)).await
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, SearchError> {
        let rebuild = self.blocking(rebuild::EmbeddedRebuild::begin).await?;
        Ok(Box::new(rebuild))
    }

    async fn rarity(&self, reach: Reach) -> Result<Arc<dyn Rarity>, SearchError> {
        Ok(Arc::new(self.frequencies(reach)?))
    }

    async fn spaces_of(&self, submissions: &[SubmissionId]) -> Result<Vec<(SubmissionId, Space)>, SearchError> {
        let submissions = submissions.to_vec();
        self.blocking(move |shared| shared.serving()?.spaces_of(&submissions)).await
    }

    async fn statistics(&self) -> Result<Statistics, SearchError> {
        self.blocking(|shared| shared.statistics()).await
    }
}
