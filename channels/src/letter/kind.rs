//! What kind of file a letter is, told by its first bytes and never by its name.

use case::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};

/// The kinds of file that hold letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Portable Document Format, ISO 32000.
    Pdf,
    /// Tagged Image File Format, with any number of pages.
    Tiff,
    /// JPEG, ITU-T T.81.
    Jpeg,
    /// Portable Network Graphics.
    Png,
    /// Portable pixel map `P6`: only as `pdftoppm` writes it for us, never from outside.
    PixelMap,
}

impl FileKind {
    /// Tells the kind of a file that stands at the door.
    ///
    /// # Errors
    /// [`ProblemCode::EmptyInput`] without bytes, [`ProblemCode::UnsupportedType`] for anything but PDF, TIFF, JPEG, PNG.
    pub fn sniff(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.is_empty() {
            return Err(ProblemCode::EmptyInput.because("文件没有内容，请重新扫描"));
        }
        // Some mailers and scanners put a few bytes before the header of a PDF; readers look in the first 1024.
        let head = bytes.get(..1024).unwrap_or(bytes);
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Ok(Self::Pdf);
        }
        let kinds: [(&[u8], Self); 6] = [
            (b"II*\0", Self::Tiff),
            (b"MM\0*", Self::Tiff),
            (b"II+\0", Self::Tiff),
            (b"MM\0+", Self::Tiff),
            (b"\xff\xd8\xff", Self::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Self::Png),
        ];
        kinds.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| kind).ok_or_else(|| {
            let found = infer::get(bytes).map_or("未知类型", |found| found.mime_type());
            ProblemCode::UnsupportedType.because(format!("来信应为PDF、TIFF、JPEG或PNG，收到的是{found}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide() {
        assert_eq!(FileKind::sniff(b"%PDF-1.7\n"), Ok(FileKind::Pdf));
        assert_eq!(FileKind::sniff(b"\xef\xbb\xbf\r\n%PDF-1.4"), Ok(FileKind::Pdf));
        assert_eq!(FileKind::sniff(b"MM\0*\0\0\0\x08"), Ok(FileKind::Tiff));
        assert_eq!(FileKind::sniff(b"\xff\xd8\xff\xe0"), Ok(FileKind::Jpeg));
        assert_eq!(FileKind::sniff(b"\x89PNG\r\n\x1a\nrest"), Ok(FileKind::Png));
    }

    #[test]
    fn others_are_refused_by_name() {
        assert_eq!(FileKind::sniff(b"").map_err(|problem| problem.code), Err(ProblemCode::EmptyInput));
        let problem = FileKind::sniff(b"PK\x03\x04\x14\0\0\0").expect_err("a zip is no letter");
        assert_eq!(problem.code, ProblemCode::UnsupportedType);
        assert!(problem.detail.contains("zip"), "{}", problem.detail);
        assert!(FileKind::sniff(b"P6 1 1 255\n...").is_err(), "the inner kind is not taken from outside");
    }
}
