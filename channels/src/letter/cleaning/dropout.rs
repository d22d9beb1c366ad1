//! Colour dropout: red rules, red and green character grids, letterheads and seals vanish, and what was written stays.
//!
//! The usual dropout is the largest of red, green and blue. It also bleaches blue ink, and half of all letters are written
//! in it, so the larger of red and green is taken: red and green print become light, blue and black writing stays dark.

use super::super::decode::{Picture, Samples};
use super::grey::{Grey, histogram_of};

/// Darker than this counts as ink when the ink before and after is compared.
const INK_BELOW: usize = 128;
/// Darker than this is ink even where coloured print lies over it.
const DARKEST_PRINT: u8 = 140;
/// Strong colour darker than this may have ink below it, as where a seal lies over a signature.
const BRIGHT_PRINT: u8 = 190;
/// Paper itself is tinted so much, in warm light.
const PAPER_TINT: u8 = 20;
/// A page with at least this share of ink, in thousandths, before dropout ...
const WRITTEN_PER_MILLE: u32 = 4;
/// ... and less than this after was written in the colour that dropped out, such as a letter in red ink.
const EMPTY_PER_MILLE: u32 = 1;

/// The picture in grey, without coloured print.
#[must_use]
pub fn drop_colour(picture: &Picture) -> Grey {
    let (width, height) = (picture.width, picture.height);
    let colour = match &picture.samples {
        Samples::Grey(pixels) => return Grey::new(width, height, pixels.clone()),
        Samples::Colour(colour) => colour,
    };
    let dropped: Vec<u8> = colour.chunks_exact(3).map(larger_of_red_and_green).collect();
    if ink_per_mille(&dropped) >= EMPTY_PER_MILLE {
        return Grey::new(width, height, dropped);
    }
    let darkest: Vec<u8> = colour.chunks_exact(3).map(|pixel| pixel.iter().copied().min().unwrap_or(u8::MAX)).collect();
    let written_in_colour = ink_per_mille(&darkest) >= WRITTEN_PER_MILLE;
    Grey::new(width, height, if written_in_colour { darkest } else { dropped })
}

/// The larger of red and green, and lighter still the more it stands out from the others: a JPEG spreads the colour of a
/// thin rule thinner than its darkness.
fn larger_of_red_and_green(pixel: &[u8]) -> u8 {
    let [red, green, blue] = *pixel else { return u8::MAX };
    let (larger, smaller) = (red.max(green), red.min(green));
    let surplus = larger - smaller.max(blue).min(larger);
    if larger < DARKEST_PRINT || (larger < BRIGHT_PRINT && surplus > larger / 2) {
        return larger;
    }
    larger.saturating_add(surplus.saturating_sub(PAPER_TINT).saturating_mul(2))
}

fn ink_per_mille(pixels: &[u8]) -> u32 {
    let ink: u64 = histogram_of(pixels).iter().take(INK_BELOW).copied().map(u64::from).sum();
    let total = u64::try_from(pixels.len()).unwrap_or(u64::MAX).max(1);
    u32::try_from(ink * 1000 / total).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(pixels: &[[u8; 3]]) -> Picture {
        let samples = Samples::Colour(pixels.concat());
        Picture { width: pixels.len(), height: 1, samples, resolution: None }
    }

    #[test]
    fn red_and_green_print_goes_blue_and_black_ink_stays() {
        let mut pixels = vec![[250, 250, 250]; 96];
        pixels.extend([[220, 40, 40], [120, 210, 120], [40, 60, 190], [20, 20, 20]]);
        let grey = drop_colour(&picture(&pixels));
        assert!(grey.at(96, 0) > 200 && grey.at(97, 0) > 200, "red and green became light");
        assert!(grey.at(98, 0) < 80 && grey.at(99, 0) < 80, "blue and black stayed dark");
    }

    #[test]
    fn a_letter_in_red_ink_is_not_lost() {
        let mut pixels = vec![[250, 250, 250]; 90];
        pixels.extend([[200, 30, 40]; 10]);
        assert!(drop_colour(&picture(&pixels)).at(95, 0) < 80);
    }
}
