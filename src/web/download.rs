//! Files that others sent, given to a browser so that it cannot take them for pages of ours.

use actix_web::HttpResponse;
use actix_web::http::header;
use case::submission::StoredFile;

use crate::web::problem::percent;

/// What may be shown in the browser instead of saved, with the bytes that such a file begins with: what somebody claims counts
/// for nothing.
const SHOWN: [(&str, &[u8]); 3] =
    [("image/jpeg", b"\xff\xd8\xff"), ("image/png", b"\x89PNG\r\n\x1a\n"), (PDF, b"%PDF-")];
const PDF: &str = "application/pdf";
/// A picture is shown as a document without any rights.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
/// Browsers refuse to show a PDF in a sandbox. Its type is fixed and not guessed, so it is never run as a page; it may load nothing.
const PDF_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";

/// The file: pictures and PDF are shown, everything else is saved.
#[must_use]
pub fn file(file: &StoredFile, bytes: Vec<u8>) -> HttpResponse {
    let Some((media_type, _)) = SHOWN.into_iter().find(|(_, beginning)| bytes.starts_with(beginning)) else {
        return attachment(&file.name, bytes);
    };
    let policy = if media_type == PDF { PDF_POLICY } else { SANDBOX };
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_DISPOSITION, disposition("inline", &file.name)))
        .body(bytes)
}

/// The bytes, to be saved under `name`.
#[must_use]
pub fn attachment(name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((header::CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_DISPOSITION, disposition("attachment", name)))
        .body(bytes)
}

/// `Content-Disposition` (RFC 6266) with the name in the encoding of RFC 8187 (formerly RFC 5987), without folders.
fn disposition(kind: &str, name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().trim_matches('.').trim();
    let name = if last.is_empty() { "file" } else { last };
    format!("{kind}; filename*=UTF-8''{}", percent(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_and_have_no_folders() {
        for (name, header) in [
            ("来信 1.pdf", "attachment; filename*=UTF-8''%E6%9D%A5%E4%BF%A1%201.pdf"),
            ("../../etc/passwd", "attachment; filename*=UTF-8''passwd"),
            ("a\"; x=\r\n.exe", "attachment; filename*=UTF-8''a%22%3B%20x%3D%0D%0A.exe"),
            ("..", "attachment; filename*=UTF-8''file"),
        ] {
            assert_eq!(disposition("attachment", name), header);
        }
    }

    #[test]
    fn only_pictures_and_pdf_are_shown_whatever_they_are_said_to_be() {
        let stored = StoredFile {
            role: case::submission::FileRole::Attachment,
            name: "x".to_owned(),
            media_type: "image/png".to_owned(),
            hash: case::content_hash::ContentHash::of(b"x"),
            bytes: 1,
        };
        let shown = [b"\x89PNG\r\n\x1a\n.".as_slice(), b"\xff\xd8\xff\xe0", b"%PDF-1.7"];
        let saved = [b"<html><script>alert(1)</script>".as_slice(), b"<svg xmlns=", b"GIF89a", b""];
        for (bytes, kind) in
            shown.map(|bytes| (bytes, "inline")).into_iter().chain(saved.map(|bytes| (bytes, "attachment")))
        {
            let response = file(&stored, bytes.to_vec());
            let disposition = response.headers().get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
            assert!(disposition.starts_with(kind), "{}", bytes.escape_ascii());
            assert_eq!(response.headers().get(header::X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
        }
    }
}
