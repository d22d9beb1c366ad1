//! Where the gaps between the writing lie.

use std::ops::Range;

use super::super::cleaning::grey::Grey;
use super::super::cleaning::number::{to_count, to_fraction};

/// The long side to which a page is reduced for the search.
const LONG_SIDE: usize = 900;
/// Darker than this is ink, on the clean and reduced page.
const INK_BELOW: u8 = 150;
/// Darker than this is ink or a thin rule.
const FAINT_BELOW: u8 = 200;
/// With fewer points of ink nothing is said.
const FEWEST_POINTS: usize = 400;
/// A row or column with less than this share of the mean ink is a gap.
const GAP_BELOW: f32 = 0.06;
/// In vertical writing at least this share of the columns are gaps ...
const LEAST_GAPS: f32 = 0.2;
/// ... and so many times more than of the rows, which on squared paper have gaps too ...
const MORE_GAPS: f32 = 2.5;
/// ... and it has at least so many columns of writing.
const FEWEST_COLUMNS: usize = 4;
/// Columns are so many times higher than wide; the characters of a single line are not.
const COLUMN_HIGH: usize = 4;
/// With this share of gaps down the page, and more than across it, a person is asked how the page reads ...
const PERHAPS_GAPS: f32 = 0.12;
/// ... where there are at least so many columns.
const FEWEST_PERHAPS: usize = 2;
/// A line so long, in pixels of the reduced page, is a rule of the paper and no stroke: about four characters ...
const RULE_LONG: usize = 64;
/// ... with at most so many pixels missing in a row.
const RULE_BROKEN: usize = 3;
/// ... and this share of it inked.
const RULE_INKED: f32 = 0.8;
/// ... and is at most so broad.
const RULE_BROAD: usize = 4;
/// Two columns are looked for with a gap at least so wide, as a share of the page's width ...
const GUTTER: f32 = 0.022;
/// ... in this middle part of the writing's width ...
const GUTTER_WITHIN: (f32, f32) = (0.3, 0.7);
/// ... and as long as this share of the writing's height.
const GUTTER_LONG: f32 = 0.45;
/// Both columns have at least so many lines ...
const FEWEST_LINES: usize = 6;
/// ... each with ink in at least so many rows of the reduced page: what is left of the rules of squared paper is thinner ...
const LINE_HIGH: usize = 4;
/// ... and with at least this share of the ink of a usual line: what is left of its upright rules is high, but has little ...
const LINE_INK: f32 = 0.15;
/// ... and this share of the ink.
const LEAST_INK: f32 = 0.25;
/// At least this share of the left column's lines come near the gap; in a list or form they do not.
const FULL_LINES: f32 = 0.5;
/// How near that is, as a share of the page's width.
const NEAR_GUTTER: f32 = 0.09;

/// The ink of a reduced page.
pub(super) struct Ink {
    /// By how much it is reduced.
    pub(super) factor: usize,
    width: usize,
    height: usize,
    /// For each row, the count of ink left of each place: `width + 1` values.
    sums: Vec<u32>,
    /// Where there is at least faint ink, row by row: thin rules are paler than strokes.
    faint: Vec<bool>,
}

/// A line of writing on one side of a gap, or what looks like one.
struct Line {
    rows: Range<usize>,
    /// Its points of ink.
    ink: f32,
}

/// A gap between two columns, in pixels of the reduced page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gutter {
    /// Its middle.
    pub(super) at: usize,
    /// The rows over which it is free of ink.
    pub(super) rows: Range<usize>,
}

impl Ink {
    pub(super) fn of(page: &Grey) -> Option<Self> {
        Self::reduced(page, (page.width().max(page.height()) / LONG_SIDE).max(1))
    }

    /// The ink of a page reduced by `factor`; `None` with hardly any.
    pub(super) fn reduced(page: &Grey, factor: usize) -> Option<Self> {
        let small = page.reduced(factor);
        let mut sums = Vec::with_capacity((small.width() + 1) * small.height());
        let mut points = 0_usize;
        for row in small.rows() {
            let mut sum = 0;
            sums.push(sum);
            for pixel in row {
                sum += u32::from(*pixel < INK_BELOW);
                sums.push(sum);
            }
            points += super::super::cleaning::number::to_usize(sum);
        }
        let faint = small.pixels().iter().map(|pixel| *pixel < FAINT_BELOW).collect();
        let ink = Self { factor, width: small.width(), height: small.height(), sums, faint };
        (points >= FEWEST_POINTS).then_some(ink)
    }

    /// The writing without the rules of the paper: straight lines longer than any stroke, upright and level.
    pub(super) fn without_rules(&self) -> Self {
        let mut points: Vec<bool> = (0..self.height)
            .flat_map(|row| (0..self.width).map(move |place| self.count(row, &(place..place + 1)) > 0))
            .collect();
        let down = |place: usize| (0..self.height).map(move |row| row * self.width + place);
        let along = |row: usize| (0..self.width).map(move |place| row * self.width + place);
        let mut upright = vec![false; points.len()];
        let mut level = vec![false; points.len()];
        (0..self.width).for_each(|place| mark_long_runs(down(place), &self.faint, &mut upright));
        (0..self.height).for_each(|row| mark_long_runs(along(row), &self.faint, &mut level));
        (0..self.height).for_each(|row| clear_thin(along(row), &upright, &mut points));
        (0..self.width).for_each(|place| clear_thin(down(place), &level, &mut points));
        let sums = points.chunks(self.width.max(1)).flat_map(sums_of).collect();
        Self { sums, faint: self.faint.clone(), ..*self }
    }

    /// The ink of a row between two places.
    pub(super) fn count(&self, row: usize, columns: &Range<usize>) -> u32 {
        let sum = |place: usize| self.sums.get(row * (self.width + 1) + place.min(self.width)).copied().unwrap_or(0);
        sum(columns.end).saturating_sub(sum(columns.start))
    }

    /// The ink of each row.
    pub(super) fn rows(&self, columns: &Range<usize>) -> Vec<u32> {
        (0..self.height).map(|row| self.count(row, columns)).collect()
    }

    /// The ink of each column.
    fn columns(&self, rows: &Range<usize>) -> Vec<u32> {
        (0..self.width).map(|place| rows.clone().map(|row| self.count(row, &(place..place + 1))).sum()).collect()
    }

    /// The rows and columns between which all writing but stray marks lies.
    fn extent(&self) -> (Range<usize>, Range<usize>) {
        let rows = middle_part(&self.rows(&(0..self.width)));
        let columns = middle_part(&self.columns(&rows));
        (rows, columns)
    }

    /// The columns of vertical writing from left to right; `None` when it is none.
    pub(super) fn vertical_columns(&self) -> Option<Vec<Range<usize>>> {
        let (rows, columns) = self.extent();
        let down = self.columns(&rows);
        let along = self.rows(&columns);
        let (across, level) = (gap_share(&down, &columns), gap_share(&along, &rows));
        if across < LEAST_GAPS || across < MORE_GAPS * level + 0.05 {
            return None;
        }
        let found = merged(runs(&down, &columns));
        (found.len() >= FEWEST_COLUMNS && are_upright(&found, &rows)).then(|| with_edges(found, &down))
    }

    /// Whether the writing may stand in upright columns, but not as plainly as vertical writing does: the gaps run rather down the page
    /// than across it.
    pub(super) fn may_be_vertical(&self) -> bool {
        let (rows, columns) = self.extent();
        let (down, along) = (self.columns(&rows), self.rows(&columns));
        let (across, level) = (gap_share(&down, &columns), gap_share(&along, &rows));
        let found = merged(runs(&down, &columns));
        across >= PERHAPS_GAPS && across > level && found.len() >= FEWEST_PERHAPS && are_upright(&found, &rows)
    }

    /// The gap between two columns of level lines.
    pub(super) fn gutter(&self) -> Option<Gutter> {
        let (rows, columns) = self.extent();
        let wide = to_count(to_fraction(self.width) * GUTTER).max(2);
        let span = to_fraction(columns.len());
        let from = columns.start + to_count(span * GUTTER_WITHIN.0);
        let to = columns.start + to_count(span * GUTTER_WITHIN.1);
        let longest = (from..to).step_by(2).map(|start| (start, self.longest_free(&(start..start + wide), &rows)));
        let best = longest.clone().map(|(_, free)| free.len()).max()?;
        // Of equally long gaps the middle one: the gap is wider than the window.
        let places: Vec<(usize, Range<usize>)> = longest.filter(|(_, free)| free.len() == best).collect();
        let (start, free) = places.get(places.len() / 2)?.clone();
        let gutter = Gutter { at: start + wide / 2, rows: free };
        self.is_between_columns(&gutter, &rows, &columns).then_some(gutter)
    }

    fn longest_free(&self, columns: &Range<usize>, rows: &Range<usize>) -> Range<usize> {
        let mut longest = 0..0;
        let mut start = rows.start;
        for row in rows.clone() {
            if self.count(row, columns) > 0 {
                start = row + 1;
            } else if row + 1 - start > longest.len() {
                longest = start..row + 1;
            }
        }
        longest
    }

    fn is_between_columns(&self, gutter: &Gutter, rows: &Range<usize>, columns: &Range<usize>) -> bool {
        if to_fraction(gutter.rows.len()) < GUTTER_LONG * to_fraction(rows.len()) {
            return false;
        }
        let [left, right] =
            [columns.start..gutter.at, gutter.at..columns.end].map(|side| self.lines(&side, &gutter.rows));
        let usual = left.iter().chain(&right).map(|line| line.ink).fold(0.0, f32::max);
        let [left, right] = [left, right].map(|lines| {
            let full = |line: &Line| line.rows.len() >= LINE_HIGH && line.ink >= LINE_INK * usual;
            lines.into_iter().filter(full).collect::<Vec<_>>()
        });
        let ink = |lines: &[Line]| lines.iter().map(|line| line.ink).sum::<f32>();
        let near = gutter.at.saturating_sub(to_count(to_fraction(self.width) * NEAR_GUTTER))..gutter.at;
        let full = left.iter().filter(|line| line.rows.clone().any(|row| self.count(row, &near) > 0)).count();
        left.len() >= FEWEST_LINES
            && right.len() >= FEWEST_LINES
            && ink(&left).min(ink(&right)) >= LEAST_INK * (ink(&left) + ink(&right))
            && to_fraction(full) >= FULL_LINES * to_fraction(left.len())
    }

    /// What stands in `side` without a gap between its rows.
    fn lines(&self, side: &Range<usize>, within: &Range<usize>) -> Vec<Line> {
        let counts = self.rows(side);
        let ink = |rows: &Range<usize>| -> u32 { counts.get(rows.clone()).unwrap_or_default().iter().sum() };
        let line = |rows| Line { ink: to_fraction(super::super::cleaning::number::to_usize(ink(&rows))), rows };
        runs(&counts, within).into_iter().map(line).collect()
    }
}

/// For a row of points, the count of ink left of each place.
fn sums_of(row: &[bool]) -> Vec<u32> {
    let mut sums = Vec::with_capacity(row.len() + 1);
    let mut sum = 0;
    sums.push(sum);
    for point in row {
        sum += u32::from(*point);
        sums.push(sum);
    }
    sums
}

/// Marks the places of ink that lie in runs as long as rules, along one row or column of `points`.
fn mark_long_runs(along: impl Iterator<Item = usize>, points: &[bool], marked: &mut [bool]) {
    let (mut run, mut missing, mut broken) = (Vec::new(), 0, 0);
    let mut end = |run: &mut Vec<usize>, broken: usize| {
        let whole = to_fraction(run.len() + broken);
        let is_rule = run.len() >= RULE_LONG && to_fraction(run.len()) >= RULE_INKED * whole;
        for place in run.drain(..) {
            if let Some(mark) = marked.get_mut(place).filter(|_| is_rule) {
                *mark = true;
            }
        }
    };
    for place in along {
        if points.get(place).copied().unwrap_or(false) {
            run.push(place);
            broken += std::mem::take(&mut missing);
        } else if !run.is_empty() {
            missing += 1;
            if missing > RULE_BROKEN {
                end(&mut run, broken);
                (missing, broken) = (0, 0);
            }
        }
    }
    end(&mut run, broken);
}

/// Takes out of `points` what is marked and thin across: characters that touch are as long as a rule, but broad.
fn clear_thin(across: impl Iterator<Item = usize>, marked: &[bool], points: &mut [bool]) {
    let is_marked = |place: &usize| marked.get(*place).copied().unwrap_or(false);
    let across: Vec<usize> = across.collect();
    for group in across.chunk_by(|one, next| is_marked(one) == is_marked(next)) {
        if group.len() > RULE_BROAD || !group.first().is_some_and(is_marked) {
            continue;
        }
        for place in group {
            if let Some(point) = points.get_mut(*place) {
                *point = false;
            }
        }
    }
}

/// The places between which all but a hundredth of the counts lie on either side.
fn middle_part(counts: &[u32]) -> Range<usize> {
    let total: u32 = counts.iter().sum();
    let beyond = total / 100;
    let start = passed(counts.iter(), beyond);
    let end = counts.len() - passed(counts.iter().rev(), beyond);
    start..end.max(start)
}

/// How many counts come before their sum is over `limit`.
fn passed<'counts>(mut counts: impl Iterator<Item = &'counts u32>, limit: u32) -> usize {
    let mut sum = 0;
    let over = |count: &u32| {
        sum += count;
        sum > limit
    };
    counts.position(over).unwrap_or(0)
}

fn gap_limit(counts: &[u32], within: &Range<usize>) -> f32 {
    let part = counts.get(within.clone()).unwrap_or_default();
    let sum: f32 = part.iter().map(|count| to_fraction(super::super::cleaning::number::to_usize(*count))).sum();
    GAP_BELOW * sum / to_fraction(part.len().max(1))
}

fn gap_share(counts: &[u32], within: &Range<usize>) -> f32 {
    let limit = gap_limit(counts, within);
    let part = counts.get(within.clone()).unwrap_or_default();
    let gaps = part.iter().filter(|count| to_fraction(super::super::cleaning::number::to_usize(**count)) < limit);
    to_fraction(gaps.count()) / to_fraction(part.len().max(1))
}

/// The runs without gaps.
pub(super) fn runs(counts: &[u32], within: &Range<usize>) -> Vec<Range<usize>> {
    let limit = gap_limit(counts, within);
    let mut runs: Vec<Range<usize>> = Vec::new();
    for place in within.clone() {
        let count = counts.get(place).copied().unwrap_or(0);
        if to_fraction(super::super::cleaning::number::to_usize(count)) < limit.max(0.5) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == place => run.end += 1,
            Some(_) | None => runs.push(place..place + 1),
        }
    }
    runs
}

/// The width that most of the written breadth has: what is left of rules is thin, however often it stands there.
fn usual_width(runs: &[Range<usize>]) -> usize {
    let mut widths: Vec<usize> = runs.iter().map(Range::len).collect();
    widths.sort_unstable();
    let total: usize = widths.iter().sum();
    let mut sum = 0;
    let half = |width: &usize| {
        sum += width;
        sum * 2 > total
    };
    widths.into_iter().find(half).unwrap_or(0)
}

/// Columns with the little ink at their edges: a short one has less there than a long one has in its gaps.
fn with_edges(mut columns: Vec<Range<usize>>, counts: &[u32]) -> Vec<Range<usize>> {
    let inked = |place: usize| counts.get(place).is_some_and(|count| *count > 0);
    for index in 0..columns.len() {
        let before = index.checked_sub(1).and_then(|before| columns.get(before)).map_or(0, |before| before.end);
        let next = columns.get(index + 1).map_or(counts.len(), |next| next.start);
        let Some(column) = columns.get_mut(index) else { break };
        let room = column.len() / 4;
        let least = (before + column.start).div_ceil(2).max(column.start.saturating_sub(room));
        while column.start > least && inked(column.start - 1) {
            column.start -= 1;
        }
        let most = ((column.end + next) / 2).min(column.end + room);
        while column.end < most && inked(column.end) {
            column.end += 1;
        }
    }
    columns
}

/// Whether what was found is high enough for columns of several characters.
fn are_upright(columns: &[Range<usize>], rows: &Range<usize>) -> bool {
    rows.len() >= COLUMN_HIGH * usual_width(columns)
}

/// Narrow runs (a column of thin strokes beside its characters, punctuation) joined with the nearer neighbour.
fn merged(runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let usual = usual_width(&runs);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for run in runs {
        match merged.last_mut() {
            Some(last) if run.end - last.start <= usual * 5 / 4 => last.end = run.end,
            Some(_) | None => merged.push(run),
        }
    }
    merged.retain(|run| run.len() * 3 >= usual);
    merged
}
