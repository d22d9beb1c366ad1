//! Red seals and thumbprints.

use std::f32::consts::{PI, TAU};

use ab_glyph::{Font, FontVec, OutlineCurve, Point, point};

use super::canvas::{Canvas, Cover, glyph_curves, polygon};
use super::layout::SignatureLine;
use super::measure::real;

/// Red of seal ink.
const SEAL_RED: [u8; 3] = [222, 58, 52];
/// Radius of a seal of 42 mm across, in points.
const RADIUS: f32 = 59.5;
/// Corners of the polygon that stands for a circle.
const CORNERS: usize = 120;

/// A round seal centred on `middle`: ring, star and the words around.
pub(super) fn seal(canvas: &mut Canvas, font: &FontVec, around: &str, middle: Point) {
    let mut ring = circle(middle, RADIUS, true);
    ring.extend(circle(middle, RADIUS - 3.2, false));
    canvas.fill(&ring, SEAL_RED, Cover::Glaze);
    canvas.fill(&star(middle, RADIUS * 0.27), SEAL_RED, Cover::Glaze);

    let words: Vec<char> = around.chars().collect();
    let points = 15.0;
    let radius = RADIUS - 7.0 - points * 0.8;
    // The words span at most 260 degrees, over the top.
    let step = (TAU * 0.72 / real(words.len().max(1))).min(0.42);
    let start = -step * (real(words.len()) - 1.0) / 2.0;
    for (place, character) in words.iter().enumerate() {
        let turn = start + step * real(place);
        let (sine, cosine) = turn.sin_cos();
        let curves = glyph_curves(font, font.glyph_id(*character), points, |x, y| {
            let (x, y) = (x - points / 2.0, y + radius);
            point(middle.x + x * cosine + y * sine, middle.y + x * sine - y * cosine)
        });
        canvas.fill(&curves, SEAL_RED, Cover::Glaze);
    }
}

/// A thumbprint on the end of the name: ridges as ovals.
pub(super) fn thumbprint(canvas: &mut Canvas, signature: SignatureLine) {
    let centre = point(signature.right - 4.0, signature.middle.y + 2.0);
    for ridge in 0..9_usize {
        let outer = 1.6 + 1.7 * real(ridge);
        let mut ring = oval(centre, outer, outer * 1.35, true);
        ring.extend(oval(centre, outer - 1.0, (outer - 1.0) * 1.35, false));
        canvas.fill(&ring, SEAL_RED, Cover::Glaze);
    }
}

fn circle(middle: Point, radius: f32, clockwise: bool) -> Vec<OutlineCurve> {
    oval(middle, radius, radius, clockwise)
}

fn oval(middle: Point, across: f32, down: f32, clockwise: bool) -> Vec<OutlineCurve> {
    let sign = if clockwise { 1.0 } else { -1.0 };
    let corners: Vec<Point> = (0..CORNERS)
        .map(|corner| {
            let (sine, cosine) = (sign * TAU * real(corner) / real(CORNERS)).sin_cos();
            point(middle.x + across * cosine, middle.y + down * sine)
        })
        .collect();
    polygon(&corners)
}

/// A five-pointed star.
fn star(middle: Point, radius: f32) -> Vec<OutlineCurve> {
    let corners: Vec<Point> = (0..10_usize)
        .map(|corner| {
            let length = if corner % 2 == 0 { radius } else { radius * 0.382 };
            let (sine, cosine) = (PI * real(corner) / 5.0 - PI / 2.0).sin_cos();
            point(middle.x + length * cosine, middle.y + length * sine)
        })
        .collect();
    polygon(&corners)
}
