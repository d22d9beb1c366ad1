use fax::encoder::Encoder;
use fax::maps::EOL;
use fax::{BitWriter, Bits as Code, Color, VecWriter};
use proptest::prelude::*;

use super::*;

const WIDTH: usize = 97;

fn runs(row: &[bool]) -> Vec<(bool, u16)> {
    let mut runs = vec![(false, 0)];
    for pixel in row {
        match runs.last_mut() {
            Some((colour, length)) if colour == pixel => *length += 1,
            Some(_) | None => runs.push((*pixel, 1)),
        }
    }
    runs
}

fn write_run(writer: &mut VecWriter, is_black: bool, length: u16) {
    let table = if is_black { &black::ENTRIES } else { &white::ENTRIES };
    let code = |length: u16| table.iter().find(|entry| entry.0 == length).expect("a code").1;
    if length >= 64 {
        writer.write(code(length / 64 * 64)).expect("written");
    }
    writer.write(code(length % 64)).expect("written");
}

/// Rows in one dimension; with ends of line as group 3, without as modified Huffman.
fn in_one_dimension(rows: &[Vec<bool>], ends_of_line: bool) -> Vec<u8> {
    let mut writer = VecWriter::new();
    for row in rows {
        if ends_of_line {
            writer.write(EOL).expect("written");
        }
        for (colour, length) in runs(row) {
            write_run(&mut writer, colour, length);
        }
        if !ends_of_line {
            writer.pad();
        }
    }
    if ends_of_line {
        (0..6).for_each(|_| writer.write(EOL).expect("written"));
    }
    writer.finish()
}

fn in_group_4(rows: &[Vec<bool>]) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for row in rows {
        let pixels = row.iter().map(|pixel| if *pixel { Color::Black } else { Color::White });
        encoder.encode_line(pixels, u16::try_from(row.len()).expect("short")).expect("written");
    }
    encoder.finish().expect("written").finish()
}

fn decoded(data: &[u8], compression: u16, reversed: bool, rows: usize) -> (Vec<Vec<bool>>, usize) {
    let mut pixels = vec![255; WIDTH * rows];
    let coding = Coding { compression, two_dimensional: false, reversed, width: WIDTH };
    let lost = strip_rows(data, coding, &mut pixels, 0);
    (pixels.chunks(WIDTH).map(|row| row.iter().map(|pixel| *pixel == 0).collect()).collect(), lost)
}

fn pages() -> impl Strategy<Value = Vec<Vec<bool>>> {
    let row = prop::collection::vec((any::<bool>(), 1..40_usize), 1..20).prop_map(|runs| {
        let mut row: Vec<bool> = runs.into_iter().flat_map(|(colour, length)| vec![colour; length]).collect();
        row.resize(WIDTH, false);
        row
    });
    prop::collection::vec(row, 1..8)
}

proptest! {
    #[test]
    fn what_was_faxed_comes_out(rows in pages()) {
        prop_assert_eq!(decoded(&in_one_dimension(&rows, true), GROUP_3, false, rows.len()), (rows.clone(), 0));
        prop_assert_eq!(decoded(&in_one_dimension(&rows, false), HUFFMAN, false, rows.len()), (rows.clone(), 0));
        let group_4 = in_group_4(&rows);
        prop_assert_eq!(decoded(&group_4, GROUP_4, false, rows.len()), (rows.clone(), 0));
        let reversed: Vec<u8> = group_4.iter().map(|byte| byte.reverse_bits()).collect();
        prop_assert_eq!(decoded(&reversed, GROUP_4, true, rows.len()), (rows, 0));
    }

    #[test]
    fn any_noise_ends(data in prop::collection::vec(any::<u8>(), 0..200), compression in 2..5_u16, two in any::<bool>()) {
        let mut pixels = vec![255; WIDTH * 40];
        let coding = Coding { compression, two_dimensional: two, reversed: false, width: WIDTH };
        prop_assert!(strip_rows(&data, coding, &mut pixels, 0) <= 40);
    }
}

fn stripes(count: usize) -> Vec<Vec<bool>> {
    (0..count).map(|row| (0..WIDTH).map(|place| (place / 7 + row) % 3 == 0).collect()).collect()
}

#[test]
fn a_damaged_row_repeats_the_one_above_and_the_next_is_whole() {
    let rows = stripes(20);
    let mut writer = VecWriter::new();
    for (number, row) in rows.iter().enumerate() {
        writer.write(EOL).expect("written");
        if number == 10 {
            // Nine zeros and a one are no code.
            writer.write(Code { data: 1, len: 10 }).expect("written");
            continue;
        }
        for (colour, length) in runs(row) {
            write_run(&mut writer, colour, length);
        }
    }
    let (read, lost) = decoded(&writer.finish(), GROUP_3, false, rows.len());
    assert_eq!(lost, 1);
    assert_eq!(read[10], rows[9]);
    assert_eq!(read[11..], rows[11..]);
}

#[test]
fn two_dimensions_refer_to_the_row_above() {
    // A row in one dimension, then the same row in two: every change right below the one above.
    let row: Vec<bool> = (0..WIDTH).map(|place| (20..50).contains(&place)).collect();
    let mut writer = VecWriter::new();
    writer.write(EOL).expect("written");
    writer.write(Code { data: 1, len: 1 }).expect("written");
    for (colour, length) in runs(&row) {
        write_run(&mut writer, colour, length);
    }
    writer.write(EOL).expect("written");
    writer.write(Code { data: 0, len: 1 }).expect("written");
    writer.write(Code { data: 0b111, len: 3 }).expect("written");
    let mut pixels = vec![255; WIDTH * 2];
    let coding = Coding { compression: GROUP_3, two_dimensional: true, reversed: false, width: WIDTH };
    assert_eq!(strip_rows(&writer.finish(), coding, &mut pixels, 0), 0);
    let (first, second) = pixels.split_at(WIDTH);
    assert_eq!(first, second);
    assert!(first.iter().zip(&row).all(|(pixel, black)| (*pixel == 0) == *black));
}

#[test]
fn a_page_cut_short_counts_its_missing_rows() {
    let rows = stripes(100);
    let data = in_group_4(&rows);
    let (_, lost) = decoded(&data[..data.len() / 2], GROUP_4, false, rows.len());
    assert!(lost > 30, "{lost} rows");
}
