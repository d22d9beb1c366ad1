//! Writing an archive, while the office works on.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};
use store_sqlite::SqliteStore;

use super::entry::{Entry, Hashing};
use super::{Amount, DATABASE, MANIFEST};
use crate::intake::receive::failed;

/// What is left out, by path in the data folder: what can be made again, and what belongs to a running process.
const LEFT_OUT: [&str; 6] =
    ["index", "worker.lock", "files/temporary", DATABASE, "xinqiao.sqlite-wal", "xinqiao.sqlite-shm"];
/// The deepest folder that is walked.
const DEEPEST: usize = 32;

/// Writes the data folder into a new file at `archive`. It is there under its name only when it is whole and durable.
///
/// # Errors
/// There is no data, there is something at `archive` already, or the disk is full or fails.
pub async fn write(data: &Path, archive: &Path) -> Result<Amount, Problem> {
    let database = data.join(DATABASE);
    if !database.is_file() {
        let detail = format!("{}中没有数据库；请用--data指定数据目录", data.display());
        return Err(ProblemCode::InvalidConfiguration.because(detail));
    }
    if archive.exists() {
        return Err(ProblemCode::InvalidField.because(format!("{}已经存在，请换一个文件名", archive.display())));
    }
    let copy = part_of(archive, "database");
    let partial = part_of(archive, "part");
    remove_leftover(&copy)?;
    let store =
        SqliteStore::open(&database, store_sqlite::Settings::default()).await.map_err(|error| failed(&error))?;
    let copied = store.copy_to(&copy).await;
    store.close().await;
    copied.map_err(|error| failed(&error))?;
    let (folder, target) = (data.to_owned(), archive.to_owned());
    let written = tokio::task::spawn_blocking({
        let (copy, partial) = (copy.clone(), partial.clone());
        move || archive_of(&folder, &copy, &partial).and_then(|amount| put_in_place(&partial, &target).map(|()| amount))
    })
    .await;
    // Neither is of use to anybody, whether the archive came about or not.
    let _gone = fs::remove_file(&copy);
    let _gone = fs::remove_file(&partial);
    written.map_err(|_panicked| Problem::from(ProblemCode::Internal))?.map_err(|error| unwritable(archive, &error))
}

fn part_of(archive: &Path, what: &str) -> PathBuf {
    let mut name = archive.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(what);
    archive.with_file_name(name)
}

/// A backup that was killed leaves its copy of the database behind.
fn remove_leftover(path: &Path) -> Result<(), Problem> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unwritable(path, &error)),
    }
}

fn archive_of(data: &Path, database: &Path, partial: &Path) -> io::Result<Amount> {
    let file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(partial)?;
    let mut archive = tar::Builder::new(BufWriter::new(file));
    let mut manifest = Manifest::default();
    manifest.add(&append(&mut archive, database, DATABASE)?)?;
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let mut names: Vec<_> = fs::read_dir(data.join(&folder))?.collect::<Result<_, _>>()?;
        names.sort_by_key(fs::DirEntry::file_name);
        for entry in names {
            let path = folder.join(entry.file_name());
            let kind = entry.file_type()?;
            if is_left_out(&path) || !(kind.is_dir() || kind.is_file()) {
                continue;
            }
            if kind.is_dir() {
                if path.components().count() < DEEPEST {
                    folders.push(path);
                }
                continue;
            }
            let name = path.to_str().ok_or_else(|| io::Error::other("a file name is not UTF-8"))?.to_owned();
            match append(&mut archive, &data.join(&path), &name) {
                Ok(entry) => manifest.add(&entry)?,
                // A working office moves its incoming files; stored originals never go.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !path.starts_with("files") => {}
                Err(error) => return Err(error),
            }
        }
    }
    let lines = manifest.lines;
    archive.append_data(&mut header(u64::try_from(lines.len()).unwrap_or(u64::MAX)), MANIFEST, lines.as_slice())?;
    let file = archive.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(manifest.amount)
}

/// The lines of the manifest so far: about 150 bytes a file.
#[derive(Default)]
struct Manifest {
    lines: Vec<u8>,
    amount: Amount,
}

impl Manifest {
    fn add(&mut self, entry: &Entry) -> io::Result<()> {
        serde_json::to_writer(&mut self.lines, entry)?;
        self.lines.write_all(b"\n")?;
        self.amount.files += 1;
        self.amount.bytes = self.amount.bytes.saturating_add(entry.bytes);
        Ok(())
    }
}

fn is_left_out(path: &Path) -> bool {
    LEFT_OUT.iter().any(|left_out| path == Path::new(left_out))
        || path.extension().is_some_and(|extension| extension == "part")
}

fn append(archive: &mut tar::Builder<impl Write>, file: &Path, name: &str) -> io::Result<Entry> {
    let source = File::open(file)?;
    let length = source.metadata()?.len();
    let mut content = Hashing::new(source.take(length));
    archive.append_data(&mut header(length), name, &mut content)?;
    let entry = content.entry(name.to_owned());
    if entry.bytes == length { Ok(entry) } else { Err(io::Error::other(format!("{name} changed while it was read"))) }
}

fn header(length: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    header
}

fn put_in_place(partial: &Path, archive: &Path) -> io::Result<()> {
    fs::rename(partial, archive)?;
    let folder = archive.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    tracing::error!(error = %error, "a backup cannot be written");
    if error.kind() == io::ErrorKind::StorageFull {
        return ProblemCode::DiskFull.because(format!("{}所在磁盘空间不足；备份没有写成", path.display()));
    }
    ProblemCode::StoreFailed.because(format!("{}无法写入（{}）；备份没有写成", path.display(), error.kind()))
}
