use case::correction::Change;
use case::id::{CorrectionId, StaffId, SubmissionId};
use channels::letter::record::{ENGINE_PPOCR, ENGINE_TESSERACT, LineRecord, OtherReading, PageRecord, WordRecord};
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

/// A page of one line, each character a word, with what the second engine read.
fn line_read_twice(text: &str, other: &str) -> Vec<NumberedPage> {
    let words = text.chars().zip(0..).map(|(character, place)| WordRecord {
        text: character.to_string(),
        confidence: 99.0,
        area: Area { left: place * 40, top: 10, width: 40, height: 40 },
    });
    let other = OtherReading { engine: ENGINE_TESSERACT.to_owned(), text: other.to_owned(), confidence: 80.0 };
    let line = LineRecord { other: Some(other), ..LineRecord::of(words.collect()).unwrap() };
    let record = PageRecord { engine: ENGINE_PPOCR.to_owned(), lines: vec![line], ..PageRecord::default() };
    vec![NumberedPage { page: 1, record }]
}

#[test]
fn an_amount_that_two_engines_read_differently_is_a_place_to_visit() {
    let asked = |text: &str, other: &str| {
        let pages = line_read_twice(text, other);
        let line = lines(&pages, text, &[], &LetterText::of(&pages)).remove(0);
        (line.doubts(), line.questions.iter().map(Question::text).collect::<Vec<_>>())
    };
    let (place, why) = asked("欠货款叁万贰仟元整未付。", "欠货款叁万柒仟元整未付。");
    assert_eq!(place, std::slice::from_ref(&(3..8)), "the amount, not the line");
    assert_eq!(why, ["金额两个引擎读得不一样：叁万贰仟元 或 叁万柒仟元"]);
    assert_eq!(asked("欠货款叁万贰仟元整未付。", "欠货款叁万贰仟元整末付。"), (vec![], vec![]));
    let line = "欠货款叁万元（32000元）未付。";
    assert_eq!(asked(line, line).1, ["金额大写与小写不一致：30000 或 32000"]);
}
