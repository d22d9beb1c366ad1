//! The guard against invented text: on ruled or dirty paper the engine reads rules, grid lines and specks as words, and codes as
//! characters. What is surely no writing is dropped; what is doubtful stays, with its low confidence, for a person.

use case::field::Area;
use case::text::is_han;

use super::super::record::{LineRecord, WordRecord};

/// Words of signs alone, without Han, digit or letter, are dropped below this confidence.
const SIGNS_BELOW: f32 = 60.0;
/// Words without Han or digits (stray letters, such as `|` read as `l`) are dropped below this.
const LETTERS_BELOW: f32 = 40.0;
/// A line in which no word reaches this is dropped when it is short.
const LINE_BELOW: f32 = 20.0;
/// A line of at most so many characters is short.
const SHORT_LINE: usize = 3;

/// Drops what is no writing, and what was read in one of the `codes` of the page; gives the lines that are left and the number of words
/// dropped.
#[must_use]
pub fn without_inventions(lines: Vec<LineRecord>, codes: &[Area]) -> (Vec<LineRecord>, u32) {
    let before = count(&lines);
    let is_writing = |word: &WordRecord| is_writing(word) && !codes.iter().any(|code| stands_in(word.area, *code));
    let kept: Vec<LineRecord> = lines
        .into_iter()
        .filter_map(|line| {
            let words: Vec<WordRecord> = line.words.into_iter().filter(is_writing).collect();
            let LineRecord { engine, letterhead, other, .. } = line;
            Some(LineRecord { engine, letterhead, other, ..LineRecord::of(words)? })
        })
        .filter(is_line)
        .collect();
    let dropped = before.saturating_sub(count(&kept));
    (kept, u32::try_from(dropped).unwrap_or(u32::MAX))
}

fn count(lines: &[LineRecord]) -> usize {
    lines.iter().map(|line| line.words.len()).sum()
}

fn is_writing(word: &WordRecord) -> bool {
    let has = |kind: fn(char) -> bool| word.text.chars().any(kind);
    if has(|character| is_han(character) || character.is_numeric()) {
        return true;
    }
    word.confidence >= if has(char::is_alphabetic) { LETTERS_BELOW } else { SIGNS_BELOW }
}

/// Whether the middle of `word` stands in `code`.
const fn stands_in(word: Area, code: Area) -> bool {
    let (x, y) = (word.left + word.width / 2, word.top + word.height / 2);
    x >= code.left && x <= code.left + code.width && y >= code.top && y <= code.top + code.height
}

fn is_line(line: &LineRecord) -> bool {
    let characters: usize = line.words.iter().map(|word| word.text.chars().count()).sum();
    characters > SHORT_LINE || line.words.iter().any(|word| word.confidence >= LINE_BELOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f32) -> WordRecord {
        WordRecord { text: text.to_owned(), confidence, area: Area { left: 0, top: 0, width: 9, height: 9 } }
    }

    fn line(words: Vec<WordRecord>) -> LineRecord {
        LineRecord::of(words).expect("words")
    }

    #[test]
    fn what_stands_in_a_code_is_no_name() {
        let at = |text: &str, left: u32| WordRecord {
            area: Area { left, top: 40, width: 30, height: 30 },
            ..word(text, 70.0)
        };
        let lines = vec![line(vec![at("国冯", 500), at("收文", 300)]), line(vec![at("龙", 510)])];
        let code = Area { left: 480, top: 20, width: 100, height: 100 };
        let (kept, dropped) = without_inventions(lines, &[code]);
        assert_eq!(kept, [line(vec![at("收文", 300)])]);
        assert_eq!(dropped, 2);
    }

    #[test]
    fn rules_go_and_doubtful_characters_stay() {
        let (lines, dropped) = without_inventions(
            vec![
                line(vec![word("—|", 30.0), word("赵", 12.0), word("铁柱", 80.0), word("ll", 20.0)]),
                line(vec![word("二", 9.0)]),
                line(vec![word("|", 10.0)]),
                line(vec![word("。", 91.0)]),
            ],
            &[],
        );
        let texts: Vec<String> =
            lines.iter().map(|line| line.words.iter().map(|word| word.text.as_str()).collect()).collect();
        assert_eq!(texts, ["赵铁柱", "。"]);
        assert_eq!(dropped, 4);
    }
}
