//! Which part of a page is cut out and shown beside a field or a line.

use case::field::Area;

use crate::verification::sheet::Sheet;

/// How much of the paper above and below a value is shown in its cut-out, as a part of the value's height.
const MARGIN: u32 = 4;
/// The most lines that a cut-out shows, with the blanks between them.
const LINES_CUT_OUT: u32 = 4;
/// The height in pixels over which the margin grows no more: that of a large line at 300 dpi.
const HIGHEST: u32 = 80;

/// The usual height of a line of a page.
pub(super) fn line_height(page: u16, sheet: &Sheet) -> u32 {
    let lines = sheet.lines.iter().filter(|line| line.page == page);
    let mut heights: Vec<u32> = lines.map(|line| line.area.height).collect();
    heights.sort_unstable();
    heights.get(heights.len() / 2).copied().unwrap_or(u32::MAX)
}

/// Whether an area is higher than a line and a half.
pub(super) const fn is_tall(area: Area, line_height: u32) -> bool {
    area.height.saturating_mul(2) > line_height.saturating_mul(3)
}

/// The first lines of an area: a whole paragraph in a cut-out would be too small to read, and the image has all of it.
pub(super) fn first_lines(area: Area, line_height: u32) -> Area {
    Area { height: area.height.min(line_height.saturating_mul(LINES_CUT_OUT)), ..area }
}

/// An area with a margin of the paper around it: an engine's boxes are never exact, least of all at their sides.
pub(super) fn around(area: Area) -> Area {
    let height = area.height.min(HIGHEST);
    let (aside, above) = (height, height / MARGIN);
    let (left, top) = (area.left.saturating_sub(aside), area.top.saturating_sub(above));
    Area {
        left,
        top,
        width: area.width.saturating_add(area.left - left).saturating_add(aside),
        height: area.height.saturating_add(area.top - top).saturating_add(above),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_stays_on_the_page() {
        let at_the_edge = around(Area { left: 2, top: 0, width: 100, height: 40 });
        assert_eq!(at_the_edge, Area { left: 0, top: 0, width: 142, height: 50 });
    }
}
