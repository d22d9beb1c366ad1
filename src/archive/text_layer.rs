//! The invisible words over a page image: what is searched and copied. Runs of words that stand close are one run, so that a number
//! or a sentence is found whole; each run is stretched over its place on the page.

use std::collections::BTreeMap;

use case::correction::{Change, Correction};
use case::field::Area;
use channels::letter::record::{LineRecord, NumberedPage, WordRecord};
use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Content, Name, Str};

use super::document::Scale;
use super::glyphless;

/// The name of the font on every page.
pub(super) const FONT: Name<'static> = Name(b"F");

/// Words in their place, in pixels of the page's image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Their place.
    pub area: Area,
}

/// The runs of a page: as read, and where a person put a line right, as it stands.
#[must_use]
pub fn runs(page: &NumberedPage, standing: &[Correction]) -> Vec<Run> {
    let corrected = |index: usize| {
        standing.iter().rev().find_map(|correction| match &correction.change {
            Change::Line { page: of, line, after, .. } if (*of, usize::from(*line)) == (page.page, index) => {
                Some(after)
            }
            Change::Line { .. } | Change::Field { .. } => None,
        })
    };
    let lines = page.record.lines.iter().enumerate();
    lines
        .flat_map(|(index, line)| match corrected(index) {
            Some(text) => vec![Run { text: text.clone(), area: line.area }],
            None => runs_of(line),
        })
        .filter(|run| !run.text.trim().is_empty())
        .collect()
}

fn runs_of(line: &LineRecord) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for word in &line.words {
        match runs.last_mut().filter(|run| are_close(&run.area, &word.area)) {
            Some(run) => join(run, word),
            None => runs.push(Run { text: word.text.clone(), area: word.area }),
        }
    }
    runs
}

/// Whether a word goes on where the run ends: level with it, and not half its height away.
fn are_close(run: &Area, word: &Area) -> bool {
    let height = run.height.max(word.height);
    let gap = word.left.saturating_sub(run.left.saturating_add(run.width));
    word.left >= run.left && gap <= height / 2 && run.top.abs_diff(word.top) <= height / 2
}

fn join(run: &mut Run, word: &WordRecord) {
    let latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
    if latin(run.text.chars().next_back()) && latin(word.text.chars().next()) {
        run.text.push(' ');
    }
    run.text.push_str(&word.text);
    run.area = channels::letter::record::union([run.area, word.area]).unwrap_or(run.area);
}

/// The characters of a document and their numbers in its font, from 1.
#[derive(Debug, Default)]
pub(super) struct Characters(BTreeMap<char, u16>);

impl Characters {
    /// The number of a character; none for what no text may hold, and when there are too many.
    fn number(&mut self, sign: char) -> Option<u16> {
        if sign.is_control() || matches!(sign, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}') {
            return None;
        }
        let next = u16::try_from(self.0.len() + 1).ok();
        match self.0.get(&sign) {
            Some(number) => Some(*number),
            None => next.inspect(|number| {
                self.0.insert(sign, *number);
            }),
        }
    }

    /// Every character with its number.
    pub(super) fn all(&self) -> impl Iterator<Item = (char, u16)> {
        self.0.iter().map(|(sign, number)| (*sign, *number))
    }
}

/// Writes the runs over the image.
pub(super) fn write(content: &mut Content, runs: &[Run], scale: &Scale, characters: &mut Characters) {
    content.begin_text();
    content.set_text_rendering_mode(TextRenderingMode::Invisible);
    for run in runs {
        let numbers: Vec<u16> = run.text.chars().filter_map(|sign| characters.number(sign)).collect();
        let Some(count) = u16::try_from(numbers.len()).ok().filter(|count| *count > 0) else { continue };
        let size = scale.points(run.area.height).max(1.0);
        let natural = size * f32::from(count) * f32::from(glyphless::ADVANCE) / f32::from(glyphless::EM);
        let below = size * f32::from(glyphless::DESCENT.unsigned_abs()) / f32::from(glyphless::EM);
        let base = scale.height - scale.points(run.area.top.saturating_add(run.area.height)) + below;
        content.set_font(FONT, size);
        content.set_horizontal_scaling(100.0 * scale.points(run.area.width).max(1.0) / natural);
        content.set_text_matrix([1.0, 0.0, 0.0, 1.0, scale.points(run.area.left), base]);
        let bytes: Vec<u8> = numbers.into_iter().flat_map(u16::to_be_bytes).collect();
        content.show(Str(&bytes));
    }
    content.end_text();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: u32, width: u32) -> WordRecord {
        let area = Area { left, top: 100, width, height: 40 };
        WordRecord { text: text.to_owned(), confidence: 90.0, area }
    }

    #[test]
    fn words_that_stand_close_are_one_run() {
        let words =
            vec![word("电", 0, 40), word("话", 42, 40), word("138", 90, 60), word("ext", 165, 50), word("张", 400, 40)];
        let line = LineRecord::of(words).unwrap();
        let runs = runs_of(&line);
        let told: Vec<(&str, u32, u32)> =
            runs.iter().map(|run| (run.text.as_str(), run.area.left, run.area.width)).collect();
        assert_eq!(told, [("电话138 ext", 0, 215), ("张", 400, 40)]);
    }

    #[test]
    fn characters_are_numbered_once_and_what_no_text_may_hold_is_left_out() {
        let mut characters = Characters::default();
        let numbers: Vec<Option<u16>> = "信访信\u{0}\u{FEFF}𠮷".chars().map(|sign| characters.number(sign)).collect();
        assert_eq!(numbers, [Some(1), Some(2), Some(1), None, None, Some(3)]);
    }
}
