//! Bytes to pixels, in the page child only. The size is read from the header and refused before any pixel is decoded.

pub mod jpeg;
pub mod pixel_map;
pub mod png;
pub mod raster;
pub mod tiff;

use case::problem::{Problem, ProblemCode};

use super::cleaning::number::{to_count, to_fraction, to_pixel};
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

/// Resolutions across and down that differ by less than this share, in per cent, count as the same.
const SQUARE_WITHIN: u32 = 2;
/// Fax machines send as few as 98 rows to an inch beside 204 dots; more than this factor between the two is nonsense.
const MOST_STRETCH: u32 = 5;

impl Picture {
    /// The picture after `quarters` quarter turns clockwise.
    #[must_use]
    pub fn turned(self, quarters: u8) -> Self {
        (0..quarters % 4).fold(self, |picture, _| picture.turned_once())
    }

    fn turned_once(self) -> Self {
        let Self { width, height, samples, resolution } = self;
        let turned = |bytes: &[u8], channels: usize| -> Vec<u8> {
            (0..width)
                .flat_map(|column| (0..height).rev().map(move |row| (row * width + column) * channels))
                .flat_map(|start| bytes.get(start..start + channels).unwrap_or_default().iter().copied())
                .collect()
        };
        let samples = match samples {
            Samples::Grey(bytes) => Samples::Grey(turned(&bytes, 1)),
            Samples::Colour(bytes) => Samples::Colour(turned(&bytes, 3)),
        };
        Self { width: height, height: width, samples, resolution }
    }

    /// The picture with as many rows to an inch as dots across, when the file claims `down` rows to an inch.
    #[must_use]
    pub fn with_square_pixels(self, down: Option<u32>, limits: &Limits) -> Self {
        let (Some(across), Some(down)) = (self.resolution, down) else { return self };
        let nonsense = across == 0
            || down == 0
            || across > down.saturating_mul(MOST_STRETCH)
            || down > across.saturating_mul(MOST_STRETCH);
        if nonsense || across.abs_diff(down).saturating_mul(100) <= across.max(down).saturating_mul(SQUARE_WITHIN) {
            return self;
        }
        let dots = |dots: u32| to_fraction(length(dots));
        let height = to_count(to_fraction(self.height) * dots(across) / dots(down)).max(1);
        let pixels = u64::try_from(self.width.saturating_mul(height)).unwrap_or(u64::MAX);
        if pixels > limits.pixels {
            return self;
        }
        let channels = match &self.samples {
            Samples::Grey(_) => 1,
            Samples::Colour(_) => 3,
        };
        let stretch = |bytes: &[u8]| stretched(bytes, self.width * channels, self.height, height);
        let samples = match &self.samples {
            Samples::Grey(bytes) => Samples::Grey(stretch(bytes)),
            Samples::Colour(bytes) => Samples::Colour(stretch(bytes)),
        };
        Self { height, samples, ..self }
    }
}

/// `rows` rows of `width` bytes as `new` rows, each between the two nearest.
fn stretched(bytes: &[u8], width: usize, rows: usize, new: usize) -> Vec<u8> {
    let step = to_fraction(rows) / to_fraction(new);
    let row = |number: usize| {
        let start = number.min(rows.saturating_sub(1)) * width;
        bytes.get(start..start + width).unwrap_or_default()
    };
    (0..new)
        .flat_map(|number| {
            let place = ((to_fraction(number) + 0.5) * step - 0.5).max(0.0);
            let upper = to_count(place);
            let part = place - to_fraction(upper);
            row(upper)
                .iter()
                .zip(row(upper + 1))
                .map(move |(one, other)| to_pixel(f32::from(*one) * (1.0 - part) + f32::from(*other) * part))
        })
        .collect()
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
