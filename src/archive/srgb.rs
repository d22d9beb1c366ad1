//! The colour profile of the output intent: sRGB (IEC 61966-2-1) as a matrix profile by ICC.1:2004-10 (version 4.2), the newest that
//! PDF/A-2 allows. Written here, so that no foreign file is needed; all numbers are fixed point with 16 bits of fraction.

/// D50, the white of the profile connection space.
const D50: [u32; 3] = [63_190, 65_536, 54_061];
/// Red, green and blue of sRGB, brought to D50 by the Bradford transform.
const RED: [u32; 3] = [28_578, 14_581, 912];
const GREEN: [u32; 3] = [25_241, 46_981, 6_362];
const BLUE: [u32; 3] = [9_376, 3_972, 46_799];
/// The Bradford transform from D65 to D50, row by row; negative numbers in two's complement.
const ADAPTATION: [u32; 9] = [
    68_674,
    1_502,
    3_291_u32.wrapping_neg(),
    1_939,
    64_912,
    1_118_u32.wrapping_neg(),
    605_u32.wrapping_neg(),
    988,
    49_262,
];
/// The curve of sRGB as the third parametric one (ICC.1, 10.15): gamma, a, b, c, d.
const CURVE: [u32; 5] = [157_286, 62_119, 3_417, 5_072, 2_651];
/// Bytes of the header.
const HEADER: usize = 128;
/// Bytes of an entry of the table of tags.
const ENTRY: usize = 12;

/// The profile.
#[must_use]
pub fn profile() -> Vec<u8> {
    let curve = [b"para\0\0\0\0\0\x03\0\0".to_vec(), numbers(&CURVE)].concat();
    let tags: [([u8; 4], Vec<u8>); 10] = [
        (*b"desc", text("sRGB")),
        (*b"cprt", text("No copyright, use freely")),
        (*b"wtpt", xyz(D50)),
        (*b"chad", [b"sf32\0\0\0\0".to_vec(), numbers(&ADAPTATION)].concat()),
        (*b"rXYZ", xyz(RED)),
        (*b"gXYZ", xyz(GREEN)),
        (*b"bXYZ", xyz(BLUE)),
        (*b"rTRC", curve.clone()),
        (*b"gTRC", curve.clone()),
        (*b"bTRC", curve),
    ];
    let mut place = HEADER + 4 + tags.len() * ENTRY;
    let mut table = length(tags.len()).to_vec();
    let mut data = Vec::new();
    for (name, content) in tags {
        table.extend(name);
        table.extend(length(place));
        table.extend(length(content.len()));
        place += content.len().next_multiple_of(4);
        data.extend(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    [header(place), table, data].concat()
}

/// ICC.1, 7.2: a display profile without a maker, relating to the year in which the version was published.
fn header(size: usize) -> Vec<u8> {
    let mut header = length(size).to_vec();
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    header.extend([2004_u16, 10, 1, 0, 0, 0].map(u16::to_be_bytes).concat());
    header.extend(b"acsp");
    // Platform, flags, maker, model, attributes and the perceptual intent: none of ours.
    header.extend([0; 28]);
    header.extend(numbers(&D50));
    header.resize(HEADER, 0);
    header
}

fn xyz(values: [u32; 3]) -> Vec<u8> {
    [b"XYZ \0\0\0\0".to_vec(), numbers(&values)].concat()
}

/// A text of one language (ICC.1, 10.13): one record, `enUS`, in UTF-16.
fn text(words: &str) -> Vec<u8> {
    let letters: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let head = [b"mluc\0\0\0\0".to_vec(), numbers(&[1, 12]), b"enUS".to_vec()].concat();
    let start = head.len() + 8;
    [head, length(letters.len()).to_vec(), length(start).to_vec(), letters].concat()
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

fn length(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_add_up_to_white_and_the_table_points_into_the_file() {
        for (channel, white) in D50.iter().enumerate() {
            let sum = RED[channel] + GREEN[channel] + BLUE[channel];
            assert!(sum.abs_diff(*white) <= 16, "channel {channel}: {sum} is not {white}");
        }
        let profile = profile();
        let number = |at: usize| usize::try_from(u32::from_be_bytes(profile[at..at + 4].try_into().unwrap())).unwrap();
        assert_eq!(number(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for entry in 0..number(HEADER) {
            let at = HEADER + 4 + entry * ENTRY;
            let (start, size) = (number(at + 4), number(at + 8));
            assert!(
                start + size <= profile.len() && start % 4 == 0,
                "{}",
                String::from_utf8_lossy(&profile[at..at + 4])
            );
        }
    }
}
