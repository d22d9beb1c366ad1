use case::correction::Change;
use case::id::{CorrectionId, StaffId, SubmissionId};
use channels::letter::record::{ENGINE_TESSERACT, LineRecord, PageRecord, WordRecord};
use uuid::Uuid;

use super::*;

/// A page of one line `请求修复路灯。`, its last word unsure.
fn page() -> Vec<NumberedPage> {
    let area = |left, width| Area { left, top: 10, width, height: 40 };
    let word =
        |text: &str, confidence, left, width| WordRecord { text: text.to_owned(), confidence, area: area(left, width) };
    let words = vec![
        word("请求", 95.0, 0, 80),
        word("修复", 40.0, 80, 80),
        word("路灯", 50.0, 160, 80),
        word("。", 20.0, 240, 40),
    ];
    let line = LineRecord::of(words).unwrap();
    let record = PageRecord { engine: ENGINE_TESSERACT.to_owned(), lines: vec![line], ..PageRecord::default() };
    vec![NumberedPage { page: 1, record }]
}

fn lines_of(body: &str, corrections: &[Correction]) -> Vec<SheetLine> {
    let pages = page();
    lines(&pages, body, corrections, &LetterText::of(&pages))
}

#[test]
fn doubtful_neighbours_are_one_place() {
    let lines = lines_of("请求修复路灯。", &[]);
    assert_eq!(lines[0].doubts(), std::slice::from_ref(&(2..6)));
    assert_eq!((lines[0].stands.as_str(), &lines[0].range, lines[0].editable), ("请求修复路灯。", &(0..7), true));
}

#[test]
fn a_line_can_be_put_right_only_where_it_stands_in_the_body() {
    assert!(!lines_of("另一个版本的正文", &[])[0].editable, "the body was laid out in another way");
    assert!(!lines_of("请求修", &[])[0].editable, "the body was cut off inside the line");
}

#[test]
fn the_latest_correction_of_a_line_stands() {
    let correction = |after: &str| Correction {
        id: CorrectionId::from_uuid(Uuid::nil()),
        submission: SubmissionId::from_uuid(Uuid::nil()),
        change: Change::Line { page: 1, line: 0, start: 0, end: 7, before: String::new(), after: after.to_owned() },
        read_from: None,
        by: StaffId::from_uuid(Uuid::nil()),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    let lines = lines_of("请求修复路灯。", &[correction("一"), correction("请求修复路牌。")]);
    assert_eq!((lines[0].stands.as_str(), lines[0].corrected), ("请求修复路牌。", true));
}

#[test]
fn a_number_that_cannot_be_right_is_shown_where_it_was_read() {
    let pages = page();
    let text = LetterText::of(&pages);
    let found = find("修复", &text).unwrap();
    assert_eq!((found.page, found.area.map(|area| area.left)), (1, Some(80)));
    assert!((found.confidence.value() - 0.4).abs() < 0.001);
    assert_eq!(find("没有", &text), None);
}
