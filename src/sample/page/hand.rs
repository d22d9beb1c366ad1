//! A hand that writes: every glyph of a typeface that looks written is turned, stretched and shifted a little, so that no two instances
//! of a character are equal, as with strokes that a person draws.

use ab_glyph::{FontVec, Point, point};

use super::canvas::{Canvas, Cover, glyph_curves};
use super::layout::PlacedGlyph;
use crate::sample::random::Sequence;

/// The most that a glyph is turned, in radians.
const TURN: f32 = 0.06;
/// The most that it is stretched either way, and sheared.
const STRETCH: f32 = 0.07;
/// The most that it is shifted, in sizes of the text.
const SHIFT: f32 = 0.05;

/// Draws a glyph as the hand `sequence` writes it.
pub(super) fn write(canvas: &mut Canvas, font: &FontVec, placed: &PlacedGlyph, ink: [u8; 3], sequence: &mut Sequence) {
    let mut some = |most: f32| most * (f32::from(u16::try_from(sequence.bits() >> 48).unwrap_or(0)) / 32_768.0 - 1.0);
    let (sine, cosine) = some(TURN).sin_cos();
    let (wide, high, slant) = (1.0 + some(STRETCH), 1.0 + some(STRETCH), some(STRETCH));
    let (right, down) = (some(SHIFT) * placed.points, some(SHIFT) * placed.points);
    // About the middle of its square.
    let middle = placed.points * 0.38;
    let place = |x: f32, y: f32| -> Point {
        let (x, y) = ((x - middle - placed.points * 0.12) * wide + (y - middle) * slant, (y - middle) * high);
        let (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
        point(placed.x + x + middle + placed.points * 0.12 + right, placed.y - y - middle + down)
    };
    let curves = glyph_curves(font, placed.glyph, placed.points, place);
    canvas.fill(&curves, ink, Cover::Opaque);
}
