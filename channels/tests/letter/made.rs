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
    pdf_of(&objects.into_iter().map(String::into_bytes).collect::<Vec<_>>())
}

/// A PDF of one page that is one image of 200 dots to an inch: its data, the entries that say how they are coded, the turn
/// that a reader makes in degrees, and a text that lies below it.
pub(crate) fn scan_pdf(data: &[u8], coding: &str, (width, height): (u32, u32), rotate: u32, text: &str) -> Vec<u8> {
    let points = |dots: u32| dots * 72 / 200;
    let (across, down) = (points(width), points(height));
    let drawing = format!("BT /F 12 Tf 3 Tr 72 500 Td ({text}) Tj ET q {across} 0 0 {down} 0 0 cm /I Do Q");
    let stream = |entries: &str, data: &[u8]| {
        let mut object = format!("<<{entries}/Length {}>>\nstream\n", data.len()).into_bytes();
        object.extend(data);
        object.extend(b"\nendstream");
        object
    };
    pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across} {down}]/Rotate {rotate}/Contents 4 0 R\
             /Resources<</XObject<</I 5 0 R>>/Font<</F 6 0 R>>>>>>"
        )
        .into_bytes(),
        stream("", drawing.as_bytes()),
        stream(&format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}{coding}"), data),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ])
}

/// A PDF of scanned JPEG pages, each with its size in dots of 200 to an inch and the turn that a reader makes in degrees.
pub(crate) fn jpegs_pdf(pages: &[(Vec<u8>, (u32, u32), u32)]) -> Vec<u8> {
    let points = |dots: u32| dots * 72 / 200;
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 3 + 3 * page)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()).into_bytes(),
    ];
    for (place, (jpeg, (width, height), rotate)) in pages.iter().enumerate() {
        let (across, down, first) = (points(*width), points(*height), 3 + 3 * place);
        let (contents, image) = (first + 1, first + 2);
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across} {down}]/Rotate {rotate}/Contents {contents} 0 R\
                 /Resources<</XObject<</I {image} 0 R>>>>>>"
            )
            .into_bytes(),
        );
        let drawing = format!("q {across} 0 0 {down} 0 0 cm /I Do Q");
        objects.push(format!("<</Length {}>>\nstream\n{drawing}\nendstream", drawing.len()).into_bytes());
        let mut object = format!(
            "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8\
             /Filter/DCTDecode/Length {}>>\nstream\n",
            jpeg.len()
        )
        .into_bytes();
        object.extend(jpeg);
        object.extend(b"\nendstream");
        objects.push(object);
    }
    pdf_of(&objects)
}

fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    file
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
