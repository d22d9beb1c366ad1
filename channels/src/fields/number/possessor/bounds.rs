//! Where the sentence and the clause begin in which a number stands, and where what is said before it ends.

use std::ops::Range;

use super::super::super::Text;
use super::super::super::date::date_at;
use super::super::digits::digit_value;
use super::behind::is_struck_out;
use super::words::{CALLED, NOTES, SIGNS};

/// How far before a number its sentence is looked at, in characters.
pub(super) const REACH: usize = 120;
/// Figures before a number that are another value of the same person: an identity number, a second telephone.
pub(super) const OTHER_NUMBER: usize = 7;
/// A line that goes on in the next one has at least so many characters.
const FULL_LINE: usize = 18;

/// Where the sentence begins in which `start` stands. A full line without a stop at its end goes on in the next one.
pub(super) fn sentence_start(text: &Text, start: usize) -> usize {
    let first = start.saturating_sub(REACH);
    let goes_on = |line_end: usize| {
        let line = (first..line_end).rev().find(|at| text.at(*at) == Some('\n')).map_or(first, |end| end + 1);
        let told = text.chars(line..line_end).iter().any(|c| matches!(c, ',' | '。' | '('));
        let stops = text.before(line_end).is_none_or(|last| matches!(last, ':' | ')' | '。' | ';' | '!' | '?'));
        told && !stops && line_end - line >= FULL_LINE && date_ends(text, line..line_end).is_none()
    };
    let ends = |at: &usize| match text.at(*at) {
        Some('。' | ';' | '!' | '?') => true,
        Some('\n') => !goes_on(*at),
        _ => false,
    };
    (first..start).rev().find(ends).map_or(first, |stop| stop + 1)
}

/// Where the clause begins that ends at `end`.
pub(super) fn clause_start(text: &Text, sentence: usize, end: usize) -> usize {
    let ends = |at: &usize| matches!(text.at(*at), Some(',' | '(' | ')' | '、' | '\n' | ':'));
    // `联系人：翟秉义`: the label belongs to the name behind it.
    let stop = (sentence..end).rev().find(|at| ends(at) && text.at(*at) != Some(':'));
    stop.map_or(sentence, |stop| stop + 1)
}

/// Where the words before the number at `start` end, without what it is called and without other numbers of the same row.
pub(super) fn before_words(text: &Text, sentence: usize, start: usize) -> usize {
    // `（0312）2351234`
    let area = text.at(start) == Some('0') && text.at(text.skip(start, |c| c.is_ascii_digit())) == Some(')');
    let mut end = if area && text.before(start) == Some('(') { start - 1 } else { start };
    loop {
        let before = end;
        while end > sentence && text.before(end).is_some_and(|c| SIGNS.contains(&c)) {
            end -= 1;
        }
        // `电话138…（写错了）138…`
        if text.before(end) == Some(')')
            && let Some(opens) = (sentence..end).rev().find(|at| text.at(*at) == Some('('))
            && is_struck_out(text, opens)
        {
            end = opens;
        }
        if let Some(at) = NOTES.iter().chain(CALLED).find_map(|word| begins_spaced(text, sentence..end, word)) {
            end = at;
        }
        let figure = |c: char| c.is_ascii_digit() || matches!(c, '-' | 'X' | 'x' | ' ');
        let figures = (sentence..end).rev().take_while(|at| text.at(*at).is_some_and(figure)).count();
        let digits = text.chars(end - figures..end).iter().filter(|c| digit_value(**c).is_some()).count();
        if digits >= OTHER_NUMBER {
            end -= figures;
        }
        if end == before {
            return end;
        }
    }
}

/// Where `word` begins that ends `range`, though blanks set its characters apart: `电 话`.
fn begins_spaced(text: &Text, range: Range<usize>, word: &str) -> Option<usize> {
    let mut at = range.end;
    for character in word.chars().rev() {
        at = (range.start..at).rev().find(|place| text.at(*place) != Some(' '))?;
        if text.at(at) != Some(character) {
            return None;
        }
    }
    Some(at)
}

/// `range` without the day at its end: `田秀禾 2026年5月6日 138…`.
pub(super) fn without_date(text: &Text, range: Range<usize>) -> Range<usize> {
    date_ends(text, range.clone()).map_or_else(|| text.trim(range.clone()), |date| text.trim(range.start..date))
}

/// Where the day begins with which `range` ends.
fn date_ends(text: &Text, range: Range<usize>) -> Option<usize> {
    let range = text.trim(range);
    range.clone().find(|at| date_at(text, *at).is_some_and(|written| written.range.end == range.end))
}

pub(super) fn ends_in(text: &Text, clause: Range<usize>, word: &str) -> bool {
    clause.end.checked_sub(word.chars().count()).is_some_and(|at| at >= clause.start && text.has(at, word))
}
