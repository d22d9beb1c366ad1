//! The pieces of a page, moved so that they read in one column of level lines, and back.

use std::ops::Range;

use case::field::Area;
use case::statement::ReadingOrder;

use super::super::cleaning::grey::Grey;
use super::super::cleaning::number::{to_u32, to_usize};
use super::super::cleaning::{CleanPage, Move};
use super::super::record::{LineRecord, union};
use super::lying::{coarser, fine_factor, finer, lying};
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
    /// Whether it lies on its side on the page and was turned upright.
    turned: bool,
}

impl Piece {
    /// Where it went.
    const fn to(&self) -> Area {
        let (width, height) =
            if self.turned { (self.from.height, self.from.width) } else { (self.from.width, self.from.height) };
        Area { left: self.left, top: self.top, width, height }
    }
}

/// The page arranged anew; `None` for a page in one column of level lines, as nearly all are.
#[must_use]
pub fn arranged(page: &CleanPage) -> Option<Arranged> {
    if page.blank {
        return None;
    }
    let ink = Ink::of(&page.grey)?;
    let size = (page.grey.width(), page.grey.height());
    let plain = ink.without_rules();
    let (order, pieces) = match plain.vertical_columns() {
        Some(columns) => (ReadingOrder::Vertical, vertical(&plain, &columns, &page.grey)),
        None => (ReadingOrder::TwoColumns, two_columns(&ink.gutter()?, ink.factor, size)),
    };
    if pieces.is_empty() || pieces.len() > MOST_PIECES {
        return None;
    }
    let margin = to_u32(ink.factor) * 8;
    let width = pieces.iter().map(|piece| piece.left.saturating_add(piece.to().width)).max()?.saturating_add(margin);
    let height = pieces.iter().map(|piece| piece.top.saturating_add(piece.to().height)).max()?.saturating_add(margin);
    let moved = |piece: &Piece| Move {
        from: piece.from,
        left: to_usize(piece.left),
        top: to_usize(piece.top),
        turned: piece.turned,
    };
    let moves: Vec<Move> = pieces.iter().map(moved).collect();
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
            let to = piece.to();
            let shared = shared(area, to)?;
            if piece.turned {
                // What was its right side is on top.
                let below = shared.top - to.top + shared.height;
                return Some(Area {
                    left: piece.from.left + piece.from.width.saturating_sub(below),
                    top: piece.from.top + shared.left - to.left,
                    width: shared.height,
                    height: shared.width,
                });
            }
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
            ReadingOrder::TwoColumns | ReadingOrder::Unsure => largest.unwrap_or(area),
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
        pieces.push(Piece { from, left: 0, top, turned: false });
        top += from.height + to_u32(BETWEEN * factor);
    }
    pieces
}

/// The characters of vertical writing as lines, one for each column, the rightmost first.
fn vertical(ink: &Ink, columns: &[Range<usize>], page: &Grey) -> Vec<Piece> {
    let factor = ink.factor;
    let (width, height) = (page.width(), page.height());
    let mut sizes: Vec<usize> = columns.iter().map(Range::len).collect();
    sizes.sort_unstable();
    let character = sizes.get(sizes.len() / 2).copied().unwrap_or(1).max(4);
    let pitch = character * 7 / 4;
    let lying = lying_numbers(page, columns, character, factor);
    let mut pieces = Vec::new();
    for (line, (column, lying)) in columns.iter().zip(&lying).rev().enumerate() {
        let mut counts = ink.rows(column);
        for rows in lying {
            counts.get_mut(coarser(rows, factor)).unwrap_or_default().fill(0);
        }
        // A title is larger than the rest.
        let upright =
            characters(&counts, character.max(column.len())).into_iter().map(|rows| (finer(&rows, factor), false));
        // A number keeps a little paper around it.
        let room = character * factor / 12;
        let turned = lying.iter().map(|rows| (rows.start.saturating_sub(room)..rows.end + room, true));
        let mut parts: Vec<(Range<usize>, bool)> = upright.chain(turned).collect();
        parts.sort_by_key(|(rows, _)| rows.start);
        let mut left = character * factor;
        for (rows, turned) in parts {
            let from_left = column.start.saturating_sub(BESIDE) * factor;
            let across = ((column.end + BESIDE) * factor).min(width).saturating_sub(from_left);
            let down = rows.end.min(height).saturating_sub(rows.start);
            let from =
                Area { left: to_u32(from_left), top: to_u32(rows.start), width: to_u32(across), height: to_u32(down) };
            // In the middle of its line, as high as it is.
            let high = if turned { across } else { down };
            let above = (character + pitch * line) * factor + (character * factor).saturating_sub(high) / 2;
            let piece = Piece { from, left: to_u32(left), top: to_u32(above), turned };
            pieces.push(piece);
            left += if turned { down } else { (column.len() + 2 * BESIDE) * factor } + (character / 12) * factor;
        }
    }
    pieces
}

/// The rows of numbers that lie on their side in each column, in pixels of the page.
fn lying_numbers(page: &Grey, columns: &[Range<usize>], character: usize, factor: usize) -> Vec<Vec<Range<usize>>> {
    let fine = fine_factor(page.width().max(page.height()));
    let Some(ink) = Ink::reduced(page, fine) else { return vec![Vec::new(); columns.len()] };
    let columns: Vec<Range<usize>> = columns.iter().map(|column| coarser(&finer(column, factor), fine)).collect();
    let found = lying(&ink, &columns, character * factor / fine);
    found.into_iter().map(|rows| rows.iter().map(|rows| finer(rows, fine)).collect()).collect()
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
