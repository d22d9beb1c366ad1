//! The watched folder: telephone systems write recordings into it, recognisers transcripts.
//!
//! The files of one call have one name with different endings. They are taken when every one of them was unchanged for a while and
//! there is a transcript, or a recogniser that will write one. They are claimed by being renamed into a folder of their own, which
//! then gets its name below `.claimed` in one step: a claim is whole or given back. Whatever is cut short later is found there
//! and goes on: taking a call in twice registers it once. Then the files are moved to `done`, or to `refused`; the gateway
//! deletes nothing.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use case::actor::Actor;
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};
use jiff::Timestamp;

use crate::calls::bring::CallFile;
use crate::calls::files::{CallFiles, name_of, together};
use crate::configuration::CallSettings;
use crate::gateway::Gateway;
use crate::intake::receive::ORIGINAL_LIMIT;

/// The claimed folder, inside the watched one: a rename is whole only within one file system.
const CLAIMED: &str = ".claimed";
/// How the name of a claim begins while its files are put into it.
const GATHERING: &str = "gathering-";
/// Where files go that became calls.
const DONE: &str = "done";
/// Where files go of which nothing was registered.
const REFUSED: &str = "refused";
/// The pause between looks.
const PAUSE: Duration = Duration::from_secs(1);
/// The most files of one look; the next look takes the rest.
const MOST_FILES: usize = 1_000;
/// Endings under which programs write what is not whole yet.
const PARTIAL: [&str; 4] = ["part", "tmp", "filepart", "crdownload"];

/// What earlier looks saw; lives as long as the watching.
#[derive(Debug, Default)]
pub struct Watch {
    seen: HashMap<PathBuf, (Sight, Timestamp)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sight {
    bytes: u64,
    modified: Option<SystemTime>,
}

/// What one look did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looked {
    /// Calls that were taken in.
    pub taken: usize,
    /// Calls of which nothing was registered.
    pub refused: usize,
}

impl Gateway {
    /// Looks at the folder of calls again and again until `stop` becomes true. Returns at once when none is set.
    pub async fn watch_calls(self, mut stop: tokio::sync::watch::Receiver<bool>) {
        if self.configuration.calls.folder.is_empty() {
            return;
        }
        let mut watch = Watch::default();
        while !*stop.borrow() {
            if let Err(problem) = self.look_for_calls(&mut watch).await {
                tracing::error!(problem = problem.code.code(), "the folder of calls cannot be used");
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Looks at the folder of calls once. Nothing when none is set.
    ///
    /// # Errors
    /// The folder cannot be used, or the store failed; the next look goes on.
    pub async fn look_for_calls(&self, watch: &mut Watch) -> Result<Looked, Problem> {
        let settings = &self.configuration.calls;
        let mut looked = Looked::default();
        if settings.folder.is_empty() {
            return Ok(looked);
        }
        let folder = PathBuf::from(&settings.folder);
        for part in [CLAIMED, DONE, REFUSED] {
            make(&folder.join(part)).await?;
        }
        for claim in subfolders(&folder.join(CLAIMED)).await? {
            if name_of(&claim).starts_with(GATHERING) {
                give_back(&folder, &claim).await?;
            } else {
                self.settle_call(&folder, &claim, &mut looked).await?;
            }
        }
        for call in self.ready_calls(&folder, settings, watch).await? {
            let id = ArrivalId::fresh(&*self.clock, &*self.randomness);
            let gathering = folder.join(CLAIMED).join(format!("{GATHERING}{id}"));
            make(&gathering).await?;
            for file in call.all() {
                let name = file.file_name().unwrap_or_default();
                tokio::fs::rename(file, gathering.join(name)).await.map_err(|error| unusable(file, &error))?;
                self.step("calls.gathering");
            }
            let claim = folder.join(CLAIMED).join(id.to_string());
            tokio::fs::rename(&gathering, &claim).await.map_err(|error| unusable(&gathering, &error))?;
            self.step("calls.claimed");
            self.settle_call(&folder, &claim, &mut looked).await?;
        }
        Ok(looked)
    }

    /// The calls whose files did not change for as long as is set, oldest name first.
    async fn ready_calls(
        &self,
        folder: &Path,
        settings: &CallSettings,
        watch: &mut Watch,
    ) -> Result<Vec<CallFiles>, Problem> {
        let settle = Duration::from_secs(settings.settle_seconds);
        let now = self.clock.now();
        let found = files(folder).await?;
        watch.seen.retain(|path, _| found.iter().any(|(present, _)| present == path));
        let mut quiet: HashMap<PathBuf, bool> = HashMap::new();
        for (path, sight) in &found {
            let since = match watch.seen.get(path) {
                Some((seen, since)) if seen == sight => *since,
                Some(_) | None => {
                    watch.seen.insert(path.clone(), (*sight, now));
                    now
                }
            };
            let unchanged = Duration::try_from(now.duration_since(since)).unwrap_or_default();
            quiet.insert(path.clone(), unchanged >= settle);
        }
        let recognises = !settings.recogniser.is_empty();
        let mut calls = together(found.into_iter().map(|(path, _)| path).collect());
        calls.retain(|call| {
            let whole = call.transcript.is_some() || recognises;
            whole && call.all().all(|file| quiet.get(file) == Some(&true))
        });
        Ok(calls)
    }

    /// Takes in what lies in a claim, wherever it was cut short, and moves the files away.
    async fn settle_call(&self, folder: &Path, claim: &Path, looked: &mut Looked) -> Result<(), Problem> {
        let found: Vec<PathBuf> = files(claim).await?.into_iter().map(|(path, _)| path).collect();
        let all = found.clone();
        let to = match together(found).into_iter().next() {
            None => {
                let _kept = tokio::fs::remove_dir(claim).await;
                return Ok(());
            }
            Some(call) => match self.bring_files(&call).await {
                Ok(()) => {
                    looked.taken += 1;
                    DONE
                }
                // It stays claimed, and the next look tries again.
                Err(problem) if problem.code.status() >= 500 => return Err(problem),
                Err(problem) => {
                    tracing::warn!(problem = problem.code.code(), "a call in the folder is refused");
                    looked.refused += 1;
                    REFUSED
                }
            },
        };
        self.step("calls.before_move");
        for path in all {
            put_aside(&path, &folder.join(to), claim).await?;
        }
        let _kept = tokio::fs::remove_dir(claim).await;
        Ok(())
    }

    async fn bring_files(&self, call: &CallFiles) -> Result<(), Problem> {
        let mut read = Vec::new();
        for path in call.transcript.iter().chain(&call.recording) {
            let told = tokio::fs::metadata(path).await.map_err(|error| unusable(path, &error))?;
            if usize::try_from(told.len()).map_or(true, |bytes| bytes > ORIGINAL_LIMIT) {
                return Err(ProblemCode::InputTooLarge.because(format!("文件超过{}MB", ORIGINAL_LIMIT >> 20)));
            }
            let bytes = tokio::fs::read(path).await.map_err(|error| unusable(path, &error))?;
            read.push((name_of(path), bytes));
        }
        let files: Vec<CallFile<'_>> = read.iter().map(|(name, bytes)| CallFile { name, bytes }).collect();
        self.bring_call(&files, Actor::System).await.map(|_brought| ())
    }
}

/// Puts the files of a claim that did not become whole back where they came from.
async fn give_back(folder: &Path, gathering: &Path) -> Result<(), Problem> {
    for (path, _) in files(gathering).await? {
        put_aside(&path, folder, gathering).await?;
    }
    let _kept = tokio::fs::remove_dir(gathering).await;
    Ok(())
}

/// Moves a file, never over another one.
async fn put_aside(path: &Path, to: &Path, claim: &Path) -> Result<(), Problem> {
    let name = path.file_name().unwrap_or_default();
    let mut target = to.join(name);
    if tokio::fs::symlink_metadata(&target).await.is_ok() {
        let mut other = claim.file_name().unwrap_or_default().to_os_string();
        other.push("-");
        other.push(name);
        target = to.join(other);
    }
    tokio::fs::rename(path, &target).await.map_err(|error| unusable(path, &error))
}

/// The plain files of a folder; links, hidden and partial files, and whatever else is passed over.
async fn files(folder: &Path) -> Result<Vec<(PathBuf, Sight)>, Problem> {
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

fn is_whole(path: &Path) -> bool {
    let hidden = name_of(path).starts_with('.');
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    !hidden && !PARTIAL.iter().any(|partial| ending.eq_ignore_ascii_case(partial))
}

async fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
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

async fn make(folder: &Path) -> Result<(), Problem> {
    tokio::fs::create_dir_all(folder).await.map_err(|error| unusable(folder, &error))
}

fn unusable(path: &Path, error: &std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return ProblemCode::DiskFull.because("来电目录所在磁盘已满");
    }
    // The last part of a path may be a petitioner's name. A file that cannot be read now may be readable later.
    let place = path.parent().unwrap_or(path).display();
    ProblemCode::StoreFailed.because(format!("来电目录{place}无法使用（{}），请检查权限", error.kind()))
}
