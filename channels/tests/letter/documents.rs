//! A document that crashes its reader, never ends or eats memory costs its own words; the mail and its other documents stay. A reader that
//! cannot be started lets the mail wait.

use std::time::Duration;

use async_trait::async_trait;
use case::problem::{Problem, ProblemCode};
use case::statement::{Mark, Statement};
use channels::document::{Answer, DocumentKind, DocumentProcess, DocumentSettings, child};
use channels::scan::ScanReader;
use channels::{Reading, mail};

/// What makes the misbehaving reader misbehave; documents without it are read.
const TRIGGER: &[u8] = b"TRIGGER";

/// `misread HOW`: a document reader that the first hostile document gets hold of.
pub(crate) fn main(how: &str) {
    if how == "at-start" {
        std::process::abort();
    }
    let answer = |bytes: &[u8]| {
        if bytes.windows(TRIGGER.len()).any(|window| window == TRIGGER) {
            super::misbehave::misbehave(how);
        }
        child::answer(bytes)
    };
    if how == "flood" {
        channels::document::child::serve(std::io::stdin().lock(), std::io::stdout().lock(), |_| Answer::Read {
            kind: DocumentKind::Word,
            text: "水".repeat(5 << 20),
        })
        .expect("the pipe holds");
        return;
    }
    child::serve(std::io::stdin().lock(), std::io::stdout().lock(), answer).expect("the pipe holds");
}

fn settings(arguments: &[&str]) -> DocumentSettings {
    let program = std::env::current_exe().expect("this program");
    let mut settings = DocumentSettings::new(program, arguments.iter().map(std::ffi::OsString::from).collect());
    settings.timeout = Duration::from_secs(20);
    settings.limits.memory_bytes = 512 << 20;
    settings
}

struct NoScans;

#[async_trait]
impl ScanReader for NoScans {
    async fn read(&self, _bytes: &[u8], _name: &str) -> Result<Reading, Problem> {
        Err(ProblemCode::UnsupportedType.because("此处不识别扫描件"))
    }
}

const WORDS: &str = "我叫柳青禾，小区路灯坏了两个月没人修，希望尽快修好。";

/// A mail with these Rich Texts.
fn mail_with(documents: &[&str]) -> Vec<u8> {
    let mut raw = format!(
        "From: liu@example.invalid\r\nSubject: =?UTF-8?B?6Lev54Gv?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}\r\n"
    );
    for (index, document) in documents.iter().enumerate() {
        raw.push_str(&format!(
            "--b\r\nContent-Type: application/rtf\r\nContent-Disposition: attachment; filename={index}.rtf\r\n\r\n{{\\rtf1 {document}}}\r\n"
        ));
    }
    raw.push_str("--b--\r\n");
    raw.into_bytes()
}

async fn read(settings: DocumentSettings, documents: &[&str]) -> Result<Statement, Problem> {
    let reader = DocumentProcess::new(settings);
    let reading = mail::read(&mail_with(documents), &mail::Readers::new(&NoScans, &reader), None).await?;
    assert_eq!(reading.files.len(), documents.len(), "every attachment is kept");
    assert!(reading.statement.body.contains("路灯坏了"), "and so are the mail's own words");
    Ok(reading.statement)
}

fn unread(statement: &Statement) -> Vec<(&str, ProblemCode)> {
    let marks = statement.marks.iter();
    marks
        .filter_map(|mark| match mark {
            Mark::AttachmentUnread { name, problem, .. } => Some((name.as_str(), problem.code)),
            _ => None,
        })
        .collect()
}

fn beside(statement: &Statement) -> Vec<&str> {
    statement.beside.iter().map(|passage| passage.text.as_str()).collect()
}

/// The first of two documents misbehaves: it is marked, and the second is read.
async fn first_document(settings: DocumentSettings, wanted: ProblemCode) {
    let statement = read(settings, &["TRIGGER", "the other document"]).await.expect("the mail is read");
    assert_eq!(unread(&statement), [("0.rtf", wanted)]);
    assert_eq!(beside(&statement), ["the other document"]);
}

pub(crate) async fn a_document_is_read_by_another_process() {
    let statement = read(settings(&["read-document"]), &["first", "second"]).await.expect("the mail is read");
    assert_eq!(unread(&statement), []);
    assert_eq!(beside(&statement), ["first", "second"]);
}

pub(crate) async fn a_document_that_hangs_costs_itself_only() {
    let mut settings = settings(&["misread", "hang"]);
    settings.timeout = Duration::from_secs(2);
    first_document(settings, ProblemCode::DocumentTimeout).await;
}

pub(crate) async fn a_document_that_never_ends_is_stopped_by_its_cpu_time() {
    let mut settings = settings(&["misread", "spin"]);
    // Nobody kills the process in this test: only the system can.
    settings.timeout = Duration::from_secs(600);
    settings.limits.cpu_seconds = 1;
    first_document(settings, ProblemCode::DocumentTimeout).await;
}

pub(crate) async fn a_document_that_eats_memory_costs_itself_only() {
    first_document(settings(&["misread", "eat"]), ProblemCode::DocumentMemory).await;
}

pub(crate) async fn a_document_that_crashes_its_reader_costs_itself_only() {
    first_document(settings(&["misread", "crash"]), ProblemCode::DamagedFile).await;
}

pub(crate) async fn an_answer_longer_than_any_document_is_not_taken() {
    let statement = read(settings(&["misread", "flood"]), &["short"]).await.expect("the mail is read");
    assert_eq!(unread(&statement), [("0.rtf", ProblemCode::DamagedFile)]);
}

pub(crate) async fn a_mail_full_of_documents_that_hang_is_not_held_by_them() {
    let mut settings = settings(&["misread", "hang"]);
    settings.timeout = Duration::from_secs(1);
    let begun = std::time::Instant::now();
    let statement = read(settings, &["TRIGGER"; 40]).await.expect("the mail is read");
    assert_eq!(unread(&statement).len(), 40, "each of them is marked");
    assert!(begun.elapsed() < Duration::from_secs(20), "it took {:?}", begun.elapsed());
}

pub(crate) async fn of_more_documents_than_one_mail_may_have_the_rest_is_marked() {
    let statement = read(settings(&["read-document"]), &["one of many"; 22]).await.expect("the mail is read");
    let expected = [("20.rtf", ProblemCode::NotReadYet), ("21.rtf", ProblemCode::NotReadYet)];
    assert_eq!(unread(&statement), expected);
    assert_eq!(beside(&statement).len(), 20);
}

pub(crate) async fn a_reader_that_cannot_be_started_lets_the_mail_wait() {
    let mut missing = settings(&["read-document"]);
    missing.program = "/nonexistent/xinqiao".into();
    for settings in [missing, settings(&["misread", "at-start"])] {
        let problem = read(settings, &["first"]).await.expect_err("nobody reads it");
        assert_eq!(problem.code, ProblemCode::DocumentReaderMissing);
        assert!(channels::letter::is_temporary(&problem));
    }
}
