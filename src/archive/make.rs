//! The job that makes the archive file of a letter: after it is registered, after a person has put it right, after a later scan.

use case::correction::Correction;
use case::id::{CaseId, SubmissionId};
use case::problem::ProblemCode;
use case::submission::{FileRole, StoredFile, Submission};
use channels::letter::LetterRecord;
use store::jobs::Claim;
use store::readings::ArchiveFile;
use store::{Lookups, StoreError, UnitOfWork};

use super::document::{self, ArchivePage};
use super::metadata::Metadata;
use super::text_layer;
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};

/// What the file is made from.
#[derive(Debug, PartialEq)]
struct Material {
    submission: Submission,
    standing: Vec<Correction>,
    /// The files of later scans, each with its own reading.
    later: Vec<Vec<StoredFile>>,
}

impl Gateway {
    /// Has the archive file of a letter made. When a job for it is open already, that one will see the change.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn enqueue_archive(
        &self,
        unit: &mut dyn UnitOfWork,
        submission: SubmissionId,
        case: CaseId,
    ) -> Result<(), StoreError> {
        let job = self.job(&Task::MakeArchive { submission }, Queue::Letters, Some(case), self.clock.now());
        unit.enqueue(&job).await.map(|_added| ())
    }

    /// Makes the archive file and keeps it beside earlier ones. Running again after a crash makes the same file, which is kept once.
    ///
    /// # Errors
    /// The store failed, or a file of the letter is gone.
    pub(crate) async fn make_archive(&self, id: SubmissionId, claim: &Claim) -> Result<(), Failure> {
        loop {
            let material = material(&mut *self.store.read().await?, id).await?;
            let bytes = self.archive_of(&material).await?;
            let hash = self.files.put(&bytes).await?;
            self.step("archive.after_file");
            let mut unit = self.store.begin().await?;
            // What was put right meanwhile enqueued nothing, because this job is open.
            if self::material(&mut *unit, id).await? != material {
                continue;
            }
            if unit.archive_file(id).await?.is_none_or(|newest| newest.hash != hash) {
                let bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                let made_at = self.clock.now();
                unit.insert_archive_file(&ArchiveFile { submission: id, made_at, hash, bytes }).await?;
            }
            unit.finish_job(claim).await?;
            self.step("archive.before_commit");
            return Ok(unit.commit().await?);
        }
    }

    async fn archive_of(&self, material: &Material) -> Result<Vec<u8>, Failure> {
        let submission = &material.submission;
        let mut pages = self.pages_of(&submission.files, &material.standing).await?;
        for files in &material.later {
            pages.extend(self.pages_of(files, &[]).await?);
        }
        let original = submission.files.iter().find(|file| file.role == FileRole::Original);
        let modified = material.standing.iter().map(|correction| correction.at).max();
        let metadata = Metadata {
            number: submission.number.to_string(),
            office: self.configuration.office.name.clone(),
            original: original.map(|file| file.hash.to_string()).unwrap_or_default(),
            created: submission.registered_at,
            modified: modified.unwrap_or(submission.registered_at),
        };
        // Some ten milliseconds for a page: not on a thread that others wait for.
        let written = tokio::task::spawn_blocking(move || document::write(&pages, &metadata)).await;
        written
            .unwrap_or_else(|_panic| Err(ProblemCode::Internal.because("存档文件制作异常终止")))
            .map_err(Failure::Never)
    }

    /// The page images of a scan with their words; the images stand in the order of the pages of the record.
    async fn pages_of(&self, files: &[StoredFile], standing: &[Correction]) -> Result<Vec<ArchivePage>, Failure> {
        let record = match files.iter().find(|file| file.role == FileRole::Reading) {
            Some(file) => serde_json::from_slice(&self.kept(file).await?)
                .map_err(|_foreign| Failure::Never(ProblemCode::IntegrityBroken.because("识别结果无法读取")))?,
            None => LetterRecord::default(),
        };
        let mut pages = Vec::new();
        for (index, file) in files.iter().filter(|file| file.role == FileRole::Page).enumerate() {
            let runs = record.pages.get(index).map(|page| text_layer::runs(page, standing)).unwrap_or_default();
            pages.push(ArchivePage { image: self.kept(file).await?, runs });
        }
        Ok(pages)
    }

    async fn kept(&self, file: &StoredFile) -> Result<Vec<u8>, Failure> {
        let bytes = self.files.get(file.hash).await?;
        bytes.ok_or_else(|| Failure::Never(ProblemCode::IntegrityBroken.because("文件不在存储中")))
    }
}

async fn material<L: Lookups + ?Sized>(lookups: &mut L, id: SubmissionId) -> Result<Material, Failure> {
    let submission = lookups.submission(id).await?.ok_or_else(|| Failure::subject_gone("信访件"))?;
    let recorded = lookups.corrections_of(id).await?;
    let standing = recorded.into_iter().filter(|one| one.undone.is_none()).map(|one| one.correction).collect();
    let later = lookups.later_scans(id).await?.into_iter().map(|scan| scan.files).collect();
    Ok(Material { submission, standing, later })
}
