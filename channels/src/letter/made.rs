//! Pages as engines would have read them, for tests of what is made of them.

use case::field::Area;

use super::record::{ENGINE_TESSERACT, LineRecord, NumberedPage, OtherReading, PageRecord, WordRecord};

/// A page of `lines` as `engine` read them, and as Tesseract did where it was asked.
pub(super) fn page(lines: &[(&str, Option<&str>)], engine: &str) -> NumberedPage {
    let lines = lines.iter().zip(0..).map(|((text, other), row)| {
        let words = text.chars().zip(0..).map(|(character, place)| WordRecord {
            text: character.to_string(),
            confidence: 99.0,
            area: Area { left: 100 + place * 40, top: row * 50, width: 40, height: 40 },
        });
        let other = other.map(|text| OtherReading {
            engine: ENGINE_TESSERACT.to_owned(),
            text: text.to_owned(),
            confidence: 80.0,
        });
        LineRecord { other, ..LineRecord::of(words.collect()).expect("words") }
    });
    NumberedPage {
        page: 1,
        record: PageRecord { engine: engine.to_owned(), lines: lines.collect(), ..PageRecord::default() },
    }
}
