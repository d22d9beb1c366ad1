//! What folders into which other programs put files have in common: when a file is whole, and how it is moved without ever being lost.
//!
//! Scanners write into the folder of [`crate::mailroom::folder`], telephone systems into that of [`crate::calls::folder`]. The files are
//! petitions, so no error names one: the last part of a path may be a petitioner's name.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use case::problem::{Problem, ProblemCode};
use jiff::Timestamp;

/// The claimed folder, inside the watched one: a rename is whole only within one file system.
pub(crate) const CLAIMED: &str = ".claimed";
/// Where files go that became petitions.
pub(crate) const DONE: &str = "done";
/// Where files go of which nothing was registered.
pub(crate) const REFUSED: &str = "refused";
/// The pause between looks.
pub(crate) const PAUSE: Duration = Duration::from_secs(1);
/// The most files of one look; the next look takes the rest.
const MOST_FILES: usize = 1_000;
/// Endings under which programs write what is not whole yet.
const PARTIAL: [&str; 4] = ["part", "tmp", "filepart", "crdownload"];

/// What a look sees of a file; a file of which two looks see the same did not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Its length.
    pub(crate) bytes: u64,
    /// When it was last written, where the file system tells.
    pub(crate) modified: Option<SystemTime>,
}

/// What earlier looks saw; lives as long as the watching.
#[derive(Debug, Default)]
pub struct Watch {
    seen: HashMap<PathBuf, (Sight, Timestamp)>,
}

impl Watch {
    /// Whether a file was seen unchanged for at least `settle`, now that it is seen at `now`.
    pub(crate) fn is_settled(&mut self, path: &Path, sight: Sight, now: Timestamp, settle: Duration) -> bool {
        let since = match self.seen.get(path) {
            Some((seen, since)) if *seen == sight => *since,
            Some(_) | None => {
                self.seen.insert(path.to_owned(), (sight, now));
                // Not even when nothing need be waited for: one look is no comparison.
                return false;
            }
        };
        Duration::try_from(now.duration_since(since)).unwrap_or_default() >= settle
    }

    /// Forgets what is no longer there.
    pub(crate) fn keep_only(&mut self, present: &[PathBuf]) {
        self.seen.retain(|path, _| present.contains(path));
    }
}

/// The plain files of a folder by name; links, hidden and partial files, and whatever else is passed over.
///
/// # Errors
/// The folder cannot be read.
pub(crate) async fn files(folder: &Path) -> Result<Vec<(PathBuf, Sight)>, Problem> {
    let mut found = Vec::new();
    let mut entries = tokio::fs::read_dir(folder).await.map_err(|error| unusable(folder, &error))?;
    while let Some(entry) = entries.next_entry().await.map_err(|error| unusable(folder, &error))? {
        // A file that went away meanwhile is none.
        let Ok(told) = entry.metadata().await else { continue };
        let path = entry.path();
        if told.is_file() && is_whole(&path) && found.len() < MOST_FILES {
            found.push((path, Sight { bytes: told.len(), modified: told.modified().ok() }));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

/// The folders in a folder, by name.
///
/// # Errors
/// The folder cannot be read.
pub(crate) async fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    let mut entries = tokio::fs::read_dir(folder).await.map_err(|error| unusable(folder, &error))?;
    while let Some(entry) = entries.next_entry().await.map_err(|error| unusable(folder, &error))? {
        if entry.file_type().await.is_ok_and(|kind| kind.is_dir()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Makes a folder and those above it.
///
/// # Errors
/// It cannot be made.
pub(crate) async fn make(folder: &Path) -> Result<(), Problem> {
    tokio::fs::create_dir_all(folder).await.map_err(|error| unusable(folder, &error))
}

/// Renames a file within one file system.
///
/// # Errors
/// It cannot be renamed.
pub(crate) async fn rename(path: &Path, to: &Path) -> Result<(), Problem> {
    tokio::fs::rename(path, to).await.map_err(|error| unusable(path, &error))
}

/// The bytes of a file.
///
/// # Errors
/// It cannot be read.
pub(crate) async fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    tokio::fs::read(path).await.map_err(|error| unusable(path, &error))
}

/// Moves a file into folder `to` as `name`, never over another one: where one has that name, `mark` goes before it.
///
/// # Errors
/// It cannot be moved; it is then where it was.
pub(crate) async fn put_aside(path: &Path, to: &Path, name: &OsStr, mark: &str) -> Result<(), Problem> {
    let mut target = to.join(name);
    if exists(&target).await {
        let mut other = OsString::from(format!("{mark}-"));
        other.push(name);
        target = to.join(other);
    }
    match tokio::fs::rename(path, &target).await {
        Ok(()) => Ok(()),
        // Another file system: copied whole, then taken away; the bytes are durable in the store in any case.
        Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {
            tokio::fs::copy(path, &target).await.map_err(|error| unusable(&target, &error))?;
            tokio::fs::remove_file(path).await.map_err(|error| unusable(path, &error))
        }
        Err(error) => Err(unusable(path, &error)),
    }
}

/// Whether anything has this path, a broken link too.
pub(crate) async fn exists(path: &Path) -> bool {
    tokio::fs::symlink_metadata(path).await.is_ok()
}

/// Whether a name begins with a dot.
pub(crate) fn is_hidden(path: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    path.file_name().is_some_and(|name| name.as_bytes().starts_with(b"."))
}

fn is_whole(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    !is_hidden(path) && !PARTIAL.iter().any(|partial| ending.eq_ignore_ascii_case(partial))
}

/// Why a folder cannot be worked with; what lies in it stays, and the next look goes on.
pub(crate) fn unusable(path: &Path, error: &std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return ProblemCode::DiskFull.because("监视目录所在磁盘已满");
    }
    let place = path.parent().unwrap_or(path).display();
    ProblemCode::FolderUnusable.because(format!("目录{place}无法使用（{}），请检查权限", error.kind()))
}
