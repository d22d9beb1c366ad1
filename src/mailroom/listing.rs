//! What the desk shows of batches: how far each has come, and what was refused and why. Of letters only numbers are told, and of sealed
//! ones not even the way to their case.

use case::batch::{Batch, BatchFile, BatchFileState, BatchLetter};
use case::event::EventKind;
use case::id::{BatchFileId, BatchId};
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use store::batches::BatchCount;
use store::{Page, Paging};

use super::take_in::file_event;
use crate::desk::entered::{Entered, Entry};
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::{Queue, Task};

/// A file of a batch with its letters.
#[derive(Debug)]
pub struct ListedFile {
    /// The file.
    pub file: BatchFile,
    /// Its letters, and how far each has come.
    pub letters: Vec<(BatchLetter, Entered)>,
}

impl Gateway {
    /// Batches, newest first.
    ///
    /// # Errors
    /// No right, or the store failed.
    pub async fn batches(&self, viewer: &Viewer, paging: Paging) -> Result<Page<BatchCount>, Problem> {
        viewer.require(Permission::Enter)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        lookups.batches(paging).await.map_err(|error| failed(&error))
    }

    /// What a batch is called, for who checks its letters.
    ///
    /// # Errors
    /// No right, no such batch, or the store failed.
    pub async fn batch_name(&self, viewer: &Viewer, id: BatchId) -> Result<String, Problem> {
        viewer.require(Permission::Verify)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let batch = lookups.batch(id).await.map_err(|error| failed(&error))?.ok_or(ProblemCode::NotFound)?;
        Ok(batch.name)
    }

    /// A batch with its files and their letters.
    ///
    /// # Errors
    /// No right, no such batch, or the store failed.
    pub async fn batch(
        &self,
        viewer: &Viewer,
        id: BatchId,
        paging: Paging,
    ) -> Result<(Batch, Page<ListedFile>), Problem> {
        viewer.require(Permission::Enter)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let batch = lookups.batch(id).await.map_err(|error| failed(&error))?.ok_or(ProblemCode::NotFound)?;
        let files = lookups.batch_files(id, paging).await.map_err(|error| failed(&error))?;
        let mut rows = Vec::with_capacity(files.rows.len());
        for file in files.rows {
            let mut letters = Vec::new();
            for letter in lookups.batch_letters(file.id).await.map_err(|error| failed(&error))? {
                let entered = self.entered(viewer, Entry::Arrival(letter.arrival)).await?;
                letters.push((letter, entered));
            }
            rows.push(ListedFile { file, letters });
        }
        Ok((batch, Page { rows, total: files.total }))
    }

    /// Has a refused file parted again, such as after an upgrade.
    ///
    /// # Errors
    /// No right, the file is not refused or nothing of it was kept, or the store failed.
    pub async fn retry_batch_file(&self, viewer: &Viewer, id: BatchFileId) -> Result<BatchId, Problem> {
        viewer.require(Permission::Enter)?;
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let file = unit.batch_file(id).await.map_err(|error| failed(&error))?.ok_or(ProblemCode::NotFound)?;
        let BatchFileState::Refused { problem, .. } = &file.state else {
            return Err(ProblemCode::Conflict.because("该文件不在被拒收状态"));
        };
        if !may_be_parted_again(problem) {
            return Err(ProblemCode::Conflict.because("该文件不能重新拆分，请处理纸质件后重新扫描"));
        }
        unit.settle_batch_file(id, &BatchFileState::Waiting).await.map_err(|error| failed(&error))?;
        let mut event = file_event(&file, EventKind::BatchFileRetried, String::new());
        event.at = self.clock.now();
        event.by = viewer.actor();
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        let job = self.job(&Task::PartBatchFile { file: id }, Queue::Letters, None, self.clock.now());
        unit.enqueue(&job).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        self.wake.ring();
        Ok(file.batch)
    }

    /// The bytes of a refused file, for who must find out what is wrong with it; the opening is an event. What holds a sealed letter is
    /// given only to who may see sealed cases.
    ///
    /// # Errors
    /// No right, the file is not refused or nothing of it was kept, or the store failed.
    pub async fn refused_batch_file(&self, viewer: &Viewer, id: BatchFileId) -> Result<(BatchFile, Vec<u8>), Problem> {
        viewer.require(Permission::Enter)?;
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let file = unit.batch_file(id).await.map_err(|error| failed(&error))?.ok_or(ProblemCode::NotFound)?;
        let BatchFileState::Refused { problem, .. } = &file.state else {
            return Err(ProblemCode::NotFound.because("该文件不在被拒收状态"));
        };
        if problem.code == ProblemCode::SealedScanned {
            viewer.require(Permission::Sealed)?;
        }
        if !was_kept(problem) {
            return Err(ProblemCode::NotFound.because("没有保存该文件的内容，扫描目录的文件仍在refused文件夹中"));
        }
        let bytes = self.files.get(file.original).await.map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| ProblemCode::IntegrityBroken.because("原件不在存储中"))?;
        let mut event = file_event(&file, EventKind::FileOpened, file.name.clone());
        event.at = self.clock.now();
        event.by = viewer.actor();
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok((file, bytes))
    }
}

/// Whether the bytes of a file that was refused for this are kept: not when they were over a limit, or none.
#[must_use]
pub fn was_kept(problem: &Problem) -> bool {
    !matches!(problem.code, ProblemCode::InputTooLarge | ProblemCode::EmptyInput)
}

/// Whether a file that was refused for this may be parted again.
#[must_use]
pub fn may_be_parted_again(problem: &Problem) -> bool {
    was_kept(problem) && problem.code != ProblemCode::SealedScanned
}
