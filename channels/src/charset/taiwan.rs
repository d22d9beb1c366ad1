//! Characters of CNS 11643, planes 1 and 2, which ISO-2022-CN may hold (RFC 1922). Both planes have the characters of Big5 in nearly the same
//! order, so that a list of where they part is a table of all 13,051; the characters themselves come from Big5.
//!
//! The lists were measured against glibc's `EUC-TW`, and the test asks it again. Planes 3 to 7 have no such twin and stay unknown.

use encoding_rs::BIG5;

/// The characters of a row of CNS 11643.
const ROW: u16 = 94;
/// The characters of a row of Big5.
const BIG5_ROW: u16 = 157;
/// Where runs begin in plane 1, and at which place of Big5, both counted from their first one; a run goes on to the next.
const FIRST_PLANE: [(u16, u16); 40] = [
    (0, 0),
    (6, 6),
    (15, 15),
    (21, 23),
    (24, 22),
    (29, 29),
    (73, 74),
    (74, 73),
    (75, 75),
    (98, 98),
    (100, 100),
    (127, 128),
    (128, 127),
    (129, 129),
    (148, 149),
    (149, 148),
    (150, 150),
    (155, 21),
    (156, 156),
    (160, 160),
    (162, 162),
    (165, 165),
    (188, NONE),
    (3290, 471),
    (4702, 1884),
    (5126, 1883),
    (5127, 2308),
    (7003, 4571),
    (7004, 4184),
    (7391, 4572),
    (7916, 5286),
    (7917, 5097),
    (8023, 5203),
    (8106, 5287),
    (8190, 5517),
    (8191, 5371),
    (8245, 5426),
    (8246, 5425),
    (8247, 5427),
    (8337, 5518),
];
/// The same of plane 2.
const SECOND_PLANE: [(u16, u16); 50] = [
    (0, 6280),
    (10, 6291),
    (43, 6372),
    (44, 6324),
    (92, 6373),
    (138, 6586),
    (139, 6419),
    (306, 6587),
    (2146, 9074),
    (2147, 8428),
    (2255, 8537),
    (2792, 8427),
    (2793, 9075),
    (2893, 8536),
    (2894, 9175),
    (3293, 9575),
    (4930, 11761),
    (4931, 11212),
    (5077, 11899),
    (5078, 11358),
    (5365, 12508),
    (5366, 11645),
    (5482, 11762),
    (5619, 11900),
    (5723, 12425),
    (5724, 12004),
    (5946, 12227),
    (6144, 12426),
    (6226, 12509),
    (6312, 12226),
    (6313, 12595),
    (6321, 12604),
    (6474, 12758),
    (6530, 13114),
    (6531, 12814),
    (6644, 12603),
    (6645, 12927),
    (6787, 12757),
    (6788, 13069),
    (6833, 13115),
    (6904, 13380),
    (6905, 13186),
    (7099, 13381),
    (7589, 13914),
    (7590, 13871),
    (7633, 13915),
    (7634, 13917),
    (7645, 13916),
    (7646, 13928),
    (7650, NONE),
];
/// A run of what is not known here.
const NONE: u16 = u16::MAX;
/// The last character of plane 1.
const END_OF_FIRST: u16 = 3290 + 5401;

/// The character at two seven-bit bytes of plane 1 or 2; none when it is not known.
pub(super) fn character(plane: u8, bytes: [u8; 2]) -> Option<char> {
    let [row, column] = bytes.map(|byte| byte.checked_sub(0x21).filter(|place| u16::from(*place) < ROW));
    let place = u16::from(row?) * ROW + u16::from(column?);
    let runs: &[(u16, u16)] = match plane {
        1 if place < END_OF_FIRST => &FIRST_PLANE,
        2 => &SECOND_PLANE,
        _ => return None,
    };
    let run = runs.partition_point(|(start, _)| *start <= place).checked_sub(1)?;
    let (start, twin) = runs.get(run).copied().filter(|(_, twin)| *twin != NONE)?;
    let twin = twin + (place - start);
    let (high, low) = (twin / BIG5_ROW, twin % BIG5_ROW);
    let low = if low < 63 { 0x40 + low } else { 0xa1 + low - 63 };
    let coded = [u8::try_from(0xa1 + high).ok()?, u8::try_from(low).ok()?];
    let text = BIG5.decode_without_bom_handling_and_without_replacement(&coded)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use super::*;

    /// What glibc makes of a character, alone in its line so that one that it does not know costs only itself.
    fn by_glibc(plane: u8) -> Vec<String> {
        let mut asked = Vec::new();
        for row in 0xa1..=0xfe_u8 {
            for column in 0xa1..=0xfe_u8 {
                if plane > 1 {
                    asked.extend([0x8e, 0xa0 + plane]);
                }
                asked.extend([row, column, b'\n']);
            }
        }
        let mut iconv = Command::new("iconv");
        let iconv = iconv.args(["-c", "-f", "EUC-TW", "-t", "UTF-8"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = iconv.spawn().unwrap();
        let mut input = running.stdin.take().unwrap();
        let writing = std::thread::spawn(move || input.write_all(&asked).unwrap());
        let output = running.wait_with_output().unwrap().stdout;
        writing.join().unwrap();
        String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_character_is_the_one_that_glibc_knows() {
        for (plane, least) in [(1, 5400), (2, 7650)] {
            let known = by_glibc(plane);
            assert_eq!(known.len(), 94 * 94);
            let (mut same, mut other) = (0, Vec::new());
            for (place, expected) in known.iter().enumerate() {
                let bytes = [0x21 + place / 94, 0x21 + place % 94].map(|byte| u8::try_from(byte).unwrap());
                match character(plane, bytes) {
                    Some(found) if found.to_string() == *expected => same += 1,
                    Some(found) if case::text::is_han(found) => other.push((place, found, expected.clone())),
                    Some(_) | None => {}
                }
            }
            assert!(same >= least, "{same} of plane {plane}");
            // One character of plane 1 has two forms in Unicode, and the two tables chose differently.
            assert!(other.len() <= 1, "{other:?}");
        }
        assert_eq!(character(1, [0x44, 0x21]), Some('一'));
        assert_eq!(character(2, [0x21, 0x21]), Some('乂'));
        assert_eq!(
            (character(3, [0x21, 0x21]), character(1, [0x20, 0x21]), character(1, [0x7e, 0x7e])),
            (None, None, None)
        );
    }
}
