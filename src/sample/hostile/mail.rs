//! Mails that lie about their charset, nest without end or drown the reader in headers.

use encoding_rs::GBK;

const PETITION: &str = "反映村口道路坑洼，请派人修补。\r\n赵有田\r\n电话：13800000027\r\n";
const HEADER: &str = "From: <someone@example.invalid>\r\nTo: <xinfang@office.example.invalid>\r\n\
                      Date: Mon, 2 Nov 2026 08:00:00 +0800\r\nMIME-Version: 1.0\r\n";

/// GBK text that claims to be UTF-8.
#[must_use]
pub fn wrong_charset() -> Vec<u8> {
    message("Content-Type: text/plain; charset=\"utf-8\"\r\n", &GBK.encode(PETITION).0)
}

/// GBK text in a charset that does not exist.
#[must_use]
pub fn unknown_charset() -> Vec<u8> {
    message("Content-Type: text/plain; charset=\"x-no-such-charset\"\r\n", &GBK.encode(PETITION).0)
}

/// Parts within parts, `depth` of them.
#[must_use]
pub fn nested(depth: usize) -> Vec<u8> {
    let mut body = String::new();
    for level in 1..depth {
        body.push_str(&format!("--b{}\r\nContent-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n", level - 1));
    }
    body.push_str(&format!("--b{}\r\nContent-Type: text/plain\r\n\r\nx\r\n", depth.saturating_sub(1)));
    message("Content-Type: multipart/mixed; boundary=\"b0\"\r\n", body.as_bytes())
}

/// `count` headers before a petition.
#[must_use]
pub fn many_headers(count: usize) -> Vec<u8> {
    let headers: String = (0..count).map(|number| format!("X-Trace-{number}: {number}\r\n")).collect();
    message(&format!("{headers}Content-Type: text/plain; charset=\"utf-8\"\r\n"), PETITION.as_bytes())
}

/// A subject of `length` bytes before a petition.
#[must_use]
pub fn long_header(length: usize) -> Vec<u8> {
    let subject = "x".repeat(length);
    message(&format!("Subject: {subject}\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n"), PETITION.as_bytes())
}

/// Null bytes in header and body.
#[must_use]
pub fn null_bytes() -> Vec<u8> {
    let body = PETITION.replace('，', "，\0\0");
    message("Subject: \0\0road\0\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n", body.as_bytes())
}

/// A report of a mail server that a mail was not delivered (RFC 3464).
#[must_use]
pub fn bounce() -> Vec<u8> {
    let header = "Return-Path: <>\r\nFrom: MAILER-DAEMON@example.invalid\r\nAuto-Submitted: auto-replied\r\n\
                  Subject: Undelivered Mail Returned to Sender\r\nTo: <xinfang@office.example.invalid>\r\n\
                  Message-ID: <20261102.bounce@example.invalid>\r\nMIME-Version: 1.0\r\n\
                  Content-Type: multipart/report; report-type=delivery-status; boundary=\"r\"\r\n\r\n";
    let body = "--r\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n\
                --r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.invalid\r\n\r\n\
                Final-Recipient: rfc822; nobody@example.invalid\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--r--\r\n";
    [header, body].concat().into_bytes()
}

fn message(header: &str, body: &[u8]) -> Vec<u8> {
    [HEADER.as_bytes(), header.as_bytes(), b"\r\n", body].concat()
}
