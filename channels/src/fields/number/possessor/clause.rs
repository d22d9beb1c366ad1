//! What a clause tells: nothing by itself, what somebody did or said, or that the writer asks for an answer.

use std::ops::Range;

use case::text::is_han;

use super::super::super::Text;
use super::super::digits::digit_value;
use super::bounds::{OTHER_NUMBER, REACH, before_words, ends_in};
use super::words::{
    ADDRESS_LABELS, ANSWER, ASK_FOR_ME, BEHIND_ASKING, CALLED, DOING, ENDS_ADDRESS, MESSAGES, OF_REGIONS, ON_CARDS,
    OTHERS,
};
use super::{holds_name, introduces, is_row_of_writer, names_other};

/// Thanks stand at the end of their clause: `谢谢领导`.
const THANKS: usize = 6;
/// The first characters of an address name a region: `东旺镇…`, `定州市…`.
const REGION: usize = 6;

/// Whether the number stands in what somebody is quoted as saying: `他说：“有事打我电话138…”`.
pub(super) fn is_quoted(text: &Text, start: usize) -> bool {
    let first = start.saturating_sub(REACH);
    let Some(opens) = (first..start).rev().find(|at| matches!(text.at(*at), Some('“' | '”' | '「' | '」')))
    else {
        return false;
    };
    let opened = matches!(text.at(opens), Some('“' | '「'));
    // `我的电话“138…”`
    opened && before_words(text, opens + 1, start) > opens + 1
}

/// Whether the clause that begins at `clause` is what somebody is told to have said: `他说，我的电话是…`.
pub(super) fn is_reported(text: &Text, clause: usize) -> bool {
    const SAYING: &[&str] = &["说", "称", "道", "讲", "写着", "写道", "回复"];
    let end = (0..clause).rev().find(|at| !matches!(text.at(*at), Some(',' | ' ' | ':' | '"'))).map_or(0, |at| at + 1);
    end < clause && SAYING.iter().any(|word| ends_in(text, 0..end, word))
}

/// `门上贴条：有事请打…`, `他回我：打我手机…`: whether the clause is led over to from the words of somebody else.
pub(super) fn leads_over_from_another(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    let Some(colon) = clause.clone().rev().find(|at| text.at(*at) == Some(':')) else { return false };
    // `我儿子手机：139… 我的手机：138…`: another number has taken what stood before it.
    if text.chars(colon..clause.end).iter().filter(|c| c.is_ascii_digit()).count() >= OTHER_NUMBER {
        return false;
    }
    let lead = text.trim(clause.start..colon);
    let of_writer = is_row_of_writer(text, clause) || holds_name(text, &lead, names) || introduces(text, lead.start);
    !of_writer
        && (text.any_of(lead.clone(), MESSAGES)
            || tells_of_doing(text, &lead, names)
            || names_other(text, &lead, names))
}

/// Whether the clause tells of nobody by itself: a day, an age, where somebody lives. `男，五十二岁，家住…`.
pub(super) fn says_nothing(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    if !text.chars(clause.clone()).iter().any(|c| is_han(*c)) {
        return true;
    }
    let clause = &(text.one_of(clause.start, CALLED).map_or(clause.start, |(_, end)| end).min(clause.end)..clause.end);
    let card = |c: &char| {
        digit_value(*c).is_some() || *c == '叉' || matches!(c, ':' | ' ' | 'X' | 'x' | '-') || ON_CARDS.contains(*c)
    };
    let place = || {
        let label =
            text.one_of(clause.start, ADDRESS_LABELS).map_or(clause.start, |(_, end)| text.skip(end, |c| c == '在'));
        let behind = label.min(clause.end)..clause.end;
        let region =
            text.chars(clause.start..clause.end.min(clause.start + REGION)).iter().any(|c| OF_REGIONS.contains(*c));
        (text.one_of(clause.start, ADDRESS_LABELS).is_some() || region)
            && !text.chars(behind.clone()).iter().any(|c| matches!(c, '的' | '在' | '他' | '她' | '其' | '该' | '那'))
            && text.before(clause.end).is_some_and(|last| last.is_ascii_digit() || ENDS_ADDRESS.contains(last))
            && !text.any_of(clause.clone(), OTHERS)
            && !tells_of_doing(text, &behind, names)
    };
    text.chars(clause.clone()).iter().all(card) || place()
}

/// Whether the clause tells what somebody did or what befell them, so that what follows may be another's: `上月接到一个电话`.
pub(super) fn tells_of_doing(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    // `晏福来`
    let in_name = |at: usize| {
        names.iter().any(|name| {
            let length = name.chars().count();
            (at.saturating_sub(length)..=at).any(|begins| begins + length > at && text.has(begins, name))
        })
    };
    text.all_of(clause.clone(), DOING).any(|(_, word)| !in_name(word.start))
}

/// Whether the clause tells of what has been: `他来找我`, `昨天打了电话`.
pub(super) fn tells_of_past(text: &Text, clause: &Range<usize>) -> bool {
    text.any_of(clause.clone(), &["了", "过", "来", "去", "他", "她", "说", "让", "人"])
}

/// Whether the writer asks for an answer, so that what follows is where it goes: `请给我回个话，电话…`.
pub(super) fn asks_for_answer(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    let end = (clause.clone()).rev().find(|at| !text.at(*at).is_some_and(|c| BEHIND_ASKING.contains(c)));
    let end = end.map_or(clause.start, |last| last + 1);
    let for_writer = ASK_FOR_ME.iter().any(|word| ends_in(text, clause.clone(), word));
    let answer =
        for_writer && !tells_of_past(text, clause) || ANSWER.iter().any(|word| ends_in(text, clause.start..end, word));
    // `可向…核实`
    let of_others = !for_writer && text.any_of(clause.clone(), &["向", "跟", "问问", "找"]);
    let thanks = text.any_of(clause.end.saturating_sub(THANKS).max(clause.start)..clause.end, &["谢"]);
    ((answer || thanks) && !of_others) && !names_other(text, clause, names)
}
