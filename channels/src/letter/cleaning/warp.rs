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

/// The picture of `width` and `height` whose pixels `map` finds in `old`, by cubic convolution (Keys 1981, a = -0.5).
/// Places outside the old picture are white.
#[must_use]
pub fn warp(old: &Grey, width: usize, height: usize, map: &Map) -> Grey {
    let weights = weights();
    let mut pixels = Vec::with_capacity(width.saturating_mul(height));
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = map.apply(to_fraction(x), to_fraction(y));
            pixels.push(sample(old, from_x, from_y, &weights));
        }
    }
    Grey::new(width, height, pixels)
}

fn sample(old: &Grey, x: f32, y: f32, weights: &[[f32; 4]; STEPS]) -> u8 {
    let (left, top) = (to_position(x), to_position(y));
    let (Some(start), Some(first)) = (left.checked_sub(1), top.checked_sub(1)) else { return u8::MAX };
    let around = [0, 1, 2, 3].map(|step| four(old, start, first.saturating_add(step)));
    // Most of a page is paper, and paper stays what it is whatever its weights.
    if around == [[u8::MAX; 4]; 4] {
        return u8::MAX;
    }
    let part = |value: f32| weights.get(to_count((value - value.floor()) * to_fraction(STEPS))).copied();
    let (Some(across), Some(down)) = (part(x), part(y)) else { return u8::MAX };
    let lines = around.iter().zip(down).map(|(values, weight)| {
        let line: f32 = values.iter().zip(across).map(|(value, weight)| f32::from(*value) * weight).sum();
        line * weight
    });
    to_pixel(lines.sum::<f32>().clamp(0.0, 255.0))
}

/// Four pixels of a row from `start` on.
fn four(old: &Grey, start: isize, row: isize) -> [u8; 4] {
    if let (Ok(x), Ok(y)) = (usize::try_from(start), usize::try_from(row))
        && x + 4 <= old.width()
        && let Some(values) = old.pixels().get(y * old.width() + x..)
        && let Some(values) = values.first_chunk()
    {
        return *values;
    }
    let inside = |x: isize| usize::try_from(x).ok().zip(usize::try_from(row).ok());
    [0, 1, 2, 3].map(|step| inside(start + step).map_or(u8::MAX, |(x, y)| old.at(x, y)))
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

    #[test]
    fn scaling_keeps_the_middle_in_the_middle() {
        let mut pixels = vec![255; 81];
        pixels[4 * 9 + 4] = 0;
        let new = warp(&Grey::new(9, 9, pixels), 27, 27, &Map::turn((9, 9), (27, 27), 0.0, 3.0));
        assert_eq!(new.at(13, 13), 0);
    }
}
