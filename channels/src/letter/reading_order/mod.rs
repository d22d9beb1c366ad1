//! Pages that are not read line by line from top to bottom: vertical writing, whose columns go from right to left, and two
//! columns side by side.
//!
//! Such a page is [`arranged`] anew, as if written in one column of level lines, and read like any other by whichever
//! engine; then what was read is put back to where it stands on the page. The page is marked for a person all the same
//! ([`case::statement::Mark::ReadingOrder`]): the order was guessed from the gaps between the writing. The rules of the paper are taken
//! out before upright gaps are looked for; numbers that lie on their side in vertical writing are turned. Where the gaps do not tell
//! whether a page is vertical, it is read in level lines and marked as unsure.

mod arrange;
mod lying;
mod profile;

use case::field::Area;
use case::statement::ReadingOrder;

pub use self::arrange::{Arranged, arranged};
use super::cleaning::grey::Grey;
use super::record::{LineRecord, PageRecord};

/// Whether the writing of a page stands in upright columns, whichever way its characters lie.
#[must_use]
pub fn runs_in_columns(page: &Grey) -> bool {
    profile::Ink::of(page).is_some_and(|ink| ink.without_rules().vertical_columns().is_some())
}

/// Whether a page that is read in level lines may be vertical writing all the same, so that a person is asked.
#[must_use]
pub fn is_unsure(page: &Grey) -> bool {
    profile::Ink::of(page).is_some_and(|ink| ink.without_rules().may_be_vertical())
}

/// Lines that have margins of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The lines, in order.
    pub lines: Vec<LineRecord>,
    /// So many of them, from the first, stand across both columns: headings, which keep to the margins of neither.
    pub across: usize,
}

impl Block {
    fn of(lines: Vec<LineRecord>) -> Self {
        Self { lines, across: 0 }
    }

    /// Marks the first lines that reach to the `next` column.
    fn beside(&mut self, next: &Self) {
        let Some(column) = next.lines.iter().map(|line| line.area.left).min() else { return };
        let reaches = |line: &&LineRecord| line.area.left.saturating_add(line.area.width) > column;
        self.across = self.lines.iter().take_while(reaches).count();
    }
}

/// The lines of a page in blocks that have margins of their own, in order. Areas of vertical lines are given as those of
/// level ones: from top to bottom becomes from left to right.
#[must_use]
pub fn blocks(record: &PageRecord) -> Vec<Block> {
    match record.reading_order {
        None | Some(ReadingOrder::Unsure) => vec![Block::of(record.lines.clone())],
        Some(ReadingOrder::TwoColumns) => {
            // The second column starts where the lines jump up.
            let bottom = |line: &LineRecord| line.area.top.saturating_add(line.area.height);
            let mut blocks: Vec<Block> = Vec::new();
            for line in &record.lines {
                match blocks.last_mut() {
                    Some(block) if block.lines.last().is_none_or(|last| bottom(line) > last.area.top) => {
                        block.lines.push(line.clone());
                    }
                    Some(_) | None => blocks.push(Block::of(vec![line.clone()])),
                }
            }
            if let [first, second, ..] = blocks.as_mut_slice() {
                first.beside(second);
            }
            blocks
        }
        Some(ReadingOrder::Vertical) => {
            let level = |line: &LineRecord| {
                let Area { left, top, width, height } = line.area;
                let from_right = record.width.saturating_sub(left.saturating_add(width));
                LineRecord { area: Area { left: top, top: from_right, width: height, height: width }, ..line.clone() }
            };
            vec![Block::of(record.lines.iter().map(level).collect())]
        }
    }
}
