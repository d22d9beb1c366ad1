//! What scanner, telephone and age do to a page: noise, fading and shadow.

use super::measure::{brightness, real};
use super::sheet::Sheet;
use super::style::{Capture, Style};
use crate::sample::random::Sequence;

/// How dark the shadow of the hand is at its deepest, of 1.
const SHADOW: f32 = 0.42;
/// Places at which a row may enter the table of noise.
const TABLE: usize = 1 << 14;
/// Specks of dust for each million pixels at full noise.
const SPECKS: usize = 40;

/// Wears the page `number` of a letter as its style says.
pub fn wear(sheet: &mut Sheet, style: &Style, number: u64) {
    if style.fading > 0 {
        fade(sheet, style.fading);
    }
    if style.capture == Capture::Phone {
        shade(sheet);
    }
    if style.noise > 0 {
        add_noise(sheet, style.noise, &mut Sequence::of_item(style.seed, number));
    }
    sheet.coloured = style.is_coloured();
}

/// Draws black and white together.
fn fade(sheet: &mut Sheet, fading: u8) {
    let strength = f32::from(fading.min(100)) / 100.0;
    let table: Vec<u8> = (0..=255_u8)
        .map(|value| {
            let value = f32::from(value);
            brightness(value + (132.0 - value) * strength)
        })
        .collect();
    for sample in sheet.pixels.as_flattened_mut() {
        if let Some(faded) = table.get(usize::from(*sample)) {
            *sample = *faded;
        }
    }
}

/// Darkens towards the lower right, where the hand with the telephone keeps the light off, and warms the light a little.
fn shade(sheet: &mut Sheet) {
    let (width, height) = (real(sheet.width), real(sheet.height));
    for (y, row) in sheet.pixels.chunks_exact_mut(sheet.width.max(1)).enumerate() {
        let down = real(y) / height;
        for (x, [red, green, blue]) in row.iter_mut().enumerate() {
            let right = real(x) / width;
            let depth = (0.75 * right + 0.65 * down - 0.45).clamp(0.0, 1.0);
            let light = 1.0 - SHADOW * depth;
            *red = brightness(f32::from(*red) * light);
            *green = brightness(f32::from(*green) * light * 0.985);
            *blue = brightness(f32::from(*blue) * light * 0.95);
        }
    }
}

/// Moves every pixel by up to `strength` either way, nearer to 0 more often, and drops specks of dust.
///
/// The changes come from one table that every row enters at another place: quicker than a draw for each pixel, and
/// nobody sees the difference.
fn add_noise(sheet: &mut Sheet, strength: u8, sequence: &mut Sequence) {
    let width = sheet.width;
    let span = 2 * i32::from(strength) + 1;
    let table: Vec<i8> = (0..width + TABLE)
        .map(|_| {
            // The mean of three bytes lies near a bell curve.
            let bytes = sequence.bits().to_le_bytes();
            let sum: i32 = bytes.iter().take(3).map(|byte| i32::from(*byte)).sum();
            i8::try_from(sum * span / 766 - i32::from(strength)).unwrap_or(0)
        })
        .collect();
    for row in sheet.pixels.chunks_exact_mut(width.max(1)) {
        let changes = table.get(sequence.below(TABLE)..).unwrap_or_default();
        for (pixel, change) in row.iter_mut().zip(changes) {
            let [red, green, blue] = *pixel;
            *pixel = [
                red.saturating_add_signed(*change),
                green.saturating_add_signed(*change),
                blue.saturating_add_signed(*change),
            ];
        }
    }
    let specks = sheet.pixels.len() / 1_000_000 * SPECKS * usize::from(strength) / 32;
    for _ in 0..specks {
        let at = sequence.below(sheet.pixels.len());
        for place in [at, at.wrapping_add(1), at.wrapping_add(width)] {
            if let Some(pixel) = sheet.pixels.get_mut(place) {
                *pixel = [70, 70, 70];
            }
        }
    }
}
