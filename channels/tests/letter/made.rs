//! Readers and files that the tests make.

use std::ffi::OsString;

use case::problem::{Problem, ProblemCode};
use case::submission::FileRole;
use channels::Reading;
use channels::letter::{LetterReader, LetterRecord, LetterSettings};

/// Settings whose child is this program, started with `arguments`.
pub(crate) fn settings(arguments: &[&str]) -> LetterSettings {
    let program = std::env::current_exe().expect("this program");
    let mut settings = LetterSettings::new(program, arguments.iter().map(OsString::from).collect());
    settings.workers = 2;
    settings.models = Some(models());
    settings
}

/// Where `make test` installs the networks of PP-OCR. Without them half of the door would go untested, so that fails.
pub(crate) fn models() -> std::path::PathBuf {
    let program = std::env::current_exe().expect("this program");
    let folder = program.ancestors().map(|folder| folder.join("ocr-models")).find(|folder| folder.is_dir());
    folder.expect("the networks of PP-OCR are missing: run scripts/install-ocr-models.sh")
}

/// A reader with real page children.
pub(crate) fn reader() -> LetterReader {
    LetterReader::new(settings(&["read-pages"]))
}

/// Reads `bytes` with real page children.
pub(crate) async fn read(bytes: &[u8]) -> Result<Reading, Problem> {
    reader().read(bytes, "来信").await
}

/// The problem for which `bytes` are refused.
pub(crate) async fn refused(bytes: &[u8]) -> ProblemCode {
    match read(bytes).await {
        Ok(_) => panic!("it was read"),
        Err(problem) => {
            assert!(!problem.detail.is_empty(), "{problem} says what to do");
            problem.code
        }
    }
}

/// A page drawn once for the tests (an invented letter).
pub(crate) fn page(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letter/pages");
    std::fs::read(folder.join(name)).expect("the page is in the repository")
}

/// What was kept of a reading: words and boxes.
pub(crate) fn record(reading: &Reading) -> LetterRecord {
    let file = reading.files.iter().find(|file| file.role == FileRole::Reading).expect("a reading");
    serde_json::from_slice(&file.bytes).expect("the documented shape")
}

/// A TIFF of `pages` tiny white pages.
pub(crate) fn tiff(pages: usize) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).expect("an encoder");
    for _ in 0..pages {
        encoder.write_image::<tiff::encoder::colortype::Gray8>(8, 8, &[255; 64]).expect("a page");
    }
    bytes.into_inner()
}

/// A PDF of `pages` empty pages of this size in points.
pub(crate) fn pdf(pages: usize, width: u32, height: u32) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 3)).collect();
    let mut objects =
        vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned(), format!("<</Type/Pages/Count {pages}/Kids[{kids}]>>")];
    objects.extend((0..pages).map(|_| format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]>>")));
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1));
    file.into_bytes()
}

/// A PNG whose header claims this size, with hardly any data: a decoder that believed it would take the memory first.
pub(crate) fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut small = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut small);
    image::ImageEncoder::write_image(encoder, &[255; 64], 8, 8, image::ExtendedColorType::L8).expect("a picture");
    small[16..20].copy_from_slice(&width.to_be_bytes());
    small[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&small[12..29]);
    small[29..33].copy_from_slice(&checksum.to_be_bytes());
    small
}

/// The checksum of PNG chunks (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    })
}
