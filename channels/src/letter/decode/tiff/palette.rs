//! Pages whose pixels are numbers of a palette, as old scanners' 4- and 8-bit colour is. The `tiff` crate does not read them;
//! it does when the page says that its numbers are greys, so it is given a copy of the file that says so.

use std::io::Cursor;

use case::problem::Problem;
use tiff::decoder::Decoder;
use tiff::tags::{ByteOrder, PhotometricInterpretation, Tag};

use super::super::super::settings::Limits;
use super::super::Samples;
use super::{damaged, open, problem_of, samples, unread};

/// An entry of a directory of classic TIFF, in bytes (TIFF 6.0, section 2).
const ENTRY: usize = 12;

/// The palette's numbers of page `index`, one a byte, and how many bits they have.
pub(super) fn indexes(
    decoder: &mut Decoder<Cursor<&[u8]>>,
    bytes: &[u8],
    index: u16,
    limits: &Limits,
) -> Result<(Vec<u8>, u8), Problem> {
    let directory = decoder.ifd_pointer().and_then(|pointer| usize::try_from(pointer.0).ok());
    let directory = directory.ok_or_else(|| damaged("TIFF文件损坏或不完整"))?;
    // In the large form of TIFF the entries differ; scanners do not write palettes in it.
    let copy = said_grey(bytes, directory, decoder.byte_order()).ok_or_else(|| unread("颜色格式"))?;
    let mut grey = open(&copy, limits).map_err(|error| problem_of(&error))?;
    grey.seek_to_image(usize::from(index)).map_err(|error| problem_of(&error))?;
    let (width, _) = grey.dimensions().map_err(|error| problem_of(&error))?;
    let tiff::ColorType::Gray(bits @ (1 | 2 | 4 | 8)) = grey.colortype().map_err(|error| problem_of(&error))? else {
        return Err(unread("颜色格式"));
    };
    let (numbers, _) = samples::read(&mut grey)?;
    let width = usize::try_from(width).unwrap_or(usize::MAX);
    Ok((samples::unpack(&numbers, usize::from(bits), width), bits))
}

/// The file with the photometric interpretation of the directory at `directory` said to be grey.
fn said_grey(bytes: &[u8], directory: usize, order: ByteOrder) -> Option<Vec<u8>> {
    let short = |at: usize| {
        let pair = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match order {
            ByteOrder::LittleEndian => u16::from_le_bytes(pair),
            ByteOrder::BigEndian => u16::from_be_bytes(pair),
        })
    };
    if short(2)? != 42 {
        return None;
    }
    let entries = usize::from(short(directory)?);
    let entry = (0..entries)
        .map(|number| directory + 2 + number * ENTRY)
        .find(|entry| short(*entry) == Some(Tag::PhotometricInterpretation.to_u16()))?;
    let grey = PhotometricInterpretation::BlackIsZero.to_u16();
    let grey = match order {
        ByteOrder::LittleEndian => grey.to_le_bytes(),
        ByteOrder::BigEndian => grey.to_be_bytes(),
    };
    let mut copy = bytes.to_vec();
    copy.get_mut(entry + 8..entry + 10)?.copy_from_slice(&grey);
    Some(copy)
}

/// The colours that `indexes` stand for: the colour map holds all reds, then all greens, then all blues, 16 bits each.
pub(super) fn colours(
    decoder: &mut Decoder<Cursor<&[u8]>>,
    indexes: &[u8],
    bits: u8,
    (width, height): (usize, usize),
) -> Result<Samples, Problem> {
    let map: Vec<u16> = decoder.get_tag_u16_vec(Tag::ColorMap).map_err(|error| problem_of(&error))?;
    let count = 1_usize << bits;
    // Some programs write 8-bit values into the 16-bit map.
    let shift = if map.iter().all(|value| *value < 256) { 0 } else { 8 };
    let colour = |index: u8| -> [u8; 3] {
        [0, 1, 2].map(|channel| {
            let value = map.get(channel * count + usize::from(index)).copied().unwrap_or(0);
            u8::try_from(value >> shift).unwrap_or(u8::MAX)
        })
    };
    if map.len() < 3 * count || indexes.len() < width * height {
        return Err(damaged("TIFF页面数据不完整"));
    }
    Ok(Samples::Colour(indexes.iter().flat_map(|index| colour(*index)).collect()))
}
