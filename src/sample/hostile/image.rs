//! Images that end too early, are huge, or say that they are.

use case::problem::Problem;

use crate::sample::page::encode::{jpeg, png, png_chunk};
use crate::sample::page::sheet::Sheet;

/// The first half of a file, as a broken transfer leaves it.
#[must_use]
pub fn cut_off(file: &[u8]) -> Vec<u8> {
    file.iter().take(file.len() / 2).copied().collect()
}

/// A JPEG of a grey square, whole.
///
/// # Errors
/// It could not be encoded.
pub fn small_jpeg() -> Result<Vec<u8>, Problem> {
    jpeg(&Sheet::filled(400, 400, [128, 128, 128], 200), 80)
}

/// A PNG of 7,746 by 7,746 pixels: 60 megapixels in a small file.
///
/// # Errors
/// It could not be encoded.
pub fn megapixels_60() -> Result<Vec<u8>, Problem> {
    png(&Sheet::filled(7_746, 7_746, [255, 255, 255], 300))
}

/// A PNG whose header promises 60,000 by 60,000 pixels in colour, 10.8 GB, and whose data ends at once.
#[must_use]
pub fn claims_gigapixels() -> Vec<u8> {
    let side = 60_000_u32.to_be_bytes();
    let header = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    // An empty deflate stream in a zlib wrapper.
    let nothing = [0x78, 0x01, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png_chunk(*b"IHDR", &header),
        png_chunk(*b"IDAT", &nothing),
        png_chunk(*b"IEND", &[]),
    ]
    .concat()
}
