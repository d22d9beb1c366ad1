//! Lines to running text.

use super::super::record::{ENGINE_TESSERACT, PageRecord};
use super::*;

fn line(left: u32, top: u32, words: &[(&str, f32)]) -> LineRecord {
    let mut at = left;
    let words: Vec<WordRecord> = words
        .iter()
        .map(|(text, confidence)| {
            let width: u32 = text.chars().map(|c| if c.is_ascii() { 20 } else { 40 }).sum();
            let area = Area { left: at, top, width, height: 40 };
            at += width;
            WordRecord { text: (*text).to_owned(), confidence: *confidence, area }
        })
        .collect();
    LineRecord::of(words).expect("words")
}

fn letter(lines: Vec<LineRecord>) -> LetterText {
    read_by(ENGINE_TESSERACT, lines)
}

fn read_by(engine: &str, lines: Vec<LineRecord>) -> LetterText {
    let record = PageRecord { engine: engine.to_owned(), lines, ..PageRecord::default() };
    LetterText::of(&[NumberedPage { page: 1, record }])
}

#[test]
fn lines_become_paragraphs_and_a_number_over_two_lines_is_whole() {
    let letter = letter(vec![
        line(100, 0, &[("尊敬", 90.0), ("的领导：", 90.0)]),
        line(180, 50, &[("我家住在北门街十二号，联系", 90.0), ("电话是", 90.0), ("1380", 80.0), ("000", 60.0)]),
        line(100, 100, &[("0001", 70.0), ("。问题至今没有解决，请求尽快处理为盼。", 90.0)]),
        line(180, 150, &[("此致", 90.0)]),
        line(100, 200, &[("敬礼", 90.0)]),
    ]);
    assert_eq!(
        letter.text,
        "尊敬的领导：\n我家住在北门街十二号，联系电话是13800000001。问题至今没有解决，请求尽快处理为盼。\n此致\n敬礼"
    );
    let start = letter.text.chars().position(|character| character == '1').expect("the number");
    let located = letter.locate(&(start..start + 11));
    assert!((located.confidence.value() - 0.6).abs() < 0.001, "as sure as its least sure word");
    let Source::Page { page: 1, area: Some(area), .. } = located.source else { panic!("{located:?}") };
    assert_eq!((area.top, area.height), (50, 90), "both lines are in the box");
}

#[test]
fn every_line_knows_its_characters() {
    let letter = letter(vec![
        line(180, 0, &[("张三", 90.0), ("反映", 90.0)]),
        line(100, 50, &[("电话", 90.0), ("1380", 90.0), ("。", 90.0)]),
    ]);
    let characters: Vec<char> = letter.text.chars().collect();
    let text = |range: &Range<usize>| characters[range.clone()].iter().collect::<String>();
    let lines: Vec<String> = letter.lines.iter().map(|line| text(&line.range)).collect();
    assert_eq!(lines, ["张三反映", "电话1380。"]);
    let words: Vec<String> = letter.lines[1].words.iter().map(text).collect();
    assert_eq!(words, ["电话", "1380", "。"]);
    assert_eq!((letter.lines[1].page, letter.lines[1].line), (1, 1));
}

#[test]
fn a_letterhead_is_no_part_of_the_text() {
    let mut head = line(170, 0, &[("某某建材厂工会委员会", 90.0)]);
    head.letterhead = true;
    let letter = letter(vec![
        head,
        line(170, 50, &[("关于北门街路灯不亮的反映", 90.0)]),
        line(100, 100, &[("市信访局领导：", 90.0)]),
        line(100, 150, &[("的路灯已经三个月没有亮过，老人晚", 90.0)]),
        line(100, 200, &[("上不敢出门，请尽快派人来修理为盼", 90.0)]),
    ]);
    assert_eq!(letter.text.lines().next(), Some("关于北门街路灯不亮的反映"), "the title is still first");
    assert_eq!(letter.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn a_heading_that_fills_its_line_is_not_joined_with_the_salutation() {
    let letter = letter(vec![
        line(170, 0, &[("关于北门街路灯不亮的反映", 90.0)]),
        line(100, 50, &[("市信访局领导：", 90.0)]),
        line(180, 100, &[("我家住在北门街十二号院，门前", 90.0)]),
        line(100, 150, &[("的路灯已经三个月没有亮过，老人晚", 90.0)]),
        line(100, 200, &[("上不敢出门。", 90.0)]),
    ]);
    assert_eq!(letter.text.lines().next(), Some("关于北门街路灯不亮的反映"));
    assert_eq!(letter.text.lines().count(), 3);
}

#[test]
fn a_title_that_fills_its_line_as_the_others_do_is_not_joined_with_the_salutation() {
    let letter = letter(vec![
        line(140, 0, &[("关于北门街路灯长年不亮的情况反映", 90.0)]),
        line(100, 50, &[("市信访局：", 90.0)]),
        line(180, 100, &[("我家住在北门街十二号院，门前的", 90.0)]),
        line(100, 150, &[("路灯已经三个月没有亮过，老人晚上", 90.0)]),
        line(100, 200, &[("不敢出门。", 90.0)]),
    ]);
    assert_eq!(letter.text.lines().next(), Some("关于北门街路灯长年不亮的情况反映"));
}

#[test]
fn rows_of_a_form_stay_apart_however_full_they_are() {
    let letter = letter(vec![
        line(100, 0, &[("住址：定州市东亭镇翟城村三区十二", 90.0)]),
        line(100, 50, &[("联系电话：", 90.0), ("13800000001", 90.0), ("（可以随时打）", 90.0)]),
        line(100, 100, &[("反映问题：", 90.0), ("翟城村村东水渠长年淤堵", 90.0)]),
        line(180, 150, &[("去年以来水渠一直淤堵，我们问", 90.0)]),
        line(100, 200, &[("得到的说法是：没有钱清淤，再等等", 90.0)]),
    ]);
    let lines: Vec<&str> = letter.text.lines().collect();
    assert_eq!(
        lines[..3],
        ["住址：定州市东亭镇翟城村三区十二", "联系电话：13800000001（可以随时打）", "反映问题：翟城村村东水渠长年淤堵"]
    );
    assert_eq!(lines.len(), 4, "a colon in running text begins no row: {lines:?}");
}

#[test]
fn a_signature_at_the_right_stands_alone_and_a_wide_blank_stays() {
    let letter = letter(vec![
        line(140, 0, &[("请求协调退还土地租金", 90.0)]),
        line(180, 50, &[("我把六亩地租给丰茂种植合作社，租", 90.0)]),
        line(100, 100, &[("金欠了两年。", 90.0)]),
        line(560, 150, &[("解振东", 90.0)]),
        line(500, 200, &[("2025年10月30日", 90.0)]),
        line(180, 250, &[("附：土地租赁合同", 90.0)]),
    ]);
    let lines: Vec<&str> = letter.text.lines().collect();
    assert_eq!(lines[1], "我把六亩地租给丰茂种植合作社，租金欠了两年。");
    assert_eq!(lines[2..], ["解振东", "2025年10月30日", "附：土地租赁合同"]);
    let mut names = line(100, 0, &[("解振东", 90.0)]);
    names.words.extend(line(260, 0, &[("柏云霞", 90.0)]).words);
    assert_eq!(read_by(ENGINE_PPOCR, vec![names.clone()]).text, "解振东 柏云霞");
    assert_eq!(read_by(ENGINE_TESSERACT, vec![names]).text, "解振东柏云霞", "its boxes tell nothing");
}

#[test]
fn a_line_that_runs_over_the_margin_leaves_the_margin_where_it_is() {
    assert!((margins::right_margin(vec![700.0, 705.0, 702.0, 800.0], 40.0) - 705.0).abs() < 0.1, "one runs over");
    assert!((margins::right_margin(vec![470.0, 472.0, 475.0, 800.0], 40.0) - 800.0).abs() < 0.1, "rows are short");
    assert!((margins::right_margin(vec![470.0, 800.0], 40.0) - 800.0).abs() < 0.1);
}

#[test]
fn numbers_that_stand_apart_stay_apart_and_nothing_is_certain() {
    let mut one = line(0, 0, &[("13800000001", 99.9)]);
    one.words.extend(line(300, 0, &[("13800000002", 99.9)]).words);
    let letter = letter(vec![one]);
    assert_eq!(letter.text, "13800000001 13800000002");
    assert!(letter.locate(&(0..11)).confidence < Confidence::CERTAIN);
    assert!(letter.locate(&(5..5)).confidence.value() < 0.01, "nothing rests on nothing");
    assert!(letter.locate(&(90..95)).confidence.value() < 0.01);
}
