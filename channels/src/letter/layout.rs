//! From words in boxes to running text: lines are joined into paragraphs, the blanks that the engine puts between Chinese
//! characters go, and every character still knows the word it came from.

use std::ops::Range;

use case::field::{Area, Confidence, Source};
use case::text::is_han;

use super::reading_order;
use super::record::{LineRecord, NumberedPage, WordRecord, union};
use crate::fields::Located;

/// Text that was read from paper is never certain, however sure the engine is.
const MOST_CONFIDENCE: f32 = 0.95;
/// A find of at most so many characters is as sure as its least sure word (one wrong digit makes a number wrong); a longer
/// one as sure as its words in the mean (one wrong character does not make a sentence wrong).
const SHORT_FIND: usize = 30;
/// A line that starts further right than this many characters after the margin starts a paragraph.
const INDENT: f32 = 1.2;
/// A line that ends more than this many characters before the margin ends a paragraph.
const SHORTFALL: f32 = 2.5;
/// A line with at least this many characters free on both sides, alike, is a heading in the middle ...
const FREE_BESIDE_HEADING: f32 = 1.0;
/// ... when it stands first on its page or is higher than the others by this factor.
const HIGHER: f32 = 1.12;
/// A gap of more than this many characters between two numbers, or between two Latin words, is a blank.
const BLANK: f32 = 0.6;
/// The same beside a Chinese character, in heights of the words: a blank that the writer left between two names or two cells, or a sign
/// that the engine lost. Squared paper leaves less between its characters.
const WIDE_BLANK: f32 = 0.55;
/// Signs behind which paper is free in any case.
const ENDS_FREE: &str = "，。、；：！？）》”’,.;:!?)";
/// So many lines that end together make a margin ...
const FULL_LINES: usize = 3;
/// ... over which a line may run by so many characters.
const OVER_MARGIN: f32 = 5.0;
/// A line that begins behind this part of the writing's width stands at the right: a signature, a date.
const AT_RIGHT: f32 = 0.45;

/// Which lines of the first page may be the salutation, from 0.
const SALUTATIONS: Range<usize> = 1..4;
/// Longest label of a row, in characters: `信访人联系电话`.
const LABEL_LIMIT: usize = 9;
/// What the labels of rows end in. Running text has few of them right before a colon at the beginning of a line.
const LABEL_ENDINGS: &[&str] = &[
    "姓名",
    "性别",
    "民族",
    "年龄",
    "职业",
    "电话",
    "手机",
    "方式",
    "邮箱",
    "邮编",
    "住址",
    "地址",
    "单位",
    "证号",
    "号码",
    "事由",
    "案由",
    "标题",
    "主题",
    "事项",
    "问题",
    "内容",
    "诉求",
    "请求",
    "要求",
    "事实",
    "理由",
    "日期",
    "时间",
    "签名",
    "签字",
    "信访人",
    "来信人",
    "反映人",
    "投诉人",
    "举报人",
    "申请人",
    "申诉人",
    "控告人",
    "联系人",
    "代理人",
    "附件",
];

/// The text of a letter and where each of its characters stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LetterText {
    /// The paragraphs, one a line.
    pub text: String,
    /// The lines of the pages, in the order of the text.
    pub lines: Vec<PlacedLine>,
    origins: Vec<Option<Origin>>,
}

/// A line of a page and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedLine {
    /// The page, from 1.
    pub page: u16,
    /// The line on its page, from 0 in the order of [`super::record::PageRecord::lines`].
    pub line: usize,
    /// Its characters in the text, without blanks and line ends that the layout put around it.
    pub range: Range<usize>,
    /// The characters of each of its words in the text.
    pub words: Vec<Range<usize>>,
}

/// The word that a character came from.
#[derive(Debug, Clone, PartialEq)]
struct Origin {
    page: u16,
    engine: String,
    area: Area,
    confidence: f32,
}

impl LetterText {
    /// The text of `pages`, in order.
    #[must_use]
    pub fn of(pages: &[NumberedPage]) -> Self {
        let mut letter = Self::default();
        let mut previous_ended = true;
        for page in pages {
            let mut places = 0..;
            let mut first = true;
            for lines in reading_order::blocks(&page.record) {
                let Some(margins) = Margins::of(&lines) else { continue };
                for (line, place) in lines.iter().zip(places.by_ref()) {
                    if line.letterhead {
                        continue;
                    }
                    let heading = margins.is_heading(line, first) || margins.stands_at_right(line);
                    first = false;
                    if previous_ended
                        || heading
                        || margins.starts_paragraph(line)
                        || is_labelled(line)
                        || (page.page == 1 && SALUTATIONS.contains(&place) && margins.is_salutation(line))
                    {
                        letter.push('\n', None);
                    }
                    letter.add_line(page, (place, line), margins.character);
                    previous_ended = heading || margins.ends_paragraph(line);
                }
            }
        }
        letter
    }

    fn push(&mut self, character: char, origin: Option<Origin>) {
        if character == '\n' && self.text.is_empty() {
            return;
        }
        self.text.push(character);
        self.origins.push(origin);
    }

    fn add_line(&mut self, page: &NumberedPage, (place, line): (usize, &LineRecord), character_width: f32) {
        let mut last: Option<&WordRecord> = None;
        let mut words = Vec::with_capacity(line.words.len());
        for word in &line.words {
            let joint =
                last.map_or_else(|| self.joins_lines(word), |last| is_blank_between(last, word, character_width));
            if joint {
                self.push(' ', None);
            }
            let start = self.origins.len();
            for character in word.text.chars().filter(|character| !character.is_whitespace()) {
                let origin = Origin {
                    page: page.page,
                    engine: line.engine.clone().unwrap_or_else(|| page.record.engine.clone()),
                    area: word.area,
                    confidence: word.confidence,
                };
                self.push(character, Some(origin));
            }
            words.push(start..self.origins.len());
            last = Some(word);
        }
        let start = words.first().map_or(self.origins.len(), |word| word.start);
        self.lines.push(PlacedLine { page: page.page, line: place, range: start..self.origins.len(), words });
    }

    /// Whether a line that goes on in the next one needs a blank: only between Latin letters.
    fn joins_lines(&self, word: &WordRecord) -> bool {
        let before = self.text.chars().next_back().is_some_and(|character| character.is_ascii_alphabetic());
        before && word.text.chars().next().is_some_and(|character| character.is_ascii_alphabetic())
    }

    /// Where the characters of `range` stand and how sure their reading is.
    #[must_use]
    pub fn locate(&self, range: &Range<usize>) -> Located {
        let origins = || self.origins.get(range.clone()).unwrap_or_default().iter().flatten();
        let Some(first) = origins().next() else {
            let source = Source::Page { page: 1, area: None, engine: super::record::ENGINE_TESSERACT.to_owned() };
            return Located { source, confidence: Confidence::new(0.0) };
        };
        let same_page = origins().filter(|origin| origin.page == first.page);
        let area =
            union(same_page.map(|origin| origin.area)).filter(|_| first.engine != super::record::ENGINE_TEXT_LAYER);
        let confidence = if range.len() <= SHORT_FIND {
            origins().map(|origin| origin.confidence).fold(f32::INFINITY, f32::min)
        } else {
            let (sum, count) =
                origins().fold((0.0, 0.0_f32), |(sum, count), origin| (sum + origin.confidence, count + 1.0));
            sum / count.max(1.0)
        };
        Located {
            source: Source::Page { page: first.page, area, engine: first.engine.clone() },
            confidence: Confidence::new((confidence / 100.0).min(MOST_CONFIDENCE)),
        }
    }
}

/// Whether there is a blank between two words of a line: between Latin words, between numbers that stand apart, and where so much
/// paper is free beside a Chinese character that the writer left it.
fn is_blank_between(left: &WordRecord, right: &WordRecord, character_width: f32) -> bool {
    let plain = |character: Option<char>| character.filter(char::is_ascii_alphanumeric);
    let gap = right.area.left.saturating_sub(left.area.left.saturating_add(left.area.width));
    let (last, first) = (left.text.chars().next_back(), right.text.chars().next());
    let (Some(before), Some(after)) = (plain(last), plain(first)) else {
        let high = number(left.area.height.max(right.area.height));
        return !last.is_some_and(|last| ENDS_FREE.contains(last))
            && number(gap) > WIDE_BLANK * high.max(character_width / 2.0);
    };
    let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    letters || number(gap) > BLANK * character_width
}

/// Whether the line is a row of a form, such as `联系电话：…`: it begins one however full the row above it is.
fn is_labelled(line: &LineRecord) -> bool {
    let mut characters = line.words.iter().flat_map(|word| word.text.chars()).filter(|one| !one.is_whitespace());
    let begins: Vec<char> = characters.by_ref().take(LABEL_LIMIT + 1).collect();
    let Some(colon) = begins.iter().position(|one| matches!(one, ':' | '：')) else { return false };
    let label: String = begins.iter().take(colon).collect();
    label.chars().all(is_han) && LABEL_ENDINGS.iter().any(|ending| label.ends_with(ending))
}

/// The margins of a page's writing and the width of a character in it.
struct Margins {
    left: f32,
    right: f32,
    character: f32,
    height: f32,
}

impl Margins {
    /// Measured on the long lines; `None` without lines.
    fn of(lines: &[LineRecord]) -> Option<Self> {
        let longest = lines.iter().map(|line| line.area.width).max()?;
        let long: Vec<&LineRecord> = lines.iter().filter(|line| line.area.width >= longest / 2).collect();
        let middle = |mut values: Vec<u32>, per_cent: usize| {
            values.sort_unstable();
            let place = values.len().saturating_sub(1) * per_cent / 100;
            values.get(place).copied().map_or(0.0, number)
        };
        let widths = long.iter().map(|line| line.area.width / characters(line).max(1)).collect();
        let height = middle(long.iter().map(|line| line.area.height).collect(), 50);
        let character = middle(widths, 50).max(1.0);
        // In a letter of short rows few lines reach the margins.
        let left = middle(long.iter().map(|line| line.area.left).collect(), 10);
        let rights = long.iter().map(|line| number(line.area.left.saturating_add(line.area.width)));
        Some(Self { left, right: right_margin(rights.collect(), character), character, height })
    }

    fn is_heading(&self, line: &LineRecord, first_of_page: bool) -> bool {
        let before = number(line.area.left) - self.left;
        let after = self.right - number(line.area.left.saturating_add(line.area.width));
        let free = FREE_BESIDE_HEADING * self.character;
        let in_the_middle = before > free && after > free && (before - after).abs() < before.max(after) / 2.0;
        in_the_middle && (first_of_page || number(line.area.height) > HIGHER * self.height)
    }

    /// A signature or a date, which nothing goes on from and nothing goes on in.
    fn stands_at_right(&self, line: &LineRecord) -> bool {
        number(line.area.left) > self.left + AT_RIGHT * (self.right - self.left) && self.right > self.left
    }

    fn starts_paragraph(&self, line: &LineRecord) -> bool {
        number(line.area.left) > self.left + INDENT * self.character
    }

    /// `市信访局：` below a title that fills its line.
    fn is_salutation(&self, line: &LineRecord) -> bool {
        let ends = line.words.last().is_some_and(|word| word.text.ends_with([':', '：']));
        ends && line.area.width * 3 < 2 * width_between(self.left, self.right)
    }

    fn ends_paragraph(&self, line: &LineRecord) -> bool {
        number(line.area.left.saturating_add(line.area.width)) < self.right - SHORTFALL * self.character
    }
}

/// Where the line that reaches furthest ends, or a little before it where several lines end and it alone runs over the margin.
fn right_margin(mut ends: Vec<f32>, character: f32) -> f32 {
    ends.sort_unstable_by(|one, other| other.total_cmp(one));
    let furthest = ends.first().copied().unwrap_or_default();
    let margin = ends
        .windows(FULL_LINES)
        .find_map(|full| Some((full.first()?, full.last()?)).filter(|(first, last)| **first - **last <= character));
    margin.map(|(end, _)| *end).filter(|end| furthest - end <= OVER_MARGIN * character).unwrap_or(furthest)
}

fn width_between(left: f32, right: f32) -> u32 {
    super::cleaning::number::to_u32(super::cleaning::number::to_count((right - left).max(0.0)))
}

/// The characters of a line in widths of a Chinese one: digits and letters are half as wide.
fn characters(line: &LineRecord) -> u32 {
    let halves: usize = line
        .words
        .iter()
        .flat_map(|word| word.text.chars())
        .map(|character| if is_han(character) || !character.is_ascii() { 2 } else { 1 })
        .sum();
    u32::try_from(halves.div_ceil(2)).unwrap_or(u32::MAX)
}

fn number(value: u32) -> f32 {
    super::cleaning::number::to_fraction(usize::try_from(value).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
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
        let record = PageRecord { engine: ENGINE_TESSERACT.to_owned(), lines, ..PageRecord::default() };
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
            [
                "住址：定州市东亭镇翟城村三区十二",
                "联系电话：13800000001（可以随时打）",
                "反映问题：翟城村村东水渠长年淤堵"
            ]
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
        assert_eq!(self::letter(vec![names]).text, "解振东 柏云霞");
    }

    #[test]
    fn a_line_that_runs_over_the_margin_leaves_the_margin_where_it_is() {
        assert!((right_margin(vec![700.0, 705.0, 702.0, 800.0], 40.0) - 705.0).abs() < 0.1, "one runs over");
        assert!((right_margin(vec![470.0, 472.0, 475.0, 800.0], 40.0) - 800.0).abs() < 0.1, "rows are short");
        assert!((right_margin(vec![470.0, 800.0], 40.0) - 800.0).abs() < 0.1);
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
}
