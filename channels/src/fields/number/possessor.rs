//! Whose a number is in running text: by the clause it stands in, and by whom the clauses before it are about.
//!
//! Looked at when the petitioners are known. A sentence may tell of a debtor, a driver or a swindler in more words than any list has, so
//! only what speaks of the writer counts as the writer's, and anything else is asked. Of a number that begins its sentence or its row
//! what stands above tells whose it is.

mod above;
mod behind;
mod bounds;
mod clause;
mod words;

pub(super) use self::behind::is_struck_out;

use std::ops::Range;

use case::text::is_han;

use self::bounds::{before_words, clause_start, ends_in, sentence_start, without_date};
use self::clause::{asks_for_answer, is_quoted, is_reported, leads_over_from_another, says_nothing, tells_of_doing};
use self::words::{
    BEFORE_SELF, BESIDE_NAMES, CALL, CALLED, CALLED_BEFORE, CALLING, IN_ENGLISH, INTRODUCING, MESSAGES, NAMESAKES,
    NO_NICKNAME, OF_PLACES, OTHERS, OWN_LABELS, REPORTING, REQUEST, SAYING, SELF, THIS_CALL, UNANSWERED, UNIT_ENDS,
    UNITS, WHICH,
};
use super::super::Text;
use super::super::name::{FOR_SOMEBODY, KIN};
use super::super::parties;
use super::super::surname::{TITLES, is_single, name_at};
use super::digits::digit_value;

/// A request that names nobody has at most so many characters: `请求修理`.
const SHORT_REQUEST: usize = 8;

/// Whether what is said around the number at `start` speaks of the writer, or of nobody. `names` are the petitioners'.
pub(super) fn speaks_of_writer(text: &Text, start: usize, names: &[String]) -> bool {
    if names_bearer_behind(text, start, names) || behind::is_dead(text, start) || is_quoted(text, start) {
        return false;
    }
    let sentence = sentence_start(text, start);
    // `受理员 孟晓 来电号码 …`: whoever is named before it.
    let label = (sentence..start).rev().find(|at| !matches!(text.at(*at), Some(' ' | ':'))).map_or(start, |at| at + 1);
    if parties::CALLED.iter().any(|word| ends_in(text, sentence..label, word)) {
        return true;
    }
    if text.any_of(sentence..start, IN_ENGLISH) {
        return true;
    }
    let end = before_words(text, sentence, start);
    let begins = clause_start(text, sentence, end);
    let said = without_date(text, begins..end);
    if leads_over_from_another(text, &said, names) {
        return false;
    }
    if ends_in_self(text, &said, which_of(text, &said)) {
        return !is_reported(text, begins);
    }
    if behind::tells_of_another(text, start, names) {
        return false;
    }
    if behind::tells_of_writer(text, start, names) {
        return true;
    }
    // `回电138…`
    let bare = CALL.iter().any(|word| text.has(said.start, word) && said.len() == word.chars().count());
    if which_of(text, &said) > said.start && !bare && !says_nothing(text, &said, names) {
        let set_off = text.before(start).is_some_and(|before| matches!(before, ' ' | '\n'));
        let asks = set_off && asks_for_answer(text, &said, names);
        let in_list =
            text.before(begins).is_none_or(|before| before == '\n') && above::is_below_others(text, begins, names);
        return !in_list && (is_writers(text, &said, names) || asks || asks_to_be_called(text, &said, start));
    }
    // `暴占江（电话…）`: what stands in brackets is that of whoever stands before them.
    let bracket = begins.checked_sub(1).filter(|at| *at >= sentence && text.at(*at) == Some('('));
    if let Some(bracket) = bracket.filter(|bracket| text.before(*bracket).is_some_and(is_han)) {
        let told = text.trim(clause_start(text, sentence, bracket)..bracket);
        return is_writers(text, &told, names) || asks_to_be_called(text, &told, start);
    }
    match clauses_before(text, start, sentence, begins, names) {
        Some(of_writer) => of_writer,
        None => above::leads_to_writer(text, start, sentence, names),
    }
}

/// Whether nothing around the number at `start` takes it from whoever is named by `label` before it: what is quoted, what follows, what
/// stands above the row.
pub(super) fn is_given(text: &Text, label: usize, start: usize, names: &[String]) -> bool {
    let line = text.before(label).is_none_or(|before| before == '\n');
    !is_quoted(text, start)
        && !behind::is_dead(text, start)
        && !names_bearer_behind(text, start, names)
        && !behind::tells_of_another(text, start, names)
        && (!line || above::leads_to_writer(text, start, label, names))
}

/// The clause of the number says nothing but what the number is called: whom the clauses before it are about says whose it is. `None`
/// where there is none that says anything; a story of which the writer is no part says that it is somebody else's.
fn clauses_before(text: &Text, number: usize, sentence: usize, mut begins: usize, names: &[String]) -> Option<bool> {
    let mut told_anything = false;
    while begins > sentence {
        let end = begins - 1;
        begins = clause_start(text, sentence, end);
        let told = text.trim(begins..end);
        if says_nothing(text, &told, names) {
            continue;
        }
        // `电话就是现在打的这个，138…`, `你记一下我的，138…`
        let this_one = text.any_of(told.clone(), THIS_CALL) && !names_other(text, &told, names);
        if this_one || ends_in_self(text, &told, which_of(text, &told)) && !tells_of_doing(text, &told, names) {
            return Some(!is_reported(text, begins));
        }
        if asks_for_answer(text, &told, names) || names_writer(text, &told, names) {
            return Some(!is_reported(text, begins));
        }
        // `请住建的同志来查一查，138…`
        let asks = text.one_of(told.start, REQUEST).is_some() && !names_person(text, &told, names);
        if asks && told.len() <= SHORT_REQUEST && above::closes_letter(text, number) {
            return Some(true);
        }
        if asks {
            told_anything = true;
            continue;
        }
        // `我叫乜志勇，是孩子的父亲，`: still about whoever the clause before names.
        if begins > sentence && text.one_of(told.start, &["是", "系", "身为"]).is_some() {
            continue;
        }
        if tells_of_doing(text, &told, names) || names_other(text, &told, names) {
            return Some(false);
        }
        told_anything = true;
    }
    told_anything.then_some(false)
}

/// Whether the words right before a number or what it is called are the writer's: they end in them (`我的`, their name), or introduce
/// them and tell of nobody else.
fn is_writers(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    if text.any_of(clause.clone(), NAMESAKES) {
        return false;
    }
    let end = which_of(text, clause);
    let named = names.iter().any(|name| ends_in(text, clause.start..end, name));
    // `…我叫敖立新电话是…`, of a talk without any marks.
    let introduced = (2..=4).any(|length| {
        end.checked_sub(length).is_some_and(|name| {
            let said = name.checked_sub(3).filter(|at| *at >= clause.start).and_then(|at| text.at(at));
            ends_in(text, clause.start..name, "我叫")
                && text.at(name).is_some_and(is_single)
                && !said.is_some_and(|c| "说称讲道骗".contains(c))
        })
    });
    // `我爸电话…`, of who speaks for him.
    let of_principal =
        text.any_of(0..text.len(), FOR_SOMEBODY) && KIN.iter().any(|kin| ends_in(text, clause.start..end, kin));
    text.trim(clause.start..end).is_empty()
        || ends_in_self(text, clause, end)
        || named && (text.one_of(clause.start, CALLING).is_some() || !tells_of_doing(text, clause, names))
        || introduced
        || of_principal
        || is_row_of_writer(text, clause)
        || tells_of_self(text, clause, names) && !names_other(text, clause, names)
}

/// Where the words end that stand in the clause before what the number is called and which of several it is: `我|现在的号码`.
fn which_of(text: &Text, clause: &Range<usize>) -> usize {
    let mut end = clause.end;
    while let Some(word) = WHICH.iter().chain(CALLED).find(|word| ends_in(text, clause.start..end, word)) {
        end -= word.chars().count();
    }
    end
}

/// Whether the writer is named between `end` and the end of the clause, or right before: `我的电话`, not `给我的电话`, `恐吓我的电话`.
fn ends_in_self(text: &Text, clause: &Range<usize>, end: usize) -> bool {
    (end..=clause.end).any(|end| {
        SELF.iter().any(|word| {
            let Some(begins) = end.checked_sub(word.chars().count()).filter(|_| ends_in(text, clause.start..end, word))
            else {
                return false;
            };
            let before = text.before(begins).filter(|c| begins > clause.start && is_han(*c));
            before.is_none_or(|before| BEFORE_SELF.contains(before))
        })
    })
}

/// Whether the clause is about the writer, so that what follows is theirs.
fn names_writer(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    if text.any_of(clause.clone(), NAMESAKES) {
        return false;
    }
    // `我是2号楼803的王立森`: whoever is named there, known as a petitioner or not.
    // `免贵姓檀` is said by nobody of anybody else.
    let named = text.one_of(clause.start, &["我叫", "俺叫"]).is_some_and(|(_, name)| clause.end <= name + 4);
    // `我的手机换号了，新号是…`
    let changed = text.any_of(clause.clone(), &["换号", "换了号"]) && text.any_of(clause.clone(), &["我的", "我手机"]);
    if changed && !names_other(text, clause, names) {
        return true;
    }
    let introduced = introduces(text, clause.start)
        && (named || !tells_of_doing(text, clause, names))
        && !is_somebodys(text, clause, names);
    introduced
        || text.any_of(clause.clone(), &["免贵"])
        || is_row_of_writer(text, clause)
        || tells_of_self(text, clause, names) && !names_person(text, clause, names)
}

/// Whether the writer says in the clause who they are, or is named in it.
fn tells_of_self(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    // `他骗我是…`, `人家问我叫…`
    let introduced = clause.clone().any(|at| {
        let said = text.before(at).is_some_and(|before| at > clause.start && SAYING.contains(before));
        // `答复的落款…` is no label of the writer's.
        let begins = at == clause.start || matches!(text.at(at), Some('我' | '俺' | '本'));
        !said && begins && introduces(text, at)
    });
    (introduced || holds_name(text, clause, names)) && !tells_of_doing(text, clause, names) || own_label(text, clause)
}

/// Whether what somebody is called stands at `start`: a name, or few characters before a pause where no list has the surname.
fn calls_themselves(text: &Text, start: usize) -> bool {
    const LONGEST: usize = 4;
    let end = text.skip(start, |c| is_han(c) || c == '·');
    let word = text.chars(start..end);
    let short = (2..=LONGEST).contains(&word.len()) && !word.iter().any(|c| matches!(c, '他' | '她' | '你' | '人'));
    short || word.contains(&'·') || name_at(text, start).is_some()
}

/// Whether the writer introduces themselves at `at`; `我叫他还钱` is no introduction.
fn introduces(text: &Text, at: usize) -> bool {
    text.one_of(at, INTRODUCING).is_some_and(|(word, end)| match word {
        "我叫" | "俺叫" => calls_themselves(text, text.skip(end, |c| matches!(c, ':' | ' '))),
        // `本人的债务人`
        _ => text.at(end) != Some('的') || text.one_of(end + 1, CALLED).is_some(),
    })
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

/// `我是石玉祥的工人`: the writer says whose they are, and what follows may be that one's.
fn is_somebodys(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
    clause.clone().any(|at| {
        let name = name_at(text, at).filter(|name| name.known_surname && name.range.end < clause.end);
        name.is_some_and(|name| {
            let behind = text.at(name.range.end + 1).filter(|_| name.range.end + 1 < clause.end);
            text.at(name.range.end) == Some('的')
                && behind.is_some_and(is_han)
                && !names.iter().any(|own| text.has(at, own))
                && !text.before(name.range.end).is_some_and(|last| OF_PLACES.contains(last))
        })
    })
}

/// Whether the clause tells of somebody else, a person or a unit.
pub(super) fn names_other(text: &Text, clause: &Range<usize>, names: &[String]) -> bool {
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
        // `《金桂苑》` is no person, and 工钱 none either.
        if text.before(at) == Some('《') || at > 0 && text.has(at - 1, "工钱") {
            return false;
        }
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
        // `老石，`, `小贺的`
        let called = apart
            && matches!(text.at(at), Some('小' | '老' | '阿'))
            && text.at(at + 1).is_some_and(|c| is_single(c) && !NO_NICKNAME.contains(c))
            && text.at(at + 2).is_none_or(|c| !is_han(c) || matches!(c, '的' | '说' | '叫' | '电' | '手'));
        titled || surname || called || name.is_some_and(|name| name.set_off && person(name.range.end))
    };
    // `我父亲景大山`, when the letter is his.
    let of_petitioner = |end: usize| names.iter().any(|name| text.has(end, name));
    // `其他` is nobody.
    let of_all = |at: usize| {
        text.one_of(at, &["其他", "其中", "其余", "其它", "其实"]).is_some() || at > 0 && text.has(at - 1, "其他")
    };
    let other = |at: usize| !of_all(at) && text.one_of(at, OTHERS).is_some_and(|(_, end)| !of_petitioner(end));
    clause.clone().any(|at| !own(at) && (other(at) || named(at)))
}

/// `有事打138…`, `请联系138…`: the writer says where they are reached.
fn asks_to_be_called(text: &Text, clause: &Range<usize>, number: usize) -> bool {
    // `可以打这个号：…`
    let clause = &(clause.start..which_of(text, clause));
    let Some(word) = CALL.iter().find(|word| ends_in(text, clause.clone(), word)) else { return false };
    let asked = text.any_of(clause.clone(), CALLING);
    let behind = text.skip(number, |c| digit_value(c).is_some() || matches!(c, '-' | ' ' | ','));
    let unanswered = text.one_of(behind, UNANSWERED).is_some();
    // `发短信的号码是…`
    let describes = text.at(clause.end) == Some('的');
    // `短信里说请拨打…`, `他们让我联系…`
    let sentence = sentence_start(text, number).min(clause.start)..clause.start;
    let reported = text.any_of(sentence, MESSAGES)
        || [REPORTING, CALLED_BEFORE]
            .iter()
            .any(|words| text.any_of(clause.start..clause.end - word.chars().count(), words))
        || is_reported(text, clause.start);
    asked && !describes && !unanswered && !reported && !names_other(text, clause, &[])
}
