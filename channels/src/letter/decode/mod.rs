//! Bytes to pixels, in the page child only. The size is read from the header and refused before any pixel is decoded.

pub mod jpeg;
pub mod pixel_map;
pub mod png;
pub mod raster;
pub mod tiff;

use case::problem::{Problem, ProblemCode};

use super::kind::FileKind;
use super::settings::Limits;

/// A decoded page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels, at least 1.
    pub width: usize,
    /// Height in pixels, at least 1.
    pub height: usize,
    /// The samples, row by row from the top.
    pub samples: Samples,
    /// Dots per inch as the file claims; cameras claim nonsense, so it is checked before use.
    pub resolution: Option<u32>,
}

/// The samples of a [`Picture`], 8 bits each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Samples {
    /// One per pixel, 0 is black.
    Grey(Vec<u8>),
    /// Red, green, blue per pixel.
    Colour(Vec<u8>),
}

/// Decodes image `index` (from 0) of a file.
///
/// # Errors
/// [`ProblemCode::TooManyPixels`] by the header, [`ProblemCode::DamagedFile`] when it ends early or is not what it says,
/// [`ProblemCode::UnsupportedType`] for a form of TIFF that is not read, and for PDF, which is taken apart before.
pub fn decode(bytes: &[u8], kind: FileKind, index: u16, limits: &Limits) -> Result<Picture, Problem> {
    match kind {
        FileKind::Jpeg => jpeg::decode(bytes, limits),
        FileKind::Png => png::decode(bytes, limits),
        FileKind::Tiff => tiff::decode(bytes, index, limits),
        FileKind::PixelMap => pixel_map::decode(bytes, limits),
        FileKind::Pdf => Err(ProblemCode::UnsupportedType.because("PDF应先拆成页面图像")),
    }
}

/// How many pages an image file has.
///
/// # Errors
/// [`ProblemCode::DamagedFile`] when a TIFF's list of pages cannot be followed.
pub fn count(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<u16, Problem> {
    match kind {
        FileKind::Tiff => tiff::count(bytes, limits),
        FileKind::Jpeg | FileKind::Png | FileKind::PixelMap | FileKind::Pdf => Ok(1),
    }
}

/// Refuses a page whose header claims no pixels or more than the limit.
///
/// # Errors
/// [`ProblemCode::TooManyPixels`] or [`ProblemCode::DamagedFile`].
pub fn check_size(width: u32, height: u32, limits: &Limits) -> Result<(), Problem> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(damaged("图像的宽或高为零"));
    }
    if pixels > limits.pixels {
        return Err(ProblemCode::TooManyPixels.because(format!(
            "页面为{width}×{height}像素，上限为{}万像素；请用300dpi重新扫描",
            limits.pixels / 10_000
        )));
    }
    Ok(())
}

fn damaged(what: &str) -> Problem {
    ProblemCode::DamagedFile.because(format!("{what}，请重新扫描或重新上传"))
}

/// A length as an index; sizes were checked against the pixel limit, so it always fits.
fn length(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
