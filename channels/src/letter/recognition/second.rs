//! The second opinion: lines that carry a telephone or identity number, an amount, a name or the day are read again by another
//! engine, alone and cut out of the page. What follows from it is decided where the fields are (`super::super::verdict`).

use case::mention::MentionKind;
use case::problem::Problem;

use super::super::cleaning::RESOLUTION;
use super::super::cleaning::grey::Grey;
use super::super::layout::LetterText;
use super::super::record::{LineRecord, NumberedPage, PageRecord};
use super::tesseract::Tesseract;
use crate::fields::{self, Context};

/// White around a line cut out of the page, in pixels: Tesseract reads badly what touches the edge.
const MARGIN: usize = 12;
/// A run of so many figures may be a number.
const FIGURES: usize = 7;
/// Words beside which a number, an amount or a name stands.
const WORDS: [&str; 12] =
    ["电话", "手机", "联系", "身份证", "证件", "姓名", "信访人", "申请人", "反映人", "举报人", "投诉人", "万元"];
/// The most lines of a page that are read again.
const MOST_LINES: usize = 40;

/// Reads the lines that need it again.
///
/// # Errors
/// The engine gives up.
pub(super) fn read(engine: &mut Tesseract, page: &Grey, lines: &mut [LineRecord]) -> Result<(), Problem> {
    let wanted = wanted(lines);
    let chosen = lines.iter_mut().zip(wanted).filter(|(_, wanted)| *wanted).map(|(line, _)| line);
    for line in chosen.take(MOST_LINES) {
        let number = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
        let area = line.area;
        let part = page.part(number(area.left), number(area.top), number(area.width), number(area.height));
        line.other = Some(engine.read_line(&part.framed(MARGIN), RESOLUTION)?);
    }
    Ok(())
}

/// Which lines carry a number, an amount or a name: by what is found in the page's text, and by words and figures that may
/// be one that was misread.
fn wanted(lines: &[LineRecord]) -> Vec<bool> {
    let record = PageRecord { lines: lines.to_vec(), ..PageRecord::default() };
    let text = LetterText::of(&[NumberedPage { page: 1, record }]);
    let found = fields::read(&text.text, &Context::default());
    let mut ranges: Vec<_> = found.names.iter().map(|name| name.range.clone()).collect();
    ranges.extend(found.phones.iter().map(|phone| phone.range.clone()));
    ranges.extend(found.proxy_phones.iter().map(|phone| phone.range.clone()));
    ranges.extend(found.written_on.iter().map(|day| day.range.clone()));
    ranges.extend(found.id_number.iter().map(|number| number.range.clone()));
    ranges.extend(found.impossible.iter().map(|impossible| impossible.range.clone()));
    let amounts = fields::mentions(&text.text, &Context::default()).into_iter();
    ranges.extend(amounts.filter(|one| one.kind == MentionKind::Amount).map(|amount| amount.range));
    let mut wanted: Vec<bool> = lines.iter().map(speaks_of_one).collect();
    for placed in &text.lines {
        let carries = ranges.iter().any(|range| range.start < placed.range.end && placed.range.start < range.end);
        if let Some(mark) = wanted.get_mut(placed.line) {
            *mark |= carries;
        }
    }
    wanted
}

fn speaks_of_one(line: &LineRecord) -> bool {
    let text = line.text();
    let figures: Vec<char> = text.chars().collect();
    let run = figures.chunk_by(|one, other| one.is_ascii_digit() && other.is_ascii_digit()).map(<[char]>::len).max();
    let digits = text.chars().any(|character| character.is_ascii_digit());
    // `叁万元`, of which the engine may have lost a figure.
    let counted = |(one, next): (&char, &char)| matches!(next, '元' | '圆' | '块') && fields::is_figure(*one);
    let amount = text.contains(['元', '¥', '￥']) && digits || figures.iter().zip(figures.iter().skip(1)).any(counted);
    amount || run.unwrap_or(0) >= FIGURES || WORDS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use case::field::Area;

    use super::super::super::record::WordRecord;
    use super::*;

    fn line(top: u32, text: &str) -> LineRecord {
        let words = text
            .chars()
            .zip(0..)
            .map(|(character, place)| WordRecord {
                text: character.to_string(),
                confidence: 99.0,
                area: Area { left: 100 + place * 40, top, width: 40, height: 40 },
            })
            .collect();
        LineRecord::of(words).expect("words")
    }

    #[test]
    fn lines_with_numbers_amounts_and_names_are_read_again_and_no_others() {
        let lines = [
            line(0, "关于路灯的反映"),
            line(50, "我叫张三，住在北门街十二号，"),
            line(100, "电话是3800000001，请回电。"),
            line(150, "门前的路灯三个月没有亮过。"),
            line(200, "拖欠工资18600元。"),
            line(250, "另有货款叁万贰仟元整没有给。"),
            line(300, "补偿款说好是四十二万，一直没给。"),
        ];
        assert_eq!(wanted(&lines), [false, true, true, false, true, true, true]);
    }
}
