//! What was read on each page, word by word: kept as JSON beside the original ([`case::submission::FileRole::Reading`]), so
//! the desk can show page beside text, and a later engine can be compared with what this one saw.

use case::batch::PagePart;
use case::field::Area;
use case::statement::ReadingOrder;
use serde::{Deserialize, Serialize};

/// The engine name of text that PP-OCR recognised on an image.
pub const ENGINE_PPOCR: &str = "ppocr";
/// The engine name of text that Tesseract recognised on an image.
pub const ENGINE_TESSERACT: &str = "tesseract";
/// The engine name of text that a born-digital PDF carries itself.
pub const ENGINE_TEXT_LAYER: &str = "text-layer";

/// The reading of one letter.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LetterRecord {
    /// The pages that could be read, in order.
    pub pages: Vec<NumberedPage>,
    /// What each page is to the letter, from page 1; pages beyond the list are the letter itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PagePart>,
}

impl LetterRecord {
    /// What page `page`, from 1, is to the letter.
    #[must_use]
    pub fn part_of(&self, page: u16) -> PagePart {
        let index = usize::from(page.saturating_sub(1));
        self.parts.get(index).copied().unwrap_or_default()
    }

    /// The pages that speak for the petitioner: neither envelope nor enclosures, unless there is nothing else.
    #[must_use]
    pub fn spoken(&self) -> Vec<NumberedPage> {
        let own = self.pages.iter().filter(|page| self.part_of(page.page) == PagePart::Letter);
        let own: Vec<NumberedPage> = own.cloned().collect();
        if own.is_empty() { self.pages.clone() } else { own }
    }

    /// Every page, those that [speak](Self::spoken) first: the text of these pages begins with the body of the statement.
    #[must_use]
    pub fn in_reading_order(&self) -> Vec<NumberedPage> {
        let mut pages = self.spoken();
        let rest = self.pages.iter().filter(|page| !pages.iter().any(|spoken| spoken.page == page.page));
        let rest: Vec<NumberedPage> = rest.cloned().collect();
        pages.extend(rest);
        pages
    }
}

/// The reading of one page with its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberedPage {
    /// The page, from 1.
    pub page: u16,
    /// What was read.
    #[serde(flatten)]
    pub record: PageRecord,
}

/// The reading of one page. Areas are in pixels of the page's image.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PageRecord {
    /// What read the page: [`ENGINE_PPOCR`], [`ENGINE_TESSERACT`] or [`ENGINE_TEXT_LAYER`].
    pub engine: String,
    /// Width of the page's image in pixels.
    pub width: u32,
    /// Height of the page's image in pixels.
    pub height: u32,
    /// By how many degrees the page was turned to make its lines level.
    pub skew_degrees: f32,
    /// How many quarter turns clockwise made it upright, when it was fed in on its side or its head.
    #[serde(default)]
    pub quarter_turns: u8,
    /// How it reads, when not in one column of level lines; the lines are in that order as far as it could be guessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_order: Option<ReadingOrder>,
    /// Whether nothing is written on it, such as the back of a sheet.
    pub blank: bool,
    /// How many words were dropped as marks of rules and dirt.
    pub dropped: u32,
    /// CPU time that the page took, in milliseconds.
    pub cpu_milliseconds: u64,
    /// The lines, from top to bottom.
    pub lines: Vec<LineRecord>,
}

/// One line of writing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineRecord {
    /// The smallest rectangle around it.
    pub area: Area,
    /// Its words, from left to right, as the engine cut them. Tesseract: one to four characters of Chinese. PP-OCR: each
    /// Chinese character and sign by itself, so that a single doubtful one can be shown; figures and letters in runs.
    pub words: Vec<WordRecord>,
    /// What read it, when not what read the page ([`PageRecord::engine`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// Whether it is the letterhead of the paper, which is no words of the petitioner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub letterhead: bool,
    /// What another engine read here; only on lines that carry a number, an amount or a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherReading>,
}

/// The reading of a line by another engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherReading {
    /// What read it.
    pub engine: String,
    /// As read, without the blanks that the engine puts between Chinese characters.
    pub text: String,
    /// How sure that engine is, 0 to 100.
    pub confidence: f32,
}

impl LineRecord {
    /// A line of these words; `None` without any.
    #[must_use]
    pub fn of(words: Vec<WordRecord>) -> Option<Self> {
        Some(Self {
            area: union(words.iter().map(|word| word.area))?,
            words,
            engine: None,
            letterhead: false,
            other: None,
        })
    }

    /// Its text as read, without blanks.
    #[must_use]
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect()
    }
}

/// One word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WordRecord {
    /// As read.
    pub text: String,
    /// How sure the engine is, 0 to 100.
    pub confidence: f32,
    /// Where it stands.
    pub area: Area,
}

impl PageRecord {
    /// Every word of the page.
    pub fn words(&self) -> impl Iterator<Item = &WordRecord> {
        self.lines.iter().flat_map(|line| &line.words)
    }

    /// The mean confidence of the page, each word weighed by its characters; 0 to 100, and 0 without words.
    #[must_use]
    pub fn mean_confidence(&self) -> f32 {
        mean_confidence(&self.lines)
    }
}

/// [`PageRecord::mean_confidence`] of these lines.
#[must_use]
pub fn mean_confidence(lines: &[LineRecord]) -> f32 {
    let (sum, count) = lines.iter().flat_map(|line| &line.words).fold((0.0, 0.0), |(sum, count), word| {
        let characters = u16::try_from(word.text.chars().count()).map_or(0.0, f32::from);
        (sum + word.confidence * characters, count + characters)
    });
    if count > 0.0 { sum / count } else { 0.0 }
}

/// The smallest rectangle around all of `areas`; `None` without any.
pub fn union(areas: impl IntoIterator<Item = Area>) -> Option<Area> {
    areas.into_iter().reduce(|one, other| {
        let left = one.left.min(other.left);
        let top = one.top.min(other.top);
        let right = one.left.saturating_add(one.width).max(other.left.saturating_add(other.width));
        let bottom = one.top.saturating_add(one.height).max(other.top.saturating_add(other.height));
        Area { left, top, width: right.saturating_sub(left).max(1), height: bottom.saturating_sub(top).max(1) }
    })
}
