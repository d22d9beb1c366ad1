//! One resampling for scale, rotation and perspective together: each is a projective map, and pixels are smoothed once.

use super::grey::Grey;
use super::number::{to_count, to_fraction, to_pixel, to_position};

/// A projective map from places of the new picture to places of the old one:
/// `x' = (a x + b y + c) / (g x + h y + 1)`, `y' = (d x + e y + f) / (g x + h y + 1)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Map {
    /// `a, b, c, d, e, f, g, h`.
    pub terms: [f32; 8],
}

impl Map {
    /// Every place stays where it is.
    pub const IDENTITY: Self = Self { terms: [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0] };

    /// Finds the places of a picture after `quarters` quarter turns clockwise in the one of `old` width and height before.
    #[must_use]
    pub fn quarter_turn(old: (usize, usize), quarters: u8) -> Self {
        let (right, bottom) = (to_fraction(old.0) - 1.0, to_fraction(old.1) - 1.0);
        let terms = match quarters % 4 {
            0 => return Self::IDENTITY,
            1 => [0.0, 1.0, 0.0, -1.0, 0.0, bottom, 0.0, 0.0],
            2 => [-1.0, 0.0, right, 0.0, -1.0, bottom, 0.0, 0.0],
            _ => [0.0, -1.0, right, 1.0, 0.0, 0.0, 0.0, 0.0],
        };
        Self { terms }
    }

    /// Finds the places of a new picture of `width` and `height` in the four-cornered part of an old one (upper left, upper
    /// right, lower right, lower left): Heckbert 1989, "Fundamentals of Texture Mapping", section 2.2.3. `None` for corners
    /// of which three lie in a line.
    #[must_use]
    pub fn onto(width: usize, height: usize, corners: &[(f32, f32); 4]) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = *corners;
        let (sum_x, sum_y) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let (dx1, dy1, dx2, dy2) = (x1 - x2, y1 - y2, x3 - x2, y3 - y2);
        let under = dx1 * dy2 - dx2 * dy1;
        if under.abs() < f32::EPSILON {
            return None;
        }
        let (g, h) = ((sum_x * dy2 - dx2 * sum_y) / under, (dx1 * sum_y - sum_x * dy1) / under);
        let (across, down) = (to_fraction(width).max(1.0), to_fraction(height).max(1.0));
        let terms = [
            (x1 - x0 + g * x1) / across,
            (x3 - x0 + h * x3) / down,
            x0,
            (y1 - y0 + g * y1) / across,
            (y3 - y0 + h * y3) / down,
            y0,
            g / across,
            h / down,
        ];
        terms.iter().all(|term| term.is_finite()).then_some(Self { terms })
    }

    /// The map back; `None` when there is none.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f, g, h] = self.terms;
        let under = a * e - b * d;
        let terms =
            [e - f * h, c * h - b, b * f - c * e, f * g - d, a - c * g, c * d - a * f, d * h - e * g, b * g - a * h];
        let terms = terms.map(|term| term / under);
        terms.iter().all(|term| term.is_finite()).then_some(Self { terms })
    }

    /// This map and then `next`: places of the newest picture in the picture that `next` looks into.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let rows = |map: &Self| {
            let [a, b, c, d, e, f, g, h] = map.terms;
            [[a, b, c], [d, e, f], [g, h, 1.0]]
        };
        let (first, second) = (rows(self), rows(next));
        let product = second.map(|row| {
            let column = |place: usize| -> f32 {
                row.iter().zip(&first).map(|(term, other)| term * other.get(place).copied().unwrap_or(0.0)).sum()
            };
            [column(0), column(1), column(2)]
        });
        let [[a, b, c], [d, e, f], [g, h, under]] = product;
        Self { terms: [a, b, c, d, e, f, g, h].map(|term| term / under) }
    }

    /// Turns by `degrees` (clockwise on the page becomes level) about the middles, and scales so that the new picture of
    /// `new` width and height holds the old one of `old`, `scale` new pixels to an old one.
    #[must_use]
    pub fn turn(old: (usize, usize), new: (usize, usize), degrees: f32, scale: f32) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let (a, b) = (cosine / scale, -sine / scale);
        let (d, e) = (sine / scale, cosine / scale);
        let half = |side: usize| to_fraction(side) / 2.0 - 0.5;
        let c = half(old.0) - a * half(new.0) - b * half(new.1);
        let f = half(old.1) - d * half(new.0) - e * half(new.1);
        Self { terms: [a, b, c, d, e, f, 0.0, 0.0] }
    }

    /// Where a place of the new picture lies in the old one.
    #[must_use]
    pub fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f, g, h] = self.terms;
        // One division for each of many million pixels, not two.
        let over = 1.0 / (g * x + h * y + 1.0);
        ((a * x + b * y + c) * over, (d * x + e * y + f) * over)
    }
}

/// Steps between two pixels for which weights are kept.
const STEPS: usize = 64;
/// So many pixels of a new row are looked up together: a line of them is a line in the old picture too, and between its
/// ends the places are so near to evenly spaced (a twentieth of a pixel in the steepest photograph) that one step does for all.
const SPAN: usize = 16;

/// The picture of `width` and `height` whose pixels `map` finds in `old`, by cubic convolution (Keys 1981, a = -0.5).
/// Places outside the old picture are white.
#[must_use]
pub fn warp(old: &Grey, width: usize, height: usize, map: &Map) -> Grey {
    let weights = weights();
    let paper = Paper::of(old);
    let mut new = Grey::new(width, height, Vec::new());
    for (y, row) in new.rows_mut().enumerate() {
        for (number, pixels) in row.chunks_mut(SPAN).enumerate() {
            let places = Places::of(map, number * SPAN, y, pixels.len());
            // Most of a page is paper, and paper stays what it is whatever its weights.
            if paper.is_all(&places) {
                continue;
            }
            if places.are_inside(old) {
                fill_inside(old, &places, &weights, pixels);
            } else {
                for (pixel, (x, y)) in pixels.iter_mut().zip(places.each()) {
                    *pixel = sample(old, x, y, &weights);
                }
            }
        }
    }
    new
}

/// Where the pixels of one span lie in the old picture.
struct Places {
    first: (f32, f32),
    last: (f32, f32),
    step: (f32, f32),
}

impl Places {
    fn of(map: &Map, x: usize, y: usize, count: usize) -> Self {
        let steps = count.saturating_sub(1);
        let first = map.apply(to_fraction(x), to_fraction(y));
        let last = map.apply(to_fraction(x + steps), to_fraction(y));
        let over = 1.0 / to_fraction(steps.max(1));
        Self { first, last, step: ((last.0 - first.0) * over, (last.1 - first.1) * over) }
    }

    fn each(&self) -> impl Iterator<Item = (f32, f32)> {
        let (first, step) = (self.first, self.step);
        (0..).map(move |number| {
            let number = to_fraction(number);
            (first.0 + step.0 * number, first.1 + step.1 * number)
        })
    }

    /// Whether every place has its sixteen neighbours in the picture.
    fn are_inside(&self, old: &Grey) -> bool {
        let (right, bottom) = (to_fraction(old.width()) - 3.0, to_fraction(old.height()) - 3.0);
        [self.first, self.last].iter().all(|(x, y)| (1.0..right).contains(x) && (1.0..bottom).contains(y))
    }
}

/// Which blocks of a picture are all white.
struct Paper {
    columns: usize,
    rows: usize,
    white: Vec<bool>,
}

impl Paper {
    /// The side of a block in pixels.
    const BLOCK: usize = 16;

    fn of(old: &Grey) -> Self {
        let (columns, rows) = (old.width().div_ceil(Self::BLOCK), old.height().div_ceil(Self::BLOCK));
        let mut white = vec![true; columns * rows];
        for (band, blocks) in old.pixels().chunks(old.width() * Self::BLOCK).zip(white.chunks_mut(columns)) {
            for row in band.chunks(old.width()) {
                for (block, pixels) in blocks.iter_mut().zip(row.chunks(Self::BLOCK)) {
                    *block &= pixels.iter().fold(u8::MAX, |all, pixel| all & pixel) == u8::MAX;
                }
            }
        }
        Self { columns, rows, white }
    }

    /// Whether everything that `places` and their neighbours touch is white, or outside.
    fn is_all(&self, places: &Places) -> bool {
        let (first, last) = (places.first, places.last);
        let blocks = |one: f32, other: f32, count: usize| {
            let from = to_count(one.min(other) - 1.0) / Self::BLOCK;
            let to = to_count(one.max(other) + 3.0) / Self::BLOCK + 1;
            from..to.min(count)
        };
        let across = blocks(first.0, last.0, self.columns);
        let mut down = blocks(first.1, last.1, self.rows);
        down.all(|row| {
            let start = row * self.columns;
            across.is_empty()
                || self
                    .white
                    .get(start + across.start..start + across.end)
                    .is_some_and(|blocks| blocks.iter().all(|white| *white))
        })
    }
}

/// The pixels of a span whose neighbours are all in the picture.
fn fill_inside(old: &Grey, places: &Places, weights: &[[f32; 4]; STEPS], pixels: &mut [u8]) {
    let width = old.width();
    for (pixel, (x, y)) in pixels.iter_mut().zip(places.each()) {
        let (left, top) = (to_count(x), to_count(y));
        let start = (top - 1) * width + left - 1;
        let around = old.pixels().get(start..).and_then(|rest| four_rows(rest, width));
        let part = |value: f32, whole: usize| {
            weights.get(to_count((value - to_fraction(whole)) * to_fraction(STEPS))).copied()
        };
        if let (Some(around), Some(across), Some(down)) = (around, part(x, left), part(y, top)) {
            *pixel = weighed(&around, across, down);
        }
    }
}

/// The first four pixels of each of four rows.
fn four_rows(pixels: &[u8], width: usize) -> Option<[[u8; 4]; 4]> {
    let row = |number: usize| pixels.get(number * width..)?.first_chunk::<4>().copied();
    Some([row(0)?, row(1)?, row(2)?, row(3)?])
}

/// Sixteen pixels, each by its weight across and down.
fn weighed(around: &[[u8; 4]; 4], across: [f32; 4], down: [f32; 4]) -> u8 {
    let mut columns = [0.0_f32; 4];
    for (values, weight) in around.iter().zip(down) {
        for (column, value) in columns.iter_mut().zip(values) {
            *column += f32::from(*value) * weight;
        }
    }
    let sum: f32 = columns.iter().zip(across).map(|(column, weight)| column * weight).sum();
    to_pixel(sum.clamp(0.0, 255.0))
}

/// One pixel near the edge, or outside.
fn sample(old: &Grey, x: f32, y: f32, weights: &[[f32; 4]; STEPS]) -> u8 {
    let (left, top) = (to_position(x), to_position(y));
    let (Some(start), Some(first)) = (left.checked_sub(1), top.checked_sub(1)) else { return u8::MAX };
    let around = [0, 1, 2, 3].map(|step| four(old, start, first.saturating_add(step)));
    let part = |value: f32| weights.get(to_count((value - value.floor()) * to_fraction(STEPS))).copied();
    let (Some(across), Some(down)) = (part(x), part(y)) else { return u8::MAX };
    weighed(&around, across, down)
}

/// Four pixels of a row from `start` on; those outside are white.
fn four(old: &Grey, start: isize, row: isize) -> [u8; 4] {
    let row = usize::try_from(row).ok();
    let at = |x: isize| usize::try_from(x).ok().zip(row).map_or(u8::MAX, |(x, y)| old.at(x, y));
    [0, 1, 2, 3].map(|step| at(start.saturating_add(step)))
}

fn weights() -> [[f32; 4]; STEPS] {
    std::array::from_fn(|step| {
        let t = to_fraction(step) / to_fraction(STEPS);
        let (square, cube) = (t * t, t * t * t);
        [
            -0.5 * cube + square - 0.5 * t,
            1.5 * cube - 2.5 * square + 1.0,
            -1.5 * cube + 2.0 * square + 0.5 * t,
            0.5 * cube - 0.5 * square,
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_map_changes_nothing_inside() {
        let old = Grey::new(8, 8, (0..64).map(|value| value * 3).collect());
        let new = warp(&old, 8, 8, &Map::turn((8, 8), (8, 8), 0.0, 1.0));
        assert_eq!(new, old);
    }

    /// What each pixel is by the definition, one at a time.
    fn plainly(old: &Grey, width: usize, height: usize, map: &Map) -> Grey {
        let weights = weights();
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (to_fraction(x), to_fraction(y))));
        let pixels = places.map(|(x, y)| map.apply(x, y)).map(|(x, y)| sample(old, x, y, &weights)).collect();
        Grey::new(width, height, pixels)
    }

    #[test]
    fn spans_and_paper_change_nothing() {
        let (width, height) = (130, 90);
        let dashes = (0..height).flat_map(|y| {
            (0..width).map(move |x| if (40..70).contains(&x) && y % 20 < 6 && x % 5 < 3 { 30 } else { 255 })
        });
        let old = Grey::new(width, height, dashes.collect());
        let photograph = [(8.0, 5.0), (118.0, 11.0), (125.0, 84.0), (3.0, 77.0)];
        let maps = [
            Map::turn((width, height), (200, 140), 3.0, 1.5),
            Map::turn((width, height), (65, 45), -4.0, 0.5),
            Map::quarter_turn((width, height), 1),
            Map::onto(200, 140, &photograph).expect("four corners"),
        ];
        for map in maps {
            let (fast, plain) = (warp(&old, 200, 140, &map), plainly(&old, 200, 140, &map));
            let pairs = fast.pixels().iter().zip(plain.pixels());
            // A place that lies on the edge of two steps may fall to either: a step moves a pixel by a few grades.
            let most = pairs.map(|(one, other)| one.abs_diff(*other)).max();
            assert!(most.is_some_and(|most| most <= 8), "{map:?} differs by {most:?}");
        }
    }

    #[test]
    fn scaling_keeps_the_middle_in_the_middle() {
        let mut pixels = vec![255; 81];
        pixels[4 * 9 + 4] = 0;
        let new = warp(&Grey::new(9, 9, pixels), 27, 27, &Map::turn((9, 9), (27, 27), 0.0, 3.0));
        assert_eq!(new.at(13, 13), 0);
    }
}
