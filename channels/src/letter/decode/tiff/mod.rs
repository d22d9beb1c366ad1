//! TIFF pages, as document scanners and fax machines write them: any number of pages, bilevel (G4 fax), grey or colour.
//!
//! Read: no compression, LZW, Deflate, PackBits, JPEG, modified Huffman and fax groups 3 and 4; strips or tiles, samples
//! together or in planes, of 1 to 16 bits, as grey, palette, RGB, CMYK or YCbCr. Not read and named as such: old-style JPEG
//! (compression 6), Lab colours, floating point.

mod fax;
mod palette;
mod samples;

use std::io::Cursor;

use case::problem::{Problem, ProblemCode};
use tiff::decoder::{Decoder, Limits as DecoderLimits};
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
    let turned = decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten();
    let (across, down) = (resolution(&mut decoder, Tag::XResolution), resolution(&mut decoder, Tag::YResolution));
    let size = (length(width), length(height));
    let samples = samples(&mut decoder, bytes, index, size, limits)?;
    let picture = Picture { width: size.0, height: size.1, samples, resolution: across };
    Ok(upright(picture.with_square_pixels(down, limits), turned))
}

fn samples(
    decoder: &mut Decoder<Cursor<&[u8]>>,
    bytes: &[u8],
    index: u16,
    size: (usize, usize),
    limits: &Limits,
) -> Result<Samples, Problem> {
    let tag = |decoder: &mut Decoder<Cursor<&[u8]>>, tag| decoder.find_tag_unsigned::<u16>(tag).ok().flatten();
    let photometric = tag(decoder, Tag::PhotometricInterpretation).unwrap_or(0);
    let compression = tag(decoder, Tag::Compression).unwrap_or(1);
    let tiled = decoder.find_tag(Tag::TileWidth).ok().flatten().is_some();
    if matches!(compression, fax::HUFFMAN | fax::GROUP_3 | fax::GROUP_4) && !tiled {
        let black = if photometric == PhotometricInterpretation::BlackIsZero.to_u16() { u8::MAX } else { 0 };
        return fax::decode(decoder, bytes, size, compression, black).map(Samples::Grey);
    }
    if photometric == PhotometricInterpretation::RGBPalette.to_u16() {
        let (indexes, bits) = palette::indexes(decoder, bytes, index, limits)?;
        return palette::colours(decoder, &indexes, bits, size);
    }
    let colour = decoder.colortype().map_err(|error| problem_of(&error))?;
    samples::samples_of(samples::read(decoder)?, colour, size)
}

fn open<'bytes>(bytes: &'bytes [u8], limits: &Limits) -> TiffResult<Decoder<Cursor<&'bytes [u8]>>> {
    let mut allowed = DecoderLimits::default();
    allowed.decoding_buffer_size = usize::try_from(limits.pixels.saturating_mul(4)).unwrap_or(usize::MAX);
    Decoder::new(Cursor::new(bytes)).map(|decoder| decoder.with_limits(allowed))
}

/// A resolution in dots per inch; unit 3 is the centimetre.
fn resolution(decoder: &mut Decoder<Cursor<&[u8]>>, tag: Tag) -> Option<u32> {
    let tiff::decoder::ifd::Value::Rational(dots, per) = decoder.find_tag(tag).ok()?? else { return None };
    let unit = decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten().unwrap_or(2);
    let hundredths = u64::from(dots).saturating_mul(100).checked_div(u64::from(per))?;
    let whole = |hundredths: u64| u32::try_from(hundredths / 100).ok();
    match unit {
        2 => whole(hundredths),
        3 => whole(hundredths.saturating_mul(254) / 100),
        _ => None,
    }
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
    picture.turned(turns)
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

#[cfg(test)]
mod tests;
