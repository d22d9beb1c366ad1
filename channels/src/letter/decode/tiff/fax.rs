//! Fax compression inside TIFF (ITU-T T.4 and T.6; TIFF 6.0, sections 10 and 11): modified Huffman (2), group 3 in one and
//! two dimensions (3), group 4 (4). The `fax` crate has the code tables; what a telephone line does to a page is handled
//! here: a damaged row of group 3 repeats the row above, as fax machines do, and reading goes on at the next end of line.

use std::io::Cursor;

use case::problem::Problem;
use fax::BitReader;
use fax::maps::{Mode, black, mode, white};
use tiff::TiffResult;
use tiff::decoder::Decoder;
use tiff::tags::Tag;

use super::{damaged, problem_of};

/// Compression without end-of-line codes, each row at a new byte.
pub(super) const HUFFMAN: u16 = 2;
/// Group 3.
pub(super) const GROUP_3: u16 = 3;
/// Group 4.
pub(super) const GROUP_4: u16 = 4;
/// More damaged or missing rows than this share, in per cent, and the page is refused instead of half read.
const MOST_DAMAGED: usize = 25;
/// This many ends of line in a row end a page (T.4 has six, noise may eat some).
const RETURN_TO_CONTROL: u32 = 3;

/// How a page is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Coding {
    compression: u16,
    /// Group 3: rows may refer to the one above.
    two_dimensional: bool,
    /// The first pixel is in the lowest bit of a byte.
    reversed: bool,
    width: usize,
}

/// The places in a row at which the colour changes, from white on; ascending, below the width.
type Changes = Vec<usize>;

/// Decodes the page on which `decoder` stands, one byte a pixel: 0 where the fax is black, unless `black_is_one`.
///
/// # Errors
/// Damaged beyond [`MOST_DAMAGED`], or the strips lie outside the file.
pub(super) fn decode(
    decoder: &mut Decoder<Cursor<&[u8]>>,
    bytes: &[u8],
    (width, height): (usize, usize),
    compression: u16,
    black: u8,
) -> Result<Vec<u8>, Problem> {
    let layout = layout(decoder).map_err(|error| problem_of(&error))?;
    let options: u32 = decoder.find_tag_unsigned(Tag::Unknown(292)).ok().flatten().unwrap_or(0);
    let reversed = decoder.find_tag_unsigned::<u16>(Tag::FillOrder).ok().flatten() == Some(2);
    let coding = Coding { compression, two_dimensional: options & 1 == 1, reversed, width };
    let rows_per_strip = layout.rows_per_strip.clamp(1, height.max(1));
    let mut pixels = vec![!black; width.saturating_mul(height)];
    let mut lost = 0;
    for (strip, rows) in layout.strips.iter().zip(pixels.chunks_mut((rows_per_strip * width).max(1))) {
        let data = strip.and_then(|(start, length)| bytes.get(start..start.checked_add(length)?)).unwrap_or_default();
        lost += strip_rows(data, coding, rows, black);
    }
    let covered = layout.strips.len().saturating_mul(rows_per_strip).min(height);
    lost += height - covered;
    if lost * 100 > height * MOST_DAMAGED { Err(damaged("TIFF传真页损坏或不完整")) } else { Ok(pixels) }
}

struct Layout {
    /// Start and length in the file; `None` when they do not fit an index.
    strips: Vec<Option<(usize, usize)>>,
    rows_per_strip: usize,
}

fn layout(decoder: &mut Decoder<Cursor<&[u8]>>) -> TiffResult<Layout> {
    let starts: Vec<u64> = decoder.get_tag_u64_vec(Tag::StripOffsets)?;
    let lengths: Vec<u64> = decoder.get_tag_u64_vec(Tag::StripByteCounts)?;
    let index = |(start, length): (&u64, &u64)| usize::try_from(*start).ok().zip(usize::try_from(*length).ok());
    let rows_per_strip: Option<u64> = decoder.find_tag_unsigned(Tag::RowsPerStrip)?;
    let rows_per_strip = rows_per_strip.and_then(|rows| usize::try_from(rows).ok()).unwrap_or(usize::MAX);
    Ok(Layout { strips: starts.iter().zip(&lengths).map(index).collect(), rows_per_strip })
}

/// Decodes one strip into `rows`; gives how many rows were damaged or missing.
fn strip_rows(data: &[u8], coding: Coding, rows: &mut [u8], black: u8) -> usize {
    let mut bits = Bits::new(data, coding.reversed);
    let mut above = Changes::new();
    let mut lost = 0;
    let width = coding.width.max(1);
    let total = rows.len() / width;
    for (number, row) in rows.chunks_exact_mut(width).enumerate() {
        match next_row(&mut bits, coding, &above) {
            Next::Row(changes) => above = changes,
            // The row above again.
            Next::Damaged => lost += 1,
            // White rows at the end of a page need not be sent.
            Next::EndOfPage => return lost,
            Next::EndOfData => return lost + total - number,
        }
        draw(row, &above, black);
    }
    lost
}

fn draw(row: &mut [u8], changes: &[usize], black: u8) {
    for pair in changes.chunks(2) {
        let (Some(start), end) = (pair.first().copied(), pair.get(1).copied()) else { continue };
        let end = end.unwrap_or(row.len()).min(row.len());
        if let Some(run) = row.get_mut(start..end) {
            run.fill(black);
        }
    }
}

enum Next {
    Row(Changes),
    Damaged,
    EndOfPage,
    EndOfData,
}

fn next_row(bits: &mut Bits<'_>, coding: Coding, above: &[usize]) -> Next {
    if bits.is_at_end() {
        return Next::EndOfData;
    }
    let two_dimensional = match coding.compression {
        HUFFMAN => {
            bits.align();
            false
        }
        GROUP_3 => {
            let mut ends = 0;
            let mut one_dimensional = true;
            while bits.skip_end_of_line() {
                ends += 1;
                one_dimensional = !coding.two_dimensional || bits.take_bit();
            }
            if ends >= RETURN_TO_CONTROL {
                return Next::EndOfPage;
            }
            if bits.is_at_end() {
                return Next::EndOfData;
            }
            !one_dimensional
        }
        _ => {
            if bits.is_end_of_block() {
                return Next::EndOfPage;
            }
            true
        }
    };
    let row = if two_dimensional { row_after(bits, above, coding.width) } else { row_alone(bits, coding.width) };
    match (row, coding.compression) {
        (Some(changes), _) => Next::Row(changes),
        (None, GROUP_3) if bits.find_end_of_line() => Next::Damaged,
        // Without ends of line nothing tells where the next row starts.
        (None, _) => Next::EndOfData,
    }
}

/// Adds a change; two at the same place are none.
fn change(changes: &mut Changes, place: usize, width: usize) {
    if changes.last() == Some(&place) {
        changes.pop();
    } else if place < width {
        changes.push(place);
    }
}

/// A row in runs of white and black.
fn row_alone(bits: &mut Bits<'_>, width: usize) -> Option<Changes> {
    let mut changes = Changes::new();
    let (mut place, mut is_black) = (0, false);
    while place < width {
        place += run(bits, is_black)?;
        change(&mut changes, place, width);
        is_black = !is_black;
    }
    (place == width).then_some(changes)
}

/// A row as it differs from the one above (T.4, 4.2.1.3.2).
fn row_after(bits: &mut Bits<'_>, above: &[usize], width: usize) -> Option<Changes> {
    let mut changes = Changes::new();
    let (mut place, mut is_black) = (0, false);
    let mut started = false;
    while place < width {
        // The first change of the row above right of this place, to the other colour.
        let beyond = above.partition_point(|other| if started { *other <= place } else { *other < place });
        let beyond = if (beyond % 2 == 1) == is_black { beyond } else { beyond + 1 };
        let next = above.get(beyond).copied().unwrap_or(width);
        match mode::decode(bits)? {
            Mode::Pass => place = above.get(beyond + 1).copied().unwrap_or(width),
            Mode::Vertical(shift) => {
                let to = next.checked_add_signed(isize::from(shift)).filter(|to| *to >= place && *to <= width)?;
                change(&mut changes, to, width);
                place = to;
                is_black = !is_black;
            }
            Mode::Horizontal => {
                for colour in [is_black, !is_black] {
                    place += run(bits, colour)?;
                    change(&mut changes, place, width);
                }
            }
            // Uncompressed mode was never used by anyone.
            Mode::Extension | Mode::EOF => return None,
        }
        started = true;
    }
    (place == width).then_some(changes)
}

/// The length of a run: any number of codes for multiples of 64 and one for the rest.
fn run(bits: &mut Bits<'_>, is_black: bool) -> Option<usize> {
    let mut length = 0_usize;
    loop {
        let part = usize::from(if is_black { black::decode(bits)? } else { white::decode(bits)? });
        length += part;
        if part < 64 {
            return Some(length);
        }
    }
}

/// The bits of a strip; zeros follow its end, which are no code.
struct Bits<'data> {
    data: &'data [u8],
    /// In bits.
    position: usize,
    reversed: bool,
}

impl<'data> Bits<'data> {
    const fn new(data: &'data [u8], reversed: bool) -> Self {
        Self { data, position: 0, reversed }
    }

    const fn is_at_end(&self) -> bool {
        self.position >= self.data.len() * 8
    }

    const fn align(&mut self) {
        self.position = self.position.next_multiple_of(8);
    }

    fn byte(&self, at: usize) -> u32 {
        let byte = self.data.get(at).copied().unwrap_or(0);
        u32::from(if self.reversed { byte.reverse_bits() } else { byte })
    }

    fn look(&self, bits: u8) -> u16 {
        let at = self.position / 8;
        let three = (self.byte(at) << 16) | (self.byte(at + 1) << 8) | self.byte(at + 2);
        let shift = 24_usize.saturating_sub(self.position % 8 + usize::from(bits));
        let mask = (1_u32 << bits.min(16)) - 1;
        u16::try_from((three >> shift) & mask).unwrap_or(0)
    }

    fn take_bit(&mut self) -> bool {
        let bit = self.look(1) == 1;
        self.position += 1;
        bit
    }

    /// Skips an end of line (eleven or more zeros and a one) when it stands here.
    fn skip_end_of_line(&mut self) -> bool {
        if self.look(11) != 0 {
            return false;
        }
        while !self.is_at_end() {
            if self.take_bit() {
                return true;
            }
        }
        false
    }

    /// Goes to the next end of line, before it.
    fn find_end_of_line(&mut self) -> bool {
        while !self.is_at_end() {
            if self.look(11) == 0 {
                return true;
            }
            self.position += 1;
        }
        false
    }

    fn is_end_of_block(&self) -> bool {
        self.look(12) == 1
    }
}

impl BitReader for Bits<'_> {
    type Error = std::convert::Infallible;

    fn peek(&self, bits: u8) -> Option<u16> {
        Some(self.look(bits))
    }

    fn consume(&mut self, bits: u8) -> Result<(), Self::Error> {
        self.position = self.position.saturating_add(usize::from(bits));
        Ok(())
    }

    fn bits_to_byte_boundary(&self) -> u8 {
        u8::try_from(self.position.next_multiple_of(8) - self.position).unwrap_or(0)
    }
}

#[cfg(test)]
#[path = "fax_tests.rs"]
mod tests;
