//! The watched folder: telephone systems write recordings into it, recognisers transcripts.
//!
//! The files of one call have one name with different endings. They are taken when every one of them was unchanged for a while and
//! there is a transcript, or a recogniser that will write one. They are claimed by being renamed into a folder of their own, which
//! then gets its name below `.claimed` in one step: a claim is whole or given back. Whatever is cut short later is found there
//! and goes on: taking a call in twice registers it once. Then the files are moved to `done`, or to `refused`; the gateway
//! deletes nothing.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use case::actor::Actor;
use case::id::ArrivalId;
use case::problem::{Problem, ProblemCode};

use crate::calls::bring::CallFile;
use crate::calls::files::{CallFiles, name_of, together};
use crate::configuration::CallSettings;
use crate::gateway::Gateway;
use crate::intake::receive::ORIGINAL_LIMIT;
use crate::watched_folder::{
    CLAIMED, DONE, PAUSE, REFUSED, Watch, files, make, put_aside, read, rename, subfolders, unusable,
};

/// How the name of a claim begins while its files are put into it.
const GATHERING: &str = "gathering-";
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
                rename(file, &gathering.join(name)).await?;
                self.step("calls.gathering");
            }
            let claim = folder.join(CLAIMED).join(id.to_string());
            rename(&gathering, &claim).await?;
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
        let mut present = Vec::new();
        let mut settled = HashSet::new();
        for (path, sight) in found {
            if watch.is_settled(&path, sight, now, settle) {
                settled.insert(path.clone());
            }
            present.push(path);
        }
        watch.keep_only(&present);
        let recognises = !settings.recogniser.is_empty();
        let mut calls = together(present);
        calls.retain(|call| {
            let whole = call.transcript.is_some() || recognises;
            whole && call.all().all(|file| settled.contains(file))
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
            put_aside(&path, &folder.join(to), path.file_name().unwrap_or_default(), &name_of(claim)).await?;
        }
        let _kept = tokio::fs::remove_dir(claim).await;
        Ok(())
    }

    async fn bring_files(&self, call: &CallFiles) -> Result<(), Problem> {
        let mut brought = Vec::new();
        for path in call.transcript.iter().chain(&call.recording) {
            let told = tokio::fs::metadata(path).await.map_err(|error| unusable(path, &error))?;
            if usize::try_from(told.len()).map_or(true, |bytes| bytes > ORIGINAL_LIMIT) {
                return Err(ProblemCode::InputTooLarge.because(format!("文件超过{}MB", ORIGINAL_LIMIT >> 20)));
            }
            brought.push((name_of(path), read(path).await?));
        }
        let files: Vec<CallFile<'_>> = brought.iter().map(|(name, bytes)| CallFile { name, bytes }).collect();
        self.bring_call(&files, Actor::System).await.map(|_brought| ())
    }
}

/// Puts the files of a claim that did not become whole back where they came from.
async fn give_back(folder: &Path, gathering: &Path) -> Result<(), Problem> {
    for (path, _) in files(gathering).await? {
        put_aside(&path, folder, path.file_name().unwrap_or_default(), &name_of(gathering)).await?;
    }
    let _kept = tokio::fs::remove_dir(gathering).await;
    Ok(())
}
