//! What may be attached: told by the bytes, never by the name or what the browser claims.

/// The most files of one form.
pub(super) const FILE_LIMIT: usize = 10;
/// The most bytes of one file, 10 MiB.
pub(super) const FILE_BYTES: usize = 10 << 20;
/// The most bytes of all files of a form, 40 MiB.
pub(super) const ALL_BYTES: usize = 40 << 20;

/// What `infer` finds and the office can open.
const TAKEN: [&str; 6] = [
    "image/jpeg",
    "image/png",
    "image/tiff",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// The media type of bytes that may be attached; nothing of others. Bytes of no known type are plain text when they are UTF-8
/// or GB18030 without control characters.
pub(super) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    // `infer` does not know a TIFF of which a byte of data happens to be like one of a camera's raw file (CR2).
    let tiff = bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*");
    if tiff && bytes.get(8..10) != Some(b"CR") {
        return Some("image/tiff");
    }
    if let Some(found) = infer::get(bytes) {
        return TAKEN.into_iter().find(|taken| *taken == found.mime_type());
    }
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    let readable = !bytes.is_empty() && !bytes.iter().any(control);
    let decodes = || {
        std::str::from_utf8(bytes).is_ok()
            || encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    };
    (readable && decodes()).then_some("text/plain")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_by_the_bytes() {
        for (bytes, taken) in [
            (b"\xff\xd8\xff\xe0\x00\x10JFIF".as_slice(), Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Some("image/png")),
            (b"II*\x00\x08\x00\x00\x00\x0c\x00\x00\x01", Some("image/tiff")),
            (b"II*\x00\x50\x00\x00\x00\x43\x52 a raw file", None),
            (b"II*\x00\x50\x00\x00\x00\x43\x00 data", Some("image/tiff")),
            (b"MM\x00*\x00\x00\x00\x08\x00\x0c\x01\x00", Some("image/tiff")),
            (b"%PDF-1.7\n", Some("application/pdf")),
            ("村口积水\n".as_bytes(), Some("text/plain")),
            (b"\xb4\xe5\xbf\xda\xbb\xfd\xcb\xae", Some("text/plain")),
            (b"PK\x03\x04\x14\x00\x00\x00\x00\x00plain.zip", None),
            (b"<html><script>alert(1)</script>", None),
            (b"#!/bin/sh\nrm -r /", None),
            (b"MZ\x90\x00\x03\x00", None),
            (b"a\x00b", None),
            (b"", None),
        ] {
            assert_eq!(media_type(bytes), taken, "{}", bytes.escape_ascii());
        }
    }
}
