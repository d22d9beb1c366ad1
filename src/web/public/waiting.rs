//! A file of a form that may still go back to its petitioner: it waits on the disk without a name, so that nothing is stored for
//! good before the form is whole, no more than one file is in memory, and a crash leaves nothing behind.

use std::io::{Read, Seek, Write};
use std::path::Path;

use case::problem::{Problem, ProblemCode};
use case::submission::{FileRole, StoredFile};

use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// A file that waits.
pub(crate) struct WaitingFile {
    name: String,
    media_type: &'static str,
    file: std::fs::File,
}

impl WaitingFile {
    /// Lets `bytes` wait.
    ///
    /// # Errors
    /// The disk is full or does not work.
    pub(crate) async fn of(
        gateway: &Gateway,
        name: &str,
        media_type: &'static str,
        bytes: Vec<u8>,
    ) -> Result<Self, Problem> {
        let folder = gateway.configuration.data.clone();
        let file = blocking(move || write(&folder, &bytes)).await?;
        Ok(Self { name: name.to_owned(), media_type, file })
    }

    /// Stores it for good.
    ///
    /// # Errors
    /// The disk is full or does not work.
    pub(crate) async fn store(self, gateway: &Gateway) -> Result<StoredFile, Problem> {
        let Self { name, media_type, file } = self;
        let bytes = blocking(move || read(file)).await?;
        let hash = gateway.files.put(&bytes).await.map_err(|error| failed(&error))?;
        Ok(StoredFile {
            role: FileRole::Attachment,
            name,
            media_type: media_type.to_owned(),
            hash,
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        })
    }
}

/// Stores all of them for good.
///
/// # Errors
/// As [`WaitingFile::store`].
pub(crate) async fn store_all(gateway: &Gateway, waiting: Vec<WaitingFile>) -> Result<Vec<StoredFile>, Problem> {
    let mut stored = Vec::with_capacity(waiting.len());
    for file in waiting {
        stored.push(file.store(gateway).await?);
    }
    Ok(stored)
}

fn write(folder: &Path, bytes: &[u8]) -> std::io::Result<std::fs::File> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

fn read(mut file: std::fs::File) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await.unwrap_or_else(|stopped| Err(std::io::Error::other(stopped)));
    done.map_err(|error| {
        tracing::error!(error = %error, "a file of a form cannot wait");
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ProblemCode::DiskFull.into(),
            _ => ProblemCode::StoreFailed.into(),
        }
    })
}
