//! The figures of a measurement, for each class of pages and for all.
//!
//! They are counts and rates only: no word of a letter is among them.

use std::collections::BTreeMap;

use serde::Serialize;

/// The figures, as printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LetterFigures {
    /// What read the pages, as configured: `auto`, `ppocr` or `tesseract`.
    pub engine: String,
    /// How many files were measured.
    pub pages: usize,
    /// The figures of each class.
    pub classes: BTreeMap<String, ClassFigures>,
    /// The figures of all pages together.
    pub all: ClassFigures,
}

/// The figures of one class of pages.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ClassFigures {
    /// How many files.
    pub pages: usize,
    /// How many of them the door refused; each counts as read without a character.
    pub refused: usize,
    /// How many pages of those taken in were not read, by the code of the problem; each counts the same.
    pub unread: BTreeMap<&'static str, usize>,
    /// Character error rate: edits to characters of the truth, as a fraction. The mean over the pages.
    pub cer: f64,
    /// CPU seconds of the page children per file.
    pub cpu_seconds_per_page: f64,
    /// For each field that the truth names.
    pub fields: BTreeMap<&'static str, FieldFigures>,
}

/// What became of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FieldFigures {
    /// Read right.
    pub exact: usize,
    /// Not read, or wrong and shown as doubtful: a person will look.
    pub flagged: usize,
    /// Wrong, and shown as sure.
    pub silent_wrong: usize,
    /// About so many of all three a person is asked: the engines disagree, or its check fails.
    pub asked: usize,
}

/// A measurement: each page and their sum.
#[derive(Debug, Clone)]
pub struct Measurement {
    /// The pages, by name.
    pub pages: Vec<MeasuredPage>,
    /// Their sum.
    pub figures: LetterFigures,
}

/// What was measured on one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasuredPage {
    /// The name of its file without the ending.
    pub page: String,
    #[serde(skip)]
    pub(super) class: String,
    /// Whether the door refused it.
    pub refused: bool,
    /// The codes of the problems of pages that were not read.
    pub unread: Vec<&'static str>,
    /// Character error rate, as a fraction.
    pub cer: f64,
    /// CPU time of its page children.
    pub cpu_milliseconds: u64,
    /// What became of each field that its truth names.
    pub fields: Vec<MeasuredField>,
}

/// What became of one field of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MeasuredField {
    /// Its name.
    pub field: &'static str,
    /// Right or not.
    pub outcome: Outcome,
    /// Whether a person is asked about it.
    pub asked: bool,
}

/// Whether a field was read right, and if not, whether a person would see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Read right.
    Exact,
    /// Not read, or wrong and shown as doubtful.
    Flagged,
    /// Wrong, and shown as sure.
    SilentWrong,
}

pub(super) fn figures(pages: &[&MeasuredPage]) -> ClassFigures {
    let count = u32::try_from(pages.len()).map_or(1.0, f64::from).max(1.0);
    let mut fields: BTreeMap<&'static str, FieldFigures> = BTreeMap::new();
    for MeasuredField { field, outcome, asked } in pages.iter().flat_map(|page| &page.fields) {
        let figures = fields.entry(field).or_default();
        figures.asked += usize::from(*asked);
        match outcome {
            Outcome::Exact => figures.exact += 1,
            Outcome::Flagged => figures.flagged += 1,
            Outcome::SilentWrong => figures.silent_wrong += 1,
        }
    }
    let mut unread = BTreeMap::new();
    for code in pages.iter().flat_map(|page| &page.unread) {
        *unread.entry(*code).or_default() += 1;
    }
    let milliseconds: u64 = pages.iter().map(|page| page.cpu_milliseconds).sum();
    let seconds = u32::try_from(milliseconds).map_or(f64::INFINITY, f64::from) / 1000.0;
    ClassFigures {
        pages: pages.len(),
        refused: pages.iter().filter(|page| page.refused).count(),
        unread,
        cer: pages.iter().map(|page| page.cer).sum::<f64>() / count,
        cpu_seconds_per_page: seconds / count,
        fields,
    }
}
