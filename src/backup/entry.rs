//! One entry of an archive: which names it may have, and the line that the manifest has for it.

use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The longest line of a manifest, in bytes: a path of 4,096 bytes, escaped, with room for the rest.
pub(super) const LINE_LIMIT: usize = 32 * 1024;

/// A line of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its path in the data folder, with `/`.
    pub(super) path: String,
    /// Its length.
    pub(super) bytes: u64,
    /// BLAKE3 of its bytes, in hexadecimal digits.
    pub(super) hash: String,
}

/// A path that stays inside the folder it is joined to; none for any other.
pub(super) fn inside(path: &Path) -> Option<PathBuf> {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => clean.push(name),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::ParentDir => return None,
        }
    }
    (clean.components().next().is_some()).then_some(clean)
}

/// Hashes what is read through it.
pub(super) struct Hashing<Input> {
    input: Input,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<Input: Read> Hashing<Input> {
    pub(super) fn new(input: Input) -> Self {
        Self { input, hasher: blake3::Hasher::new(), bytes: 0 }
    }

    /// The line for what was read.
    pub(super) fn entry(&self, path: String) -> Entry {
        Entry { path, bytes: self.bytes, hash: self.hasher.finalize().to_hex().to_string() }
    }
}

impl<Input: Read> Read for Hashing<Input> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.hasher.write_all(buffer.get(..count).unwrap_or_default())?;
        self.bytes = self.bytes.saturating_add(u64::try_from(count).unwrap_or(0));
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(inside(Path::new("files/ab/cd")), Some(PathBuf::from("files/ab/cd")));
        assert_eq!(inside(Path::new("./office/units.csv")), Some(PathBuf::from("office/units.csv")));
        for hostile in ["../x", "/etc/passwd", "files/../../x", "", "."] {
            assert_eq!(inside(Path::new(hostile)), None, "{hostile}");
        }
    }
}
