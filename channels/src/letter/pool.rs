//! The page children of the gateway: as many at work as the office allows, kept over pages and letters, replaced when
//! they are lost or old.

use std::sync::{Mutex, PoisonError};

use case::problem::{Problem, ProblemCode};
use tokio::sync::Semaphore;

use super::codes::PageSurvey;
use super::protocol::{PageTask, Request};
use super::record::PageRecord;
use super::settings::LetterSettings;
use super::worker::{Failure, Worker};

/// The children. A task waits until one is free; it never waits for a place in a queue of its own.
pub(super) struct Pool {
    settings: LetterSettings,
    places: Semaphore,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool without children; each is started when it is needed.
    pub(super) fn new(settings: LetterSettings) -> Self {
        let places = Semaphore::new(settings.workers.max(1));
        Self { settings, places, idle: Mutex::new(Vec::new()) }
    }

    /// The settings it works by.
    pub(super) const fn settings(&self) -> &LetterSettings {
        &self.settings
    }

    /// The number of pages of an image file.
    ///
    /// # Errors
    /// What the child answers, or how it was lost.
    pub(super) async fn count(&self, request: &Request) -> Result<u16, Problem> {
        let _place = self.place().await?;
        let mut worker = self.worker().await?;
        let counted = worker.count(request).await;
        self.settle(worker, counted)
    }

    /// Looks at one page.
    ///
    /// # Errors
    /// What the child answers, or how it was lost. The caller holds a [`Self::place`].
    pub(super) async fn survey(&self, task: PageTask) -> Result<PageSurvey, Problem> {
        let mut worker = self.worker().await?;
        let looked = worker.survey(&Request::Survey(task)).await;
        self.settle(worker, looked)
    }

    /// Takes pages out of TIFF files.
    ///
    /// # Errors
    /// What the child answers, or how it was lost.
    pub(super) async fn take_out(&self, request: &Request) -> Result<Vec<u8>, Problem> {
        let _place = self.place().await?;
        let mut worker = self.worker().await?;
        let taken = worker.take_out(request).await;
        self.settle(worker, taken)
    }

    /// Reads one page.
    ///
    /// # Errors
    /// What the child answers, or how it was lost. The caller holds a [`Self::place`].
    pub(super) async fn page(&self, task: PageTask) -> Result<(PageRecord, Vec<u8>), Problem> {
        let mut worker = self.worker().await?;
        let read = worker.page(&Request::Page(task)).await;
        self.settle(worker, read)
    }

    /// Waits for a place to work; also what is done before a page can be read, such as drawing it, is done in it.
    ///
    /// # Errors
    /// Never while the pool lives.
    pub(super) async fn place(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Problem> {
        self.places.acquire().await.map_err(|_closed| ProblemCode::Internal.because("页面识别已停止"))
    }

    async fn worker(&self) -> Result<Worker, Problem> {
        while let Some(mut worker) = self.take_idle() {
            if worker.is_running() {
                return Ok(worker);
            }
        }
        Worker::start(&self.settings).await
    }

    fn take_idle(&self) -> Option<Worker> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// Keeps a child that can go on and lets go of one that is lost or old; dropping it kills it.
    fn settle<T>(&self, worker: Worker, outcome: Result<T, Failure>) -> Result<T, Problem> {
        let lost = matches!(outcome, Err(Failure::Lost(_)));
        if !lost && worker.tasks() < self.settings.recycle_after {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        outcome.map_err(|failure| match failure {
            Failure::Answered(problem) | Failure::Lost(problem) => problem,
        })
    }
}
