//! Shade removal: the light of the paper is estimated at low resolution and divided out, so the shadow of a hand and the
//! grey of a cheap copy become white; then ink is stretched to black. Grey stays grey: Tesseract draws its own line.

use super::grey::{Grey, histogram_of, quantile};
use super::number::{to_count, to_fraction, to_pixel};

/// How many blocks the longer side of the page has; a block is then a little smaller than a written character.
const BLOCKS: usize = 100;
/// In a block, this share of the pixels in thousandths is taken to be darker than the paper.
const PAPER_PER_MILLE: u32 = 800;
/// The darkest ink, in thousandths of all pixels.
const INK_PER_MILLE: u32 = 10;
/// Ink lighter than this is not made darker as if it were ink: the page may be blank.
const LIGHTEST_INK: u8 = 150;
/// From this value on paper is white.
const WHITE_FROM: f32 = 235.0;

/// The page as if evenly lit.
#[must_use]
pub fn remove_shade(mut page: Grey) -> Grey {
    let block = (page.width().max(page.height()) / BLOCKS).max(4);
    let light = spread(&paper_light(&page, block));
    let light = smooth(&light);
    let scale = 1.0 / to_fraction(block);
    for (y, row) in page.rows_mut().enumerate() {
        let across = light_of_row(&light, (to_fraction(y) + 0.5) * scale - 0.5);
        divide(row, &across, block);
    }
    stretch(page)
}

/// The value of the paper in each block.
fn paper_light(page: &Grey, block: usize) -> Grey {
    let columns = page.width().div_ceil(block);
    let rows = page.height().div_ceil(block);
    let mut pixels = Vec::with_capacity(columns * rows);
    for band in page.pixels().chunks(page.width() * block) {
        for column in 0..columns {
            let block_rows = band.chunks(page.width());
            let part = block_rows.flat_map(|row| row.iter().skip(column * block).take(block));
            pixels.push(quantile(&histogram_of(part), PAPER_PER_MILLE).max(1));
        }
    }
    Grey::new(columns, rows, pixels)
}

/// Each block takes the lightest value of its neighbours: a block full of ink must not count as dark paper.
fn spread(light: &Grey) -> Grey {
    neighbourhood(light, |values| values.max().unwrap_or(u8::MAX))
}

/// Each block takes the mean of its neighbours.
fn smooth(light: &Grey) -> Grey {
    neighbourhood(light, |values| {
        let (sum, count) = values.fold((0_u32, 0_u32), |(sum, count), value| (sum + u32::from(value), count + 1));
        u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX).max(1)
    })
}

fn neighbourhood(light: &Grey, merged: impl Fn(&mut dyn Iterator<Item = u8>) -> u8) -> Grey {
    let mut pixels = Vec::with_capacity(light.pixels().len());
    for y in 0..light.height() {
        for x in 0..light.width() {
            let rows = y.saturating_sub(1)..(y + 2).min(light.height());
            let columns = x.saturating_sub(1)..(x + 2).min(light.width());
            let mut values = rows.flat_map(|row| columns.clone().map(move |column| light.at(column, row)));
            pixels.push(merged(&mut values));
        }
    }
    Grey::new(light.width(), light.height(), pixels)
}

/// The light along one row of the page, between two rows of blocks.
fn light_of_row(light: &Grey, y: f32) -> Vec<f32> {
    let y = y.clamp(0.0, to_fraction(light.height() - 1));
    let upper = to_count(y);
    let part = y - to_fraction(upper);
    let lower = (upper + 1).min(light.height() - 1);
    (0..light.width())
        .map(|x| f32::from(light.at(x, upper)) * (1.0 - part) + f32::from(light.at(x, lower)) * part)
        .collect()
}

/// Divides one row of pixels by the light across it: between the middles of two blocks the light goes straight from one
/// to the other.
fn divide(row: &mut [u8], across: &[f32], block: usize) {
    let (edge, rest) = row.split_at_mut_checked(block / 2).unwrap_or_default();
    let first = across.first().copied().unwrap_or(255.0);
    divide_between(edge, first, first, block);
    for (number, pixels) in rest.chunks_mut(block).enumerate() {
        let one = across.get(number).copied().unwrap_or(first);
        divide_between(pixels, one, across.get(number + 1).copied().unwrap_or(one), block);
    }
}

fn divide_between(pixels: &mut [u8], one: f32, other: f32, block: usize) {
    let slope = (other - one) / to_fraction(block);
    // A small count: its conversion does several pixels in one step, that of a large one does not.
    for (x, pixel) in (0_u16..).zip(pixels) {
        let light = (one + slope * (f32::from(x) + 0.5)).max(1.0);
        *pixel = to_pixel((f32::from(*pixel) * 255.0 / light).min(255.0));
    }
}

/// Stretches ink to black and paper to white.
fn stretch(page: Grey) -> Grey {
    let black = f32::from(quantile(&page.histogram(), INK_PER_MILLE).min(LIGHTEST_INK));
    page.mapped(|value| ((value - black) * 255.0 / (WHITE_FROM - black)).clamp(0.0, 255.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shadow_becomes_paper_and_ink_in_it_stays_ink() {
        let (width, height) = (400, 400);
        let pixels = (0..height).flat_map(|y| {
            (0..width).map(move |x| {
                let paper: u8 = if x < 200 { 230 } else { 110 };
                if x % 40 < 4 && y % 40 < 20 { paper / 4 } else { paper }
            })
        });
        let clean = remove_shade(Grey::new(width, height, pixels.collect()));
        assert!(clean.at(20, 30) > 240 && clean.at(380, 30) > 240, "paper is white in light and in shadow");
        assert!(clean.at(1, 10) < 60 && clean.at(361, 10) < 60, "ink is dark in light and in shadow");
    }

    #[test]
    fn a_blank_page_is_not_stretched_into_noise() {
        let pixels = (0..10_000_u32).map(|place| 226 + u8::try_from(place % 5).expect("small")).collect();
        assert!(remove_shade(Grey::new(100, 100, pixels)).pixels().iter().all(|pixel| *pixel > 230));
    }
}
