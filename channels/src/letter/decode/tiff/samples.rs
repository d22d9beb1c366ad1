//! What the `tiff` crate decoded, brought to 8 bits of grey or of red, green and blue.

use std::io::Cursor;

use case::problem::{Problem, ProblemCode};
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult};

use super::super::Samples;
use super::{damaged, problem_of, unread};

/// The samples of a page, 8 bits each (or packed, when they have less), and how many planes they come in.
pub(super) fn read(decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<(Vec<u8>, usize), Problem> {
    let mut decoded = DecodingResult::U8(Vec::new());
    let layout = decoder.read_image_to_buffer(&mut decoded).map_err(|error| problem_of(&error))?;
    let all_planes = decoded.as_buffer(0).byte_len() >= layout.complete_len;
    let bytes = match decoded {
        DecodingResult::U8(bytes) => bytes,
        DecodingResult::U16(words) => words.into_iter().map(|word| word.to_be_bytes()[0]).collect(),
        _ => return Err(unread("样本格式")),
    };
    if !all_planes {
        return Err(ProblemCode::TooManyPixels.because("解码所需内存超出上限"));
    }
    Ok((bytes, layout.planes))
}

/// The page in grey or colour.
pub(super) fn samples_of(
    (bytes, planes): (Vec<u8>, usize),
    colour: ColorType,
    (width, height): (usize, usize),
) -> Result<Samples, Problem> {
    let pixels = width * height;
    let bytes = if planes > 1 { interleaved(&bytes, planes, pixels) } else { bytes };
    let samples = match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let step = u8::MAX / (u8::MAX >> (8 - bits));
            let values = unpack(&bytes, usize::from(bits), width);
            Samples::Grey(values.into_iter().map(|value| value.saturating_mul(step)).collect())
        }
        ColorType::Gray(8 | 16) => Samples::Grey(bytes),
        ColorType::GrayA(8 | 16) => {
            Samples::Grey(bytes.chunks_exact(2).filter_map(|pair| pair.first().copied()).collect())
        }
        ColorType::RGB(8 | 16) => Samples::Colour(bytes),
        ColorType::RGBA(8 | 16) => {
            Samples::Colour(bytes.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect())
        }
        ColorType::CMYK(8 | 16) => Samples::Colour(bytes.chunks_exact(4).flat_map(from_cmyk).collect()),
        ColorType::CMYKA(8 | 16) => Samples::Colour(bytes.chunks_exact(5).flat_map(from_cmyk).collect()),
        // JPEG inside TIFF keeps its own colour space.
        ColorType::YCbCr(8) => Samples::Colour(bytes.chunks_exact(3).flat_map(from_luma_and_chroma).collect()),
        // Grey with further samples: the first is the grey.
        ColorType::Multiband { bit_depth: 8 | 16, num_samples } => {
            Samples::Grey(bytes.iter().step_by(usize::from(num_samples.max(1))).copied().collect())
        }
        _ => return Err(unread("颜色格式")),
    };
    let enough = match &samples {
        Samples::Grey(grey) => grey.len() >= pixels,
        Samples::Colour(colour) => colour.len() >= pixels * 3,
    };
    if enough { Ok(samples) } else { Err(damaged("TIFF页面数据不完整")) }
}

/// Samples of less than a byte, each row starting at a byte, one a byte.
pub(super) fn unpack(bytes: &[u8], bits: usize, width: usize) -> Vec<u8> {
    let per_byte = 8 / bits;
    if bits == 8 {
        return bytes.to_vec();
    }
    let mask = u8::MAX >> (8 - bits);
    bytes
        .chunks(width.div_ceil(per_byte).max(1))
        .flat_map(|row| {
            row.iter().flat_map(|byte| (1..=per_byte).map(move |place| (byte >> (8 - place * bits)) & mask)).take(width)
        })
        .collect()
}

fn from_cmyk(pixel: &[u8]) -> [u8; 3] {
    let [cyan, magenta, yellow, black, ..] = pixel else { return [255; 3] };
    let mixed = |ink: u8| {
        let product = u32::from(255 - ink) * u32::from(255 - black);
        u8::try_from(product / 255).unwrap_or(u8::MAX)
    };
    [mixed(*cyan), mixed(*magenta), mixed(*yellow)]
}

/// Red, green and blue of YCbCr at full range (JFIF 1.02, which scanners follow), in 1024ths.
fn from_luma_and_chroma(pixel: &[u8]) -> [u8; 3] {
    let [luma, blue, red] = pixel else { return [255; 3] };
    let luma = i32::from(*luma) * 1024;
    let (blue, red) = (i32::from(*blue) - 128, i32::from(*red) - 128);
    [luma + 1436 * red, luma - 352 * blue - 731 * red, luma + 1815 * blue]
        .map(|sum| u8::try_from((sum + 512).div_euclid(1024).clamp(0, 255)).unwrap_or(u8::MAX))
}

/// Planes of single samples as pixels of one sample from each.
fn interleaved(bytes: &[u8], planes: usize, pixels: usize) -> Vec<u8> {
    (0..pixels)
        .flat_map(|pixel| (0..planes).map(move |plane| plane * pixels + pixel))
        .map(|place| bytes.get(place).copied().unwrap_or(u8::MAX))
        .collect()
}
