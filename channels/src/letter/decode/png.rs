//! PNG pages.

use std::io::Cursor;

use case::problem::Problem;
use image::codecs::png::PngDecoder;

use super::super::settings::Limits;
use super::{Picture, check_size, damaged, raster};

/// Decodes a PNG file.
///
/// # Errors
/// Too many pixels by the header, or damaged, or cut off.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, Problem> {
    let (width, height) = size(bytes).ok_or_else(|| damaged("PNG文件不完整"))?;
    check_size(width, height, limits)?;
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(limits.pixels.saturating_mul(8));
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), allowed).map_err(|error| raster::problem_of(&error))?;
    raster::read(decoder, resolution(bytes), limits)
}

/// Width and height of the first chunk, `IHDR`.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(8..)?.get(4..)?.strip_prefix(b"IHDR")?;
    Some((number(header, 0)?, number(header, 4)?))
}

/// The `pHYs` chunk, in dots per inch: it stands before the image data.
fn resolution(bytes: &[u8]) -> Option<u32> {
    let mut position = 8;
    loop {
        let length = usize::try_from(number(bytes, position)?).ok()?;
        let kind = bytes.get(position + 4..position + 8)?;
        let data = position + 8;
        if kind == b"pHYs" {
            // Unit 1 is the metre; 0 is unknown.
            return (bytes.get(data + 8) == Some(&1))
                .then(|| number(bytes, data))?
                .map(|per_metre| u32::try_from(u64::from(per_metre) * 254 / 10_000).unwrap_or(u32::MAX));
        }
        if kind == b"IDAT" {
            return None;
        }
        position = data.checked_add(length)?.checked_add(4)?;
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}
