//! Which files are one call: those whose names differ only in their endings, `call-7.wav` and `call-7.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use channels::call::recording;

/// Endings of transcripts that one recogniser writes side by side, the one that tells most first: Whisper writes all of them.
const TRANSCRIPTS: [&str; 4] = ["json", "vtt", "srt", "txt"];

/// The files of one call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallFiles {
    /// What was said.
    pub transcript: Option<PathBuf>,
    /// The recording.
    pub recording: Option<PathBuf>,
    /// The same words in forms that tell less.
    pub beside: Vec<PathBuf>,
}

impl CallFiles {
    /// Every file.
    pub fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.transcript.iter().chain(&self.recording).chain(&self.beside)
    }
}

/// Puts files together by call, in the order of their names.
#[must_use]
pub fn together(files: Vec<PathBuf>) -> Vec<CallFiles> {
    let mut calls: BTreeMap<(PathBuf, String), CallFiles> = BTreeMap::new();
    for file in files {
        let name = name_of(&file);
        let call = calls.entry((folder_of(&file), recording::stem(&name).to_owned())).or_default();
        let slot = if recording::is_named_like_one(&name) { &mut call.recording } else { &mut call.transcript };
        match slot {
            Some(other) if rank(&file) < rank(other) => call.beside.push(std::mem::replace(other, file)),
            Some(_) => call.beside.push(file),
            None => *slot = Some(file),
        }
    }
    calls.into_values().collect()
}

/// Every transcript with the recording beside it, and every recording without one, in the order in which they were named: for files that a
/// person named one by one.
#[must_use]
pub fn one_by_one(files: Vec<PathBuf>) -> Vec<CallFiles> {
    let (recordings, transcripts): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| recording::is_named_like_one(&name_of(file)));
    let mut waiting: Vec<Option<PathBuf>> = recordings.into_iter().map(Some).collect();
    let mut calls: Vec<CallFiles> = Vec::new();
    for transcript in transcripts {
        let belongs = |recording: &Option<PathBuf>| {
            recording.as_ref().is_some_and(|recording| {
                folder_of(recording) == folder_of(&transcript)
                    && recording::stem(&name_of(recording)) == recording::stem(&name_of(&transcript))
            })
        };
        let recording = waiting.iter_mut().find(|recording| belongs(recording)).and_then(Option::take);
        calls.push(CallFiles { transcript: Some(transcript), recording, beside: Vec::new() });
    }
    let alone = waiting.into_iter().flatten();
    calls.extend(alone.map(|recording| CallFiles { recording: Some(recording), ..CallFiles::default() }));
    calls
}

fn rank(file: &Path) -> usize {
    let ending = file.extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    TRANSCRIPTS.iter().position(|known| ending.eq_ignore_ascii_case(known)).unwrap_or(TRANSCRIPTS.len())
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().unwrap_or_else(|| Path::new("")).to_owned()
}

/// The name of a file for people.
pub(crate) fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    fn call(transcript: Option<&str>, recording: Option<&str>, beside: &[&str]) -> CallFiles {
        CallFiles {
            transcript: transcript.map(PathBuf::from),
            recording: recording.map(PathBuf::from),
            beside: paths(beside),
        }
    }

    #[test]
    fn files_of_one_name_are_one_call() {
        let found = together(paths(&["b.wav", "a.txt", "a.srt", "a.wav", "a.json", "c.vtt", "d/a.json"]));
        assert_eq!(
            found,
            [
                call(Some("a.json"), Some("a.wav"), &["a.txt", "a.srt"]),
                call(None, Some("b.wav"), &[]),
                call(Some("c.vtt"), None, &[]),
                call(Some("d/a.json"), None, &[]),
            ]
        );
    }

    #[test]
    fn files_that_a_person_named_are_all_taken() {
        let found = one_by_one(paths(&["a.json", "a.wav", "a.srt", "b.mp3"]));
        assert_eq!(
            found,
            [call(Some("a.json"), Some("a.wav"), &[]), call(Some("a.srt"), None, &[]), call(None, Some("b.mp3"), &[]),]
        );
    }
}
