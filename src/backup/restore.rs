//! Putting an archive back into an empty place.
//!
//! Everything is unpacked beside the data folder and compared with the manifest first. The data folder appears under its name
//! only when every byte was right; a restore that was stopped leaves nothing in its place and can be begun again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use case::problem::{Problem, ProblemCode};

use super::entry::{Entry, Hashing, LINE_LIMIT, inside};
use super::{Amount, DATABASE, MANIFEST, MOST_ENTRIES};

/// Unpacks `archive` into the data folder `data`, which must be empty or not there.
///
/// # Errors
/// There is data already, the archive is not whole or not ours, or the disk is full or fails.
pub async fn restore(archive: &Path, data: &Path) -> Result<Amount, Problem> {
    if fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some()) {
        let detail = format!("{}中已有数据；请先移走，或用--data指定空目录", data.display());
        return Err(ProblemCode::DataInUse.because(detail));
    }
    let (archive, data) = (archive.to_owned(), data.to_owned());
    tokio::task::spawn_blocking(move || unpack(&archive, &data))
        .await
        .map_err(|_panicked| Problem::from(ProblemCode::Internal))?
}

fn unpack(archive: &Path, data: &Path) -> Result<Amount, Problem> {
    let beside = beside(data);
    let unwritable = |error: io::Error| unwritable(&beside, &error);
    if beside.exists() {
        fs::remove_dir_all(&beside).map_err(unwritable)?;
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&beside).map_err(unwritable)?;
    let restored = unpack_into(archive, &beside).and_then(|amount| {
        // An empty folder may stand there already.
        let _absent = fs::remove_dir(data);
        fs::rename(&beside, data).map_err(unwritable)?;
        let parent = data.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent).and_then(|folder| folder.sync_all()).map_err(unwritable)?;
        Ok(amount)
    });
    if restored.is_err() {
        let _gone = fs::remove_dir_all(&beside);
    }
    restored
}

/// The folder that is filled: on the same file system, so that it can be renamed.
fn beside(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    data.with_file_name(name)
}

fn unpack_into(archive: &Path, folder: &Path) -> Result<Amount, Problem> {
    let file = File::open(archive).map_err(|error| {
        ProblemCode::UnreadableFile.because(format!("{}无法读取（{}）", archive.display(), error.kind()))
    })?;
    let damaged = |what: &str| {
        ProblemCode::DamagedFile.because(format!("{}不是完整的备份：{what}；没有恢复任何数据", archive.display()))
    };
    let mut reader = tar::Archive::new(BufReader::new(file));
    let entries = reader.entries().map_err(|_damaged| damaged("无法读取"))?;
    let mut found: BTreeMap<String, Entry> = BTreeMap::new();
    let mut manifest = None;
    for entry in entries {
        let mut entry = entry.map_err(|_damaged| damaged("文件在中途结束或损坏"))?;
        let path = entry.path().ok().and_then(|path| inside(&path));
        let path = path.filter(|_| entry.header().entry_type().is_file()).ok_or_else(|| damaged("含有不允许的条目"))?;
        let name = path.to_str().ok_or_else(|| damaged("含有不允许的条目"))?.to_owned();
        if manifest.is_some() || u64::try_from(found.len()).unwrap_or(u64::MAX) >= MOST_ENTRIES {
            return Err(damaged("清单之后还有条目，或条目过多"));
        }
        if name == MANIFEST {
            manifest = Some(read_manifest(&mut entry).ok_or_else(|| damaged("清单损坏"))?);
            continue;
        }
        let written = write_entry(&mut entry, folder, &path, name.clone());
        let written = written.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => damaged("文件在中途结束或损坏"),
            _ => unwritable(folder, &error),
        })?;
        if found.insert(name, written).is_some() {
            return Err(damaged("条目重复"));
        }
    }
    let manifest = manifest.ok_or_else(|| damaged("缺少清单，文件可能没有传完"))?;
    if manifest != found {
        return Err(damaged("内容与清单不符"));
    }
    if !found.contains_key(DATABASE) {
        return Err(damaged("没有数据库"));
    }
    Ok(Amount {
        files: u64::try_from(found.len()).unwrap_or(u64::MAX),
        bytes: found.values().map(|entry| entry.bytes).sum(),
    })
}

fn read_manifest(entry: &mut impl Read) -> Option<BTreeMap<String, Entry>> {
    let mut lines = BufReader::new(entry);
    let mut entries = BTreeMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let limit = u64::try_from(LINE_LIMIT).unwrap_or(u64::MAX);
        if (&mut lines).take(limit).read_until(b'\n', &mut line).ok()? == 0 {
            return Some(entries);
        }
        let entry: Entry = serde_json::from_slice(&line).ok()?;
        entries.insert(entry.path.clone(), entry);
    }
}

fn write_entry(entry: &mut impl Read, folder: &Path, path: &Path, name: String) -> io::Result<Entry> {
    let target = folder.join(path);
    if let Some(parent) = target.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&target)?;
    let mut content = Hashing::new(entry);
    io::copy(&mut content, &mut file)?;
    file.sync_all()?;
    Ok(content.entry(name))
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    tracing::error!(error = %error, "a backup cannot be restored");
    if error.kind() == io::ErrorKind::StorageFull {
        return ProblemCode::DiskFull.because(format!("{}所在磁盘空间不足；没有恢复任何数据", path.display()));
    }
    ProblemCode::StoreFailed.because(format!("{}无法写入（{}）；没有恢复任何数据", path.display(), error.kind()))
}
