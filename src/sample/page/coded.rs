//! Pages with codes on them: separator sheets, and stickers put on letters.

use case::problem::Problem;
use channels::letter::codes;

use super::sheet::Sheet;
use super::style::Style;

/// Dots per inch of a separator sheet.
const DPI: u16 = 200;
/// A4 at [`DPI`].
const SHEET: (usize, usize) = (1654, 2339);

/// A separator sheet with the code `text`.
///
/// # Errors
/// The text is too long for a code.
pub fn separator(text: &str) -> Result<Sheet, Problem> {
    let mut sheet = Sheet::filled(SHEET.0, SHEET.1, [252, 252, 252], DPI);
    stamp(&mut sheet, text, (500, 700), 14)?;
    Ok(sheet)
}

/// The blank back of a sheet.
#[must_use]
pub fn blank() -> Sheet {
    Sheet::filled(SHEET.0, SHEET.1, [249, 249, 248], DPI)
}

/// Puts the sticker `text` into the upper right corner of a page that was drawn in `style`.
///
/// # Errors
/// The text is too long for a code.
pub fn sticker(sheet: &mut Sheet, text: &str, style: &Style) -> Result<(), Problem> {
    let printed = codes::print(text)?;
    // 24 mm on a side.
    let module = super::measure::pixel(style.pixels(68.0)).div_ceil(printed.side).max(1);
    let side = printed.side * module;
    stamp(sheet, text, (sheet.width.saturating_sub(side + 60), 40), module)
}

fn stamp(sheet: &mut Sheet, text: &str, at: (usize, usize), module: usize) -> Result<(), Problem> {
    let printed = codes::print(text)?;
    let mut fill = |left: usize, top: usize, side: usize, colour: [u8; 3]| {
        for row in top..top + side {
            let start = row * sheet.width + left;
            if let Some(pixels) = sheet.pixels.get_mut(start..start + side) {
                pixels.fill(colour);
            }
        }
    };
    fill(at.0, at.1, printed.side * module, [255, 255, 255]);
    for (column, row) in printed.dark {
        fill(at.0 + column * module, at.1 + row * module, module, [15, 15, 15]);
    }
    Ok(())
}
