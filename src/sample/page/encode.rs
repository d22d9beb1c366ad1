//! Sheets as the files that scanners deliver.

use std::io::Cursor;

use case::problem::{Problem, ProblemCode};
use image::codecs::jpeg::{JpegEncoder, PixelDensity};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use tiff::encoder::{Compression, Rational, TiffEncoder, colortype};
use tiff::tags::ResolutionUnit;

use super::sheet::Sheet;

/// Darker than this is black for a machine that knows black and white only.
const BLACK_BELOW: u8 = 140;

/// A JPEG of `quality` 1 to 100, with its resolution in the header.
///
/// # Errors
/// The sheet is larger than JPEG allows (65,535 pixels a side).
pub fn jpeg(sheet: &Sheet, quality: u8) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.set_pixel_density(PixelDensity::dpi(sheet.dpi));
    let (width, height) = sides(sheet)?;
    encoder.encode(&sheet.samples(), width, height, colour(sheet)).map_err(|error| failed(&error))?;
    Ok(bytes)
}

/// A PNG with its resolution in a `pHYs` chunk.
///
/// # Errors
/// The sheet is larger than PNG allows.
pub fn png(sheet: &Sheet) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let (width, height) = sides(sheet)?;
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&sheet.samples(), width, height, colour(sheet))
        .map_err(|error| failed(&error))?;
    // The encoder writes no resolution. `pHYs` goes behind the header, which always takes the first 33 bytes.
    let per_metre = u32::from(sheet.dpi) * 10_000 / 254;
    let chunk = png_chunk(*b"pHYs", &[&per_metre.to_be_bytes()[..], &per_metre.to_be_bytes(), &[1]].concat());
    let behind_header = bytes.len().min(33);
    bytes.splice(behind_header..behind_header, chunk);
    Ok(bytes)
}

/// A TIFF of all `sheets`, LZW-compressed as office scanners do it.
///
/// # Errors
/// There is no sheet, or they take more than 4 GB.
pub fn tiff(sheets: &[Sheet]) -> Result<Vec<u8>, Problem> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).map_err(|error| failed(&error))?.with_compression(Compression::Lzw);
    for sheet in sheets {
        tiff_page(&mut encoder, sheet).map_err(|error| failed(&error))?;
    }
    Ok(file.into_inner())
}

/// A TIFF of all `sheets` in black and white, compressed as fax group 4: what office machines deliver as "black/white".
///
/// # Errors
/// A sheet is wider than 65,535 pixels, or they take more than 4 GB.
pub fn fax(sheets: &[Sheet]) -> Result<Vec<u8>, Problem> {
    const ENTRIES: u16 = 11;
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for sheet in sheets {
        let data = group_4(sheet)?;
        let (width, height) = sides(sheet)?;
        let start = u32::try_from(file.len()).map_err(|error| failed(&error))?;
        file.extend(&data);
        file.resize(file.len().next_multiple_of(2), 0);
        let resolution = u32::try_from(file.len()).map_err(|error| failed(&error))?;
        file.extend([u32::from(sheet.dpi), 1].map(u32::to_le_bytes).concat());
        let directory = u32::try_from(file.len()).map_err(|error| failed(&error))?;
        if let Some(place) = file.get_mut(link..link + 4) {
            place.copy_from_slice(&directory.to_le_bytes());
        }
        file.extend(ENTRIES.to_le_bytes());
        let length = u32::try_from(data.len()).map_err(|error| failed(&error))?;
        // Tag, kind (3 short, 4 long, 5 rational), value; each entry has one value.
        let entries: [(u16, u16, u32); 11] = [
            (256, 4, width),
            (257, 4, height),
            (258, 3, 1),
            (259, 3, 4),
            (262, 3, 0),
            (273, 4, start),
            (277, 3, 1),
            (278, 4, height),
            (279, 4, length),
            (282, 5, resolution),
            (283, 5, resolution),
        ];
        for (tag, kind, value) in entries {
            file.extend(tag.to_le_bytes());
            file.extend(kind.to_le_bytes());
            file.extend(1_u32.to_le_bytes());
            file.extend(value.to_le_bytes());
        }
        link = file.len();
        file.extend([0; 4]);
    }
    Ok(file)
}

/// The rows of a sheet in black and white, compressed.
fn group_4(sheet: &Sheet) -> Result<Vec<u8>, Problem> {
    let width = u16::try_from(sheet.width).map_err(|error| failed(&error))?;
    let mut encoder = ::fax::encoder::Encoder::new(::fax::VecWriter::new());
    for row in sheet.pixels.chunks_exact(sheet.width.max(1)) {
        let colours = row.iter().map(
            |[_, green, _]| {
                if *green < BLACK_BELOW { ::fax::Color::Black } else { ::fax::Color::White }
            },
        );
        encoder.encode_line(colours, width).map_err(|error| failed(&error))?;
    }
    Ok(encoder.finish().map_err(|error| failed(&error))?.finish())
}

fn tiff_page(encoder: &mut TiffEncoder<&mut Cursor<Vec<u8>>>, sheet: &Sheet) -> tiff::TiffResult<()> {
    let (width, height) = (u32::try_from(sheet.width)?, u32::try_from(sheet.height)?);
    let resolution = Rational { n: u32::from(sheet.dpi), d: 1 };
    if sheet.coloured {
        let mut image = encoder.new_image::<colortype::RGB8>(width, height)?;
        image.resolution(ResolutionUnit::Inch, resolution);
        image.write_data(&sheet.samples())
    } else {
        let mut image = encoder.new_image::<colortype::Gray8>(width, height)?;
        image.resolution(ResolutionUnit::Inch, resolution);
        image.write_data(&sheet.samples())
    }
}

/// A chunk of a PNG: length, name, data and check sum.
#[must_use]
pub fn png_chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut chunk = length.to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(data);
    let sum = crc32(chunk.get(4..).unwrap_or_default());
    chunk.extend(sum.to_be_bytes());
    chunk
}

/// The check sum of PNG (ISO 3309), bit by bit: a few bytes only.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

const fn colour(sheet: &Sheet) -> ExtendedColorType {
    if sheet.coloured { ExtendedColorType::Rgb8 } else { ExtendedColorType::L8 }
}

fn sides(sheet: &Sheet) -> Result<(u32, u32), Problem> {
    let width = u32::try_from(sheet.width).map_err(|error| failed(&error))?;
    let height = u32::try_from(sheet.height).map_err(|error| failed(&error))?;
    Ok((width, height))
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    ProblemCode::Internal.because(format!("示例页面无法编码：{error}"))
}
