//! The watched folder: scanners put files into it, or into a subfolder of their own.
//!
//! A file is taken when two looks, some seconds apart, found it unchanged. It is claimed by being renamed into the claimed folder, where
//! the name of its folder is its identifier in the store: whatever is cut short is found there and goes on. It leaves the claimed folder
//! when everything that it became is read or refused, to `done` or `refused`; the gateway deletes nothing.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use case::actor::Actor;
use case::batch::{Batch, BatchSource, Parting};
use case::id::BatchFileId;
use case::ports::office_date;
use case::problem::{Problem, ProblemCode};

use super::part;
use super::take_in::Brought;
use crate::configuration::{LetterSettings, ScannerSettings};
use crate::gateway::Gateway;
use crate::intake::receive::{ORIGINAL_LIMIT, failed};
use crate::watched_folder::{
    CLAIMED, DONE, PAUSE, REFUSED, Sight, Watch, exists, files, is_hidden, make, put_aside, read, rename, subfolders,
};

/// The name of what lies in the watched folder itself.
const NO_SCANNER: &str = "_";

/// A file that can be claimed.
#[derive(Debug, Clone)]
struct Ready {
    path: PathBuf,
    sight: Sight,
}

/// What one look did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looked {
    /// Files taken into batches.
    pub taken: usize,
    /// Files moved to done or refused.
    pub moved: usize,
}

/// The folders of the mailroom.
struct Folders {
    watched: PathBuf,
    done: PathBuf,
    refused: PathBuf,
}

impl Folders {
    fn of(settings: &LetterSettings) -> Option<Self> {
        let watched = Some(&settings.folder).filter(|folder| !folder.is_empty()).map(PathBuf::from)?;
        let or = |set: &str, name: &str| if set.is_empty() { watched.join(name) } else { PathBuf::from(set) };
        let (done, refused) = (or(&settings.done_folder, DONE), or(&settings.refused_folder, REFUSED));
        Some(Self { watched, done, refused })
    }

    fn claimed(&self) -> PathBuf {
        self.watched.join(CLAIMED)
    }

    /// Whether a folder below the watched one is no scanner's.
    fn is_ours(&self, path: &Path) -> bool {
        path == self.claimed() || path == self.done || path == self.refused || is_hidden(path)
    }
}

impl Gateway {
    /// Looks at the watched folder again and again until `stop` becomes true.
    pub async fn watch_folder(self, mut stop: tokio::sync::watch::Receiver<bool>) {
        if self.configuration.letters.folder.is_empty() {
            return;
        }
        let mut watch = Watch::default();
        while !*stop.borrow() {
            if let Err(problem) = self.look_at_folder(&mut watch).await {
                tracing::error!(problem = problem.code.code(), "the scanners' folder cannot be used");
                self.trouble.note(problem);
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Looks at the watched folder once. Nothing when none is set.
    ///
    /// # Errors
    /// The folder cannot be used, or the store failed; the next look goes on.
    pub async fn look_at_folder(&self, watch: &mut Watch) -> Result<Looked, Problem> {
        let Some(folders) = Folders::of(&self.configuration.letters) else { return Ok(Looked::default()) };
        for folder in [folders.claimed(), folders.done.clone(), folders.refused.clone()] {
            make(&folder).await?;
        }
        let mut looked = Looked::default();
        for scanner in subfolders(&folders.claimed()).await? {
            for claim in subfolders(&scanner).await? {
                self.settle_claim(&folders, &claim, &mut looked).await?;
            }
        }
        let mut places = vec![folders.watched.clone()];
        places.extend(subfolders(&folders.watched).await?.into_iter().filter(|path| !folders.is_ours(path)));
        let mut present = Vec::new();
        for place in places {
            let ready = self.ready_files(&place, watch, &mut present).await?;
            self.claim_files(&folders, &place, ready, &mut looked).await?;
        }
        watch.keep_only(&present);
        Ok(looked)
    }

    /// The files of a folder that did not change for as long as is set, oldest first.
    async fn ready_files(
        &self,
        place: &Path,
        watch: &mut Watch,
        present: &mut Vec<PathBuf>,
    ) -> Result<Vec<Ready>, Problem> {
        let settle = Duration::from_secs(self.configuration.letters.settle_seconds);
        let now = self.clock.now();
        let mut ready = Vec::new();
        for (path, sight) in files(place).await? {
            present.push(path.clone());
            if watch.is_settled(&path, sight, now, settle) {
                ready.push(Ready { path, sight });
            }
        }
        ready.sort_by(|one, other| (one.sight.modified, &one.path).cmp(&(other.sight.modified, &other.path)));
        Ok(ready)
    }

    /// Claims the files of one scanner and takes them in; two at a time where fronts and backs are files of their own.
    async fn claim_files(
        &self,
        folders: &Folders,
        place: &Path,
        ready: Vec<Ready>,
        looked: &mut Looked,
    ) -> Result<(), Problem> {
        let scanner = scanner_of(folders, place);
        let collate = self.scanner(&scanner).collate;
        // The last file waits for its backs.
        let together = if collate { 2 } else { 1 };
        for claimed in ready.chunks_exact(together) {
            let id = BatchFileId::fresh(&*self.clock, &*self.randomness);
            let claim = folders.claimed().join(&scanner).join(id.to_string());
            make(&claim).await?;
            for (number, file) in (1..).zip(claimed) {
                let mut name = OsString::from(format!("{number}-"));
                name.push(file.path.file_name().unwrap_or_default());
                rename(&file.path, &claim.join(name)).await?;
                self.step("folder.after_claim");
            }
            self.settle_claim(folders, &claim, looked).await?;
        }
        Ok(())
    }

    /// Goes on with a claim, wherever it was cut short.
    async fn settle_claim(&self, folders: &Folders, claim: &Path, looked: &mut Looked) -> Result<(), Problem> {
        let Some(id) = claim.file_name().and_then(OsStr::to_str).and_then(|name| name.parse::<BatchFileId>().ok())
        else {
            return Ok(());
        };
        let files = files(claim).await?;
        let scanner = claim.parent().and_then(Path::file_name).unwrap_or_default().to_os_string();
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let Some(file) = lookups.batch_file(id).await.map_err(|error| failed(&error))? else {
            drop(lookups);
            return self.take_claim(folders, claim, id, &scanner, &files, looked).await;
        };
        let outcome = part::outcome(&mut *lookups, &file).await.map_err(|error| failed(&error))?;
        let Some(registered) = outcome else { return Ok(()) };
        let to = if registered { &folders.done } else { &folders.refused };
        let to = if scanner == NO_SCANNER { to.clone() } else { to.join(&scanner) };
        make(&to).await?;
        for (path, _) in files {
            self.step("folder.before_move");
            put_aside(&path, &to, &shown_os(&path), &id.to_string()).await?;
            looked.moved += 1;
        }
        // Empty now; a file that somebody put there meanwhile keeps it, and is looked at next time.
        let _kept = tokio::fs::remove_dir(claim).await;
        Ok(())
    }

    /// Makes the files of a claim durable; gives them back when one of a pair is missing.
    async fn take_claim(
        &self,
        folders: &Folders,
        claim: &Path,
        id: BatchFileId,
        scanner: &OsStr,
        files: &[(PathBuf, Sight)],
        looked: &mut Looked,
    ) -> Result<(), Problem> {
        let settings = self.scanner(scanner);
        let (first, second) = match files {
            [only] if !settings.collate => (only, None),
            [fronts, backs] => (fronts, Some(backs)),
            _ => return give_back(folders, claim, scanner, files).await,
        };
        let batch = self.batch_of_scanner(scanner).await?;
        let bytes = files.iter().map(|(_, sight)| sight.bytes).fold(0, u64::saturating_add);
        let name = shown(&first.0);
        if usize::try_from(bytes).is_ok_and(|bytes| bytes <= ORIGINAL_LIMIT) && bytes > 0 {
            let fronts = read(&first.0).await?;
            let backs = match second {
                Some((path, _)) => Some(read(path).await?),
                None => None,
            };
            let parting = Parting { whole: settings.whole, envelope_first: settings.envelope_first };
            let brought = Brought { id, name: &name, bytes: &fronts, backs: backs.as_deref(), parting };
            self.take_into_batch(batch.id, brought).await?;
        } else {
            let problem = if bytes == 0 {
                ProblemCode::EmptyInput.because("文件没有内容，请重新扫描")
            } else {
                ProblemCode::InputTooLarge.because(format!("超过{}MB，请分成几批扫描", ORIGINAL_LIMIT >> 20))
            };
            self.refuse_for_batch(batch.id, id, &name, bytes, problem).await?;
        }
        looked.taken += 1;
        Ok(())
    }

    async fn batch_of_scanner(&self, scanner: &OsStr) -> Result<Batch, Problem> {
        let day = office_date(self.clock.now());
        let scanner = scanner.to_string_lossy();
        let name = if scanner == NO_SCANNER { format!("扫描 {day}") } else { format!("{scanner} {day}") };
        self.open_batch(&name, BatchSource::Folder, Some(&format!("{scanner}/{day}")), Actor::System).await
    }

    fn scanner(&self, name: &OsStr) -> ScannerSettings {
        let scanners = &self.configuration.letters.scanners;
        name.to_str().and_then(|name| scanners.get(name)).copied().unwrap_or_default()
    }
}

/// Puts the files of half a claim back where they came from.
async fn give_back(
    folders: &Folders,
    claim: &Path,
    scanner: &OsStr,
    files: &[(PathBuf, Sight)],
) -> Result<(), Problem> {
    let to = if scanner == NO_SCANNER { folders.watched.clone() } else { folders.watched.join(scanner) };
    make(&to).await?;
    for (path, _) in files {
        let back = to.join(shown_os(path));
        if !exists(&back).await {
            rename(path, &back).await?;
        }
    }
    let _kept = tokio::fs::remove_dir(claim).await;
    Ok(())
}

fn scanner_of(folders: &Folders, place: &Path) -> OsString {
    if place == folders.watched {
        OsString::from(NO_SCANNER)
    } else {
        place.file_name().unwrap_or_default().to_os_string()
    }
}

/// The name of a claimed file without its number.
fn shown_os(path: &Path) -> OsString {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let name = path.file_name().unwrap_or_default().as_bytes();
    OsString::from_vec(name.get(2..).unwrap_or(name).to_vec())
}

fn shown(path: &Path) -> String {
    shown_os(path).to_string_lossy().into_owned()
}
