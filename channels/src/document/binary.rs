//! Documents that a library reads: Word, Excel and PowerPoint until 2003, which WPS Office writes too (`.wps`, `.et`, `.dps`), and workbooks
//! since 2007, whose numbers stand beside their words and not among them.
//!
//! The files are hostile until proved otherwise: the library gets limits of its own, and what it cannot read is a problem and no panic.

use std::io::Cursor;

use case::problem::{Problem, ProblemCode};
use office_oxide::cfb::CfbReader;
use office_oxide::doc::DocError;
use office_oxide::error::OfficeError;
use office_oxide::limits::Limits;
use office_oxide::options::ParseOptions;
use office_oxide::ppt::PptError;
use office_oxide::xls::XlsError;
use office_oxide::{Document, DocumentFormat};

use super::kind::DocumentKind;
use super::office::TEXT_LIMIT;

/// The largest document that is opened, in bytes.
const SIZE_LIMIT: usize = 32 << 20;
/// The memory that one document may take, in bytes.
const MEMORY_LIMIT: u64 = 256 << 20;
/// The most bytes that are inflated of one workbook.
const INFLATED_LIMIT: u64 = 128 << 20;

/// What kind of document of the old formats `bytes` are; none when they are no such document.
///
/// # Errors
/// It has a password.
pub(super) fn old_kind(bytes: &[u8]) -> Result<Option<DocumentKind>, Problem> {
    if !bytes.starts_with(super::OLD) {
        return Ok(None);
    }
    let Ok(container) = CfbReader::new(Cursor::new(bytes)) else { return Ok(None) };
    let has = |name: &str| container.has_root_entry(name);
    // A document of the new formats with a password lies in a container of the old ones.
    if has("EncryptedPackage") {
        return Err(locked());
    }
    Ok(if has("WordDocument") {
        Some(DocumentKind::OldWord)
    } else if has("Workbook") || has("Book") {
        Some(DocumentKind::OldExcel)
    } else if has("PowerPoint Document") {
        Some(DocumentKind::OldPowerPoint)
    } else {
        None
    })
}

/// The text of a document; the cells of a row stand in one line, parted by tabs.
///
/// # Errors
/// It is damaged, has a password, breaks a limit or holds no text.
pub(super) fn text(format: DocumentFormat, bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > SIZE_LIMIT {
        return Err(ProblemCode::InputTooLarge.because(format!("文档超过{}MB", SIZE_LIMIT >> 20)));
    }
    let mut limits = Limits::strict();
    limits.text_chars = TEXT_LIMIT * 2;
    limits.memory_bytes = limits.memory_bytes.min(MEMORY_LIMIT);
    limits.package_bytes = limits.package_bytes.min(INFLATED_LIMIT);
    limits.part_bytes = limits.part_bytes.min(INFLATED_LIMIT);
    let mut options = ParseOptions::default();
    options.limits = limits;
    let document = Document::from_reader_with(Cursor::new(bytes.to_vec()), format, &options);
    let text = document.map_err(|error| refused(&error))?.plain_text();
    if text.chars().nth(TEXT_LIMIT).is_some() {
        return Err(ProblemCode::InputTooLarge.because(format!("文档超过{TEXT_LIMIT}字")));
    }
    let text: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !is_unnamed_sheet(line)).collect();
    let text = text.join("\n").trim().to_owned();
    if text.is_empty() { Err(ProblemCode::EmptyInput.because("文档中没有文字")) } else { Ok(text) }
}

/// `Sheet1`: the name of a sheet that nobody named is no word of the document.
fn is_unnamed_sheet(line: &str) -> bool {
    let number = line.strip_prefix("Sheet").or_else(|| line.strip_prefix("工作表"));
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

fn locked() -> Problem {
    ProblemCode::PasswordProtected.because("文档有密码")
}

fn refused(error: &OfficeError) -> Problem {
    match error {
        OfficeError::Doc(DocError::Encrypted)
        | OfficeError::Xls(XlsError::Encrypted | XlsError::EncryptionNotSupported(_))
        | OfficeError::Ppt(PptError::Encrypted) => locked(),
        OfficeError::Doc(DocError::UnsupportedVersion(_)) | OfficeError::Xls(XlsError::UnsupportedVersion(_)) => {
            ProblemCode::UnsupportedType.because("文档的版本过旧，请人工查看")
        }
        // Which of them it is says nothing to a clerk.
        _ => ProblemCode::DamagedFile.because("文档已损坏"),
    }
}
