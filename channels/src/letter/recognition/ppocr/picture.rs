//! The page as the networks see it: blue, green, red from -1 to 1, in planes; whole and small for finding lines, in strips
//! of one height for reading them.

use rten_tensor::NdTensor;

use super::super::super::cleaning::colour::Colour;
use super::super::super::cleaning::number::{to_count, to_fraction};
use super::quad::Quad;

/// The height of a strip in pixels, as the recognition network was trained.
const STRIP_HEIGHT: usize = 48;
/// A strip is at least this wide, with grey behind a shorter line: narrower ones were not trained.
const LEAST_STRIP_WIDTH: usize = 320;
/// The widest strip. A line across A4 has about 1,900 pixels.
const MOST_STRIP_WIDTH: usize = 4_096;
/// Sides of the small page are multiples of this, for the network halves it five times.
const MULTIPLE: usize = 32;

/// A picture for a network.
pub(super) struct Input {
    /// One picture, three planes, rows, columns.
    pub(super) tensor: NdTensor<f32, 4>,
    /// Which part of its width shows the page.
    pub(super) used: f32,
}

/// The page so small that its long side has `long_side` pixels, or a few less; never larger than it is. Each pixel is the mean of what it covers.
pub(super) fn small(page: &Colour, long_side: usize) -> Input {
    let factor = (to_fraction(long_side) / to_fraction(page.width().max(page.height()))).min(1.0);
    let side = |length: usize| {
        let multiples = to_count(to_fraction(length) * factor / to_fraction(MULTIPLE) + 0.5);
        multiples.max(1) * MULTIPLE
    };
    let (width, height) = (side(page.width()), side(page.height()));
    let columns: Vec<(usize, usize)> = (0..width).map(|column| covered(column, width, page.width())).collect();
    let mut planes = vec![0.0; 3 * width * height];
    let (blue, rest) = planes.split_at_mut(width * height);
    let (green, red) = rest.split_at_mut(width * height);
    let cells = blue.iter_mut().zip(green).zip(red);
    let mut places = (0..height).flat_map(|row| {
        let rows = covered(row, height, page.height());
        columns.iter().map(move |columns| (rows, *columns))
    });
    for ((blue, green), red) in cells {
        let Some(((top, bottom), (left, right))) = places.next() else { break };
        let mut sums = [0_u32; 3];
        for row in top..bottom {
            let from = (row * page.width() + left) * 3;
            let to = (row * page.width() + right) * 3;
            for pixel in page.samples().get(from..to).unwrap_or_default().chunks_exact(3) {
                for (sum, sample) in sums.iter_mut().zip(pixel) {
                    *sum += u32::from(*sample);
                }
            }
        }
        let count = to_fraction((bottom - top) * (right - left));
        let [r, g, b] = sums.map(|sum| level(to_fraction(usize::try_from(sum).unwrap_or(0)) / count));
        (*blue, *green, *red) = (b, g, r);
    }
    Input { tensor: NdTensor::from_data([1, 3, height, width], planes), used: 1.0 }
}

/// The old pixels that new pixel `place` of `new` covers, of `old`: at least one.
fn covered(place: usize, new: usize, old: usize) -> (usize, usize) {
    let from = place * old / new;
    let to = ((place + 1) * old).div_ceil(new).min(old);
    (from.min(old.saturating_sub(1)), to.max(from + 1))
}

/// A line cut out of the page, level and of the height that the network reads.
pub(super) fn strip(page: &Colour, line: &Quad) -> Input {
    let ratio = line.width() / line.height().max(1.0);
    let width = to_count((to_fraction(STRIP_HEIGHT) * ratio).ceil()).clamp(1, MOST_STRIP_WIDTH);
    let whole = width.max(LEAST_STRIP_WIDTH);
    // A line much higher than a strip, such as a heading, is sampled more than once for each pixel.
    let finer = to_count((line.height() / to_fraction(STRIP_HEIGHT) + 0.4).floor()).clamp(1, 4);
    let size = STRIP_HEIGHT * whole;
    let mut planes = vec![0.0; 3 * size];
    let (blue, rest) = planes.split_at_mut(size);
    let (green, red) = rest.split_at_mut(size);
    let rows = blue.chunks_exact_mut(whole).zip(green.chunks_exact_mut(whole)).zip(red.chunks_exact_mut(whole));
    for (row, ((blue, green), red)) in rows.enumerate() {
        for (column, ((blue, green), red)) in blue.iter_mut().zip(green).zip(red).take(width).enumerate() {
            let mut sums = [0.0; 3];
            for step in 0..finer * finer {
                let (right, down) = (step % finer, step / finer);
                let middle = |place: usize, part: usize, count: usize| {
                    (to_fraction(place * finer + part) + 0.5) / to_fraction(count * finer)
                };
                let place = line.at(middle(column, right, width), middle(row, down, STRIP_HEIGHT));
                for (sum, sample) in sums.iter_mut().zip(sample(page, place.x - 0.5, place.y - 0.5)) {
                    *sum += sample;
                }
            }
            let [r, g, b] = sums.map(|sum: f32| level(sum / to_fraction(finer * finer)));
            (*blue, *green, *red) = (b, g, r);
        }
    }
    Input {
        tensor: NdTensor::from_data([1, 3, STRIP_HEIGHT, whole], planes),
        used: to_fraction(width) / to_fraction(whole),
    }
}

/// 0 to 255 as -1 to 1.
fn level(sample: f32) -> f32 {
    sample / 127.5 - 1.0
}

/// Red, green, blue between the four pixels around a place; places outside are as the edge.
fn sample(page: &Colour, x: f32, y: f32) -> [f32; 3] {
    let (right, bottom) = (to_fraction(page.width() - 1), to_fraction(page.height() - 1));
    let (x, y) = (x.clamp(0.0, right), y.clamp(0.0, bottom));
    let (left, top) = (to_count(x), to_count(y));
    let (across, down) = (x - to_fraction(left), y - to_fraction(top));
    let next = |row: usize, column: usize| {
        let column = column.min(page.width() - 1);
        let from = (row.min(page.height() - 1) * page.width() + column) * 3;
        match page.samples().get(from..from + 3) {
            Some([red, green, blue]) => [*red, *green, *blue].map(f32::from),
            Some(_) | None => [255.0; 3],
        }
    };
    let mix = |one: [f32; 3], other: [f32; 3], part: f32| {
        let ([a, b, c], [d, e, f]) = (one, other);
        [a + (d - a) * part, b + (e - b) * part, c + (f - c) * part]
    };
    let upper = mix(next(top, left), next(top, left + 1), across);
    let lower = mix(next(top + 1, left), next(top + 1, left + 1), across);
    mix(upper, lower, down)
}

#[cfg(test)]
mod tests {
    use rten_tensor::prelude::*;

    use super::super::quad::Point;
    use super::*;

    /// Red on the left, blue on the right.
    fn page(width: usize, height: usize) -> Colour {
        let pixel = |column: usize| if column * 2 < width { [255, 0, 0] } else { [0, 0, 255] };
        Colour::new(width, height, (0..width * height).flat_map(|place| pixel(place % width)).collect())
    }

    #[test]
    fn the_small_page_is_blue_green_red_and_its_sides_fit() {
        let input = small(&page(1000, 500), 320);
        assert_eq!(input.tensor.shape(), [1, 3, 160, 320]);
        let at = |plane, column| input.tensor[[0, plane, 80, column]];
        assert!(at(0, 10) < -0.99 && at(2, 10) > 0.99, "red: the last plane");
        assert!(at(0, 300) > 0.99 && at(2, 300) < -0.99, "blue: the first plane");
        assert_eq!(small(&page(40, 40), 960).tensor.shape(), [1, 3, 32, 32], "never larger than the page");
    }

    #[test]
    fn a_strip_shows_the_line_and_nothing_behind_it() {
        let page = page(400, 200);
        let line = Quad {
            origin: Point { x: 100.0, y: 50.0 },
            across: Point { x: 200.0, y: 0.0 },
            down: Point { x: 0.0, y: 96.0 },
        };
        let input = strip(&page, &line);
        assert_eq!(input.tensor.shape(), [1, 3, 48, 320]);
        assert!((input.used - 100.0 / 320.0).abs() < 0.001);
        assert!(input.tensor[[0, 2, 24, 10]] > 0.99 && input.tensor[[0, 0, 24, 90]] > 0.99);
        assert!(input.tensor[[0, 0, 24, 200]].abs() < 1e-6, "grey behind it");
    }

    #[test]
    fn a_strip_beside_the_page_and_one_without_height_do_no_harm() {
        let outside = Quad {
            origin: Point { x: -900.0, y: -900.0 },
            across: Point { x: 90.0, y: 9.0 },
            down: Point { x: 0.0, y: 0.0 },
        };
        let input = strip(&page(4, 4), &outside);
        assert_eq!(input.tensor.shape()[2], 48);
    }
}
