//! TIFF files of too many pages, or without an end.

use case::problem::Problem;

use crate::sample::page::encode;
use crate::sample::page::sheet::Sheet;

/// A TIFF of `count` small white pages.
///
/// # Errors
/// It could not be encoded.
pub fn pages(count: usize) -> Result<Vec<u8>, Problem> {
    encode::tiff(&vec![Sheet::filled(32, 32, [255, 255, 255], 200); count])
}

/// A TIFF whose first page names itself as the next one.
///
/// # Errors
/// It could not be encoded.
pub fn in_circles() -> Result<Vec<u8>, Problem> {
    let mut file = pages(1)?;
    // Little-endian: the header names the first directory at byte 4; a directory is a count, entries of 12 bytes and
    // the place of the next one.
    let number = |file: &[u8], at: usize, length: usize| {
        file.iter().skip(at).take(length).rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let directory = number(&file, 4, 4);
    let next = directory + 2 + number(&file, directory, 2) * 12;
    let here: Vec<u8> = file.iter().skip(4).take(4).copied().collect();
    if file.len() >= next + 4 {
        file.splice(next..next + 4, here);
    }
    Ok(file)
}
