//! Taking a batch's file in: durable, counted, and about to be parted.

use case::actor::Actor;
use case::batch::{Batch, BatchFile, BatchFileState, BatchSource, NAME_LIMIT, Parting};
use case::event::{EventKind, NewEvent};
use case::id::{BatchFileId, BatchId};
use case::problem::{Problem, ProblemCode};

use crate::gateway::Gateway;
use crate::intake::receive::{ORIGINAL_LIMIT, failed};
use crate::jobs::kind::{Queue, Task};

/// The longest name of a file that is kept, in characters.
const FILE_NAME_LIMIT: usize = 200;

/// A file of a batch as it is brought.
#[derive(Debug)]
pub struct Brought<'a> {
    /// Under which identifier it is kept; the same one again is the same file again.
    pub id: BatchFileId,
    /// What it is called.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The bytes of its backs.
    pub backs: Option<&'a [u8]>,
    /// How it is to be parted.
    pub parting: Parting,
}

impl Gateway {
    /// Opens a batch, or gives the one that is open for the same `run`.
    ///
    /// # Errors
    /// The store failed.
    pub async fn open_batch(
        &self,
        name: &str,
        source: BatchSource,
        run: Option<&str>,
        by: Actor,
    ) -> Result<Batch, Problem> {
        let batch = Batch {
            id: BatchId::fresh(&*self.clock, &*self.randomness),
            name: shortened(name, NAME_LIMIT),
            source,
            opened_at: self.clock.now(),
            opened_by: by,
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        let open = unit.open_batch(&batch, run).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(open)
    }

    /// Takes a file into `batch`. When this returns, its bytes, its place in the batch and the job that parts it are durable. The same
    /// identifier again changes nothing.
    ///
    /// # Errors
    /// The file is over the limit, or it could not be made durable.
    pub async fn take_into_batch(&self, batch: BatchId, file: Brought<'_>) -> Result<(), Problem> {
        let bytes = file.bytes.len().saturating_add(file.backs.map_or(0, <[u8]>::len));
        if bytes > ORIGINAL_LIMIT {
            let detail = format!("超过{}MB，请分成几批扫描", ORIGINAL_LIMIT >> 20);
            return Err(ProblemCode::InputTooLarge.because(detail));
        }
        let original = self.files.put(file.bytes).await.map_err(|error| failed(&error))?;
        let backs = match file.backs {
            Some(backs) => Some(self.files.put(backs).await.map_err(|error| failed(&error))?),
            None => None,
        };
        self.step("batch.after_original");
        let kept = BatchFile {
            id: file.id,
            batch,
            name: shortened(file.name, FILE_NAME_LIMIT),
            original,
            backs,
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            received_at: self.clock.now(),
            parting: file.parting,
            state: BatchFileState::Waiting,
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        if unit.batch_file(file.id).await.map_err(|error| failed(&error))?.is_some() {
            return Ok(());
        }
        unit.insert_batch_file(&kept).await.map_err(|error| failed(&error))?;
        unit.append_event(file_event(&kept, EventKind::BatchFileReceived, format!("{bytes}字节")))
            .await
            .map_err(|error| failed(&error))?;
        let job = self.job(&Task::PartBatchFile { file: kept.id }, Queue::Letters, None, kept.received_at);
        unit.enqueue(&job).await.map_err(|error| failed(&error))?;
        self.step("batch.before_commit");
        unit.commit().await.map_err(|error| failed(&error))?;
        self.step("batch.after_commit");
        self.wake.ring();
        Ok(())
    }

    /// Notes a file that cannot be taken, so that the batch page tells why. Nothing of its content is kept.
    ///
    /// # Errors
    /// The store failed.
    pub async fn refuse_for_batch(
        &self,
        batch: BatchId,
        id: BatchFileId,
        name: &str,
        bytes: u64,
        problem: Problem,
    ) -> Result<(), Problem> {
        let at = self.clock.now();
        let nothing = self.files.put(&[]).await.map_err(|error| failed(&error))?;
        let refused = BatchFile {
            id,
            batch,
            name: shortened(name, FILE_NAME_LIMIT),
            original: nothing,
            backs: None,
            bytes,
            received_at: at,
            parting: Parting::default(),
            state: BatchFileState::Refused { problem: problem.clone(), at },
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        if unit.batch_file(id).await.map_err(|error| failed(&error))?.is_some() {
            return Ok(());
        }
        unit.insert_batch_file(&refused).await.map_err(|error| failed(&error))?;
        unit.append_event(file_event(&refused, EventKind::BatchFileRefused, problem.code.title().to_owned()))
            .await
            .map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))
    }
}

/// An event about a batch's file.
pub(crate) fn file_event(file: &BatchFile, kind: EventKind, note: String) -> NewEvent {
    NewEvent {
        case: None,
        arrival: None,
        at: file.received_at,
        by: Actor::System,
        kind,
        note,
        detail: serde_json::json!({ "batch": file.batch, "file": file.id, "original": file.original, "backs": file.backs }),
    }
}

fn shortened(name: &str, limit: usize) -> String {
    case::text::truncate(&case::text::normalise(name), limit).to_owned()
}
