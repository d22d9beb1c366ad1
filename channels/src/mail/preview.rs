//! What a person sees of a mail that was not taken for a petition, to decide whether it is one. Nothing is recognised in it.

use case::text::truncate;

use super::envelope::Envelope;
use super::{header::Headers, part, sender, structure};

/// The most characters of the text.
const TEXT_LIMIT: usize = 5_000;
/// The most attachments that are named.
const NAMES_LIMIT: usize = 50;

/// A mail as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Who sent it: name and address as far as they are told.
    pub from: String,
    /// The subject in one line; empty when there is none.
    pub subject: String,
    /// When it says that it was sent, as written.
    pub date: String,
    /// Its own words, at most 5,000 characters; empty when they cannot be read.
    pub text: String,
    /// The names of what was sent with it.
    pub attachments: Vec<String>,
}

impl Preview {
    /// Of the mail `raw`. Total: any bytes have one.
    #[must_use]
    pub fn of(raw: &[u8]) -> Self {
        let raw = &*structure::with_line_feeds(raw);
        let headers = Headers::of(raw);
        let from = sender::of(&headers);
        let contents = part::contents(raw).unwrap_or_default();
        let addresses = if from.several.is_empty() { from.address } else { from.several.join("、") };
        Self {
            from: format!("{} {addresses}", from.name).trim().to_owned(),
            subject: Envelope::of(raw).subject,
            date: headers.text("date").map(|value| value.text).unwrap_or_default(),
            text: truncate(contents.text.trim(), TEXT_LIMIT).to_owned(),
            attachments: contents.attachments.into_iter().take(NAMES_LIMIT).map(|one| one.name).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_are_seen_and_any_bytes_have_a_preview() {
        let mail = "From: =?utf-8?B?5p+z6Z2S56a+?= <liu@example.invalid>\r\nDate: Tue, 24 Nov 2026 09:00:00 +0800\r\nSubject: 路灯坏了\r\n\
                    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
                    <p>楼道的灯<b>不亮</b>。</p>\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\nx\r\n--b--\r\n";
        let preview = Preview::of(mail.as_bytes());
        assert_eq!((preview.from.as_str(), preview.subject.as_str()), ("柳青禾 liu@example.invalid", "路灯坏了"));
        assert_eq!((preview.text.as_str(), preview.attachments), ("楼道的灯不亮。", vec!["a.png".to_owned()]));
        assert_eq!(Preview::of(b"\0\xff--").from, "");
    }
}
