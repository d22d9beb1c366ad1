//! Names that are told surname first, as on the telephone: `我姓马，马文庆`.
//!
//! The whole name counts only when it begins with the surname that was told.

use std::ops::Range;

use super::super::surname::name_at;
use super::super::{Text, spelling};
use super::introduction::clause_start;
use super::words::{OTHERS, OWN_SURNAME};

/// How far behind the surname the whole name may stand, in characters.
const WITHIN: usize = 30;

/// `我姓马，马文庆`, `免贵姓石，叫石大山`, `我是苏泉村的，姓殷，殷建国`: the surname first, then the whole name.
pub(super) fn by_surname(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found = Vec::new();
    for (_, range) in text.all_of(0..text.len(), &["姓"]) {
        let start = OWN_SURNAME
            .iter()
            .filter_map(|word| range.start.checked_sub(word.chars().count()).filter(|start| text.has(*start, word)))
            .min();
        let own = start.is_some_and(|start| clause_start(text, start)) || continues_own_clause(text, range.start);
        // `我姓高名兴`
        if own && let Some(name) = told_apart(text, range.end) {
            found.push((name, 0.9));
            break;
        }
        let mut surname = text.string(range.end..range.end + 1);
        let mut next = text.skip(range.end, case::text::is_han);
        // `姓两点水的冯，冯玉芝`
        if let Some(told) = spelling::spelled(text, range.end..next).or_else(|| told_by_part(text, range.end..next)) {
            surname = told.to_string();
        } else if next > range.end + 2 {
            continue;
        }
        if !own {
            continue;
        }
        // `我姓张，不是弓长张，是文章的章，章立新`
        let denied = text.skip(next, |c| matches!(c, ',' | ' ' | '。'));
        if text.has(denied, "不是") {
            let behind = text.skip(denied, case::text::is_han);
            if let Some(told) = spelling::run(text, behind).0.last() {
                (surname, next) = (told.to_string(), behind);
            }
        }
        // `我姓洪，洪水的洪，洪家齐`
        next = spelling::run(text, next).1.max(next);
        next = text.skip(next, |c| matches!(c, ',' | ' ' | '。' | '、' | '\n'));
        for word in ["我叫", "名叫", "叫", "是"] {
            if text.has(next, word) {
                next += word.chars().count();
                break;
            }
        }
        // `我姓佟，佟——人字旁一个冬天的冬，佟立柱`: the whole name closes what is said about its first character.
        let sentence = text.skip(next, |c| !matches!(c, '。' | '!' | '?' | '\n')).min(next + WITHIN);
        let clauses = (next + 1..sentence).filter(|position| text.before(*position) == Some(','));
        let named = |position| {
            let name = name_at(text, position)?;
            (name.set_off && name.known_surname && text.has(name.range.start, &surname)).then_some(name)
        };
        if let Some(name) = named(next).or_else(|| clauses.into_iter().find_map(named)) {
            found.push((name.range, 0.95));
            break;
        }
    }
    found
}

/// `高名兴`, behind 姓: the name where it is written whole further on, though it may be a word: `高兴`.
fn told_apart(text: &Text, surname: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 2;
    let (_, given) = text.one_of(surname + 1, &["名叫", "名字叫", "名"])?;
    let end = text.skip(given, case::text::is_han);
    let name = format!("{}{}", text.string(surname..surname + 1), text.string(given..end));
    let length = end - given + 1;
    let labelled = |at: &usize| matches!(text.before(*at), Some('叫' | ':' | '\n')) && text.has(*at, &name);
    (1..=LONGEST).contains(&(end - given)).then(|| (end..text.len()).find(labelled))?.map(|at| at..at + length)
}

/// `两点水的冯`: a surname by a part of it, in a clause of its own.
fn told_by_part(text: &Text, clause: Range<usize>) -> Option<char> {
    let told = text.at(clause.end.checked_sub(1)?)?;
    let of = text.at(clause.end.checked_sub(2)?)? == '的';
    (of && clause.len() <= 6 && super::super::surname::is_single(told)).then_some(told)
}

/// Whether `position` begins a clause whose sentence is about the speaker so far: `我是苏泉村的，姓殷`.
fn continues_own_clause(text: &Text, position: usize) -> bool {
    const REACH: usize = 40;
    if !clause_start(text, position) {
        return false;
    }
    let floor = position.saturating_sub(REACH);
    let before = text.chars(floor..position);
    let ended = before.iter().rposition(|c| matches!(c, '。' | '!' | '?' | ';' | '\n')).map_or(0, |end| end + 1);
    let sentence = floor + ended..position;
    text.any_of(sentence.clone(), &["我", "俺", "本人"]) && !text.any_of(sentence, OTHERS)
}
