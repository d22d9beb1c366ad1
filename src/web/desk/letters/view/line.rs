//! A line of the letter, with the words that ask for a person marked.
//!
//! A line that a person has put right asks for nobody any more.

use std::ops::Range;

use case::field::Area;

use crate::verification::doubt::Question;
use crate::verification::sheet::{Sheet, SheetLine};
use crate::web::desk::letters::cut_out::around;

/// A line.
pub struct LineView {
    /// Its name in the form.
    pub part: String,
    /// What it is called.
    pub label: String,
    /// Its page.
    pub page: u16,
    /// Whether it is the first one of its page.
    pub first_of_page: bool,
    /// What is shown for editing.
    pub text: String,
    /// The text in pieces, each with whether it asks for a person.
    pub pieces: Vec<(String, bool)>,
    /// The doubtful stretches for the script: `3-5 8-9`.
    pub doubts: String,
    /// Why the amounts in it ask for a person.
    pub questions: Vec<String>,
    /// What another engine read.
    pub other: Option<String>,
    /// Where it stands.
    pub area: Area,
    /// The part of the page around it.
    pub around: Area,
    /// Whether it can be put right.
    pub editable: bool,
    /// Whether a person has put it right.
    pub corrected: bool,
}

pub(super) fn lines(sheet: &Sheet) -> Vec<LineView> {
    let mut last = None;
    sheet
        .lines
        .iter()
        .map(|line| {
            let first_of_page = last.replace(line.page) != Some(line.page);
            LineView::of(line, first_of_page)
        })
        .collect()
}

/// What a line is called.
pub(super) fn line_label(page: u16, line: u16) -> String {
    format!("第{page}页第{}行", line.saturating_add(1))
}

/// The doubtful stretches of a line that still has the words that were read.
pub(super) fn doubtful(line: &SheetLine) -> Vec<Range<usize>> {
    if line.corrected || line.text != line.stands { Vec::new() } else { line.doubts() }
}

impl LineView {
    pub(super) fn of(line: &SheetLine, first_of_page: bool) -> Self {
        let doubts = doubtful(line);
        Self {
            part: line.part().to_string(),
            label: line_label(line.page, line.line),
            page: line.page,
            first_of_page,
            pieces: pieces(&line.text, &doubts),
            doubts: doubts.iter().map(|one| format!("{}-{}", one.start, one.end)).collect::<Vec<_>>().join(" "),
            text: line.text.clone(),
            questions: if doubts.is_empty() { Vec::new() } else { line.questions.iter().map(Question::text).collect() },
            other: line.other.clone().filter(|other| *other != line.text),
            area: line.area,
            around: around(line.area),
            editable: line.editable,
            corrected: line.corrected,
        }
    }
}

/// The text cut at the edges of its doubtful stretches.
fn pieces(text: &str, doubts: &[Range<usize>]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (index, character) in text.chars().enumerate() {
        let doubtful = doubts.iter().any(|stretch| stretch.contains(&index));
        match pieces.last_mut() {
            Some((piece, same)) if *same == doubtful => piece.push(character),
            Some(_) | None => pieces.push((character.to_string(), doubtful)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubtful_words_are_pieces_of_their_own() {
        let piece = |text: &str, doubtful| (text.to_owned(), doubtful);
        assert_eq!(
            pieces("北门街路灯不壳", &[0..1, 6..7]),
            [piece("北", true), piece("门街路灯不", false), piece("壳", true)]
        );
        assert_eq!(pieces("", &[]), []);
    }
}
