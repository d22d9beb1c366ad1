use super::super::super::cleaning;
use super::super::super::cleaning::grey::Grey;
use super::super::super::decode::{Picture, Samples};
use super::super::super::record::{ENGINE_TESSERACT, PageRecord, WordRecord};
use super::super::super::settings::Limits;
use super::*;

const WIDTH: usize = 1240;
const HEIGHT: usize = 1754;

/// A page at 150 dpi on which a character (a square with a gap in it) stands at each place.
fn page(characters: &[(usize, usize)]) -> CleanPage {
    page_with(characters, |_| {})
}

/// A page with more on it than characters.
fn page_with(characters: &[(usize, usize)], more: impl Fn(&mut [u8])) -> CleanPage {
    let mut pixels = vec![250; WIDTH * HEIGHT];
    more(&mut pixels);
    for (left, top) in characters {
        for y in *top..top + 28 {
            for x in *left..left + 28 {
                if (x + y) % 7 < 5 {
                    pixels[y * WIDTH + x] = 20;
                }
            }
        }
    }
    let picture = Picture { width: WIDTH, height: HEIGHT, samples: Samples::Grey(pixels), resolution: Some(150) };
    cleaning::clean(picture, &Limits::default())
}

fn grid(lefts: &std::iter::StepBy<std::ops::Range<usize>>, tops: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    tops.flat_map(|top| lefts.clone().map(move |left| (left, top))).collect()
}

#[test]
fn level_lines_in_one_column_are_left_alone() {
    let lines = grid(&(140..1100).step_by(31), (200..1500).step_by(58));
    assert_eq!(arranged(&page(&lines)).map(|arranged| arranged.order), None);
    let squared = grid(&(140..1100).step_by(44), (200..1500).step_by(58));
    assert_eq!(arranged(&page(&squared)).map(|arranged| arranged.order), None, "one character to a square");
    let short: Vec<_> = grid(&(140..420).step_by(31), (200..1500).step_by(58));
    assert_eq!(arranged(&page(&short)).map(|arranged| arranged.order), None, "short lines");
}

#[test]
fn a_form_with_its_answers_on_the_right_is_no_two_columns() {
    let mut form = grid(&(140..260).step_by(31), (200..1500).step_by(58));
    form.extend(grid(&(700..1000).step_by(31), (200..1500).step_by(58)));
    assert_eq!(arranged(&page(&form)).map(|arranged| arranged.order), None);
}

#[test]
fn what_is_left_of_empty_squares_is_no_column() {
    // Ten lines at the top, the signature at the right, and specks where the rules of empty squares crossed.
    let mut letter = grid(&(140..1100).step_by(44), (200..500).step_by(58));
    letter.extend(grid(&(140..480).step_by(44), 520..521));
    letter.extend(grid(&(760..1100).step_by(44), (580..760).step_by(58)));
    let page = page_with(&letter, |pixels| {
        for top in (580..1600).step_by(58) {
            for left in (140..1100).step_by(44) {
                for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1), (0, 30), (1, 30), (0, 31), (1, 31)] {
                    pixels[(top + y) * WIDTH + left + x] = 20;
                }
            }
        }
    });
    assert_eq!(arranged(&page).map(|arranged| arranged.order), None);
}

#[test]
fn vertical_columns_become_lines_from_right_to_left() {
    let columns = grid(&(200..1100).step_by(58), (150..1600).step_by(31));
    let arranged = arranged(&page(&columns)).expect("vertical");
    assert_eq!(arranged.order, ReadingOrder::Vertical);
    assert_eq!(arranged.pieces.len(), columns.len(), "each character is a piece");
    let (first, last) = (arranged.pieces[0], arranged.pieces[arranged.pieces.len() - 1]);
    assert!(first.from.left > 2_000 && first.top < 200, "the rightmost column is the first line: {first:?}");
    assert!(last.from.left < 500, "the leftmost is the last: {last:?}");
    assert!(arranged.pieces.windows(2).all(|pair| pair[1].top != pair[0].top || pair[1].left > pair[0].left));
}

#[test]
fn dark_rules_between_vertical_columns_are_no_columns() {
    let columns = grid(&(200..1100).step_by(58), (150..1600).step_by(31));
    let ruled = |pixels: &mut [u8]| {
        for left in (185..1150).step_by(58) {
            for y in 120..1640 {
                // Thin and, as a scanner leaves it, not equally dark.
                pixels[y * WIDTH + left] = if y % 11 == 0 { 170 } else { 70 };
                pixels[y * WIDTH + left + 1] = 180;
            }
        }
    };
    let arranged = arranged(&page_with(&columns, ruled)).expect("vertical");
    assert_eq!((arranged.order, arranged.pieces.len()), (ReadingOrder::Vertical, columns.len()));
}

#[test]
fn a_single_line_of_characters_is_no_vertical_writing() {
    let line = page(&grid(&(200..1000).step_by(44), 300..301));
    assert_eq!(arranged(&line).map(|arranged| arranged.order), None);
    assert!(!super::super::is_unsure(&line.grey));
}

#[test]
fn what_cannot_be_told_is_unsure() {
    let unsure = |characters: &[(usize, usize)]| super::super::is_unsure(&page(characters).grey);
    assert!(unsure(&grid(&(800..917).step_by(58), (150..1300).step_by(31))), "three columns");
    assert!(!unsure(&grid(&(140..1100).step_by(31), (200..1500).step_by(58))), "level lines");
    assert!(!unsure(&grid(&(140..1100).step_by(50), (200..1500).step_by(58))), "level lines in squares");
}

#[test]
fn a_number_on_its_side_is_turned_and_put_back() {
    let mut columns = grid(&(200..1100).step_by(58), (150..900).step_by(31));
    columns.extend(grid(&(258..1100).step_by(58), (925..1600).step_by(31)));
    // Eleven figures below the left column, each half as high as a character.
    let number = |pixels: &mut [u8]| {
        for figure in 0..11 {
            for y in (930 + figure * 15)..(941 + figure * 15) {
                for x in 204..224 {
                    if (x + y) % 7 < 5 {
                        pixels[y * WIDTH + x] = 20;
                    }
                }
            }
        }
    };
    let arranged = arranged(&page_with(&columns, number)).expect("vertical");
    let turned: Vec<_> = arranged.pieces.iter().filter(|piece| piece.turned).collect();
    let [number] = turned[..] else { panic!("one number: {turned:?}") };
    assert!(number.from.height > 300 && number.from.width < 100, "{number:?}");
    assert_eq!(number.to().width, number.from.height);
    assert_eq!(arranged.pieces.len(), columns.len() + 1);

    // Its last figure is read at the end of its line, and stands at the foot of its column.
    let to = number.to();
    let area = Area { left: to.left + to.width - 30, top: to.top, width: 30, height: to.height };
    let word = WordRecord { text: "5".to_owned(), confidence: 90.0, area };
    let mut lines = [LineRecord { area, words: vec![word], engine: None, letterhead: false, other: None }];
    arranged.put_back(&mut lines);
    let foot = number.from.top + number.from.height - 30;
    assert_eq!(lines[0].area, Area { left: number.from.left, top: foot, width: number.from.width, height: 30 });
}

#[test]
fn two_columns_are_read_one_after_the_other_below_their_title() {
    let mut characters = grid(&(400..840).step_by(31), 150..151);
    characters.extend(grid(&(120..560).step_by(31), (260..1500).step_by(58)));
    characters.extend(grid(&(660..1100).step_by(31), (260..1500).step_by(58)));
    let arranged = arranged(&page(&characters)).expect("two columns");
    assert_eq!(arranged.order, ReadingOrder::TwoColumns);
    let [title, left, right, ..] = arranged.pieces[..] else { panic!("{:?}", arranged.pieces) };
    assert!(title.from.height > 300 && left.from.left == 0 && right.from.left > 1_100);
    assert!(right.top >= left.top + left.from.height);

    // A word read in the right column is put back to the right.
    let area = Area { left: 220, top: right.top + 240, width: 200, height: 60 };
    let word = WordRecord { text: "反映".to_owned(), confidence: 90.0, area };
    let mut lines = [LineRecord { area, words: vec![word], engine: None, letterhead: false, other: None }];
    arranged.put_back(&mut lines);
    let expected = Area { left: 220 + right.from.left, top: right.from.top + 240, ..area };
    assert_eq!((lines[0].area, lines[0].words[0].area), (expected, expected));
}

#[test]
fn blocks_have_their_own_margins() {
    let line = |left, top| LineRecord {
        area: Area { left, top, width: 100, height: 20 },
        words: Vec::new(),
        engine: None,
        letterhead: false,
        other: None,
    };
    let lines = vec![line(10, 0), line(10, 30), line(10, 60), line(200, 0), line(200, 30)];
    let mut record = PageRecord { engine: ENGINE_TESSERACT.to_owned(), width: 400, lines, ..PageRecord::default() };
    assert_eq!(super::super::blocks(&record).len(), 1);
    record.reading_order = Some(ReadingOrder::TwoColumns);
    let sizes = |record: &PageRecord| -> Vec<(usize, usize)> {
        super::super::blocks(record).iter().map(|block| (block.lines.len(), block.across)).collect()
    };
    assert_eq!(sizes(&record), [(3, 0), (2, 0)]);
    record.lines[0].area.width = 250;
    assert_eq!(sizes(&record), [(3, 1), (2, 0)], "the title stands across both columns");
    record.lines = vec![LineRecord {
        area: Area { left: 370, top: 40, width: 20, height: 500 },
        words: Vec::new(),
        engine: None,
        letterhead: false,
        other: None,
    }];
    record.reading_order = Some(ReadingOrder::Vertical);
    assert_eq!(super::super::blocks(&record)[0].lines[0].area, Area { left: 40, top: 10, width: 500, height: 20 });
}

#[test]
fn a_page_without_writing_has_no_order() {
    let blank = Picture { width: 50, height: 50, samples: Samples::Grey(vec![250; 2500]), resolution: None };
    assert!(arranged(&cleaning::clean(blank, &Limits::default())).is_none());
    assert!(Ink::of(&Grey::new(1, 1, vec![0])).is_none());
}
