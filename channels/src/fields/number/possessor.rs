//! Whose a number is in running text: by the clause it stands in, and by whom the clauses before it are about.
//!
//! Looked at when the petitioners are known. A sentence may tell of a debtor, a driver or a swindler in more words than any list has, so
//! only what speaks of the writer counts as the writer's, and anything else is asked. A number that begins its sentence or its row
//! speaks of nobody else.

mod words;

use std::ops::Range;

use case::text::is_han;

use self::words::{
    ASKING, BESIDE_NAMES, CALL, CALLED, CALLING, GIVEN_TO, INTRODUCING, NAMESAKES, NOTES, OF_PLACES, OTHERS,
    OWN_LABELS, SELF, SIGNS, UNANSWERED, UNIT_ENDS, UNITS, WHICH,
};
use super::super::Text;
use super::super::date::date_at;
use super::super::name::{FOR_SOMEBODY, KIN};
use super::super::parties;
use super::super::surname::{TITLES, is_single, name_at};
use super::digits::digit_value;

/// How far before a number its sentence is looked at, in characters.
const REACH: usize = 120;
/// Figures before a number that are another value of the same person: an identity number, a second telephone.
const OTHER_NUMBER: usize = 7;
/// A line that goes on in the next one has at least so many characters.
const FULL_LINE: usize = 18;

/// Whether what is said before the number at `start` speaks of the writer, or of nobody. `names` are the petitioners'.
pub(super) fn speaks_of_writer(text: &Text, start: usize, names: &[String]) -> bool {
    if names_bearer_behind(text, start, names) || is_dead(text, start) {
        return false;
    }
    let sentence = sentence_start(text, start);
    // `受理员 孟晓 来电号码 …`: whoever is named before it.
    let label = (sentence..start).rev().find(|at| !matches!(text.at(*at), Some(' ' | ':'))).map_or(start, |at| at + 1);
    if parties::CALLED.iter().any(|word| ends_in(text, sentence..label, word)) {
        return true;
    }
    let mut end = before_words(text, sentence, start);
    let mut begins = clause_start(text, sentence, end);
    let said = without_date(text, begins..end);
    if text.chars(said.clone()).iter().any(|c| is_han(*c)) {
        let set_off = text.before(start).is_some_and(|before| matches!(before, ' ' | '\n'));
        let asks = set_off && text.any_of(said.clone(), ASKING) && !names_other(text, &said, names);
        return is_writers(text, &said, names) || asks || asks_to_be_called(text, &said, start);
    }
    // `暴占江（电话…）`: what stands in brackets is that of whoever stands before them.
    let bracket = begins.checked_sub(1).filter(|at| *at >= sentence && text.at(*at) == Some('('));
    if let Some(bracket) = bracket.filter(|bracket| text.before(*bracket).is_some_and(is_han)) {
        let told = text.trim(clause_start(text, sentence, bracket)..bracket);
        return is_writers(text, &told, names) || asks_to_be_called(text, &told, start);
    }
    // The clause begins with what the number is called: whom the clauses before it are about says whose it is.
    while begins > sentence {
        end = begins - 1;
        begins = clause_start(text, sentence, end);
        let told = text.trim(begins..end);
        // `我叫乜志勇，是孩子的父亲，`: still about whoever the clause before names.
        if begins > sentence && text.one_of(told.start, &["是", "系", "身为"]).is_some() {
            continue;
        }
        if names_writer(text, &told, names) {
            return true;
        }
        if names_other(text, &told, names) {
            return false;
        }
    }
    true
}

/// `手机155…关机`: a number that nobody answers is not given to be called back.
fn is_dead(text: &Text, start: usize) -> bool {
    const DEAD: &[&str] = &["关机", "关了机", "停机", "空号", "打不通", "打不进", "没人接", "无人接", "不接", "占线"];
    const LEADING: &[&str] = &["一直", "始终", "永远", "现在", "已经", "也", "都", "已", "就"];
    let mut end = text.skip_blanks(text.skip(start, |c| c.is_ascii_digit() || c == '-'));
    while let Some((_, next)) = text.one_of(end, LEADING) {
        end = next;
    }
    text.one_of(end, DEAD).is_some()
}

/// Where the sentence begins in which `start` stands. A full line without a stop at its end goes on in the next one.
fn sentence_start(text: &Text, start: usize) -> usize {
    let first = start.saturating_sub(REACH);
    let goes_on = |line_end: usize| {
        let line = (first..line_end).rev().find(|at| text.at(*at) == Some('\n')).map_or(first, |end| end + 1);
        let told = text.chars(line..line_end).iter().any(|c| matches!(c, ',' | '。' | '('));
        let stops = text.before(line_end).is_none_or(|last| matches!(last, ':' | ')'));
        told && !stops && line_end - line >= FULL_LINE && date_ends(text, line..line_end).is_none()
    };
    let ends = |at: &usize| match text.at(*at) {
        Some('。' | ';' | '!' | '?') => true,
        Some('\n') => !goes_on(*at),
        _ => false,
    };
    (first..start).rev().find(ends).map_or(first, |stop| stop + 1)
}

/// Where the clause begins that ends at `end`.
fn clause_start(text: &Text, sentence: usize, end: usize) -> usize {
    let ends = |at: &usize| matches!(text.at(*at), Some(',' | '(' | ')' | '、' | '\n' | ':'));
    // `联系人：翟秉义`: the label belongs to the name behind it.
    let stop = (sentence..end).rev().find(|at| ends(at) && text.at(*at) != Some(':'));
    stop.map_or(sentence, |stop| stop + 1)
}

/// Where the words before the number at `start` end, without what it is called and without other numbers of the same row.
fn before_words(text: &Text, sentence: usize, start: usize) -> usize {
    // `（0312）2351234`
    let area = text.at(start) == Some('0') && text.at(text.skip(start, |c| c.is_ascii_digit())) == Some(')');
    let mut end = if area && text.before(start) == Some('(') { start - 1 } else { start };
    loop {
        let before = end;
        while end > sentence && text.before(end).is_some_and(|c| SIGNS.contains(&c)) {
            end -= 1;
        }
        if let Some(at) = NOTES.iter().chain(CALLED).find_map(|word| begins_spaced(text, sentence..end, word)) {
            end = at;
        }
        let figure = |c: char| c.is_ascii_digit() || matches!(c, '-' | 'X' | 'x' | ' ');
        let figures = (sentence..end).rev().take_while(|at| text.at(*at).is_some_and(figure)).count();
        let digits = text.chars(end - figures..end).iter().filter(|c| digit_value(**c).is_some()).count();
        if digits >= OTHER_NUMBER {
            end -= figures;
        }
        if end == before {
            return end;
        }
    }
}

/// Where `word` begins that ends `range`, though blanks set its characters apart: `电 话`.
fn begins_spaced(text: &Text, range: Range<usize>, word: &str) -> Option<usize> {
    let mut at = range.end;
    for character in word.chars().rev() {
        at = (range.start..at).rev().find(|place| text.at(*place) != Some(' '))?;
        if text.at(at) != Some(character) {
            return None;
        }
    }
    Some(at)
}

/// `range` without the day at its end: `田秀禾 2026年5月6日 138…`.
fn without_date(text: &Text, range: Range<usize>) -> Range<usize> {
    date_ends(text, range.clone()).map_or_else(|| text.trim(range.clone()), |date| text.trim(range.start..date))
}

/// Where the day begins with which `range` ends.
fn date_ends(text: &Text, range: Range<usize>) -> Option<usize> {
    let range = text.trim(range);
    range.clone().find(|at| date_at(text, *at).is_some_and(|written| written.range.end == range.end))
}

/// Whether the words right before a number or what it is called are the writer's: they end in them (`我的`, their name), or introduce
/// them and tell of nobody else.
fn is_writers(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    if text.any_of(clause.clone(), NAMESAKES) {
        return false;
    }
    let mut end = clause.end;
    let ends_in_self = |end: usize| {
        SELF.iter().any(|word| {
            let given = |at| text.before(at).is_some_and(|before| GIVEN_TO.contains(before));
            ends_in(text, clause.start..end, word) && !given(end - word.chars().count())
        })
    };
    let mut of_writer = ends_in_self(end);
    while let Some(word) = WHICH.iter().chain(CALLED).find(|word| ends_in(text, clause.start..end, word)) {
        end -= word.chars().count();
        of_writer |= ends_in_self(end);
    }
    let named = names.iter().any(|name| ends_in(text, clause.start..end, name));
    // `…我叫敖立新电话是…`, of a talk without any marks.
    let introduced = (2..=4).any(|length| {
        end.checked_sub(length)
            .is_some_and(|name| ends_in(text, clause.start..name, "我叫") && text.at(name).is_some_and(is_single))
    });
    // `我爸电话…`, of who speaks for him.
    let of_principal =
        text.any_of(0..text.len(), FOR_SOMEBODY) && KIN.iter().any(|kin| ends_in(text, clause.start..end, kin));
    let told = text.any_of(clause.clone(), INTRODUCING) || own_label(text, clause) || holds_name(text, clause, names);
    let named = named || introduced || of_principal;
    text.trim(clause.start..end).is_empty()
        || of_writer
        || named
        || is_row_of_writer(text, clause)
        || told && !names_other(text, clause, names)
}

/// Whether the clause is about the writer, so that what follows is theirs.
fn names_writer(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    if text.any_of(clause.clone(), NAMESAKES) {
        return false;
    }
    let subject = SELF.iter().any(|word| text.has(clause.start, word)) && !turned_to(text, clause);
    let told = text.any_of(clause.clone(), INTRODUCING) || own_label(text, clause) || holds_name(text, clause, names);
    // `我是2号楼803的王立森`: whoever is named there, known as a petitioner or not.
    // `免贵姓檀` is said by nobody of anybody else.
    let introduced = text.one_of(clause.start, INTRODUCING).is_some() || text.any_of(clause.clone(), &["免贵"]);
    introduced || is_row_of_writer(text, clause) || (subject || told) && !names_person(text, clause, names)
}

/// `寄件人：龚桂芝`: whoever is named behind a label of the writer, known as a petitioner or not.
fn is_row_of_writer(text: &Text, clause: &Range<usize>) -> bool {
    text.one_of(clause.start, OWN_LABELS).is_some_and(|(_, end)| text.at(end) == Some(':'))
}

fn holds_name(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    clause.clone().any(|at| names.iter().any(|name| text.has(at, name)))
}

/// `身份证号…的刘志强`: the number is that of who is named behind it.
fn names_bearer_behind(text: &Text, start: usize, names: &[String]) -> bool {
    let end = text.skip(start, |c| c.is_ascii_alphanumeric() || c == '-');
    let name = || name_at(text, end + 1).filter(|name| name.known_surname);
    let of_name = text.at(end) == Some('的') && name().is_some() && !names.iter().any(|own| text.has(end + 1, own));
    // `138…（邻居郭和平，找不到我可打）`
    let bracket = text.skip_blanks(end);
    let inside = bracket + 1..text.skip(bracket, |c| !matches!(c, ')' | '\n'));
    of_name || text.at(bracket) == Some('(') && !inside.is_empty() && names_person(text, &inside, names)
}

/// `申请人：…`, `联系人：…` at the beginning of the clause.
fn own_label(text: &Text, clause: &Range<usize>) -> bool {
    text.one_of(clause.start, OWN_LABELS).is_some_and(|(_, end)| end <= clause.end)
}

/// `我找到…`, `我问了…`: the writer is the subject, but somebody else is meant.
fn turned_to(text: &Text, clause: &Range<usize>) -> bool {
    text.any_of(
        clause.clone(),
        &["找", "问", "打", "给", "把", "跟", "和", "与", "向", "被", "让", "加", "拨", "转", "用"],
    )
}

/// Whether the clause tells of somebody else, a person or a unit.
fn names_other(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    let unit = text.any_of(clause.clone(), NAMESAKES)
        || text.any_of(clause.clone(), UNITS)
        || text.before(clause.end).is_some_and(|last| UNIT_ENDS.contains(&last));
    unit || names_person(text, clause, names)
}

/// Whether the clause tells of a person who is no petitioner.
fn names_person(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    let own = |at: usize| {
        names.iter().any(|name| {
            (at.saturating_sub(name.chars().count())..=at)
                .any(|begins| text.has(begins, name) && (begins..begins + name.chars().count()).contains(&at))
        })
    };
    let named = |at: usize| {
        let apart = text.before(at).is_none_or(|c| !is_han(c) || BESIDE_NAMES.contains(c)) || at == clause.start;
        let name = name_at(text, at).filter(|name| apart && name.known_surname && name.range.end <= clause.end);
        let titled = text.at(at).is_some_and(is_single) && text.one_of(at + 1, TITLES).is_some();
        // `撞我的人姓刘`
        let surname = text.at(at) == Some('姓')
            && text.at(at + 1).is_some_and(is_single)
            && !text.before(at).is_some_and(|before| matches!(before, '我' | '贵' | '俺'));
        let of_place = |end: usize| text.before(end).is_some_and(|last| OF_PLACES.contains(last));
        // `檀香的檀`: a surname that is spelled out.
        let spelled = |end: usize| text.at(end) == Some('的') && text.at(end + 1) == text.at(at);
        let person = |end: usize| !of_place(end) && !spelled(end);
        titled || surname || name.is_some_and(|name| name.set_off && person(name.range.end))
    };
    // `我父亲景大山`, when the letter is his.
    let of_petitioner = |end: usize| names.iter().any(|name| text.has(end, name));
    let other = |at: usize| text.one_of(at, OTHERS).is_some_and(|(_, end)| !of_petitioner(end));
    clause.clone().any(|at| !own(at) && (other(at) || named(at)))
}

/// `有事打138…`, `请联系138…`: the writer says where they are reached.
fn asks_to_be_called(text: &Text, clause: &Range<usize>, number: usize) -> bool {
    let calls = CALL.iter().any(|word| ends_in(text, clause.clone(), word));
    let asked = text.any_of(clause.clone(), CALLING)
        || !text.chars(clause.clone()).iter().any(|c| matches!(c, '我' | '俺' | '了' | '过'));
    let behind = text.skip(number, |c| digit_value(c).is_some() || matches!(c, '-' | ' ' | ','));
    let unanswered = text.one_of(behind, UNANSWERED).is_some();
    // `发短信的号码是…`
    let describes = text.at(clause.end) == Some('的');
    calls && asked && !describes && !unanswered && !names_other(text, clause, &[])
}

fn ends_in(text: &Text, clause: Range<usize>, word: &str) -> bool {
    clause.end.checked_sub(word.chars().count()).is_some_and(|at| at >= clause.start && text.has(at, word))
}
