//! JPEG pages. A file that was cut while it was copied is told from a whole one: the decoder would fill the missing part
//! with grey, and half a letter would pass as all of it.

use std::io::Cursor;

use case::problem::Problem;
use image::codecs::jpeg::JpegDecoder;

use super::super::settings::Limits;
use super::{Picture, damaged, raster};

const START_OF_SCAN: u8 = 0xda;
const APPLICATION_0: u8 = 0xe0;

/// Decodes a JPEG file.
///
/// # Errors
/// Too many pixels by the header, or damaged, or cut off.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, Problem> {
    let header = walk(bytes).ok_or_else(|| damaged("JPEG文件不完整"))?;
    let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(|error| raster::problem_of(&error))?;
    let picture = raster::read(decoder, header.resolution, limits)?;
    if header.ends { Ok(picture) } else { Err(damaged("JPEG文件不完整（没有结尾）")) }
}

struct Header {
    resolution: Option<u32>,
    ends: bool,
}

/// Walks the segments up to the first scan (ITU-T T.81, annex B) and looks for the end marker after it. Inside a scan
/// every 0xff is followed by 0x00 or a restart marker, so 0xff 0xd9 there is the end. `None` without a scan.
fn walk(bytes: &[u8]) -> Option<Header> {
    let mut resolution = None;
    let mut position = 2;
    loop {
        let [0xff, marker] = bytes.get(position..position + 2)? else { return None };
        if *marker == 0xff {
            position += 1;
            continue;
        }
        let size = bytes.get(position + 2..position + 4)?;
        let size = usize::from(u16::from_be_bytes(size.try_into().ok()?));
        if *marker == START_OF_SCAN {
            let ends = bytes.get(position + 2 + size..)?.windows(2).any(|pair| pair == [0xff, 0xd9]);
            return Some(Header { resolution, ends });
        }
        if *marker == APPLICATION_0 {
            resolution = bytes.get(position + 4..position + 2 + size).and_then(density).or(resolution);
        }
        position += 2 + size;
    }
}

/// The resolution in a JFIF segment (JFIF 1.02): unit 1 is dots per inch, 2 dots per centimetre.
fn density(segment: &[u8]) -> Option<u32> {
    let rest = segment.strip_prefix(b"JFIF\0")?;
    let across = u32::from(u16::from_be_bytes(rest.get(3..5)?.try_into().ok()?));
    match rest.get(2)? {
        1 => Some(across),
        2 => Some(across * 254 / 100),
        _ => None,
    }
}
