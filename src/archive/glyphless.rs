//! A font without shapes, so that invisible text has an embedded font as PDF/A asks. TrueType (ISO/IEC 14496-22) with two empty glyphs
//! of half an em: `.notdef`, and the one that every character is shown with.

/// Units of an em.
pub const EM: u16 = 1_000;
/// The advance of every glyph, in units of an em.
pub const ADVANCE: u16 = 500;
/// How far the line reaches above and below its base, in units of an em.
pub const ASCENT: i16 = 800;
/// See [`ASCENT`].
pub const DESCENT: i16 = -200;
/// The glyph of every character.
pub const GLYPH: u16 = 1;
/// `.notdef` and [`GLYPH`].
const GLYPHS: u16 = 2;

/// The font file.
#[must_use]
pub fn font() -> Vec<u8> {
    // In the order of their names, as the table of tables must be.
    let tables: [([u8; 4], Vec<u8>); 7] = [
        (*b"cmap", character_map()),
        (*b"glyf", vec![0; 4]),
        (*b"head", head(0)),
        (*b"hhea", horizontal_header()),
        (*b"hmtx", shorts(&[ADVANCE, 0, ADVANCE, 0])),
        // Short offsets: each glyph begins and ends at 0, so it has no outline.
        (*b"loca", shorts(&[0, 0, 0])),
        (*b"maxp", maxima()),
    ];
    let file = assemble(&tables);
    // The sum over the whole file, with this field as 0, goes into `head`.
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(sum(&file));
    let tables =
        tables.map(|(name, content)| if name == *b"head" { (name, head(adjustment)) } else { (name, content) });
    assemble(&tables)
}

/// The file of these tables. The sum that the table of tables gives for `head` is taken with its own field as 0.
fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    // The largest power of two that is not above the number of tables, 16 bytes each.
    let power = count.checked_ilog2().unwrap_or(0);
    let range = 16_u16 << power;
    let mut file = vec![0, 1, 0, 0];
    file.extend(shorts(&[count, range, u16::try_from(power).unwrap_or(0), count * 16 - range]));
    let mut place = file.len() + tables.len() * 16;
    let mut data = Vec::new();
    for (name, content) in tables {
        let summed = if name == b"head" { sum(&head(0)) } else { sum(content) };
        file.extend(name);
        for value in [summed, long(place), long(content.len())] {
            file.extend(value.to_be_bytes());
        }
        place += content.len().next_multiple_of(4);
        data.extend(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    file.extend(data);
    file
}

/// `head`: version 1.0, revision 1.0, times 0, no style.
fn head(adjustment: u32) -> Vec<u8> {
    let mut table = shorts(&[1, 0, 1, 0]);
    table.extend(adjustment.to_be_bytes());
    table.extend(0x5F0F_3CF5_u32.to_be_bytes());
    table.extend(shorts(&[0, EM]));
    table.extend([0; 16]);
    // The box around all outlines, style, smallest size, direction, short offsets, format of outlines.
    table.extend(shorts(&[0, 0, 0, 0, 0, 3, 2, 0, 0]));
    table
}

fn horizontal_header() -> Vec<u8> {
    let mut table = shorts(&[1, 0]);
    table.extend([ASCENT, DESCENT, 0].map(i16::to_be_bytes).concat());
    table.extend(shorts(&[ADVANCE, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS]));
    table
}

fn maxima() -> Vec<u8> {
    shorts(&[1, 0, GLYPHS, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
}

/// `cmap` with one segment table (format 4) that knows no character: the PDF names glyphs by themselves.
fn character_map() -> Vec<u8> {
    shorts(&[0, 1, 3, 1, 0, 12, 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0])
}

fn shorts(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

fn long(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The sum of the words of a table, its end filled with 0.
fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, word| {
        let word = word.iter().chain([0; 4].iter()).take(4).fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        sum.wrapping_add(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_whole_by_its_own_sum() {
        let font = font();
        assert_eq!(sum(&font), 0xB1B0_AFBA, "the sum that every font file has");
        assert_eq!(&font[..4], [0, 1, 0, 0]);
        let (head, hhea, maxp) = (head(0), horizontal_header(), maxima());
        assert_eq!([head.len(), hhea.len(), maxp.len()], [54, 36, 32], "as long as the standard says");
        assert!(font.len() < 500, "{} bytes", font.len());
    }
}
