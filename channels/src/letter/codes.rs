//! Codes on pages: those that the office printed itself, separator sheets and registration stickers, and any other where it is in the way of
//! reading. Looked for in the page child only; the gateway checks what they say.

use case::field::Area;
use case::problem::{Problem, ProblemCode};
use rxing::qrcode::QRCodeWriter;
use rxing::{BarcodeFormat, DecodeHints, RXingResult, Writer};
use serde::{Deserialize, Serialize};

use super::cleaning::grey::Grey;
use super::cleaning::number::to_u32;
use super::decode::{Picture, Samples};

/// What every code of the office begins with. Other codes on a page, such as those of a bill, are none of ours.
pub const PREFIX: &str = "XQ1-";
/// The longest text of a code that is passed on, in bytes.
const LONGEST: usize = 64;
/// The most codes of one page that are passed on.
const MOST: usize = 8;
/// The page is reduced until its long side has at most so many pixels: about 150 dpi for A4, where the finest module that we print
/// still has 5 pixels.
const LONG_SIDE: usize = 1_800;
/// Darker than this is ink.
const INK_BELOW: usize = 110;
/// With less ink than this share of the page, in millionths, nothing is on it.
const BLANK_PER_MILLION: u64 = 150;

/// A code on paper that is not quite flat goes on by this share beyond the corners that were found, in per cent.
const BEYOND_CORNERS: u32 = 10;

/// What a page shows at first sight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PageSurvey {
    /// The texts of its codes, each once.
    pub codes: Vec<String>,
    /// Whether nothing is on it.
    pub blank: bool,
}

/// Looks at a page.
#[must_use]
pub fn survey(picture: &Picture) -> PageSurvey {
    let grey = grey_of(picture);
    let small = grey.reduced(factor_of(&grey));
    let ink: u64 = small.histogram().iter().take(INK_BELOW).copied().map(u64::from).sum();
    let total = u64::try_from(small.pixels().len()).unwrap_or(u64::MAX);
    if ink.saturating_mul(1_000_000) < total.saturating_mul(BLANK_PER_MILLION) {
        return PageSurvey { codes: Vec::new(), blank: true };
    }
    PageSurvey { codes: codes_on(&small), blank: false }
}

/// Where codes stand on a page, whoever printed them: an engine reads them as characters.
#[must_use]
pub fn areas(page: &Grey) -> Vec<Area> {
    let factor = to_u32(factor_of(page));
    found_on(&page.reduced(factor_of(page))).iter().filter_map(|code| area_of(code, factor)).collect()
}

/// What a code covers, in pixels of a page that is `factor` times larger.
fn area_of(code: &RXingResult, factor: u32) -> Option<Area> {
    let whole = |value: f32| to_u32(format!("{:.0}", value.max(0.0)).parse().unwrap_or(0));
    let (xs, ys): (Vec<u32>, Vec<u32>) = code.getPoints().iter().map(|point| (whole(point.x), whole(point.y))).unzip();
    let span = |values: &[u32]| {
        let (least, most) = (*values.iter().min()?, *values.iter().max()?);
        let beyond = (most - least) * BEYOND_CORNERS / 100;
        let from = least.saturating_sub(beyond);
        Some((from * factor, (most + beyond - from) * factor))
    };
    let ((left, width), (top, height)) = (span(&xs)?, span(&ys)?);
    Some(Area { left, top, width, height })
}

fn factor_of(page: &Grey) -> usize {
    page.width().max(page.height()).div_ceil(LONG_SIDE).max(1)
}

fn codes_on(page: &Grey) -> Vec<String> {
    let mut codes: Vec<String> = found_on(page)
        .iter()
        .map(|code| code.getText().to_owned())
        .filter(|text| text.starts_with(PREFIX) && text.len() <= LONGEST && text.is_ascii())
        .collect();
    codes.sort();
    codes.dedup();
    codes.truncate(MOST);
    codes
}

fn found_on(page: &Grey) -> Vec<RXingResult> {
    let mut hints = DecodeHints {
        PossibleFormats: Some(std::iter::once(BarcodeFormat::QR_CODE).collect()),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let (width, height) = (to_u32(page.width()), to_u32(page.height()));
    let found = rxing::helpers::detect_multiple_in_luma_with_hints(page.pixels().to_vec(), width, height, &mut hints);
    found.unwrap_or_default()
}

/// A QR code as it is printed, with the quiet margin around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Modules on a side.
    pub side: usize,
    /// The dark modules, as column and row from the upper left.
    pub dark: Vec<(usize, usize)>,
}

/// The QR code of `text`.
///
/// # Errors
/// [`ProblemCode::Internal`] when it is too long for a code, which ours never are.
pub fn print(text: &str) -> Result<Printed, Problem> {
    let made = QRCodeWriter.encode(text, &BarcodeFormat::QR_CODE, 0, 0);
    let matrix = made.map_err(|_long| ProblemCode::Internal.because("条码无法生成"))?;
    let (width, height) = (matrix.width(), matrix.height());
    let places = (0..height).flat_map(|row| (0..width).map(move |column| (column, row)));
    let dark = places.filter(|(column, row)| matrix.get(*column, *row));
    let number = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    Ok(Printed { side: number(width), dark: dark.map(|(column, row)| (number(column), number(row))).collect() })
}

fn grey_of(picture: &Picture) -> Grey {
    let pixels = match &picture.samples {
        Samples::Grey(pixels) => pixels.clone(),
        // Green is nearest to what the eye takes for brightness, and black print is dark in it.
        Samples::Colour(samples) => samples.chunks_exact(3).filter_map(|pixel| pixel.get(1).copied()).collect(),
    };
    Grey::new(picture.width, picture.height, pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_with(text: &str, module: usize) -> Picture {
        let printed = print(text).expect("a code");
        let (width, height) = (1_240, 1_754);
        let mut pixels = vec![250; width * height];
        for (column, row) in printed.dark {
            for y in 0..module {
                for x in 0..module {
                    pixels[(300 + row * module + y) * width + 200 + column * module + x] = 20;
                }
            }
        }
        Picture { width, height, samples: Samples::Grey(pixels), resolution: Some(150) }
    }

    #[test]
    fn a_code_of_ours_is_found_and_others_are_not_passed_on() {
        assert_eq!(survey(&page_with("XQ1-S-L-0123456789ab", 6)).codes, ["XQ1-S-L-0123456789ab"]);
        let foreign = survey(&page_with("https://example.invalid/pay", 6));
        assert_eq!(foreign, PageSurvey { codes: Vec::new(), blank: false });
    }

    #[test]
    fn a_code_covers_what_was_printed_and_little_more() {
        for (text, module) in [("XQ1-S-L-0123456789ab", 6), ("https://example.invalid/pay", 12)] {
            let side = u32::try_from(print(text).expect("a code").side * module).expect("a number");
            let areas = areas(&grey_of(&page_with(text, module)));
            let [area] = areas[..] else { panic!("one code: {areas:?}") };
            // The quiet margin of four modules on each side need not be covered.
            let quiet = u32::try_from(4 * module).expect("a number");
            assert!(area.left <= 200 + quiet && area.top <= 300 + quiet, "{area:?}");
            assert!(
                area.left + area.width >= 200 + side - quiet && area.top + area.height >= 300 + side - quiet,
                "{area:?}"
            );
            assert!(area.width <= side && area.height <= side, "{area:?} of {side}");
        }
    }

    #[test]
    fn an_empty_page_is_blank() {
        let picture =
            Picture { width: 600, height: 800, samples: Samples::Colour(vec![255; 1_440_000]), resolution: None };
        assert!(survey(&picture).blank);
    }
}
