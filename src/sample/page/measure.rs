//! Conversions between pixel positions and counts, in one place.
#![expect(
    clippy::as_conversions,
    reason = "the standard library has no checked conversion between floats and integers; `as` saturates, which is wanted"
)]

/// A count as a length.
pub(super) const fn real(count: usize) -> f32 {
    count as f32
}

/// The pixel that a position falls into; positions left of 0 fall into 0.
pub(super) const fn pixel(position: f32) -> usize {
    position as usize
}

/// The brightness nearest to `value`, 0 to 255.
pub(super) const fn brightness(value: f32) -> u8 {
    (value + 0.5) as u8
}
