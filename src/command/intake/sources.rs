//! From what was named on the command line to single originals: folders are walked, mailboxes are cut into mails.

use std::path::{Path, PathBuf};

use case::channel::Channel;
use case::problem::{Problem, ProblemCode};

use crate::intake::receive::ORIGINAL_LIMIT;

/// The most files that one command takes in.
pub const FILE_LIMIT: usize = 1_000_000;
/// How deep folders are walked.
const FOLDER_DEPTH: usize = 16;
/// The largest mailbox file that is cut into mails, 2 GiB.
const MAILBOX_LIMIT: u64 = 2 << 30;

/// One original, or why it cannot be read.
#[derive(Debug)]
pub struct Source {
    /// What its line is called: the path, with `#n` for the n-th mail of a mailbox.
    pub name: String,
    /// Its bytes.
    pub bytes: Result<Vec<u8>, Problem>,
}

/// The files behind what was named, folders walked in the order of their names. A name that is nothing readable is kept: its line
/// will say so.
#[must_use]
pub fn files(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in named {
        walk(path, FOLDER_DEPTH, &mut files);
    }
    files.truncate(FILE_LIMIT);
    files
}

/// The last part of a source's name: where a file lay on the clerk's disk is no part of the petition.
#[must_use]
pub fn file_name(name: &str) -> &str {
    name.rsplit(['/', std::path::MAIN_SEPARATOR]).find(|part| !part.is_empty()).unwrap_or(name)
}

fn walk(path: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let entries = if path.is_dir() && depth > 0 { std::fs::read_dir(path).ok() } else { None };
    let Some(entries) = entries else {
        files.push(path.to_owned());
        return;
    };
    // A Maildir keeps what is being written in `tmp`.
    let is_maildir = path.join("cur").is_dir() && path.join("new").is_dir();
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for entry in inside {
        let name = entry.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
        if name.starts_with('.') || (is_maildir && name == "tmp") {
            continue;
        }
        walk(&entry, depth - 1, files);
    }
}

/// The originals in one file.
#[must_use]
pub fn originals(path: &Path, channel: Channel) -> Vec<Source> {
    let name = path.display().to_string();
    let limit =
        if channel == Channel::Mail { MAILBOX_LIMIT } else { u64::try_from(ORIGINAL_LIMIT).unwrap_or(u64::MAX) };
    match read(path, limit) {
        Err(problem) => vec![Source { name, bytes: Err(problem) }],
        Ok(bytes) if channel == Channel::Mail => mails(&name, bytes),
        Ok(bytes) => vec![Source { name, bytes: Ok(bytes) }],
    }
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| {
        ProblemCode::UnreadableFile.because(format!("{}无法读取（{}），请检查路径和权限", path.display(), error.kind()))
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > limit {
        let detail = format!("{}有{}MB，上限{}MB", path.display(), size >> 20, limit >> 20);
        return Err(ProblemCode::InputTooLarge.because(detail));
    }
    std::fs::read(path).map_err(unreadable)
}

/// A single mail, or the mails of a mailbox.
fn mails(name: &str, bytes: Vec<u8>) -> Vec<Source> {
    match channels::mail::sort(&bytes) {
        channels::mail::Container::Message => vec![Source { name: name.to_owned(), bytes: Ok(bytes) }],
        channels::mail::Container::Mbox(_) => channels::mail::split_mbox(&bytes)
            .into_iter()
            .enumerate()
            .map(|(index, message)| Source { name: format!("{name}#{}", index + 1), bytes: Ok(message) })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn only_the_file_name_is_kept() {
        for (name, kept) in [
            ("/home/clerk/in/a.pdf", "a.pdf"),
            ("a.pdf", "a.pdf"),
            ("in/box.mbox#3", "box.mbox#3"),
            ("in/", "in"),
            ("/", "/"),
        ] {
            assert_eq!(file_name(name), kept, "{name}");
        }
    }
}
