//! Letter pages drawn by us: what a scanner would deliver, with the text that is on them known exactly.
//!
//! A [`Letter`] is laid out on A4 ([`layout`]), drawn as outlines on a [`sheet::Sheet`] through one
//! projection ([`canvas`]), so that skew and the perspective of a phone cost no sharpness, worn by [`wear`] and written
//! as JPEG, PNG, TIFF or PDF ([`encode`], [`pdf`]). Fonts are the system's ([`font`]); none is shipped.
//!
//! | part | module |
//! |---|---|
//! | text with its roles | [`letter`] |
//! | how a page looks | [`style`] |
//! | a PDF written by a word processor, with a text layer | [`mod@born_digital`] |

pub mod born_digital;
pub mod canvas;
pub mod coded;
pub mod encode;
pub mod font;
mod hand;
pub mod layout;
pub mod letter;
mod measure;
pub mod pdf;
mod seal;
pub mod sheet;
pub mod style;
#[cfg(test)]
mod tests;
pub mod wear;

use case::problem::Problem;

pub use self::born_digital::born_digital;
pub use self::encode::{fax, jpeg, png, tiff};
pub use self::font::Typefaces;
pub use self::letter::Letter;
pub use self::pdf::scanned;
pub use self::sheet::Sheet;
pub use self::style::{Capture, Direction, Mark, Paper, Style, Typeface};

use self::canvas::Canvas;
use crate::sample::random::Sequence;

/// Keeps the hand's numbers apart from those of the noise.
const HAND: u64 = 0x6861_6e64;

/// Draws `letter` in `style`: one sheet for each page that the text needs, at least one.
///
/// # Errors
/// [`case::problem::ProblemCode::FontMissing`] when the typeface cannot be read.
pub fn render(letter: &Letter, style: &Style, typefaces: &Typefaces) -> Result<Vec<Sheet>, Problem> {
    let font = typefaces.get(style.typeface)?;
    let pages = layout::lay_out(letter, style, font);
    let sheets = pages.iter().zip(0_u64..).map(|(page, number)| {
        let mut canvas = Canvas::new(style);
        match style.paper {
            Paper::Plain => {}
            Paper::RedRules => canvas.rules(&layout::ruled_baselines(style), style),
            Paper::Squares => canvas.squares(&layout::ruled_baselines(style), style),
        }
        let mut strokes = Sequence::of_item(style.seed ^ HAND, number);
        for placed in &page.glyphs {
            match style.typeface {
                Typeface::Hand => hand::write(&mut canvas, font, placed, style.ink, &mut strokes),
                Typeface::Song | Typeface::Hei => canvas.glyph(font, placed, style.ink),
            }
        }
        for mark in &style.marks {
            match mark {
                Mark::Seal { around } => {
                    if let Some(signature) = page.signature {
                        seal::seal(&mut canvas, font, around, signature.middle);
                    }
                }
                Mark::Thumbprint => {
                    if let Some(signature) = page.signature {
                        seal::thumbprint(&mut canvas, signature);
                    }
                }
            }
        }
        let mut sheet = canvas.into_sheet();
        wear::wear(&mut sheet, style, number);
        sheet
    });
    Ok(sheets.collect())
}
