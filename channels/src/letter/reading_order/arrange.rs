//! The pieces of a page, moved so that they read in one column of level lines, and back.

use std::ops::Range;

use case::field::Area;
use case::statement::ReadingOrder;

use super::super::cleaning::CleanPage;
use super::super::cleaning::number::{to_u32, to_usize};
use super::super::record::{LineRecord, union};
use super::profile::{Gutter, Ink, runs};

/// More pieces than this have no order worth guessing; a full page of vertical writing has about 600.
const MOST_PIECES: usize = 4_000;
/// Paper between what stood side by side, in pixels of the reduced page.
const BETWEEN: usize = 12;
/// Paper that a column keeps around it, in pixels of the reduced page.
const BESIDE: usize = 2;

/// A page whose pieces were moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Arranged {
    /// In which order it reads.
    pub order: ReadingOrder,
    /// The page in one column of level lines, for an engine.
    pub page: CleanPage,
    pieces: Vec<Piece>,
}

/// A part of the page and where its upper left corner went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Piece {
    from: Area,
    left: u32,
    top: u32,
}

/// The page arranged anew; `None` for a page in one column of level lines, as nearly all are.
#[must_use]
pub fn arranged(page: &CleanPage) -> Option<Arranged> {
    if page.blank {
        return None;
    }
    let ink = Ink::of(&page.grey)?;
    let size = (page.grey.width(), page.grey.height());
    let (order, pieces) = match ink.vertical_columns() {
        Some(columns) => (ReadingOrder::Vertical, vertical(&ink, &columns, size)),
        None => (ReadingOrder::TwoColumns, two_columns(&ink.gutter()?, ink.factor, size)),
    };
    if pieces.is_empty() || pieces.len() > MOST_PIECES {
        return None;
    }
    let margin = to_u32(ink.factor) * 8;
    let width = pieces.iter().map(|piece| piece.left.saturating_add(piece.from.width)).max()?.saturating_add(margin);
    let height = pieces.iter().map(|piece| piece.top.saturating_add(piece.from.height)).max()?.saturating_add(margin);
    let moves: Vec<(Area, (usize, usize))> =
        pieces.iter().map(|piece| (piece.from, (to_usize(piece.left), to_usize(piece.top)))).collect();
    Some(Arranged { order, page: page.rearranged(to_usize(width), to_usize(height), &moves), pieces })
}

impl Arranged {
    /// Puts areas of the arranged page back to where they stand on the page as it was.
    pub fn put_back(&self, lines: &mut [LineRecord]) {
        for line in lines {
            for word in &mut line.words {
                word.area = self.back(word.area);
            }
            line.area = union(line.words.iter().map(|word| word.area)).unwrap_or_else(|| self.back(line.area));
        }
    }

    fn back(&self, area: Area) -> Area {
        let parts = self.pieces.iter().filter_map(|piece| {
            let to = Area { left: piece.left, top: piece.top, ..piece.from };
            let shared = shared(area, to)?;
            Some(Area {
                left: shared.left - to.left + piece.from.left,
                top: shared.top - to.top + piece.from.top,
                ..shared
            })
        });
        // A part that is only touched does not count: boxes are drawn with room to spare.
        let parts: Vec<Area> = parts.collect();
        let size = |area: &Area| u64::from(area.width) * u64::from(area.height);
        let largest = parts.iter().copied().max_by_key(size);
        match self.order {
            // A line lies in one column.
            ReadingOrder::TwoColumns => largest.unwrap_or(area),
            ReadingOrder::Vertical => {
                let least = largest.as_ref().map_or(0, size) / 8;
                union(parts.into_iter().filter(|part| size(part) >= least)).unwrap_or(area)
            }
        }
    }
}

fn shared(one: Area, other: Area) -> Option<Area> {
    let side = |one: (u32, u32), other: (u32, u32)| {
        let start = one.0.max(other.0);
        let end = one.0.saturating_add(one.1).min(other.0.saturating_add(other.1));
        (end > start).then(|| (start, end - start))
    };
    let (left, width) = side((one.left, one.width), (other.left, other.width))?;
    let (top, height) = side((one.top, one.height), (other.top, other.height))?;
    Some(Area { left, top, width, height })
}

/// What stands above both columns, the left one, the right one below it, and what stands below both.
fn two_columns(gutter: &Gutter, factor: usize, (width, height): (usize, usize)) -> Vec<Piece> {
    let at = (gutter.at * factor).min(width);
    let (start, end) = (gutter.rows.start * factor, (gutter.rows.end * factor).min(height));
    // Free to the last row means free to the end of the page.
    let area = |columns: Range<usize>, rows: Range<usize>| Area {
        left: to_u32(columns.start),
        top: to_u32(rows.start),
        width: to_u32(columns.len()),
        height: to_u32(rows.len()),
    };
    let parts =
        [area(0..width, 0..start), area(0..at, start..end), area(at..width, start..end), area(0..width, end..height)];
    let mut top = 0;
    let mut pieces = Vec::new();
    for from in parts.into_iter().filter(|part| part.width > 0 && part.height > 0) {
        pieces.push(Piece { from, left: 0, top });
        top += from.height + to_u32(BETWEEN * factor);
    }
    pieces
}

/// The characters of vertical writing as lines, one for each column, the rightmost first.
fn vertical(ink: &Ink, columns: &[Range<usize>], (width, height): (usize, usize)) -> Vec<Piece> {
    let factor = ink.factor;
    let mut sizes: Vec<usize> = columns.iter().map(Range::len).collect();
    sizes.sort_unstable();
    let character = sizes.get(sizes.len() / 2).copied().unwrap_or(1).max(4);
    let pitch = character * 7 / 4;
    let mut pieces = Vec::new();
    for (line, column) in columns.iter().rev().enumerate() {
        let counts = ink.rows(column);
        let mut left = character;
        for rows in characters(&counts, character) {
            let from_left = column.start.saturating_sub(BESIDE) * factor;
            let across = ((column.end + BESIDE) * factor).min(width).saturating_sub(from_left);
            let top = rows.start * factor;
            let down = (rows.end * factor).min(height).saturating_sub(top);
            let from = Area { left: to_u32(from_left), top: to_u32(top), width: to_u32(across), height: to_u32(down) };
            // In the middle of its line, as high as it is.
            let above = (character + pitch * line) * factor + (character * factor).saturating_sub(down) / 2;
            pieces.push(Piece { from, left: to_u32(left * factor), top: to_u32(above) });
            left += column.len() + 2 * BESIDE + character / 12;
        }
    }
    pieces
}

/// The rows of each character of a column: what stands together, cut where it is thinnest when it is too high for one.
fn characters(counts: &[u32], character: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for run in runs(counts, &(0..counts.len())) {
        match found.last_mut() {
            // Parts of one character, such as the strokes of 三.
            Some(last) if run.end - last.start <= character * 9 / 8 => last.end = run.end,
            Some(_) | None => found.push(run),
        }
    }
    found.into_iter().flat_map(|run| cut(counts, run, character)).collect()
}

fn cut(counts: &[u32], run: Range<usize>, character: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = run.start;
    while run.end - start > character * 3 / 2 {
        let (first, last) = (start + character * 3 / 4, start + character * 5 / 4);
        let thinnest = (first..last).min_by_key(|row| counts.get(*row).copied().unwrap_or(0)).unwrap_or(last);
        pieces.push(start..thinnest);
        start = thinnest;
    }
    pieces.push(start..run.end);
    pieces
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
