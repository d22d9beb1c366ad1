//! The few conversions between counts and fractions that working on pixels needs, each saturating.

/// A fraction as a pixel value: rounded, at least 0, at most 255.
#[expect(clippy::as_conversions, reason = "float to integer saturates; the standard library has no other conversion")]
pub fn to_pixel(value: f32) -> u8 {
    (value + 0.5) as u8
}

/// A fraction as a count or index, cut to the whole number below; below zero gives 0.
#[expect(clippy::as_conversions, reason = "float to integer saturates; the standard library has no other conversion")]
pub fn to_count(value: f32) -> usize {
    value as usize
}

/// A fraction as a position that may lie outside the picture, cut to the whole number below.
#[expect(clippy::as_conversions, reason = "float to integer saturates; the standard library has no other conversion")]
pub fn to_position(value: f32) -> isize {
    value.floor() as isize
}

/// A count as a fraction; exact up to 2^24, far above any side of a page.
#[expect(clippy::as_conversions, reason = "integer to float rounds; the standard library has no other conversion")]
pub const fn to_fraction(value: usize) -> f32 {
    value as f32
}

/// A count as a 32-bit number, as areas are kept.
pub fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A 32-bit number as a count; the office's machines have 64-bit counts, smaller ones saturate.
#[expect(clippy::as_conversions, reason = "`From` and `TryFrom` cannot be called in a constant")]
pub const fn to_usize(value: u32) -> usize {
    value as usize
}
