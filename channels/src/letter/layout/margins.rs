//! The margins of a page's writing, and what its lines are by where they stand between them: headings, paragraphs, signatures.
//!
//! A letter of short rows reaches its margins with few lines; a line that runs over its margin moves it nowhere.

use case::text::is_han;

use super::super::record::LineRecord;

/// A line that starts further right than this many characters after the margin starts a paragraph.
const INDENT: f32 = 1.2;
/// A line that ends more than this many characters before the margin ends a paragraph.
const SHORTFALL: f32 = 2.5;
/// A line with at least this many characters free on both sides, alike, is a heading in the middle ...
const FREE_BESIDE_HEADING: f32 = 1.0;
/// ... when it stands first on its page or is higher than the others by this factor.
const HIGHER: f32 = 1.12;
/// So many lines that end together make a margin ...
const FULL_LINES: usize = 3;
/// ... over which a line may run by so many characters.
const OVER_MARGIN: f32 = 5.0;
/// A line that begins behind this part of the writing's width stands at the right: a signature, a date.
const AT_RIGHT: f32 = 0.45;

/// The margins of a page's writing and the width of a character in it.
pub(super) struct Margins {
    left: f32,
    right: f32,
    pub(super) character: f32,
    height: f32,
}

impl Margins {
    /// Measured on the long lines; `None` without lines.
    pub(super) fn of(lines: &[LineRecord]) -> Option<Self> {
        let longest = lines.iter().map(|line| line.area.width).max()?;
        let long: Vec<&LineRecord> = lines.iter().filter(|line| line.area.width >= longest / 2).collect();
        let middle = |mut values: Vec<u32>, per_cent: usize| {
            values.sort_unstable();
            let place = values.len().saturating_sub(1) * per_cent / 100;
            values.get(place).copied().map_or(0.0, number)
        };
        let widths = long.iter().map(|line| line.area.width / characters(line).max(1)).collect();
        let height = middle(long.iter().map(|line| line.area.height).collect(), 50);
        let character = middle(widths, 50).max(1.0);
        // In a letter of short rows few lines reach the margins.
        let left = middle(long.iter().map(|line| line.area.left).collect(), 10);
        let rights = long.iter().map(|line| number(line.area.left.saturating_add(line.area.width)));
        Some(Self { left, right: right_margin(rights.collect(), character), character, height })
    }

    pub(super) fn is_heading(&self, line: &LineRecord, first_of_page: bool) -> bool {
        let before = number(line.area.left) - self.left;
        let after = self.right - number(line.area.left.saturating_add(line.area.width));
        let free = FREE_BESIDE_HEADING * self.character;
        let in_the_middle = before > free && after > free && (before - after).abs() < before.max(after) / 2.0;
        in_the_middle && (first_of_page || number(line.area.height) > HIGHER * self.height)
    }

    /// A signature or a date, which nothing goes on from and nothing goes on in.
    pub(super) fn stands_at_right(&self, line: &LineRecord) -> bool {
        number(line.area.left) > self.left + AT_RIGHT * (self.right - self.left) && self.right > self.left
    }

    pub(super) fn starts_paragraph(&self, line: &LineRecord) -> bool {
        number(line.area.left) > self.left + INDENT * self.character
    }

    /// `市信访局：` below a title that fills its line.
    pub(super) fn is_salutation(&self, line: &LineRecord) -> bool {
        let ends = line.words.last().is_some_and(|word| word.text.ends_with([':', '：']));
        ends && line.area.width * 3 < 2 * width_between(self.left, self.right)
    }

    pub(super) fn ends_paragraph(&self, line: &LineRecord) -> bool {
        number(line.area.left.saturating_add(line.area.width)) < self.right - SHORTFALL * self.character
    }
}

/// Where the line that reaches furthest ends, or a little before it where several lines end and it alone runs over the margin.
pub(super) fn right_margin(mut ends: Vec<f32>, character: f32) -> f32 {
    ends.sort_unstable_by(|one, other| other.total_cmp(one));
    let furthest = ends.first().copied().unwrap_or_default();
    let margin = ends
        .windows(FULL_LINES)
        .find_map(|full| Some((full.first()?, full.last()?)).filter(|(first, last)| **first - **last <= character));
    margin.map(|(end, _)| *end).filter(|end| furthest - end <= OVER_MARGIN * character).unwrap_or(furthest)
}

fn width_between(left: f32, right: f32) -> u32 {
    super::super::cleaning::number::to_u32(super::super::cleaning::number::to_count((right - left).max(0.0)))
}

/// The characters of a line in widths of a Chinese one: digits and letters are half as wide.
fn characters(line: &LineRecord) -> u32 {
    let halves: usize = line
        .words
        .iter()
        .flat_map(|word| word.text.chars())
        .map(|character| if is_han(character) || !character.is_ascii() { 2 } else { 1 })
        .sum();
    u32::try_from(halves.div_ceil(2)).unwrap_or(u32::MAX)
}

pub(super) fn number(value: u32) -> f32 {
    super::super::cleaning::number::to_fraction(usize::try_from(value).unwrap_or(usize::MAX))
}
