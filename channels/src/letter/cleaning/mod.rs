//! From the picture of a page to what Tesseract reads best, in the order that measured best: the sheet of a photograph
//! laid flat, colour dropout, shade removal, scale to 300 dpi, level lines. Grey comes out: Tesseract's own threshold beats ours on noisy scans.

pub mod colour;
pub mod dropout;
pub mod grey;
pub mod number;
pub mod shade;
pub mod sheet;
pub mod skew;
pub mod warp;

use case::field::Area;

use self::colour::Colour;
use self::grey::Grey;
use self::number::{to_count, to_fraction};
use self::warp::Map;
use super::decode::{Picture, Samples};
use super::settings::Limits;

/// The resolution that Tesseract's models were trained on.
pub const RESOLUTION: u32 = 300;
/// Pages below this are scaled up to [`RESOLUTION`]. A page of 200 dpi is left as it is: it was read no worse (skewed and
/// noisy print 1.4 % wrong instead of 1.7 %, by Tesseract), in three quarters of the time.
const SCALE_UP_BELOW: u32 = 180;
/// Pages above this are scaled down to it: more dots cost time and bring nothing.
const SCALE_DOWN_ABOVE: u32 = 400;
/// Less skew than this is left as it is, in degrees.
const LEAST_SKEW: f32 = 0.15;
/// The long side of an A4 page, in tenths of an inch.
const A4_TENTHS: u32 = 117;
/// The long side of a page that a stated resolution may imply, in tenths of an inch: from a postcard to A2.
const PLAUSIBLE_TENTHS: std::ops::RangeInclusive<u32> = 50..=240;
/// Darker than this is ink, on the clean page.
const INK_BELOW: usize = 110;
/// Darker than this is pale ink: pencil, a worn ribbon, or writing that shows through from the other side.
const PALE_BELOW: usize = 205;
/// With less ink than this share of the page, in millionths, nothing is written on it. One line of writing on A4 has
/// about 1,500.
const BLANK_PER_MILLION: u64 = 150;
/// Dust, two punched holes and a fold have less than this.
const LITTLE_PER_MILLION: u64 = 2_500;
/// The long side to which a page is reduced before pale ink is looked for.
const CALM_LONG_SIDE: usize = 1_100;
/// So much pale ink makes a page worth reading; reading tells pencil from what shows through.
const PALE_PER_MILLION: u64 = 800;

/// A page ready to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanPage {
    /// The page in grey.
    pub grey: Grey,
    /// By how many degrees it was turned.
    pub skew_degrees: f32,
    /// Whether nothing is written on it: it has no ink, or only what shows through from the other side.
    pub blank: bool,
    /// The picture as taken, and where the places of the clean page lie in it.
    source: Picture,
    map: Map,
}

/// A part of a page that is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The part.
    pub from: Area,
    /// Where its left edge goes.
    pub left: usize,
    /// Where its upper edge goes.
    pub top: usize,
    /// Whether it is turned a quarter counter-clockwise on the way.
    pub turned: bool,
}

impl CleanPage {
    /// The page, now known to be blank.
    #[must_use]
    pub fn without_writing(mut self) -> Self {
        self.blank = true;
        self
    }

    /// Whether so little is on it that, when no engine finds a word, it is dust, punched holes and folds.
    #[must_use]
    pub fn has_little_ink(&self) -> bool {
        per_million(&self.grey, PALE_BELOW) < LITTLE_PER_MILLION
    }

    /// The page in colour as it was taken (no dropout, no shade removal): same size and same places as [`Self::grey`].
    /// Made when asked for, in one resampling of the picture as taken.
    #[must_use]
    pub fn colour(&self) -> Colour {
        colour::resampled(&self.source, &self.map, self.grey.width(), self.grey.height())
    }

    /// A page of `width` and `height` onto which parts of this one were moved.
    #[must_use]
    pub fn rearranged(&self, width: usize, height: usize, moves: &[Move]) -> Self {
        let grey = arrange(self.grey.pixels(), self.grey.width(), (width, height), 1, moves);
        let samples = arrange(self.colour().samples(), self.grey.width(), (width, height), 3, moves);
        let source = Picture { width, height, samples: Samples::Colour(samples), resolution: Some(RESOLUTION) };
        let grey = Grey::new(width, height, grey);
        Self { grey, skew_degrees: self.skew_degrees, blank: self.blank, source, map: Map::IDENTITY }
    }

    /// The page after `quarters` quarter turns clockwise, its lines made level again.
    #[must_use]
    pub fn turned(self, quarters: u8) -> Self {
        let turn = Map::quarter_turn((self.grey.width(), self.grey.height()), quarters);
        let (grey, skew_degrees, map) = level(self.grey.turned(quarters), 1.0);
        Self { grey, skew_degrees, blank: self.blank, map: map.then(&turn).then(&self.map), source: self.source }
    }
}

/// White paper of `new` width and height with parts of an old page of `old_width` on it; `channels` bytes a pixel.
fn arrange(old: &[u8], old_width: usize, new: (usize, usize), channels: usize, moves: &[Move]) -> Vec<u8> {
    let mut pixels = vec![u8::MAX; new.0.saturating_mul(new.1).saturating_mul(channels)];
    for Move { from, left, top, turned } in moves {
        let [from_left, from_top, width, height] = [from.left, from.top, from.width, from.height].map(number::to_usize);
        if *turned {
            let pixel = |x: usize, y: usize, width: usize| (y * width + x) * channels;
            for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
                let (to_x, to_y) = (left + y, top + width - 1 - x);
                if to_x >= new.0 || from_left + x >= old_width {
                    continue;
                }
                let (source, target) = (pixel(from_left + x, from_top + y, old_width), pixel(to_x, to_y, new.0));
                let parts = old.get(source..source + channels).zip(pixels.get_mut(target..target + channels));
                if let Some((source, target)) = parts {
                    target.copy_from_slice(source);
                }
            }
            continue;
        }
        let width = width.min(old_width.saturating_sub(from_left)).min(new.0.saturating_sub(*left));
        for row in 0..height {
            let source = ((from_top + row) * old_width + from_left) * channels;
            let target = ((top + row) * new.0 + left) * channels;
            let parts =
                old.get(source..source + width * channels).zip(pixels.get_mut(target..target + width * channels));
            if let Some((source, target)) = parts {
                target.copy_from_slice(source);
            }
        }
    }
    pixels
}

/// Cleans a page.
#[must_use]
pub fn clean(picture: Picture, limits: &Limits) -> CleanPage {
    let picture = sheet::laid_flat(picture, limits);
    let page = shade::remove_shade(dropout::drop_colour(&picture));
    if is_blank(&page) {
        return CleanPage { grey: page, skew_degrees: 0.0, blank: true, source: picture, map: Map::IDENTITY };
    }
    let scale = scale(&page, picture.resolution, limits);
    let (grey, skew_degrees, map) = level(page, scale);
    CleanPage { grey, skew_degrees, blank: false, source: picture, map }
}

/// Makes the lines of a page level and scales it by `scale`, in one resampling; also gives the turn in degrees and where
/// its places lie in the page as it was.
fn level(page: Grey, scale: f32) -> (Grey, f32, Map) {
    let skew = skew::skew_degrees(&page);
    let skew_degrees = if skew.abs() < LEAST_SKEW { 0.0 } else { skew };
    if skew_degrees == 0.0 && (scale - 1.0).abs() < f32::EPSILON {
        return (page, skew_degrees, Map::IDENTITY);
    }
    let old = (page.width(), page.height());
    let new = (to_count(to_fraction(old.0) * scale + 0.5).max(1), to_count(to_fraction(old.1) * scale + 0.5).max(1));
    let map = Map::turn(old, new, skew_degrees, scale);
    (warp::warp(&page, new.0, new.1, &map), skew_degrees, map)
}

fn is_blank(page: &Grey) -> bool {
    // Noise is fine, pale writing is not: the mean of a few pixels tells them apart.
    let factor = (page.width().max(page.height()) / CALM_LONG_SIDE).max(1);
    per_million(page, INK_BELOW) < BLANK_PER_MILLION
        && per_million(&page.reduced(factor), PALE_BELOW) < PALE_PER_MILLION
}

/// The share of pixels darker than `below`, in millionths.
fn per_million(page: &Grey, below: usize) -> u64 {
    let ink: u64 = page.histogram().iter().take(below).copied().map(u64::from).sum();
    ink.saturating_mul(1_000_000) / u64::try_from(page.pixels().len()).unwrap_or(u64::MAX)
}

/// By how much the page is scaled. A stated resolution counts only when the page would then have a plausible size; else
/// the page is taken for A4.
fn scale(page: &Grey, stated: Option<u32>, limits: &Limits) -> f32 {
    let long = number::to_u32(page.width().max(page.height()));
    let plausible = stated.filter(|dpi| *dpi > 0 && PLAUSIBLE_TENTHS.contains(&(long.saturating_mul(10) / dpi)));
    let resolution = plausible.unwrap_or(long.saturating_mul(10) / A4_TENTHS).max(30);
    if (SCALE_UP_BELOW..=SCALE_DOWN_ABOVE).contains(&resolution) {
        return 1.0;
    }
    let ratio = |dots: u32| f32::from(u16::try_from(dots).unwrap_or(u16::MAX));
    let wanted = ratio(RESOLUTION) / ratio(resolution);
    let pixels = to_fraction(page.pixels().len());
    let most = to_fraction(usize::try_from(limits.pixels).unwrap_or(usize::MAX));
    wanted.min((most / pixels).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_back_is_blank_and_a_line_of_writing_is_not() {
        let mut samples = vec![240; 1240 * 1754];
        let page =
            |samples| Picture { width: 1240, height: 1754, samples: Samples::Grey(samples), resolution: Some(150) };
        assert!(clean(page(samples.clone()), &Limits::default()).blank);
        for row in samples.chunks_exact_mut(1240).skip(300).take(40) {
            for dash in row.chunks_mut(30).skip(5).take(25) {
                dash.iter_mut().take(9).for_each(|pixel| *pixel = 20);
            }
        }
        let clean = clean(page(samples), &Limits::default());
        assert!(!clean.blank);
        assert_eq!((clean.grey.width(), clean.grey.height()), (2480, 3508), "150 dpi becomes 300");
    }

    #[test]
    fn pencil_is_writing_and_noise_is_not() {
        let page = |pixel: &dyn Fn(usize, usize) -> u8| {
            let samples = (0..1754).flat_map(|y| (0..1240).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
            Picture { width: 1240, height: 1754, samples: Samples::Grey(samples), resolution: Some(150) }
        };
        let noise = |x: usize, y: usize| number::to_pixel(to_fraction((x * 7919 + y * 104_729) % 37) + 200.0);
        assert!(clean(page(&noise), &Limits::default()).blank);
        let pencil = |x: usize, y: usize| {
            let stroke = (300..700).contains(&y) && y % 60 < 30 && (150..1000).contains(&x) && x % 30 < 3;
            if stroke { 185 } else { 240 }
        };
        assert!(!clean(page(&pencil), &Limits::default()).blank, "a few faint lines are read");
    }

    #[test]
    fn a_camera_that_claims_72_dots_is_not_believed() {
        let page = Grey::new(3000, 4000, Vec::new());
        assert!((scale(&page, Some(72), &Limits::default()) - 1.0).abs() < f32::EPSILON);
        let page = Grey::new(1240, 1754, Vec::new());
        assert!((scale(&page, Some(150), &Limits::default()) - 2.0).abs() < f32::EPSILON);
    }
}
