//! Organisations that petition: they speak of themselves (`我公司…`) or sign with their seal.
//!
//! The name of an organisation is taken whole, or not at all.

use std::ops::Range;

use super::super::Text;
use super::SIGNATURE_LINES;
use super::introduction::clause_start;
use super::words::{ORGANISATIONS, OWN_ORGANISATION};

/// An organisation that begins at `start` and ends in the same line within 40 characters.
pub(super) fn organisation_at(text: &Text, start: usize) -> Option<Range<usize>> {
    let end = text
        .skip(start, |c| case::text::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')'))
        .min(start + 40);
    let (_, range) = text.all_of(start..end, ORGANISATIONS).filter(|(_, range)| range.start > start + 1).last()?;
    // `石大山(清河花园业主委员会)` is a person of an organisation.
    let whole = start..range.end;
    let opened = text.chars(whole.clone()).iter().filter(|c| **c == '(').count();
    let closed = text.chars(whole.clone()).iter().filter(|c| **c == ')').count();
    (opened == closed).then_some(whole)
}

/// `我公司定州市…有限公司，`: an organisation that speaks for itself.
pub(super) fn own_organisation(text: &Text) -> Option<(Range<usize>, f32)> {
    text.all_of(0..text.len(), OWN_ORGANISATION).find_map(|(_, word)| {
        let start = text.skip(word.end, |c| matches!(c, ':' | ' ' | ',' | '系' | '是' | '为' | '('));
        let range = organisation_at(text, start)?;
        let ends = text.at(range.end).is_none_or(|next| !case::text::is_han(next));
        (clause_start(text, word.start) && ends).then_some((range, 0.9))
    })
}

/// `某某有限公司`, alone on one of the last lines of a letter in which an organisation speaks of itself: it signs.
pub(super) fn signing_organisation(text: &Text) -> Option<Range<usize>> {
    if !text.any_of(0..text.len(), OWN_ORGANISATION) || own_organisation(text).is_some() {
        return None;
    }
    text.lines().into_iter().rev().take(SIGNATURE_LINES).find_map(|line| {
        let line = text.trim(line);
        organisation_at(text, line.start).filter(|range| range.end == line.end)
    })
}

/// Whether the name of an organisation stands alone on one of the last lines.
pub(super) fn organisation_alone(text: &Text) -> bool {
    text.lines().into_iter().rev().take(SIGNATURE_LINES).any(|line| {
        let line = text.trim(line);
        organisation_at(text, line.start).is_some_and(|range| range.end == line.end)
    })
}

/// `某某有限公司（盖章）` on one of the last lines: an organisation that signs with its seal.
pub(super) fn sealed_organisation(text: &Text) -> Option<Range<usize>> {
    const SEALS: &[&str] = &["(盖章)", "(公章)", "(章)", "(印章)", "(加盖公章)"];
    text.lines().into_iter().rev().take(SIGNATURE_LINES).find_map(|line| {
        let (_, seal) = text.all_of(line.clone(), SEALS).next()?;
        let value = text.trim(line.start..seal.start);
        let range = organisation_at(text, value.start)?;
        (range.end == value.end && seal.end >= line.end).then_some(range)
    })
}
