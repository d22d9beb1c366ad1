//! From read rectangles to the lines of a page in reading order: pieces that stand beside each other become one line, lines
//! follow from top to bottom, and of two columns the left one comes first.

use case::field::Area;
use case::text::is_han;

use super::super::super::record::{LineRecord, WordRecord, union};

/// Two pieces stand in one line when they overlap by this part of the lower one's height.
const SAME_LINE: f32 = 0.5;

/// The lines that `pieces` form. Each piece is the words of one rectangle, from left to right.
#[must_use]
pub(super) fn lines(pieces: Vec<Vec<WordRecord>>) -> Vec<LineRecord> {
    let mut placed: Vec<(Area, Vec<WordRecord>)> =
        pieces.into_iter().filter_map(|words| Some((union(words.iter().map(|word| word.area))?, words))).collect();
    placed.sort_by_key(|(area, _)| (middle(area), area.left));
    let mut lines: Vec<Vec<(Area, Vec<WordRecord>)>> = Vec::new();
    for piece in placed {
        let fitting = lines.iter_mut().rev().find(|line| stands_in(line, &piece.0));
        match fitting {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    lines
        .into_iter()
        .filter_map(|mut line| {
            line.sort_by_key(|(area, _)| area.left);
            LineRecord::of(line.into_iter().flat_map(|(_, words)| words).collect())
        })
        .collect()
}

/// Twice the middle of the height.
const fn middle(area: &Area) -> u32 {
    area.top.saturating_mul(2).saturating_add(area.height)
}

/// Whether a piece goes on in a line: beside every piece of it, and as high as the nearest.
fn stands_in(line: &[(Area, Vec<WordRecord>)], piece: &Area) -> bool {
    let nearest = line.iter().map(|(area, _)| area).min_by_key(|area| gap(area, piece));
    nearest.is_some_and(|nearest| {
        let shared = shared(nearest.top, nearest.height, piece.top, piece.height);
        fraction(shared) >= SAME_LINE * fraction(nearest.height.min(piece.height))
    }) && line.iter().all(|(area, _)| {
        let shared = shared(area.left, area.width, piece.left, piece.width);
        shared * 3 <= area.width.min(piece.width)
    })
}

const fn gap(one: &Area, other: &Area) -> u32 {
    let right_of_other = one.left.saturating_sub(other.left.saturating_add(other.width));
    let left_of_other = other.left.saturating_sub(one.left.saturating_add(one.width));
    right_of_other + left_of_other
}

/// How much two stretches share.
fn shared(from: u32, length: u32, other: u32, other_length: u32) -> u32 {
    let end = from.saturating_add(length).min(other.saturating_add(other_length));
    end.saturating_sub(from.max(other))
}

fn fraction(value: u32) -> f32 {
    super::super::super::cleaning::number::to_fraction(usize::try_from(value).unwrap_or(usize::MAX))
}

/// Signs that the network writes half as wide as Chinese does, and their Chinese form.
const SIGNS: [(char, char); 8] =
    [(',', '，'), (':', '：'), (';', '；'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）'), ('~', '～')];

/// The sign as Chinese writes it, beside Chinese characters.
#[must_use]
pub(super) fn chinese_sign(character: char, before: Option<char>, after: Option<char>) -> char {
    let beside = |neighbour: Option<char>| {
        neighbour.is_some_and(|neighbour| is_han(neighbour) || "，。：；？！（）、《》“”".contains(neighbour))
    };
    if !(beside(before) || beside(after)) {
        return character;
    }
    SIGNS.iter().find(|(half, _)| *half == character).map_or(character, |(_, whole)| *whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, left: u32, top: u32, width: u32) -> Vec<WordRecord> {
        vec![WordRecord { text: text.to_owned(), confidence: 99.0, area: Area { left, top, width, height: 40 } }]
    }

    fn texts(pieces: Vec<Vec<WordRecord>>) -> Vec<String> {
        lines(pieces).iter().map(LineRecord::text).collect()
    }

    #[test]
    fn pieces_beside_each_other_are_one_line_even_when_the_line_climbs() {
        let found = texts(vec![
            piece("第二行", 100, 160, 600),
            piece("电话", 700, 85, 300),
            piece("联系", 100, 100, 300),
            piece("是", 1050, 78, 100),
        ]);
        assert_eq!(found, ["联系电话是", "第二行"]);
    }

    #[test]
    fn lines_that_touch_stay_two() {
        assert_eq!(texts(vec![piece("下", 100, 130, 600), piece("上", 100, 100, 600)]), ["上", "下"]);
    }

    #[test]
    fn signs_are_chinese_beside_chinese_only() {
        assert_eq!(chinese_sign(',', Some('好'), Some('请')), '，');
        assert_eq!(chinese_sign(':', Some('话'), Some('1')), '：');
        assert_eq!(chinese_sign(',', Some('1'), Some('2')), ',');
        assert_eq!(chinese_sign('-', Some('一'), None), '-');
    }
}
