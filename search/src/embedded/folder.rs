//! The folder of the index on the disk.
//!
//! ```text
//! index/
//!   writer.lock        held by the one process that writes
//!   current            the name of the generation in use
//!   generation-…/
//!     version          the layout of this generation
//!     through          while it is built: how far it has come
//!     ordinary/        tantivy index
//!     sealed/          tantivy index
//! ```
//!
//! A rebuild fills another generation and then replaces `current` in one rename: at any moment of a crash `current` names a
//! whole generation. Folders it does not name are rubbish that the next writer removes, but for one that says how far it has
//! come: the next rebuild goes on with it.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::failure::of_files;
use crate::SearchError;

const CURRENT: &str = "current";
const LOCK: &str = "writer.lock";
const PREFIX: &str = "generation-";
const VERSION: &str = "version";
const THROUGH: &str = "through";

/// The folder.
#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

/// Held while this process may write; given back when dropped.
#[derive(Debug)]
pub(super) struct WriterLock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

impl Folder {
    /// The folder at `path`, made if it is missing.
    pub(super) fn open(path: &Path) -> Result<Self, SearchError> {
        fs::create_dir_all(path).map_err(|error| of_files(&error))?;
        Ok(Self(path.to_owned()))
    }

    /// The right to write.
    pub(super) fn lock(&self) -> Result<WriterLock, SearchError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.0.join(LOCK))
            .map_err(|error| of_files(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(WriterLock(file)),
            Err(TryLockError::WouldBlock) => Err(SearchError::InUse),
            Err(TryLockError::Error(error)) => Err(of_files(&error)),
        }
    }

    /// The name of the generation in use; none in a new folder.
    pub(super) fn current(&self) -> Result<Option<String>, SearchError> {
        match fs::read_to_string(self.0.join(CURRENT)) {
            Ok(name) => Ok(Some(name.trim().to_owned()).filter(|name| is_generation(name))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(of_files(&error)),
        }
    }

    /// A name that no generation in the folder has.
    pub(super) fn fresh_name(&self) -> Result<String, SearchError> {
        let highest = self
            .generations()?
            .iter()
            .filter_map(|name| name.strip_prefix(PREFIX)?.parse::<u64>().ok())
            .max()
            .unwrap_or(0);
        Ok(format!("{PREFIX}{:08}", highest.saturating_add(1)))
    }

    /// The folder of a generation.
    pub(super) fn generation(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The layout version of a generation; empty when it has none.
    pub(super) fn version(&self, name: &str) -> String {
        fs::read_to_string(self.generation(name).join(VERSION)).map(|text| text.trim().to_owned()).unwrap_or_default()
    }

    /// Records the layout version of a generation.
    pub(super) fn write_version(&self, name: &str, version: &str) -> Result<(), SearchError> {
        replace(&self.generation(name), VERSION, version).map_err(|error| of_files(&error))
    }

    /// How far a generation under construction has come; 0 when it says nothing.
    pub(super) fn through(&self, name: &str) -> u64 {
        fs::read_to_string(self.generation(name).join(THROUGH))
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(0)
    }

    /// Notes how far a generation has come, durably; 0 removes the note.
    pub(super) fn write_through(&self, name: &str, through: u64) -> Result<(), SearchError> {
        if through > 0 {
            return replace(&self.generation(name), THROUGH, &through.to_string()).map_err(|error| of_files(&error));
        }
        match fs::remove_file(self.generation(name).join(THROUGH)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(of_files(&error)),
            _ => Ok(()),
        }
    }

    /// A generation of layout `version`, other than `current`, that can be gone on with.
    pub(super) fn unfinished(&self, current: &str, version: &str) -> Option<String> {
        let names = self.generations().unwrap_or_default().into_iter();
        let mut resumable =
            names.filter(|name| name != current && self.through(name) > 0 && self.version(name) == version);
        resumable.next()
    }

    /// Makes `name` the generation in use, whole or not at all.
    pub(super) fn set_current(&self, name: &str) -> Result<(), SearchError> {
        replace(&self.0, CURRENT, name).map_err(|error| of_files(&error))
    }

    /// Removes the generations other than those of `keep`. What cannot be removed now is removed by the next writer.
    pub(super) fn sweep(&self, keep: &[&str]) {
        for name in self.generations().unwrap_or_default().iter().filter(|name| !keep.contains(&name.as_str())) {
            self.remove(name);
        }
    }

    /// Removes one generation.
    pub(super) fn remove(&self, name: &str) {
        if let Err(error) = fs::remove_dir_all(self.generation(name)) {
            tracing::warn!(generation = name, kind = %error.kind(), "an unused generation of the search index stays");
        }
    }

    /// The bytes of a generation on the disk.
    pub(super) fn bytes(&self, name: &str) -> u64 {
        bytes_in(&self.generation(name))
    }

    fn generations(&self) -> Result<Vec<String>, SearchError> {
        let entries = fs::read_dir(&self.0).map_err(|error| of_files(&error))?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names.filter(|name| is_generation(name)).collect())
    }
}

fn is_generation(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
}

/// Writes `name` in `folder` so that a reader sees the old or the new content, even after a crash.
fn replace(folder: &Path, name: &str, content: &str) -> io::Result<()> {
    let beside = folder.join(format!("{name}.new"));
    let mut file = File::create(&beside)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, folder.join(name))?;
    File::open(folder)?.sync_all()
}

fn bytes_in(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => bytes_in(&entry.path()),
            Ok(data) => data.len(),
            Err(_gone) => 0,
        })
        .fold(0, u64::saturating_add)
}
