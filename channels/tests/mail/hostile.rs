//! Mails made to break a reader, too large to be kept as files.

use std::time::{Duration, Instant};

use case::problem::ProblemCode;

use super::read;

/// How long any mail may take in a build for tests.
const LIMIT: Duration = Duration::from_secs(20);

const HEAD: &str =
    "From: liu@example.invalid\r\nSubject: hello\r\nMessage-ID: <h@example.invalid>\r\nMIME-Version: 1.0\r\n";
const WORDS: &str = "小区路灯坏了两个月没人修，希望尽快修好。";

/// The code of the refusal, or none when it became a submission; within the limit of time.
fn settled(raw: &[u8]) -> Option<ProblemCode> {
    let begun = Instant::now();
    let code = read(raw).err().map(|problem| problem.code);
    assert!(begun.elapsed() < LIMIT, "it took {:?}", begun.elapsed());
    code
}

#[test]
fn ten_thousand_multiparts_inside_one_another() {
    let mut raw = HEAD.to_owned();
    for depth in 0..10_000 {
        raw.push_str(&format!("Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"));
    }
    assert_eq!(settled(raw.as_bytes()), Some(ProblemCode::TooDeep));
}

#[test]
fn ten_thousand_messages_inside_one_another() {
    let raw = format!("{HEAD}{}", "Content-Type: message/rfc822\r\n\r\nSubject: a\r\n".repeat(10_000));
    assert_eq!(settled(raw.as_bytes()), Some(ProblemCode::TooDeep));
}

#[test]
fn a_hundred_megabytes() {
    let mut raw = format!("{HEAD}\r\n").into_bytes();
    raw.resize(100 << 20, b'a');
    assert_eq!(settled(&raw), Some(ProblemCode::InputTooLarge));
}

#[test]
fn forty_nine_megabytes_of_one_line_and_of_empty_lines() {
    for byte in [b'a', b'\n', b'-', 0, b'='] {
        let mut raw = format!("{HEAD}Content-Type: text/plain\r\n\r\n{WORDS}\r\n").into_bytes();
        raw.resize(49 << 20, byte);
        let _either = settled(&raw);
    }
}

#[test]
fn a_million_headers_and_one_of_forty_megabytes() {
    let many = format!("{HEAD}{}\r\n{WORDS}", "X-A: b\r\n".repeat(1_000_000));
    assert_eq!(settled(many.as_bytes()), None);
    let long = format!("{HEAD}Subject: {}\r\n\r\n{WORDS}", "=?utf-8?B?5Lit?= ".repeat(2_000_000));
    assert_eq!(settled(long.as_bytes()), None);
    let folded = format!("{HEAD}X-Folded: a{}\r\n\r\n{WORDS}", "\r\n b".repeat(5_000_000));
    assert_eq!(settled(folded.as_bytes()), None);
}

#[test]
fn only_nulls() {
    assert_eq!(settled(&vec![0; 1 << 20]), Some(ProblemCode::EmptyInput));
    let raw = [HEAD.as_bytes(), b"\r\n", &[0; 1 << 20], WORDS.as_bytes()].concat();
    assert_eq!(settled(&raw), None);
}

#[test]
fn fifty_thousand_boundaries_and_parameters() {
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\na\r\n".repeat(50_000);
    let _either =
        settled(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n").as_bytes());
    let pieces: String = (0..50_000).map(|piece| format!("; filename*{piece}=a")).collect();
    let raw = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment{pieces}\r\n\r\n{WORDS}\r\n--b--\r\n"
    );
    assert_eq!(settled(raw.as_bytes()), None);
}

#[test]
fn html_that_never_ends() {
    for pattern in ["<", "<div>", "<!--", "<a href='", "&amp", "<blockquote>", "<script>"] {
        let raw = format!("{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n{WORDS}{}", pattern.repeat(1_000_000));
        let _either = settled(raw.as_bytes());
    }
}

#[test]
fn pictures_commands_and_labels_that_never_end() {
    let long = |pattern: &str| pattern.repeat(10_000_000 / pattern.len());
    for pattern in ["[cid:", "[cid:[", "[image: ", "工单编号 ", "来 ", "【诉求内容】"] {
        let raw = format!("{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}[cid:{}", long(pattern));
        let _either = settled(raw.as_bytes());
    }
    for pattern in ["<", "<bold>", "<param>", "</nofill>"] {
        let raw = format!("{HEAD}Content-Type: text/enriched; charset=utf-8\r\n\r\n{WORDS}{}", long(pattern));
        let _either = settled(raw.as_bytes());
    }
    let card = format!("BEGIN:VCARD\r\nNOTE;ENCODING=QUOTED-PRINTABLE:{}{}", long("=41"), "=\r\n".repeat(1_000));
    let raw = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}\r\n\
         --b\r\nContent-Type: text/x-vcard; name=a.vcf\r\nContent-Disposition: attachment; filename=a.vcf\r\n\r\n{card}\r\n--b--\r\n"
    );
    let _either = settled(raw.as_bytes());
}
