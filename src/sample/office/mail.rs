//! Mail messages (RFC 5322, MIME RFC 2045 to 2047) written as Chinese mail programs write them, charset and all.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

/// The longest line of an encoded body, RFC 2045.
const LINE: usize = 76;
/// Characters of a header in one encoded word: it stays under the 75 bytes of RFC 2047 in every charset.
const WORD: usize = 8;
/// Marks the parts; does not occur in them.
const BOUNDARY: &str = "=_xinqiao_sample_boundary";

/// The charset that the message claims and uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// GB/T 2312, the oldest and still common.
    Gb2312,
    /// GBK, as Windows wrote it.
    Gbk,
    /// GB 18030, as large Chinese mail services write it.
    Gb18030,
    /// UTF-8.
    Utf8,
}

impl Charset {
    const fn name(self) -> &'static str {
        match self {
            Self::Gb2312 => "gb2312",
            Self::Gbk => "GBK",
            Self::Gb18030 => "gb18030",
            Self::Utf8 => "UTF-8",
        }
    }

    const fn encoding(self) -> &'static Encoding {
        match self {
            // The WHATWG names: what is called GB2312 is GBK, which holds it.
            Self::Gb2312 | Self::Gbk => GBK,
            Self::Gb18030 => GB18030,
            Self::Utf8 => UTF_8,
        }
    }

    fn encode(self, text: &str) -> Vec<u8> {
        self.encoding().encode(text).0.into_owned()
    }
}

/// How the body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    /// Base64.
    Base64,
    /// Quoted-printable.
    QuotedPrintable,
    /// As it is.
    EightBit,
}

/// How the subject and the sender's name are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Encoded words in base64.
    Encoded,
    /// Encoded words in quoted-printable.
    EncodedQuoted,
    /// The bytes of the charset without any mark, which RFC 5322 forbids and old programs do.
    Raw,
}

/// A file sent with the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its media type.
    pub media_type: &'a str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A message to the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail<'a> {
    /// The sender's name and address.
    pub from: (&'a str, &'a str),
    /// The subject.
    pub subject: &'a str,
    /// The date as RFC 5322 writes it.
    pub date: &'a str,
    /// The identifier without its angle brackets.
    pub message_id: &'a str,
    /// The text.
    pub body: &'a str,
    /// The charset of all of it.
    pub charset: Charset,
    /// How the text travels.
    pub transfer: Transfer,
    /// How the header is written.
    pub subject_form: Subject,
    /// Whether the text is sent as HTML beside the plain text.
    pub with_html: bool,
    /// What is attached.
    pub attachments: Vec<Attachment<'a>>,
}

impl Mail<'_> {
    /// The message as it lies in a mailbox.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut message = Vec::new();
        line(&mut message, b"Return-Path: <", &[self.from.1.as_bytes(), b">"]);
        line(&mut message, b"From: ", &[&self.header_words(self.from.0), b" <", self.from.1.as_bytes(), b">"]);
        line(&mut message, b"To: <xinfang@office.example.invalid>", &[]);
        line(&mut message, b"Subject: ", &[&self.header_words(self.subject)]);
        line(&mut message, b"Date: ", &[self.date.as_bytes()]);
        line(&mut message, b"Message-ID: <", &[self.message_id.as_bytes(), b">"]);
        line(&mut message, b"MIME-Version: 1.0", &[]);
        if self.attachments.is_empty() && !self.with_html {
            self.text_part(&mut message, "plain", self.body);
            return message;
        }
        let kind = if self.attachments.is_empty() { "alternative" } else { "mixed" };
        line(&mut message, format!("Content-Type: multipart/{kind}; boundary=\"{BOUNDARY}\"").as_bytes(), &[]);
        line(&mut message, b"", &[]);
        line(&mut message, b"--", &[BOUNDARY.as_bytes()]);
        self.text_part(&mut message, "plain", self.body);
        if self.with_html {
            line(&mut message, b"--", &[BOUNDARY.as_bytes()]);
            let paragraphs: Vec<String> = self.body.lines().map(|text| format!("<div>{text}</div>")).collect();
            self.text_part(&mut message, "html", &format!("<html><body>{}</body></html>", paragraphs.join("\n")));
        }
        for attachment in &self.attachments {
            line(&mut message, b"--", &[BOUNDARY.as_bytes()]);
            let name = self.header_words(attachment.name);
            line(&mut message, b"Content-Type: ", &[attachment.media_type.as_bytes(), b"; name=\"", &name, b"\""]);
            line(&mut message, b"Content-Transfer-Encoding: base64", &[]);
            line(&mut message, b"Content-Disposition: attachment; filename=\"", &[&name, b"\""]);
            line(&mut message, b"", &[]);
            message.extend(wrap(&STANDARD.encode(&attachment.bytes)));
        }
        line(&mut message, b"--", &[BOUNDARY.as_bytes(), b"--"]);
        message
    }

    fn text_part(&self, message: &mut Vec<u8>, subtype: &str, text: &str) {
        let charset = self.charset.name();
        line(message, format!("Content-Type: text/{subtype}; charset=\"{charset}\"").as_bytes(), &[]);
        let transfer = match self.transfer {
            Transfer::Base64 => "base64",
            Transfer::QuotedPrintable => "quoted-printable",
            Transfer::EightBit => "8bit",
        };
        line(message, format!("Content-Transfer-Encoding: {transfer}").as_bytes(), &[]);
        line(message, b"", &[]);
        let text = self.charset.encode(&text.replace('\n', "\r\n"));
        match self.transfer {
            Transfer::Base64 => message.extend(wrap(&STANDARD.encode(&text))),
            Transfer::QuotedPrintable => message.extend(quoted_printable(&text)),
            Transfer::EightBit => message.extend(text),
        }
        line(message, b"", &[]);
    }

    /// `text` as it stands in a header: encoded words of RFC 2047 on folded lines, or raw bytes.
    fn header_words(&self, text: &str) -> Vec<u8> {
        let characters: Vec<char> = text.chars().collect();
        let charset = self.charset.name();
        let words = characters.chunks(WORD).map(|part| {
            let bytes = self.charset.encode(&part.iter().collect::<String>());
            match self.subject_form {
                Subject::Encoded => format!("=?{charset}?B?{}?=", STANDARD.encode(&bytes)),
                Subject::EncodedQuoted => {
                    let quoted: String = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
                    format!("=?{charset}?Q?{quoted}?=")
                }
                Subject::Raw => String::new(),
            }
        });
        match self.subject_form {
            Subject::Raw => self.charset.encode(text),
            Subject::Encoded | Subject::EncodedQuoted => words.collect::<Vec<_>>().join("\r\n ").into_bytes(),
        }
    }
}

fn line(message: &mut Vec<u8>, start: &[u8], rest: &[&[u8]]) {
    message.extend(start);
    message.extend(rest.concat());
    message.extend(b"\r\n");
}

/// Lines of at most [`LINE`] characters.
fn wrap(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(LINE).flat_map(|line| [line, b"\r\n"].concat()).collect()
}

/// Quoted-printable of RFC 2045, soft line breaks included.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut column = 0;
    for byte in bytes {
        let written = match byte {
            b'\r' => continue,
            b'\n' => {
                text.extend(b"\r\n");
                column = 0;
                continue;
            }
            b'!'..=b'<' | b'>'..=b'~' => vec![*byte],
            _ => format!("={byte:02X}").into_bytes(),
        };
        if column + written.len() >= LINE {
            text.extend(b"=\r\n");
            column = 0;
        }
        column += written.len();
        text.extend(written);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::quoted_printable;

    #[test]
    fn quoted_printable_breaks_softly_and_keeps_line_ends() {
        let long = "信".repeat(30);
        let text = String::from_utf8(quoted_printable(format!("{long}\r\na=b").as_bytes())).unwrap();
        assert!(text.lines().all(|line| line.len() <= 76), "{text}");
        assert!(text.ends_with("\r\na=3Db"), "{text}");
        assert!(text.contains("=\r\n"), "{text}");
    }
}
