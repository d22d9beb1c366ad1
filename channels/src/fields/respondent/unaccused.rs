//! Units that a clause names with what went wrong, without a word that accuses them.

use std::ops::Range;

use case::text::is_han;

use super::super::{FoundRespondent, Text, is_figure};
use super::bounds::GENERAL;
use super::words::{ACCUSING, FAILING, LEADING, MENDED, UNITS};
use super::{begins, only_answers};

/// `上午贵局`: the office that is written to is no name.
pub(super) fn is_addressed(name: &str) -> bool {
    ["贵局", "你局", "贵院", "贵公司", "贵校", "贵单位"].iter().any(|word| name.ends_with(word))
}

/// `顺达物业多次停电`: a unit by its name, at the beginning of a clause that goes on with what went wrong, without a word that accuses.
pub(super) fn failing(text: &Text, sentence: &Range<usize>) -> Vec<FoundRespondent> {
    let mut found = Vec::new();
    for clause in clauses(text, sentence) {
        for (_, range) in text.all_of(clause.clone(), UNITS) {
            let first = begins(text, range.start, clause.start);
            // `可广电公司`: a word of the sentence.
            let start = first + usize::from(matches!(text.at(first), Some('可' | '却' | '但' | '连')));
            let name = text.string(start..range.end);
            let behind = range.end..clause.end;
            let of_another = text.at(range.end).is_some_and(|c| matches!(c, '部' | '面' | '长' | '所' | '的'));
            let named = range.start >= start + 2
                && !GENERAL.contains(&name.as_str())
                && !name.contains("信访")
                && !is_addressed(&name);
            // `一、宏远搅拌站…`: the number of a point stands before it.
            let before = text.chars(clause.start..first);
            let apart =
                before.iter().all(|c| c.is_whitespace() || is_figure(*c) || matches!(c, '、' | '.' | '(' | ')'));
            let begins_clause = apart || text.any_of(clause.start..first, LEADING);
            let does = text.any_of(behind.clone(), FAILING) && !text.any_of(behind, MENDED);
            if named && begins_clause && does && !of_another && !only_answers(text, &range, &clause) {
                found.push(FoundRespondent { name: text.found(name, 0.45, start..range.end), post: None });
            }
        }
    }
    found
}

/// `贵局城关所收了费不给票据`: the part of the office that is written to.
pub(super) fn own_offices(text: &Text, sentence: &Range<usize>) -> Vec<FoundRespondent> {
    const YOURS: &[&str] =
        &["贵局", "你局", "贵院", "贵委", "贵单位", "你单位", "贵公司", "贵校", "你们局", "你们单位"];
    const PARTS: [char; 5] = ['所', '队', '站', '科', '股'];
    let wrong = text.any_of(sentence.clone(), ACCUSING) || text.any_of(sentence.clone(), FAILING);
    let mut found = Vec::new();
    for (_, yours) in text.all_of(sentence.clone(), YOURS).filter(|_| wrong) {
        let start = if text.has(yours.end, "的") { yours.end + 1 } else { yours.end };
        let length = (2..=6).find(|length| text.at(start + length).is_some_and(|c| PARTS.contains(&c)));
        let Some(end) = length.map(|length| start + length + 1).filter(|end| *end <= sentence.end) else { continue };
        let plain = (start..end).all(|place| text.at(place).is_some_and(is_han));
        if plain && !text.any_of(start..end, &["我", "了", "的", "在", "有", "是"]) {
            found.push(FoundRespondent { name: text.found(text.string(start..end), 0.5, start..end), post: None });
        }
    }
    found
}

/// The clauses of a sentence.
fn clauses(text: &Text, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = sentence.start;
    while start < sentence.end {
        let end = text.skip(start, |c| !matches!(c, ',' | ';' | ':' | '。' | '!' | '?' | '\n')).min(sentence.end);
        clauses.push(start..end);
        start = end + 1;
    }
    clauses
}
