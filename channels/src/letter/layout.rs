//! From words in boxes to running text: lines are joined into paragraphs, the blanks that the engine puts between Chinese
//! characters go, and every character still knows the word it came from.

mod margins;

use std::ops::Range;

use case::field::{Area, Confidence, Source};
use case::text::is_han;

use super::reading_order;
use super::record::{ENGINE_PPOCR, LineRecord, NumberedPage, WordRecord, union};
use crate::fields::Located;
use margins::{Margins, number};

/// Text that was read from paper is never certain, however sure the engine is.
const MOST_CONFIDENCE: f32 = 0.95;
/// A find of at most so many characters is as sure as its least sure word (one wrong digit makes a number wrong); a longer
/// one as sure as its words in the mean (one wrong character does not make a sentence wrong).
const SHORT_FIND: usize = 30;
/// A gap of more than this many characters between two numbers, or between two Latin words, is a blank.
const BLANK: f32 = 0.6;
/// The same beside a Chinese character, in heights of the words: a blank that the writer left between two names or two cells, or a sign
/// that the engine lost. Squared paper leaves less between its characters.
const WIDE_BLANK: f32 = 0.55;
/// Signs behind which paper is free in any case.
const ENDS_FREE: &str = "，。、；：！？）》”’,.;:!?)";

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
            for block in reading_order::blocks(&page.record) {
                let (across, column) = block.lines.split_at(block.across.min(block.lines.len()));
                let Some(margins) = Margins::of(column).or_else(|| Margins::of(across)) else { continue };
                for ((nth, line), place) in block.lines.iter().enumerate().zip(places.by_ref()) {
                    if line.letterhead {
                        continue;
                    }
                    let heading =
                        nth < block.across || margins.is_heading(line, first) || margins.stands_at_right(line);
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
        // Tesseract draws the boxes of Chinese words as it likes.
        let told = line.engine.as_deref().unwrap_or(&page.record.engine) == ENGINE_PPOCR;
        for word in &line.words {
            let joint = last.map_or_else(
                || self.joins_lines(word),
                |last| {
                    is_blank_between(last, word, character_width) || told && is_wide_blank(last, word, character_width)
                },
            );
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

/// Whether so much paper is free between two words, of which one is Chinese, that the writer left it.
fn is_wide_blank(left: &WordRecord, right: &WordRecord, character_width: f32) -> bool {
    let (last, first) = (left.text.chars().next_back(), right.text.chars().next());
    let is_sign = |one: Option<char>| one.is_some_and(|one| ENDS_FREE.contains(one));
    let plain = |one: Option<char>| one.is_some_and(|one| one.is_ascii_alphanumeric());
    let gap = right.area.left.saturating_sub(left.area.left.saturating_add(left.area.width));
    let high = number(left.area.height.max(right.area.height));
    let wide = number(gap) > WIDE_BLANK * high.max(character_width / 2.0);
    let one_word = plain(last) && plain(first);
    wide && !is_sign(last) && !is_sign(first) && !one_word
}

/// Whether there is a blank between two words of a line: between Latin words, and between numbers that stand apart.
fn is_blank_between(left: &WordRecord, right: &WordRecord, character_width: f32) -> bool {
    let plain = |character: Option<char>| character.filter(char::is_ascii_alphanumeric);
    let (Some(before), Some(after)) = (plain(left.text.chars().next_back()), plain(right.text.chars().next())) else {
        return false;
    };
    let gap = right.area.left.saturating_sub(left.area.left.saturating_add(left.area.width));
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

#[cfg(test)]
mod tests;
