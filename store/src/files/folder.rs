//! Stored bytes in a folder: `ab/cd/abcd…` by the digits of the content hash.
//!
//! Bytes are written to a temporary file in the same folder tree, synced, renamed to their place, and then the folder that
//! names them is synced too: after a loss of power either all of them are there or nothing is, and what `put` has
//! confirmed is there.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use case::content_hash::ContentHash;

use super::Files;
use crate::StoreError;

/// Where bytes are written before they have their place. Its name has no two digits, so it is never mistaken for stored bytes.
const TEMPORARY: &str = "temporary";

/// A folder of stored bytes. One process at a time: opening it removes what an earlier one left half written.
#[derive(Debug, Clone)]
pub struct FolderFiles {
    inner: Arc<Folder>,
}

#[derive(Debug)]
struct Folder {
    root: PathBuf,
    /// Makes the names of temporary files different from each other.
    written: AtomicU64,
    /// The inner folders, by the first two bytes of their hashes, whose own names this process has made durable: at most
    /// 65,536, and each spares two syncs for every file that follows.
    named: Mutex<HashSet<[u8; 2]>>,
}

impl FolderFiles {
    /// Opens the folder at `root`, makes it when it is not there, and removes what a crash left half written.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::Unavailable`].
    pub async fn open(root: &Path) -> Result<Self, StoreError> {
        let root = root.to_owned();
        blocking(move || {
            let temporary = root.join(TEMPORARY);
            fs::create_dir_all(&temporary)?;
            for entry in fs::read_dir(&temporary)? {
                fs::remove_file(entry?.path())?;
            }
            sync_folder(&root)?;
            Ok(Self { inner: Arc::new(Folder { root, written: AtomicU64::new(0), named: Mutex::default() }) })
        })
        .await
    }
}

impl Folder {
    /// Where the bytes of `hash` have their place: two levels of at most 256 folders keep each of them small.
    fn place(&self, hash: ContentHash) -> PathBuf {
        let digits = hash.to_string();
        let (first, second) = (digits.get(..2).unwrap_or_default(), digits.get(2..4).unwrap_or_default());
        self.root.join(first).join(second).join(&digits)
    }

    fn put(&self, hash: ContentHash, bytes: &[u8]) -> io::Result<()> {
        let place = self.place(hash);
        // Damaged bytes in the place are written anew: whoever puts them has the right ones.
        if read_if_there(&place)?.is_some_and(|stored| ContentHash::of(&stored) == hash) {
            // Whoever wrote them may not have come to the end: they are confirmed only when they are durable.
            File::open(&place)?.sync_all()?;
            return self.sync_names(hash, &place);
        }
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let temporary = self.root.join(TEMPORARY).join(format!("{}-{number}", std::process::id()));
        let written = write_and_move(&temporary, &place, bytes);
        if written.is_err() {
            // On a full disk the half-written file must not keep the space; if this fails too, opening removes it.
            let _removed = fs::remove_file(&temporary);
        }
        written?;
        self.sync_names(hash, &place)
    }

    /// Makes the name of a file durable, and those of the folders that were perhaps made for it.
    fn sync_names(&self, hash: ContentHash, place: &Path) -> io::Result<()> {
        let [first, second, ..] = *hash.as_bytes();
        let (Some(inner), Some(outer)) = (place.parent(), place.parent().and_then(Path::parent)) else { return Ok(()) };
        sync_folder(inner)?;
        let is_named = self.named.lock().unwrap_or_else(PoisonError::into_inner).contains(&[first, second]);
        if !is_named {
            sync_folder(outer)?;
            sync_folder(&self.root)?;
            self.named.lock().unwrap_or_else(PoisonError::into_inner).insert([first, second]);
        }
        Ok(())
    }
}

fn write_and_move(temporary: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::rename(temporary, place)
}

/// Makes the names in a folder durable.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Runs `work` on a thread that may wait for the disk.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(of_disk),
        Err(ended) => Err(StoreError::Unavailable(Box::new(ended))),
    }
}

/// What a failure of the disk means.
fn of_disk(failure: io::Error) -> StoreError {
    match failure.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull(Box::new(failure)),
        _ => StoreError::Unavailable(Box::new(failure)),
    }
}

#[async_trait]
impl Files for FolderFiles {
    async fn put(&self, bytes: &[u8]) -> Result<ContentHash, StoreError> {
        let folder = Arc::clone(&self.inner);
        let bytes = bytes.to_vec();
        blocking(move || {
            let hash = ContentHash::of(&bytes);
            folder.put(hash, &bytes).map(|()| hash)
        })
        .await
    }

    async fn get(&self, hash: ContentHash) -> Result<Option<Vec<u8>>, StoreError> {
        let folder = Arc::clone(&self.inner);
        let (bytes, is_right) = blocking(move || {
            let bytes = read_if_there(&folder.place(hash))?;
            let is_right = bytes.as_ref().is_none_or(|bytes| ContentHash::of(bytes) == hash);
            Ok((bytes, is_right))
        })
        .await?;
        if is_right { Ok(bytes) } else { Err(StoreError::Damaged(hash)) }
    }

    async fn holds(&self, hash: ContentHash) -> Result<bool, StoreError> {
        let folder = Arc::clone(&self.inner);
        blocking(move || folder.place(hash).try_exists()).await
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::conformance::Opened;

    async fn open() -> Opened<dyn Files, TempDir> {
        let folder = tempfile::tempdir()?;
        let files = FolderFiles::open(folder.path()).await?;
        Ok((Arc::new(files), folder))
    }

    mod conformance {
        use super::open;

        crate::files_conformance!(open);
    }

    fn place(folder: &TempDir, hash: ContentHash) -> PathBuf {
        let digits = hash.to_string();
        let (first, rest) = digits.split_at(2);
        folder.path().join(first).join(rest.split_at(2).0).join(&digits)
    }

    #[tokio::test]
    async fn bytes_lie_under_their_hash_and_nothing_else_is_left() {
        let (files, folder) = open().await.unwrap();
        let hash = files.put(b"original").await.unwrap();
        assert_eq!(fs::read(place(&folder, hash)).unwrap(), b"original");
        assert_eq!(fs::read_dir(folder.path().join(TEMPORARY)).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn changed_bytes_are_damaged_until_they_are_put_again() {
        let (files, folder) = open().await.unwrap();
        let hash = files.put(b"original").await.unwrap();
        fs::write(place(&folder, hash), b"0riginal").unwrap();
        assert!(matches!(files.get(hash).await, Err(StoreError::Damaged(damaged)) if damaged == hash));
        assert_eq!(files.put(b"original").await.unwrap(), hash);
        assert_eq!(files.get(hash).await.unwrap().as_deref(), Some(&b"original"[..]));
    }

    #[tokio::test]
    async fn what_a_crash_left_half_written_is_removed() {
        let (files, folder) = open().await.unwrap();
        let hash = files.put(b"whole").await.unwrap();
        let left = folder.path().join(TEMPORARY).join("4242-0");
        fs::write(&left, b"hal").unwrap();
        let files = FolderFiles::open(folder.path()).await.unwrap();
        assert!(!left.exists());
        assert!(files.holds(hash).await.unwrap(), "what was stored stays");
    }

    #[tokio::test]
    async fn a_failed_put_stores_nothing() {
        let (files, folder) = open().await.unwrap();
        // A file where the folder for the bytes should be: the last steps of writing must fail.
        let hash = ContentHash::of(b"original");
        let outer = place(&folder, hash).parent().and_then(Path::parent).unwrap().to_owned();
        fs::write(outer, b"in the way").unwrap();
        assert!(matches!(files.put(b"original").await, Err(StoreError::Unavailable(_))));
        assert_eq!(fs::read_dir(folder.path().join(TEMPORARY)).unwrap().count(), 0, "nothing half written stays");
    }

    #[test]
    fn no_space_is_told_apart() {
        let full = |kind| matches!(of_disk(io::Error::from(kind)), StoreError::DiskFull(_));
        assert!(full(io::ErrorKind::StorageFull));
        assert!(full(io::ErrorKind::QuotaExceeded));
        assert!(!full(io::ErrorKind::PermissionDenied));
    }
}
