//! What stands above a number that begins its sentence or its row: the sentence before it, the rows of its block, and the line that
//! leads over to them.

use std::ops::Range;

use case::text::is_han;

use super::super::super::Text;
use super::super::super::name::LABELS;
use super::bounds::{clause_start, sentence_start};
use super::words::{
    ENDS_UNIT, FOREIGN, LEADING_OVER, OF_BUSINESS, OF_ENTITIES, OF_HEADINGS, OTHERS, PAPERS, REQUEST, SALUTED, SELF,
    TALKING,
};
use super::{
    asks_for_answer, holds_name, is_row_of_writer, names_other, names_person, names_writer, own_label, says_nothing,
};

/// How many rows above a number are looked at.
const ROWS: usize = 6;
/// How many sentences above one that says nothing but a number are looked at.
const SENTENCES: usize = 4;
/// A row of a block has at most so many characters; what is longer is the letter itself.
const ROW: usize = 30;

/// Whether what stands above the sentence that begins at `sentence` leads to the writer, or to nobody.
pub(super) fn leads_to_writer(text: &Text, number: usize, sentence: usize, names: &[String]) -> bool {
    match text.before(sentence) {
        None => true,
        Some('\n') => rows_lead_to_writer(text, sentence, names),
        Some(_) => sentence_before_speaks(text, number, sentence - 1, names, SENTENCES),
    }
}

/// `盼复。电话…`: whether the sentence that ends at `end` is the writer's own.
fn sentence_before_speaks(text: &Text, number: usize, end: usize, names: &[String], sentences: usize) -> bool {
    let told = text.trim(sentence_start(text, end)..end);
    let clause = text.trim(clause_start(text, told.start, told.end)..told.end);
    // `身份证号：…。电话：…`
    let bare = clause.start == told.start && says_nothing(text, &told, names);
    if bare && matches!(text.before(told.start), Some('。' | ';')) {
        return sentences > 0 && sentence_before_speaks(text, number, told.start - 1, names, sentences - 1);
    }
    // `请水利局派人修泵。电话…` at the end of the letter.
    let requests = text.one_of(told.start, REQUEST).is_some() || text.one_of(clause.start, REQUEST).is_some();
    let talks = text.any_of(told.clone(), TALKING);
    let short = requests && told.len() <= super::SHORT_REQUEST && !names_person(text, &told, names);
    if short && ends_line(text, number) && !talks {
        return true;
    }
    if closes_letter(text, number) && !talks && (requests || !names_other(text, &told, names)) {
        return true;
    }
    if names_other(text, &told, names) {
        return false;
    }
    let own = SELF.iter().any(|word| told.clone().any(|at| text.has(at, word)));
    asks_for_answer(text, &clause, names)
        || !text.any_of(told.clone(), TALKING) && (own || own_label(text, &told) || holds_name(text, &told, names))
}

/// Whether nothing but a greeting, a name and a day follows the number at `start`.
pub(super) fn closes_letter(text: &Text, start: usize) -> bool {
    const REST: usize = 30;
    let line = text.skip(start, |c| c != '\n');
    let rest = text.trim(line..text.len());
    let plain = !text.chars(rest.clone()).iter().any(|c| matches!(c, ',' | '。' | ':'));
    ends_line(text, start) && (rest.is_empty() || plain && rest.len() <= REST)
}

/// Whether no word follows the number at `start` in its line.
fn ends_line(text: &Text, start: usize) -> bool {
    let end = text.skip(start, |c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '(' | ')'));
    text.chars(end..text.skip(end, |c| c != '\n')).iter().all(|c| !is_han(*c))
}

/// Whether the rows above the line that begins at `line` name the writer or nobody.
fn rows_lead_to_writer(text: &Text, line: usize, names: &[String]) -> bool {
    let mut of_writer = false;
    let mut below = line;
    for place in 0..ROWS {
        let Some(end) = below.checked_sub(1) else { return true };
        below = (0..end).rev().find(|at| text.at(*at) == Some('\n')).map_or(0, |before| before + 1);
        let row = text.trim(below..end);
        if row.is_empty() || text.chars(row.clone()).iter().all(|c| !is_han(*c)) {
            continue;
        }
        if is_salutation(text, &row) {
            return true;
        }
        // What begins behind the last sentence of a line may be the first row of the block.
        let told = text.trim(sentence_start(text, row.end - 1).max(row.start)..row.end);
        let prose = text.chars(row.clone()).iter().any(|c| matches!(c, '。' | ';' | '!' | '?'));
        if text.before(row.end) == Some(':') {
            return of_writer && !text.any_of(told, FOREIGN) || leads_over_to_writer(text, row.end - 1, names);
        }
        let foreign = text.any_of(told.clone(), FOREIGN) || !of_writer && text.any_of(told.clone(), PAPERS);
        let is_row = !prose || told.len() <= ROW && text.before(row.end) != Some('。');
        if is_row && foreign && !own_label(text, &told) && !is_heading(text, &row) {
            return false;
        }
        if is_heading(text, &row) {
            return true;
        }
        if told.len() > ROW || prose && !is_row {
            // `他留下一个号码。` and in the next line the number.
            let talks = place == 0 && prose && text.any_of(told.clone(), TALKING) && names_other(text, &told, names);
            return !talks;
        }
        let row = told;
        of_writer |= is_row_of_writer(text, &row) || holds_name(text, &row, names) || names_writer(text, &row, names);
        of_writer |= text.one_of(row.start, LABELS).is_some_and(|(_, end)| text.at(end) == Some(':'));
        let of_other = text.one_of(row.start, OTHERS).is_some_and(|(_, end)| text.at(end) == Some(':'))
            && !holds_name(text, &row, names);
        if of_other || !of_writer && (is_of_another(text, &row) || names_person(text, &row, names)) {
            return false;
        }
        if prose {
            return true;
        }
    }
    true
}

/// Whether the row that begins at `line` stands in a list of others: `证人名单：`, and below it names with numbers.
pub(super) fn is_below_others(text: &Text, line: usize, names: &[String]) -> bool {
    let mut below = line;
    for _ in 0..ROWS {
        let Some(end) = below.checked_sub(1).filter(|end| text.at(*end) == Some('\n')) else { return false };
        below = (0..end).rev().find(|at| text.at(*at) == Some('\n')).map_or(0, |before| before + 1);
        let row = text.trim(below..end);
        let told = text.trim(sentence_start(text, row.end.saturating_sub(1)).max(row.start)..row.end);
        let plain = !text.chars(told.clone()).iter().any(|c| matches!(c, ',' | '。' | ';' | '!' | '?'));
        let leads = text.before(row.end) == Some(':') || told.len() <= ROW && plain;
        let own = own_label(text, &row) || is_heading(text, &row) || is_salutation(text, &row);
        if text.before(row.end) == Some(':') && !own {
            let told = sentence_start(text, row.end - 1)..row.end;
            let own = SELF
                .iter()
                .chain(LABELS)
                .chain(LEADING_OVER)
                .chain(&["如下"])
                .any(|word| told.clone().any(|at| text.has(at, word)));
            return !own && !holds_name(text, &told, names);
        }
        if leads && text.any_of(told, FOREIGN) && !own {
            return true;
        }
        if row.len() > ROW {
            return false;
        }
    }
    false
}

/// `信访局领导：`
fn is_salutation(text: &Text, row: &Range<usize>) -> bool {
    matches!(text.before(row.end), Some(':' | ',' | '!'))
        && text.any_of(row.clone(), SALUTED)
        && !text.any_of(row.clone(), FOREIGN)
}

/// The title of a letter, whomever it names.
fn is_heading(text: &Text, row: &Range<usize>) -> bool {
    text.before(row.start).is_none() && text.before(row.end).is_some_and(|last| OF_HEADINGS.contains(last))
        || text.one_of(row.start, &["关于", "反映", "投诉", "举报", "控告", "请求", "要求", "求助"]).is_some()
}

/// `我的联系方式如下：`, `签名：`, not `他的情况我写在下面：`; `colon` is where it ends.
fn leads_over_to_writer(text: &Text, colon: usize, names: &[String]) -> bool {
    let told = text.trim(sentence_start(text, colon)..colon);
    let own = SELF.iter().chain(LABELS).chain(LEADING_OVER).any(|word| told.clone().any(|at| text.has(at, word)));
    own && !text.any_of(told.clone(), FOREIGN) && !names_other(text, &told, names)
}

/// `鑫源建材经销部`, `施工单位：…`: a row that names a unit, or a party by a label that is none of the writer's.
fn is_of_another(text: &Text, row: &Range<usize>) -> bool {
    let colon = text.skip(row.start, |c| c != ':' && c != '\n');
    if colon < row.end {
        let label = text.trim(row.start..colon);
        let entity = text.before(label.end).is_some_and(|last| OF_ENTITIES.contains(last))
            || text.any_of(label.clone(), OF_BUSINESS);
        let own =
            LABELS.iter().any(|word| label.end.checked_sub(word.chars().count()).is_some_and(|at| text.has(at, word)));
        return entity && !own && !own_label(text, row);
    }
    let unit =
        ENDS_UNIT.iter().any(|word| row.end.checked_sub(word.chars().count()).is_some_and(|at| text.has(at, word)));
    unit && !text.chars(row.clone()).iter().any(|c| matches!(c, '我' | '俺' | '本' | '收'))
}
