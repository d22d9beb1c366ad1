//! Zip files among attachments: their files are taken out within limits, and are attachments like any other.

use std::io::{Cursor, Read};

use case::problem::{Problem, ProblemCode};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::charset;

/// The most files of one archive.
pub(crate) const FILE_LIMIT: usize = 100;
/// The most bytes of one file, and of all files of one archive together.
const BYTE_LIMIT: u64 = 64 << 20;
/// How many times larger than the archive its files may be together: text shrinks to a tenth, zip bombs to a thousandth.
const RATIO_LIMIT: u64 = 200;
/// Archives up to this size are not held to the ratio, in bytes.
const SMALL: u64 = 64 << 10;

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Packed {
    /// Its name without folders.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// The files of an archive, in their order.
///
/// # Errors
/// It is damaged, has a password, or breaks a limit; nothing of it is taken then but the archive itself.
pub(crate) fn files(bytes: &[u8]) -> Result<Vec<Packed>, Problem> {
    let mut archive = open(bytes)?;
    if archive.len() > FILE_LIMIT {
        return Err(ProblemCode::TooDeep.because(format!("压缩包内文件超过{FILE_LIMIT}个")));
    }
    let mut left = budget(bytes);
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| refused(&error))?;
        if file.is_dir() || file.is_symlink() {
            continue;
        }
        let name = charset::decode(file.name_raw(), None).text;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let bytes = taken(file, &mut left)?;
        if !name.is_empty() {
            files.push(Packed { name, bytes });
        }
    }
    Ok(files)
}

/// The names in an archive, folders and all; those beyond a limit are left out.
///
/// # Errors
/// It is damaged.
pub(crate) fn names(bytes: &[u8]) -> Result<Vec<String>, Problem> {
    let archive = open(bytes)?;
    Ok(archive.file_names().take(FILE_LIMIT * 10).filter_map(|name| Some(name.ok()?.into_owned())).collect())
}

/// The files of an archive whose whole name is wanted.
///
/// # Errors
/// As [`files`].
pub(crate) fn some_files(bytes: &[u8], names: &dyn Fn(&str) -> bool) -> Result<Vec<Packed>, Problem> {
    let mut archive = open(bytes)?;
    let mut left = budget(bytes);
    let mut files = Vec::new();
    for index in 0..archive.len().min(FILE_LIMIT * 10) {
        let file = archive.by_index(index).map_err(|error| refused(&error))?;
        let Ok(name) = file.name().map(std::borrow::Cow::into_owned) else { continue };
        if names(&name) {
            files.push(Packed { name, bytes: taken(file, &mut left)? });
        }
        if files.len() == FILE_LIMIT {
            break;
        }
    }
    Ok(files)
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Problem> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(&error))
}

fn budget(bytes: &[u8]) -> u64 {
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if packed <= SMALL { SMALL * RATIO_LIMIT } else { packed.saturating_mul(RATIO_LIMIT).min(BYTE_LIMIT) }
}

/// The bytes of a file; what its header claims is not believed.
fn taken(file: impl Read, left: &mut u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let damaged = |_error| ProblemCode::DamagedFile.because("压缩包已损坏");
    file.take(*left + 1).read_to_end(&mut bytes).map_err(damaged)?;
    let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    *left = left.checked_sub(read).ok_or_else(|| {
        ProblemCode::InputTooLarge.because(format!("压缩包解开后超过{}MB或压缩比异常", BYTE_LIMIT >> 20))
    })?;
    Ok(bytes)
}

fn refused(error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => {
            ProblemCode::PasswordProtected.because("压缩包有密码")
        }
        ZipError::UnsupportedArchive(_) => ProblemCode::UnsupportedType.because("压缩包的压缩方式不支持"),
        _ => ProblemCode::DamagedFile.because("压缩包已损坏"),
    }
}
