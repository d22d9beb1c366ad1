//! A private folder for the files of one letter while it is read; gone afterwards, whatever happened.

use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Sets apart the folders of one process.
static NEXT: AtomicU64 = AtomicU64::new(0);
/// How often another name is tried when one is taken.
const TRIES: u32 = 100;

/// A folder that only we may open. Dropping it removes it with everything in it.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Makes a folder below `parent`.
    ///
    /// # Errors
    /// It cannot be made there.
    pub(super) fn new(parent: &Path) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for _ in 0..TRIES {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let folder = parent.join(format!("xinqiao-letter-{}-{number}", std::process::id()));
            // `mkdir` fails on anything that is there, links included, so nobody can prepare the place for us.
            match std::fs::DirBuilder::new().mode(0o700).create(&folder) {
                Ok(()) => return Ok(Self(folder)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    /// A file in it.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing can be done about a failure here; the folder is private and named after us.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_folder_is_private_and_goes_away() {
        let parent = tempfile::tempdir().expect("a folder");
        let scratch = Scratch::new(parent.path()).expect("made");
        let folder = scratch.0.clone();
        std::fs::write(scratch.file("page"), b"text").expect("written");
        assert_eq!(std::fs::metadata(&folder).expect("there").permissions().mode() & 0o777, 0o700);
        drop(scratch);
        assert!(!folder.exists());
    }
}
