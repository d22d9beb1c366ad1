//! TIFF pages, as document scanners and fax machines write them: any number of pages, bilevel (G4 fax), grey or colour.
//!
//! Read: no compression, LZW, Deflate, PackBits, JPEG and CCITT group 4. Not read and named as such: CCITT group 3 and
//! Huffman, old-style JPEG, palettes.

use std::io::Cursor;

use case::problem::{Problem, ProblemCode};
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits as DecoderLimits};
use tiff::tags::{PhotometricInterpretation, Tag};
use tiff::{TiffError, TiffResult};

use super::super::settings::Limits;
use super::{Picture, Samples, check_size, damaged, length};

/// The number of pages, counted up to one past the limit.
///
/// # Errors
/// The list of pages cannot be followed.
pub fn count(bytes: &[u8], limits: &Limits) -> Result<u16, Problem> {
    let mut decoder = open(bytes, limits).map_err(|error| problem_of(&error))?;
    let mut pages = 1;
    while pages <= limits.pages && decoder.more_images() {
        decoder.next_image().map_err(|error| problem_of(&error))?;
        pages += 1;
    }
    Ok(pages)
}

/// Decodes page `index` (from 0).
///
/// # Errors
/// Too many pixels by the header, damaged, or a form that is not read.
pub fn decode(bytes: &[u8], index: u16, limits: &Limits) -> Result<Picture, Problem> {
    let mut decoder = open(bytes, limits).map_err(|error| problem_of(&error))?;
    decoder.seek_to_image(usize::from(index)).map_err(|error| problem_of(&error))?;
    let (width, height) = decoder.dimensions().map_err(|error| problem_of(&error))?;
    check_size(width, height, limits)?;
    let colour = decoder.colortype().map_err(|error| problem_of(&error))?;
    let resolution = resolution(&mut decoder);
    let turned = decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten();
    let photometric = decoder.find_tag_unsigned::<u16>(Tag::PhotometricInterpretation).ok().flatten();
    let decoded = decoder.read_image().map_err(|error| problem_of(&error))?;
    let (width, height) = (length(width), length(height));
    let samples = samples_of(decoded, colour, width, height, photometric)?;
    Ok(upright(Picture { width, height, samples, resolution }, turned))
}

fn open<'bytes>(bytes: &'bytes [u8], limits: &Limits) -> TiffResult<Decoder<Cursor<&'bytes [u8]>>> {
    let mut allowed = DecoderLimits::default();
    allowed.decoding_buffer_size = usize::try_from(limits.pixels.saturating_mul(4)).unwrap_or(usize::MAX);
    Decoder::new(Cursor::new(bytes)).map(|decoder| decoder.with_limits(allowed))
}

/// `XResolution` in dots per inch; unit 3 is the centimetre.
fn resolution(decoder: &mut Decoder<Cursor<&[u8]>>) -> Option<u32> {
    let tiff::decoder::ifd::Value::Rational(dots, per) = decoder.find_tag(Tag::XResolution).ok()?? else { return None };
    let unit = decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten().unwrap_or(2);
    let dots = dots.checked_div(per)?;
    match unit {
        2 => Some(dots),
        3 => Some(dots.saturating_mul(254) / 100),
        _ => None,
    }
}

fn samples_of(
    decoded: DecodingResult,
    colour: ColorType,
    width: usize,
    height: usize,
    photometric: Option<u16>,
) -> Result<Samples, Problem> {
    let bytes = match decoded {
        DecodingResult::U8(bytes) => bytes,
        DecodingResult::U16(words) => words.into_iter().map(|word| word.to_be_bytes()[0]).collect(),
        _ => return Err(unread("样本格式")),
    };
    let pixels = width * height;
    let samples = match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) => Samples::Grey(unpack(&bytes, usize::from(bits), width)),
        ColorType::Gray(8 | 16) => Samples::Grey(bytes),
        ColorType::GrayA(8 | 16) => {
            Samples::Grey(bytes.chunks_exact(2).filter_map(|pair| pair.first().copied()).collect())
        }
        ColorType::RGB(8 | 16) => Samples::Colour(bytes),
        ColorType::RGBA(8 | 16) => {
            Samples::Colour(bytes.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect())
        }
        ColorType::CMYK(8) => Samples::Colour(bytes.chunks_exact(4).flat_map(from_cmyk).collect()),
        // JPEG inside TIFF is decoded to red, green and blue by the decoder of its strips.
        ColorType::YCbCr(8) if photometric == Some(PhotometricInterpretation::YCbCr.to_u16()) => Samples::Colour(bytes),
        _ => return Err(unread("颜色格式")),
    };
    let enough = match &samples {
        Samples::Grey(grey) => grey.len() >= pixels,
        Samples::Colour(colour) => colour.len() >= pixels * 3,
    };
    if enough { Ok(samples) } else { Err(damaged("TIFF页面数据不完整")) }
}

/// Samples of less than a byte, each row starting at a byte, spread to 0 to 255.
fn unpack(bytes: &[u8], bits: usize, width: usize) -> Vec<u8> {
    let per_byte = 8 / bits;
    let step = match bits {
        1 => 255,
        2 => 85,
        _ => 17,
    };
    let mask = u8::MAX >> (8 - bits);
    bytes
        .chunks(width.div_ceil(per_byte).max(1))
        .flat_map(|row| {
            row.iter()
                .flat_map(|byte| (1..=per_byte).map(move |place| (byte >> (8 - place * bits)) & mask))
                .take(width)
                .map(|value| value.saturating_mul(step))
        })
        .collect()
}

fn from_cmyk(pixel: &[u8]) -> [u8; 3] {
    let [cyan, magenta, yellow, black] = pixel else { return [255; 3] };
    let mixed = |ink: u8| {
        let product = u32::from(255 - ink) * u32::from(255 - black);
        u8::try_from(product / 255).unwrap_or(u8::MAX)
    };
    [mixed(*cyan), mixed(*magenta), mixed(*yellow)]
}

/// Turns a page whose `Orientation` says that it lies on its side or its head (TIFF 6.0, section 8). Mirrored pages (2,
/// 4, 5, 7) do not come from scanners and stay as they are.
fn upright(picture: Picture, orientation: Option<u8>) -> Picture {
    let turns = match orientation {
        Some(3) => 2,
        Some(6) => 1,
        Some(8) => 3,
        _ => 0,
    };
    (0..turns).fold(picture, |picture, _| quarter_turn(picture))
}

/// A quarter turn clockwise.
fn quarter_turn(picture: Picture) -> Picture {
    let Picture { width, height, samples, resolution } = picture;
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
    Picture { width: height, height: width, samples, resolution }
}

fn unread(what: &str) -> Problem {
    ProblemCode::UnsupportedType.because(format!("不支持这种TIFF{what}；请改为灰度或彩色扫描"))
}

/// The problem behind an error of the `tiff` crate.
fn problem_of(error: &TiffError) -> Problem {
    match error {
        TiffError::UnsupportedError(_) => unread("编码"),
        TiffError::LimitsExceeded => ProblemCode::TooManyPixels.because("解码所需内存超出上限"),
        TiffError::FormatError(_) | TiffError::IoError(_) | TiffError::IntSizeError | TiffError::UsageError(_) => {
            damaged("TIFF文件损坏或不完整")
        }
    }
}
