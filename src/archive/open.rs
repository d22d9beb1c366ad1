//! What is kept of a letter's paper beside its submission: the archive file and later scans. Opening one is an event, as with any file
//! of a submission.

use case::batch::LaterScan;
use case::event::EventKind;
use case::id::SubmissionId;
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::{FileRole, StoredFile};

use store::Lookups;
use store::readings::ArchiveFile;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// What is kept of a letter's paper beside its submission.
#[derive(Debug, Clone)]
pub struct Papers {
    /// The submission.
    pub submission: SubmissionId,
    /// The newest archive file; none until it is made.
    pub archive: Option<ArchiveFile>,
    /// Later scans, oldest first.
    pub later: Vec<LaterScan>,
}

/// What is kept of the paper of a submission.
///
/// # Errors
/// The store failed.
pub(crate) async fn papers(lookups: &mut dyn Lookups, submission: SubmissionId) -> Result<Papers, Problem> {
    let archive = lookups.archive_file(submission).await.map_err(|error| failed(&error))?;
    let later = lookups.later_scans(submission).await.map_err(|error| failed(&error))?;
    Ok(Papers { submission, archive, later })
}

impl Gateway {
    /// A file of a later scan of a submission: the how-manieth scan, and the how-manieth of its files, both from 0.
    ///
    /// # Errors
    /// No right, no such submission or file, or the store failed.
    pub async fn open_later_file(
        &self,
        viewer: &Viewer,
        id: SubmissionId,
        scan: usize,
        file: usize,
    ) -> Result<(StoredFile, Vec<u8>), Problem> {
        viewer.require(Permission::OpenFiles)?;
        let gone = || Problem::from(ProblemCode::NotFound);
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let submission = lookups.submission(id).await.map_err(|error| failed(&error))?.ok_or_else(gone)?;
        viewer.require_sight(submission.secrecy)?;
        let scans = lookups.later_scans(id).await.map_err(|error| failed(&error))?;
        drop(lookups);
        let file = scans.get(scan).and_then(|scan| scan.files.get(file)).ok_or_else(gone)?.clone();
        let bytes = self.files.get(file.hash).await.map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| ProblemCode::IntegrityBroken.because("文件不在存储中"))?;
        let detail = serde_json::json!({ "file": file.hash });
        self.note_look(viewer, submission.case, EventKind::FileOpened, detail).await?;
        Ok((file, bytes))
    }

    /// [`Gateway::open_archive`] of the submission with this number.
    ///
    /// # Errors
    /// As there.
    pub async fn open_archive_of(
        &self,
        viewer: &Viewer,
        number: &RegistrationNumber,
    ) -> Result<(StoredFile, Vec<u8>), Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let found = lookups.submission_by_number(number).await.map_err(|error| failed(&error))?;
        drop(lookups);
        self.open_archive(viewer, found.ok_or_else(|| Problem::from(ProblemCode::NotFound))?.id).await
    }

    /// The newest archive file of a submission, under the name of its number.
    ///
    /// # Errors
    /// No right, no such submission, it has no archive file (yet), or the store failed.
    pub async fn open_archive(&self, viewer: &Viewer, id: SubmissionId) -> Result<(StoredFile, Vec<u8>), Problem> {
        viewer.require(Permission::OpenFiles)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let submission = lookups.submission(id).await.map_err(|error| failed(&error))?;
        let submission = submission.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        viewer.require_sight(submission.secrecy)?;
        let newest = lookups.archive_file(id).await.map_err(|error| failed(&error))?;
        let newest = newest.ok_or_else(|| ProblemCode::NotFound.because("存档文件尚未制作完成"))?;
        drop(lookups);
        let bytes = self.files.get(newest.hash).await.map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| ProblemCode::IntegrityBroken.because("文件不在存储中"))?;
        let detail = serde_json::json!({ "file": newest.hash, "archive": true });
        self.note_look(viewer, submission.case, EventKind::FileOpened, detail).await?;
        let file = StoredFile {
            role: FileRole::Original,
            name: format!("{}.pdf", submission.number),
            media_type: "application/pdf".to_owned(),
            hash: newest.hash,
            bytes: newest.bytes,
        };
        Ok((file, bytes))
    }
}
