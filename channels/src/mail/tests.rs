//! Mails as Chinese offices get them. All persons, addresses and numbers are invented.

use super::*;
use crate::ReadFile;
use crate::document::{Answer, DocumentError, DocumentReader, child};
use crate::fields::{self, Context, Located};
use crate::scan::ScanReader;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use case::field::{Confidence, Source};
use case::problem::{Problem, ProblemCode};
use case::statement::{Mark, PassageKind, Statement};
use case::submission::FileRole;
use encoding_rs::GB18030;
use jiff::civil::date;
use proptest::prelude::*;
use std::time::{Duration, Instant};

mod attachments;
mod bounds;
mod charsets;
mod later;
mod refused;
mod words;

/// Reads every scan as the same letter, unless its name says that it is broken.
struct FakeScans;

const SCANNED: &str = "关于清河花园小区长期停水的信访信\n定州市信访局领导：\n我叫柳青禾，家住清河花园小区3号楼，电话13800000011。清泉物业公司一直推诿，停水三个月。恳请督促修复。\n信访人：柳青禾\n2026年3月18日";

/// A letter that was photographed page by page.
const FIRST_PAGE: &str = "关于清河花园小区电梯停运的信访信\n定州市信访局领导：\n我叫柳青禾，家住清河花园小区3号楼。清泉物业公司一直推诿，两部电梯停运半年，老人上下楼都困难。";
const SECOND_PAGE: &str = "我们多次找物业都没有结果。恳请责令清泉物业公司一个月内修好电梯。\n信访人：柳青禾\n电话：13800000011\n2026年3月18日";

#[async_trait]
impl ScanReader for FakeScans {
    async fn read(&self, bytes: &[u8], name: &str) -> Result<Reading, Problem> {
        if name.contains("损坏") {
            return Err(ProblemCode::DamagedFile.because("无法打开"));
        }
        if name.contains("无人能读") {
            return Err(ProblemCode::OcrMissing.because("未安装"));
        }
        let said = if name.contains("第一页") {
            FIRST_PAGE
        } else if name.contains("第二页") {
            SECOND_PAGE
        } else {
            SCANNED
        };
        let statement: Statement = fields::read(said, &Context::default()).into_statement(said, |_| Located {
            source: Source::Page { page: 1, area: None, engine: "fake".to_owned() },
            confidence: Confidence::new(0.9),
        });
        let page = ReadFile {
            role: FileRole::Page,
            name: "1.png".to_owned(),
            media_type: "image/png".to_owned(),
            bytes: bytes.to_vec(),
        };
        Ok(Reading { statement, files: vec![page] })
    }
}

/// Reads documents in this process, as nothing but tests may.
struct HereAndNow;

#[async_trait]
impl DocumentReader for HereAndNow {
    async fn read(&self, bytes: &[u8]) -> Result<Answer, DocumentError> {
        Ok(child::answer(bytes))
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn read_mail(raw: &[u8]) -> Result<Reading, Problem> {
    run(read(raw, &Readers::new(&FakeScans, &HereAndNow), Some(date(2026, 11, 24))))
}

fn statement(raw: &[u8]) -> Statement {
    read_mail(raw).unwrap().statement
}

fn code(raw: &[u8]) -> ProblemCode {
    read_mail(raw).unwrap_err().code
}

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn base64(bytes: &[u8]) -> String {
    let coded = STANDARD.encode(bytes);
    let lines: Vec<&[u8]> = coded.as_bytes().chunks(76).collect();
    String::from_utf8(lines.join(b"\r\n".as_slice())).unwrap()
}

/// A message of `headers` (lines without their ends) and `body`.
fn mail(headers: &[&[u8]], body: &[u8]) -> Vec<u8> {
    let mut raw = headers.join(b"\r\n".as_slice());
    raw.extend(b"\r\n\r\n");
    raw.extend(body);
    raw
}

const FROM: &[u8] = b"From: =?UTF-8?B?5p+z6Z2S56a+?= <liu@example.invalid>";

const DATE: &[u8] = b"Date: Wed, 18 Mar 2026 23:30:00 +0800";

const ID: &[u8] = b"Message-ID: <1@example.invalid>";

const MIME: &[u8] = b"MIME-Version: 1.0";

const BODY: &str = "领导您好：\n我是清河花园小区业主柳青禾，住3号楼2单元501室，电话13800000011。小区路灯坏了两个月没人修，清泉物业公司互相推诿。希望尽快修好。\n";

fn plain(charset: &str, body: &[u8]) -> Vec<u8> {
    let content = format!("Content-Type: text/plain; charset={charset}");
    mail(
        &[
            FROM,
            DATE,
            ID,
            MIME,
            b"Subject: =?UTF-8?B?6Lev54Gv5Z2P5LqG5rKh5Lq65L+u?=",
            content.as_bytes(),
            b"Content-Transfer-Encoding: 8bit",
        ],
        body,
    )
}

/// The whole reading as JSON; files by name, type and size.
fn shown(raw: &[u8]) -> serde_json::Value {
    let mut shown = match read_mail(raw) {
        Ok(reading) => serde_json::json!({
            "statement": reading.statement,
            "files": reading.files.iter().map(|f| serde_json::json!({"role": f.role, "name": f.name, "media_type": f.media_type, "bytes": f.bytes.len()})).collect::<Vec<_>>(),
        }),
        Err(problem) => serde_json::json!({ "problem": problem }),
    };
    // The snapshots are the same whether or not this build keeps keys in the order they came in.
    shown.sort_all_objects();
    shown
}

/// Parts of a multipart message.
fn multipart(kind: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend(b"--=_frontier\r\n");
        body.extend(part);
        body.extend(b"\r\n");
    }
    body.extend(b"--=_frontier--\r\n");
    let content = format!("Content-Type: multipart/{kind}; boundary=\"=_frontier\"");
    mail(&[FROM, DATE, ID, MIME, b"Subject: =?UTF-8?B?6Lev54Gv5Z2P5LqG5rKh5Lq65L+u?=", content.as_bytes()], &body)
}

fn part(headers: &[&[u8]], body: &[u8]) -> Vec<u8> {
    mail(headers, body)
}

fn text_part(text: &str) -> Vec<u8> {
    part(&[b"Content-Type: text/plain; charset=utf-8"], text.as_bytes())
}

fn pdf() -> Vec<u8> {
    [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 9000]].concat()
}

fn scan_part(disposition: &[u8]) -> Vec<u8> {
    part(
        &[b"Content-Type: application/octet-stream", disposition, b"Content-Transfer-Encoding: base64"],
        base64(&pdf()).as_bytes(),
    )
}
