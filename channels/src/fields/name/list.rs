//! Names that stand in a list: behind one label, or one below the other where people sign.
//!
//! From the second on only what is plainly a name is taken, so that a list never runs into a sentence.

use std::ops::Range;

use super::super::surname::{Name, TITLES, name_at};
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
        let Some(name) = name_at(text, position) else { break };
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
        // `石大山（13800000044）、柳长河`
        let behind = match text.at(end) {
            Some('(') => text.skip(end, |c| c != ')' && c != '\n') + 1,
            _ => end,
        };
        let next = text.skip(behind, |c| matches!(c, '、' | ',' | ' ' | '/'));
        // In a list only names that are set off on both sides are taken further.
        if next == end || name_at(text, next).is_none_or(|name| !(name.set_off && name.known_surname)) {
            break;
        }
        position = next;
    }
    found
}

/// `王经理` is how one speaks of others, not a name.
fn without_title(text: &Text, name: &Name) -> Option<Range<usize>> {
    let title = text.one_of(name.range.start + 1, TITLES).is_some();
    (!title).then(|| name.range.clone())
}
