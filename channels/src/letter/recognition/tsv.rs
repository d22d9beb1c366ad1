//! The table of words that Tesseract and `pdftotext -tsv` write: one row per word, with its line, box and confidence.
//!
//! Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. Only rows of level 5
//! are words; the others are boxes of blocks and lines, or, in `pdftotext`, names between `###`.

use case::field::Area;

use super::super::record::{LineRecord, WordRecord};

/// The most words of a page that are kept; a full page has about 1,200.
const MAX_WORDS: usize = 20_000;
/// The level of a word.
const WORD_LEVEL: &str = "5";

/// The lines of a table, in its order. Rows that are not understood are left out.
#[must_use]
pub fn lines(table: &str) -> Vec<LineRecord> {
    let mut lines: Vec<(LineKey<'_>, Vec<WordRecord>)> = Vec::new();
    for (key, word) in table.lines().filter_map(word).take(MAX_WORDS) {
        match lines.last_mut() {
            Some((last, words)) if *last == key => words.push(word),
            Some(_) | None => lines.push((key, vec![word])),
        }
    }
    lines.into_iter().filter_map(|(_, words)| LineRecord::of(words)).collect()
}

/// Block, paragraph and line.
type LineKey<'table> = (&'table str, &'table str, &'table str);

fn word(row: &str) -> Option<(LineKey<'_>, WordRecord)> {
    let mut columns = row.split('\t');
    let mut next = || columns.next();
    if next()? != WORD_LEVEL {
        return None;
    }
    let _page = next()?;
    let key = (next()?, next()?, next()?);
    let _word = next()?;
    let mut side = || {
        next()?
            .trim()
            .parse::<f32>()
            .ok()
            .map(|value| u32::try_from(super::super::cleaning::number::to_count(value)).ok())?
    };
    let (left, top, width, height) = (side()?, side()?, side()?, side()?);
    let confidence = next()?.trim().parse::<f32>().ok()?.clamp(0.0, 100.0);
    let text = next()?.trim();
    let area = Area { left, top, width: width.max(1), height: height.max(1) };
    (!text.is_empty()).then(|| (key, WordRecord { text: text.to_owned(), confidence, area }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_line_come_together() {
        let table = "level\tpage_num\n4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t10\t10\t40\t20\t96.5\t信访\n\
                     5\t1\t1\t1\t1\t2\t60\t12\t40\t20\t71\t人\n\
                     5\t1\t1\t1\t2\t1\t10\t50\t40\t20\t88\t张\n\
                     5\tbroken\n5\t1\t1\t1\t2\t1\tx\t50\t40\t20\t88\t张\n";
        let lines = lines(table);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].words.iter().map(|word| word.text.as_str()).collect::<String>(), "信访人");
        assert_eq!(lines[0].area, Area { left: 10, top: 10, width: 90, height: 22 });
        assert!((lines[0].words[1].confidence - 71.0).abs() < f32::EPSILON);
    }
}
