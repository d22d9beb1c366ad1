//! Attachments that are read when the mail is registered already.

use super::*;
use crate::mail::{LaterRead, UnreadFile, read_later};
use case::content_hash::ContentHash;
use case::field::{Doubt, Verdict};

/// Reads every scan.
struct Repaired;

#[async_trait]
impl ScanReader for Repaired {
    async fn read(&self, bytes: &[u8], _name: &str) -> Result<Reading, Problem> {
        FakeScans.read(bytes, "").await
    }
}

/// Answers after all who ask have gone.
struct Slow;

#[async_trait]
impl DocumentReader for Slow {
    async fn read(&self, _bytes: &[u8]) -> Result<Answer, DocumentError> {
        std::future::pending().await
    }
}

fn unreadable() -> Vec<u8> {
    scan_part("Content-Disposition: attachment; filename=\"无人能读.pdf\"".as_bytes())
}

fn later(raw: &[u8], before: &Statement, scans: &dyn ScanReader) -> Result<LaterRead, Problem> {
    let files = before.marks.iter().filter_map(Mark::to_be_read);
    let files = files.map(|(hash, _)| UnreadFile { name: "无人能读.pdf".to_owned(), hash, bytes: pdf() }).collect();
    run(read_later(raw, before, files, &Readers::new(scans, &HereAndNow)))
}

#[test]
fn what_a_scan_adds_later_is_proposed_and_nothing_of_the_mail_changes() {
    let own = "我叫柳青禾，小区路灯坏了两个月没人修，清泉物业公司互相推诿，希望尽快修好。";
    let raw = multipart("mixed", &[text_part(own), unreadable()]);
    let before = statement(&raw);
    assert_eq!(before.marks.iter().filter_map(Mark::to_be_read).count(), 1, "{:?}", before.marks);
    let now = later(&raw, &before, &Repaired).unwrap();
    assert_eq!(now.read, [ContentHash::of(&pdf())]);
    assert!(
        now.files.iter().all(|file| file.role == FileRole::Page),
        "the attachment itself is kept since the mail came"
    );
    let now = now.statement;
    assert_eq!((&now.title, &now.body, &now.demand), (&before.title, &before.body, &before.demand));
    assert_eq!(now.petitioners[0].name, before.petitioners[0].name);
    let phone = &now.petitioners[0].phones[0];
    assert_eq!((phone.value.as_str(), phone.verdict), ("13800000011", Verdict::Asked { why: Doubt::Unclear }));
    assert_eq!(now.beside.last().map(|passage| passage.text.as_str()), Some(SCANNED));
    assert!(!now.marks.iter().any(|mark| matches!(mark, Mark::AttachmentUnread { .. } | Mark::MissingPhone)));
}

#[test]
fn a_scan_of_somebody_else_gives_the_mail_no_number() {
    let own = "我叫石大山，小区路灯坏了两个月没人修，清泉物业公司互相推诿，希望尽快修好。";
    let raw = multipart("mixed", &[text_part(own), unreadable()]);
    let now = later(&raw, &statement(&raw), &Repaired).unwrap().statement;
    assert_eq!(now.petitioners[0].phones, []);
    assert!(now.marks.contains(&Mark::MissingPhone), "{:?}", now.marks);
}

#[test]
fn a_scan_speaks_later_for_a_mail_of_which_nothing_else_is_known() {
    let raw = multipart("mixed", &[text_part("详见附件。"), unreadable()]);
    let mark = Mark::AttachmentUnread {
        name: "无人能读.pdf".to_owned(),
        problem: ProblemCode::PageCrashed.into(),
        again: Some(ContentHash::of(&pdf())),
    };
    let mut before = statement(&multipart(
        "mixed",
        &[
            text_part("详见附件。"),
            scan_part(b"Content-Disposition: attachment; filename=\"\xe6\x8d\x9f\xe5\x9d\x8f.pdf\""),
        ],
    ));
    assert!(before.marks.contains(&Mark::NoText), "{:?}", before.marks);
    before.marks.push(mark);
    let now = later(&raw, &before, &Repaired).unwrap().statement;
    assert!(now.body.starts_with("详见附件。") && now.body.ends_with("2026年3月18日"), "{}", now.body);
    let demand = now.demand.as_ref().map(|demand| demand.value.as_str());
    assert!(demand.is_some_and(|demand| demand.contains("督促修复")), "{demand:?}");
    assert_eq!(now.petitioners[0].phones[0].value.as_str(), "13800000011");
    assert!(!now.marks.contains(&Mark::NoText), "{:?}", now.marks);
}

#[test]
fn while_nobody_can_read_scans_it_is_to_be_tried_later() {
    let raw = multipart("mixed", &[text_part(BODY), unreadable()]);
    let before = statement(&raw);
    assert_eq!(later(&raw, &before, &FakeScans).unwrap_err().code, ProblemCode::OcrMissing);
}

#[test]
fn slow_documents_take_no_longer_than_all_may_take_together() {
    let document = |place: usize| {
        let disposition = format!("Content-Disposition: attachment; filename={place}.rtf");
        part(&[b"Content-Type: application/rtf", disposition.as_bytes()], format!("{{\\rtf1 {place}}}").as_bytes())
    };
    let parts: Vec<Vec<u8>> = std::iter::once(text_part(BODY)).chain((0..20).map(document)).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let readers = Readers::new(&FakeScans, &Slow).within(Duration::from_millis(50));
    let read = runtime.block_on(read(&multipart("mixed", &parts), &readers, None)).unwrap();
    assert_eq!((read.statement.body.as_str(), read.files.len()), (BODY.trim(), 20));
    let codes: Vec<ProblemCode> =
        read.statement.marks.iter().filter_map(Mark::to_be_read).map(|(_, problem)| problem.code).collect();
    assert_eq!(codes[0], ProblemCode::DocumentTimeout, "it had all of the time");
    assert_eq!(codes[1..], [ProblemCode::NotReadYet; 19], "these did not have their turn and are read later");
}

#[test]
fn several_scans_that_are_read_later_are_the_pages_of_one_letter() {
    let broken = |place: u8| {
        let disposition = format!("Content-Disposition: attachment; filename=\"损坏{place}.pdf\"");
        scan_part(disposition.as_bytes())
    };
    let before = statement(&multipart("mixed", &[text_part("详见附件。"), broken(1), broken(2)]));
    assert!(before.marks.contains(&Mark::NoText), "{:?}", before.marks);
    let file = |name: &str, more: &[u8]| {
        let bytes = [&pdf(), more].concat();
        UnreadFile { name: name.to_owned(), hash: ContentHash::of(&bytes), bytes }
    };
    let files = vec![file("第一页.pdf", b"1"), file("第二页.pdf", b"2")];
    let raw = multipart("mixed", &[text_part("详见附件。")]);
    let now = run(read_later(&raw, &before, files, &Readers::new(&FakeScans, &HereAndNow))).unwrap().statement;
    assert_eq!(now.body, format!("详见附件。\n\n{FIRST_PAGE}\n{SECOND_PAGE}"));
    assert!(now.demand.as_ref().is_some_and(|demand| demand.value.contains("一个月内修好电梯")), "{:?}", now.demand);
    assert_eq!(now.petitioners[0].phones[0].value.as_str(), "13800000011");
    assert!(now.beside.iter().all(|passage| passage.kind != PassageKind::Attachment), "{:?}", now.beside);
}
