//! A letterhead: the name of a firm or an office, printed in red above the letter. It belongs to the paper and not to what the
//! petitioner wrote, so it is kept beside the text ([`LineRecord::letterhead`]).

use super::super::cleaning::colour::Colour;
use super::super::record::LineRecord;

/// A letterhead is among so many lines from the top.
const LINES: usize = 3;
/// A line is red when it has so many times as many red pixels as dark ones.
const RED_TO_DARK: usize = 3;
/// Brighter than this in every colour is no ink.
const DARK_BELOW: u8 = 110;
/// How much more red than green and blue a red pixel has at least.
pub(super) const REDDER_BY: u8 = 60;
/// How letterheads end.
const ENDINGS: [&str; 20] = [
    "公司",
    "集团",
    "委员会",
    "工会",
    "协会",
    "合作社",
    "厂",
    "店",
    "中心",
    "学校",
    "大学",
    "医院",
    "商行",
    "政府",
    "局",
    "办公室",
    "支部",
    "信笺",
    "稿纸",
    "用笺",
];

/// Marks the letterhead of a page on which something else is written in another colour.
pub(super) fn mark(lines: &mut [LineRecord], page: &Colour) {
    let red: Vec<bool> = lines.iter().map(|line| is_red(line, page)).collect();
    if red.iter().filter(|red| !**red).count() * 2 <= lines.len() {
        return;
    }
    let top = lines.iter_mut().zip(red).take(LINES);
    for (line, _) in top.take_while(|(_, red)| *red) {
        let text = line.text();
        line.letterhead = ENDINGS.iter().any(|ending| text.ends_with(ending));
    }
}

/// Whether a line is written in red.
fn is_red(line: &LineRecord, page: &Colour) -> bool {
    let number = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    let (left, top) = (number(line.area.left), number(line.area.top));
    let rows = page.samples().chunks_exact(page.width().saturating_mul(3)).skip(top).take(number(line.area.height));
    let pixels = rows.flat_map(|row| row.chunks_exact(3).skip(left).take(number(line.area.width)));
    let (mut red, mut dark) = (0_usize, 0_usize);
    for pixel in pixels {
        red += usize::from(is_red_pixel(pixel));
        dark += usize::from(pixel.iter().all(|sample| *sample < DARK_BELOW));
    }
    red > 0 && red >= dark.saturating_mul(RED_TO_DARK)
}

/// Whether a pixel, red, green and blue, is red.
pub(super) fn is_red_pixel(pixel: &[u8]) -> bool {
    matches!(pixel, [red, green, blue]
        if *red > green.saturating_add(REDDER_BY) && *red > blue.saturating_add(REDDER_BY))
}

#[cfg(test)]
mod tests {
    use case::field::Area;

    use super::super::super::record::WordRecord;
    use super::*;

    /// Lines of 20 pixels, each written in red or in black on white.
    fn marked(lines: &[(&str, bool)]) -> Vec<bool> {
        let mut samples = Vec::new();
        let mut records = Vec::new();
        for ((text, red), row) in lines.iter().zip(0..) {
            let ink = if *red { [200, 30, 40] } else { [20, 20, 30] };
            samples.extend((0..40 * 20).flat_map(|place| if place % 4 == 0 { ink } else { [255; 3] }));
            let area = Area { left: 0, top: row * 20, width: 40, height: 20 };
            let word = WordRecord { text: (*text).to_owned(), confidence: 99.0, area };
            records.push(LineRecord::of(vec![word]).expect("a word"));
        }
        mark(&mut records, &Colour::new(40, 20 * lines.len(), samples));
        records.iter().map(|line| line.letterhead).collect()
    }

    #[test]
    fn a_red_name_above_a_black_letter_is_its_letterhead() {
        let letter = [("某某建材厂工会委员会", true), ("关于欠薪的反映", false), ("领导：", false), ("我们", false)];
        assert_eq!(marked(&letter), [true, false, false, false]);
    }

    #[test]
    fn red_writing_is_no_letterhead() {
        assert_eq!(marked(&[("致某某公司", true), ("我要求", true), ("还我工资", true)]), [false; 3], "all is red");
        assert_eq!(
            marked(&[("关于欠薪的反映", true), ("领导：", false), ("我们", false)]),
            [false; 3],
            "a title in red"
        );
        assert_eq!(marked(&[("领导：", false), ("我们", false), ("某某公司", true)]), [false; 3], "not on top");
    }
}
