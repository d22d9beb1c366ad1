//! Names that stand in a list: behind one label, or one below the other where people sign.
//!
//! From the second on only what is plainly a name is taken, so that a list never runs into a sentence.

use std::ops::Range;

use super::super::surname::{Name, TITLES, name_at, unbroken};
use super::super::{Text, is_figure};
use super::organisation::organisation_at;
use super::words::{SIGNING, THUMBPRINTS};
use super::{ASKED, NAMES_LIMIT};

/// How sure a name of a known surname is that is set off on both sides.
const SET_OFF: f32 = 0.95;

/// The names below `签名并按手印：`, and those at the beginnings of lines beside which a thumb was pressed.
pub(super) fn signing_list(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found = Vec::new();
    let mut below = false;
    for line in text.lines() {
        let heading = text.before(line.end) == Some(':') && text.any_of(line.clone(), SIGNING);
        // `1、张三`
        let start = text.skip(line.start, |c| c.is_ascii_digit() || matches!(c, '.' | '、' | ')' | ' ' | '-'));
        let mut names = list(text, start, true);
        let signed =
            names.first().is_some_and(|(name, _)| text.one_of(text.skip_blanks(name.end), THUMBPRINTS).is_some());
        // Without a thumb beside it only what begins like a name is one; with one, a person is asked.
        names.retain(|(_, sure)| signed || *sure >= SET_OFF);
        let sure = |sure: f32| if sure >= SET_OFF { sure } else { ASKED };
        if below || signed {
            found.extend(names.iter().map(|(name, how)| (name.clone(), sure(*how))));
        }
        below = heading || below && !names.is_empty();
    }
    found.truncate(NAMES_LIMIT);
    found
}

/// `我们三户：石大山、柳长河、卞秋生`: those who speak together, where they say how many they are and name themselves.
pub(super) fn together(text: &Text) -> Vec<(Range<usize>, f32)> {
    /// How much may stand between how many they are and their names: `我们五户村民（…）`.
    const BETWEEN: usize = 8;
    for (_, we) in text.all_of(0..text.len(), &["我们", "俺们", "我等"]) {
        let counted = text.skip(we.end, is_figure);
        let Some((_, end)) = text.one_of(counted, &["户", "家", "个", "人", "名", "位"]) else { continue };
        let opens = text.skip(end, case::text::is_han);
        if counted == we.end || opens > end + BETWEEN || !matches!(text.at(opens), Some(':' | '(')) {
            continue;
        }
        let mut names = list(text, text.skip_blanks(opens + 1), true);
        names.retain(|(_, sure)| *sure >= SET_OFF);
        if names.len() > 1 {
            return names;
        }
    }
    Vec::new()
}

/// The names of a list (`张三、李四、王五`) that begins at `start`; `certain` when a label sets it off.
pub(super) fn list(text: &Text, start: usize, certain: bool) -> Vec<(Range<usize>, f32)> {
    // Without a colon the sentence goes on: `投诉人于2019年向…公司`.
    if let Some(range) = organisation_at(text, start).filter(|_| certain) {
        return vec![(range, 0.9)];
    }
    let mut found = Vec::new();
    let mut position = start;
    while found.len() < NAMES_LIMIT {
        let short = name_at(text, position);
        let set_off = short.as_ref().is_some_and(|name| name.set_off);
        let whole = unbroken(text, position, true).filter(|_| certain && found.is_empty() && !set_off);
        let Some(name) = whole.or(short) else { break };
        let confidence = match (certain, name.set_off, name.known_surname) {
            (true, true, true) => SET_OFF,
            (true, true, false) => 0.7,
            (false, true, true) => 0.7,
            (true, false, true) => 0.5,
            (_, false, _) | (false, true, false) => break,
        };
        let Some(range) = without_title(text, &name) else { break };
        let end = range.end;
        found.push((range, confidence));
        let behind = behind_numbers(text, end);
        let next = text.skip(behind, |c| matches!(c, '、' | ',' | ' ' | '/'));
        // `樊有田（电话…）`, and below it the next one in the same way.
        let below = text.skip(next, |c| matches!(c, '\n' | ' '));
        let same = behind > end && text.at(next) == Some('\n');
        let same =
            same && name_at(text, below).is_some_and(|name| behind_numbers(text, name.range.end) > name.range.end);
        let next = if same { below } else { next };
        // In a list only names that are set off on both sides are taken further.
        if next == end || name_at(text, next).is_none_or(|name| !(name.set_off && name.known_surname)) {
            break;
        }
        position = next;
    }
    found
}

/// Where the numbers of a person end that stand behind the name: `石大山（13800000044）`, `石大山 13800000044`; `end` where there are none.
fn behind_numbers(text: &Text, end: usize) -> usize {
    const SHORTEST: usize = 7;
    if text.at(end) == Some('(') {
        return text.skip(end, |c| c != ')' && c != '\n') + 1;
    }
    let begins = text.skip(end, |c| matches!(c, ' ' | ':'));
    let begins = text.one_of(begins, &["联系电话", "电话", "手机"]).map_or(begins, |(_, end)| end);
    let begins = text.skip(begins, |c| matches!(c, ' ' | ':'));
    let ends = text.skip(begins, |c| c.is_ascii_digit() || c == '-');
    if ends >= begins + SHORTEST { ends } else { end }
}

/// Whether two names stand beside each other in one list, with nothing but their numbers and signs between: they are two persons, however
/// alike they are called.
pub(super) fn lists(text: &Text, one: &Range<usize>, other: &Range<usize>) -> bool {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    let (Some(end), Some(start)) = (text.position(first.end), text.position(second.start)) else { return false };
    let between = text.skip(behind_numbers(text, end), |c| matches!(c, '、' | ',' | ' ' | '/' | '和' | '\n'));
    start > end && between == start
}

/// `王经理` is how one speaks of others, not a name.
fn without_title(text: &Text, name: &Name) -> Option<Range<usize>> {
    let title = text.one_of(name.range.start + 1, TITLES).is_some();
    (!title).then(|| name.range.clone())
}
