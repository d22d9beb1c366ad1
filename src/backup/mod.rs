//! The data folder as one file, and back: what an administrator does with one command before going home.
//!
//! A backup is a plain tar archive that any system can open. Its last entry, [`MANIFEST`], names every other entry with length and
//! BLAKE3 hash, so an archive that was cut short or damaged is told apart from a whole one before anything is put in place.
//!
//! Order makes a backup of a working office whole: the database is copied first, as it stands at one moment; every file that it
//! names was durable before it was named, so the files that are walked afterwards hold all of them. What can be made again (the
//! search index) or belongs to a running process (locks, half-written files) is left out.
//!
//! An archive holds everything that petitioners entrusted to the office, and the key of its identity hashes: it is written for the
//! owner's eyes only, and has to be kept as the data folder is.

mod entry;
pub mod restore;
pub mod write;

/// The last entry of an archive: one JSON line for each entry before it.
pub const MANIFEST: &str = "manifest.jsonl";
/// The database in the data folder and in an archive.
pub const DATABASE: &str = "xinqiao.sqlite";
/// The most entries of an archive; an office with a million letters has a few million files.
const MOST_ENTRIES: u64 = 50_000_000;

/// What went into an archive or came out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}
