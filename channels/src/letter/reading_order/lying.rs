//! Figures that lie on their side in vertical writing: typesetters turn numbers a quarter clockwise, eleven figures in a row.
//!
//! Read as upright characters they are other figures, or none. They are told by what no row of Chinese characters has: each is
//! half as high as a character, and all of them begin and end at the same distance from the middle of their column, because
//! figures are equally high. Where one such number is found, the page turns its numbers, so shorter ones (`11月3日`) that lie at the
//! same distance are figures too.

use std::ops::Range;

use super::super::cleaning::number::{to_fraction, to_usize};
use super::profile::Ink;

/// A run of ink higher than this, in characters, is no figure on its side.
const MOST_HIGH: f32 = 0.66;
/// A figure that lies alone is at least so high: a stroke is not.
const LEAST_HIGH: f32 = 0.22;
/// Figures stand out of a line so far, in characters, ...
const ACROSS: Range<f32> = 0.45..0.86;
/// ... begin and end in one line to this, ...
const ALIGNED: f32 = 0.07;
/// ... and have at most so much paper between them.
const APART: f32 = 0.32;
/// This part of a character, on either side of a column, holds no figure.
const INSET: usize = 14;
/// So many of them in a row are a number.
const FEWEST: usize = 4;

/// Ink that stands together in a column.
struct Run {
    rows: Range<usize>,
    /// Where it begins and ends across, from the middle of the column; the sum is 0 for what stands in the middle.
    edges: (f32, f32),
}

/// The rows of numbers that lie on their side, for each of `columns`, in the pixels of `ink`; `character` is how wide one is.
pub(super) fn lying(ink: &Ink, columns: &[Range<usize>], character: usize) -> Vec<Vec<Range<usize>>> {
    let high = to_fraction(character.max(1));
    // Figures stand in the middle; at the edges of a column a rule may have been left.
    let inset = character / INSET;
    let inner = columns.iter().map(|column| column.start + inset..column.end.saturating_sub(inset));
    let runs: Vec<Vec<Run>> = inner.map(|column| runs_of(ink, &column)).collect();
    // Columns are as wide as what stands in them, so each number first sets the measure of its own column.
    let own: Vec<Option<(f32, f32)>> = runs.iter().map(|column| edges_of_numbers(column, high)).collect();
    let any = own.iter().flatten().next().copied();
    let number = |stretch: &[Run]| {
        let (first, last) = (stretch.first()?, stretch.last()?);
        let alone = stretch.len() == 1 && to_fraction(first.rows.len()) < LEAST_HIGH * high;
        (!alone).then_some(first.rows.start..last.rows.end)
    };
    let of_column = |(column, own): (&Vec<Run>, &Option<(f32, f32)>)| match own.or(any) {
        Some(edges) => aligned(column, high, Some(edges)).into_iter().filter_map(number).collect(),
        None => Vec::new(),
    };
    runs.iter().zip(&own).map(of_column).collect()
}

/// Where the figures of a column's first number begin and end, from its middle; `None` where there is no number that lies on its
/// side beyond doubt.
fn edges_of_numbers(column: &[Run], high: f32) -> Option<(f32, f32)> {
    let certain = |stretch: &&[Run]| {
        let tall = stretch.iter().filter(|run| to_fraction(run.rows.len()) >= LEAST_HIGH * high).count();
        stretch.len() >= FEWEST && tall * 2 > stretch.len()
    };
    aligned(column, high, None).into_iter().find(certain)?.first().map(|run| run.edges)
}

/// The runs that may be figures, in stretches of which all are equally high; at `edges`, where it is known at which.
fn aligned(runs: &[Run], high: f32, edges: Option<(f32, f32)>) -> Vec<&[Run]> {
    let near = |one: (f32, f32), other: (f32, f32)| {
        let most = ALIGNED * high + 1.0;
        (one.0 - other.0).abs() <= most && (one.1 - other.1).abs() <= most
    };
    let figure = |run: &Run| {
        let across = (run.edges.1 - run.edges.0) / high;
        to_fraction(run.rows.len()) <= MOST_HIGH * high
            && ACROSS.contains(&across)
            && edges.is_none_or(|edges| near(run.edges, edges))
    };
    let together = |one: &Run, next: &Run| {
        let apart = to_fraction(next.rows.start.saturating_sub(one.rows.end));
        figure(one) && figure(next) && apart <= APART * high && near(one.edges, next.edges)
    };
    runs.chunk_by(together).filter(|stretch| stretch.iter().all(figure)).collect()
}

fn runs_of(ink: &Ink, column: &Range<usize>) -> Vec<Run> {
    let counts = ink.rows(column);
    let inked: Vec<usize> = (0..counts.len()).filter(|row| counts.get(*row).is_some_and(|count| *count > 0)).collect();
    let middle = to_fraction(column.start + column.end) / 2.0;
    let run = |rows: &[usize]| {
        let rows = *rows.first()?..rows.last()? + 1;
        let sides: Vec<usize> =
            column.clone().filter(|place| rows.clone().any(|row| ink.count(row, &(*place..place + 1)) > 0)).collect();
        let (left, right) = (to_fraction(*sides.first()?), to_fraction(sides.last()? + 1));
        Some(Run { rows, edges: (left - middle, right - middle) })
    };
    inked.chunk_by(|one, next| *next == one + 1).filter_map(run).collect()
}

/// `range` of one measure in another one that is `times` finer.
pub(super) fn finer(range: &Range<usize>, times: usize) -> Range<usize> {
    range.start * times..range.end * times
}

/// `range` in pixels that are `times` larger: all that it touches.
pub(super) fn coarser(range: &Range<usize>, times: usize) -> Range<usize> {
    range.start / times.max(1)..range.end.div_ceil(times.max(1))
}

/// How many pixels of the page a finer search has for one of its own: a page of 300 dots to an inch is searched as it is.
pub(super) fn fine_factor(long_side: usize) -> usize {
    const MOST: u32 = 4_000;
    long_side.div_ceil(to_usize(MOST)).max(1)
}
