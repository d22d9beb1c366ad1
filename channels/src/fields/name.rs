//! Who speaks: the names of the petitioners.
//!
//! Three places tell it: a label (`信访人：…`), the words by which people introduce themselves (`我叫…`, `我是…村民…`), and the
//! signature. Whoever is addressed or complained about is not a petitioner.

mod words;

use std::ops::Range;

use case::field::Confidence;

use self::words::{
    COLUMNS, INTRODUCTIONS, KIN, LABELS, LOOSE, NUMBERS, ORGANISATIONS, OTHERS, OWN_ORGANISATION, OWN_SURNAME,
    PAPER_NAMES, RELATIVES, ROLES, SIGNING, SPOKEN_FOR, THUMBPRINTS, WRITTEN_FOR,
};
use super::surname::{Name, TITLES, name_at};
use super::{Fields, Found, Text, enclosure, opposing, spelling};

/// The most names that are taken from one label or signature.
const NAMES_LIMIT: usize = 100;
/// How many lines from the end may hold the signature.
const SIGNATURE_LINES: usize = 6;

/// The shortest telephone number behind a name in a list, in figures.
const SHORTEST_NUMBER: usize = 7;
/// The figures of a mobile number.
const MOBILE_LENGTH: usize = 11;
/// A name that may be that of the other side is asked.
const ASKED: f32 = 0.5;
/// A signature behind the last sentence of a line has at most this many characters, date and number included.
const TAIL_LIMIT: usize = 30;

/// How sure a name of a known surname is that is set off on both sides.
const SET_OFF: f32 = 0.95;
/// How sure a number is that stands beside what may be no name.
const NUMBER_OF_ANOTHER: f32 = 0.5;

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let mut names: Vec<Found<String>> = Vec::new();
    for (found, confidence) in introduced(text) {
        add(text, &mut names, found, confidence);
    }
    for (found, confidence) in by_surname(text) {
        add(text, &mut names, found, confidence);
    }
    for (found, confidence) in numbered(text) {
        add(text, &mut names, found, confidence);
    }
    for (found, confidence) in labelled(text).into_iter().chain(signing_list(text)) {
        add(text, &mut names, found, confidence);
    }
    if let Some(range) = sealed_organisation(text) {
        add(text, &mut names, range, 0.9);
    }
    let beside = beside_numbers(text);
    for name in &beside {
        add(text, &mut names, name.range.clone(), if name.known_surname { 0.8 } else { ASKED });
    }
    // Who signs for an organisation is not another petitioner.
    let speaks_for_itself = names.iter().any(|found| ORGANISATIONS.iter().any(|ending| found.value.ends_with(ending)));
    for (found, confidence) in signed(text).into_iter().filter(|_| !speaks_for_itself) {
        add(text, &mut names, found, confidence);
    }
    // Who speaks for a relative says who they are; the petition is the relative's.
    if (names.is_empty() || text.any_of(0..text.len(), SPOKEN_FOR))
        && let Some((found, confidence)) = principal(text)
    {
        let speaker = names.first().map(|first| first.value.clone());
        let alone = introduced(text).len() == 1 || names.len() == 1;
        let speaks = text.any_of(0..text.len(), SPOKEN_FOR) && alone;
        add(text, &mut names, found.clone(), confidence);
        let name = text.string(found);
        if let Some(place) = names.iter().position(|one| one.value == name).filter(|place| *place > 0 && speaks) {
            let principal = names.remove(place);
            let is_first = names.first().is_some_and(|first| Some(&first.value) == speaker.as_ref());
            fields.proxy = is_first.then(|| names.remove(0));
            names.insert(0, principal);
        }
    }
    if fields.proxy.is_none()
        && let Some(range) = proxy(text)
    {
        let name = text.string(range.clone());
        names.retain(|known| known.value != name);
        fields.proxy = Some(text.found(name, 0.9, range));
    }
    // Whoever speaks for themselves is not complained about, whatever trouble their sentence tells of.
    let own: Vec<String> = own_organisation(text)
        .into_iter()
        .map(|(range, _)| range)
        .chain(sealed_organisation(text))
        .map(|range| text.string(range))
        .collect();
    fields.respondents.retain(|respondent| !own.contains(&respondent.name.value));
    // Somebody who is complained about may be called by a label (`负责人：`), but does not speak.
    for found in &mut names {
        confirm(text, found);
    }
    names.retain(|found| !fields.respondents.iter().any(|respondent| respondent.name.value == found.value));
    names.truncate(NAMES_LIMIT);
    fields.names = names;
    belongs_to_another(text, &beside, fields);
}

/// `晏书平 13800000035`, `业主 毕永强 134…`: several who sign, each with a number. One such line alone may be anybody's.
fn beside_numbers(text: &Text) -> Vec<Name> {
    const LABELS: &[&str] = &["电话", "手机", "座机", "联系", "传真"];
    let named = |line: Range<usize>| {
        let mut name = name_at(text, behind_blank(text, &line)).filter(|name| name.set_off)?;
        let behind = text.skip(name.range.end, |c| matches!(c, ' ' | ':' | ',' | '、' | '('));
        let number = text.one_of(behind, LABELS).map_or(behind, |(_, end)| text.skip(end, |c| matches!(c, ' ' | ':')));
        let digits = text.skip(number, |c| c.is_ascii_digit() || c == '-') - number;
        if digits < SHORTEST_NUMBER && text.at(name.range.end) == Some(' ') && ends_in_number(text, &line) {
            // The row of a table with other cells between: whether it lists petitioners, the words do not tell.
            name.known_surname = false;
            return Some(name);
        }
        // Behind what may be no surname only a whole mobile number makes a name.
        let fits = if name.known_surname { digits >= SHORTEST_NUMBER } else { digits == MOBILE_LENGTH };
        // On a scanned page nothing is left between them: `晏书平13800000035`.
        (fits && text.one_of(line.start, LABELS).is_none()).then_some(name)
    };
    let found: Vec<Name> = text.lines().into_iter().filter_map(named).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// `殳桂平 5至9月 15200 13800000326`: whether the last cell of the row is a mobile number.
fn ends_in_number(text: &Text, line: &Range<usize>) -> bool {
    let digits = text.chars(line.clone()).iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let told = text.chars(line.clone()).iter().any(|c| matches!(c, '。' | ',' | ';' | '!' | '?'));
    digits == MOBILE_LENGTH && !told
}

/// The number beside the name of a second petitioner is theirs (`statement::holder`). Beside what may be no name it may be anybody's: a
/// person is asked.
fn belongs_to_another(text: &Text, beside: &[Name], fields: &mut Fields) {
    let Some(first) = fields.names.first().map(|name| name.value.clone()) else { return };
    let doubtful = beside.iter().filter(|name| !name.known_surname).map(|name| &name.range);
    for name in doubtful.filter(|name| text.string((*name).clone()) != first) {
        let line = text.origin(name.start..text.skip(name.end, |c| c != '\n'));
        for phone in fields.phones.iter_mut().filter(|phone| line.contains(&phone.range.start)) {
            phone.confidence = phone.confidence.min(Confidence::new(NUMBER_OF_ANOTHER));
        }
    }
    fields.phones.sort_by(|one, other| other.confidence.value().total_cmp(&one.confidence.value()));
}

/// Adds a name; the same name found again makes the first find surer, a name that differs in one character of as many
/// (a misreading) makes it doubtful.
fn add(text: &Text, names: &mut Vec<Found<String>>, range: Range<usize>, confidence: f32) {
    let name = text.string(range.clone());
    let found = text.found(name, confidence, range);
    let near = |one: &str, other: &str| {
        one.chars().count() == other.chars().count()
            && one.chars().count() > 1
            && one.chars().zip(other.chars()).filter(|(a, b)| a != b).count() == 1
            && one.chars().next() == other.chars().next()
            && one.chars().count() > 2
    };
    if names.len() > NAMES_LIMIT {
        return;
    }
    if let Some(same) = names.iter_mut().find(|same| same.value == found.value) {
        if same.range != found.range {
            let both = 1.0 - (1.0 - same.confidence.value()) * (1.0 - found.confidence.value());
            same.confidence = Confidence::new(both.min(0.99));
        }
    } else if let Some(other) = names.iter_mut().find(|other| near(&other.value, &found.value)) {
        if found.confidence > other.confidence {
            *other = found;
        }
        other.confidence = other.confidence.min(Confidence::new(0.55));
    } else {
        names.push(found);
    }
}

/// Names behind labels.
fn labelled(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found: Vec<(Range<usize>, f32)> = Vec::new();
    // Under which label of two sides a petitioner was named.
    let mut sides: Vec<(&str, String)> = Vec::new();
    let other_side =
        text.all_of(0..text.len(), opposing::TWO_SIDED).any(|(_, label)| opposing::is_opposing(text, label.start));
    for (label, range) in text.all_of(0..text.len(), LABELS) {
        // 被反映人, 受访人, 法定代表人 and the like name others; 联系人 in the middle of a word is none.
        if matches!(text.before(range.start), Some('被' | '受' | '定' | '管' | '介')) {
            continue;
        }
        let two_sided = opposing::TWO_SIDED.contains(&label);
        if two_sided && opposing::is_opposing(text, range.start) {
            continue;
        }
        let mut start = text.skip_blanks(range.end);
        if text.at(start) == Some('(') {
            start = text.skip(start, |c| c != ')' && c != '\n') + 1;
        }
        let colon = matches!(text.at(start), Some(':' | '-' | '—'));
        let spaced = start > range.end;
        if LOOSE.contains(&label) && !colon && (!spaced || heads_table(text, range.end, start)) {
            continue;
        }
        start = text.skip(start, |c| matches!(c, ':' | ' ' | '-' | '—' | '_'));
        if colon && text.at(start) == Some('\n') {
            start += 1;
            // `联名人：` may stand over the names, or over the letter.
            let named = name_at(text, start).is_some_and(|name| name.known_surname);
            if !named && organisation_at(text, start).is_none() {
                continue;
            }
        }
        let named = list(text, start, colon || spaced);
        let Some((first, _)) = named.first().filter(|_| two_sided && !other_side) else {
            found.extend(named);
            continue;
        };
        let name = text.string(first.clone());
        // The 被 of the second one may have been lost: `申诉人：甲`, then `申诉人：乙`.
        let again = sides.iter().any(|(side, earlier)| *side == label && *earlier != name);
        sides.push((label, name));
        found.extend(named.into_iter().map(|(range, sure)| (range, if again { sure.min(ASKED) } else { sure })));
    }
    found
}

/// `姓名 月份 金额 电话`: the head of a table, whose first word behind `姓名` is no name.
fn heads_table(text: &Text, label: usize, start: usize) -> bool {
    let line = label..text.skip(label, |c| c != '\n');
    text.any_of(line, COLUMNS) && name_at(text, start).is_none_or(|name| !name.known_surname)
}

/// The names below `签名并按手印：`, and those at the beginnings of lines beside which a thumb was pressed.
fn signing_list(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found = Vec::new();
    let mut below = false;
    for line in text.lines() {
        let heading = text.before(line.end) == Some(':') && text.any_of(line.clone(), SIGNING);
        // `1、张三`
        let start = text.skip(line.start, |c| c.is_ascii_digit() || matches!(c, '.' | '、' | ')' | ' '));
        let mut names = list(text, start, true);
        let signed = names.first().is_some_and(|(name, _)| text.one_of(name.end, THUMBPRINTS).is_some());
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

/// The names of a list (`张三、李四、王五`) that begins at `start`; `certain` when a label sets it off.
fn list(text: &Text, start: usize, certain: bool) -> Vec<(Range<usize>, f32)> {
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

/// An organisation that begins at `start` and ends in the same line within 40 characters.
fn organisation_at(text: &Text, start: usize) -> Option<Range<usize>> {
    let end = text
        .skip(start, |c| case::text::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')'))
        .min(start + 40);
    let (_, range) = text.all_of(start..end, ORGANISATIONS).filter(|(_, range)| range.start > start + 1).last()?;
    // `石大山(清河花园业主委员会)` is a person of an organisation.
    let whole = start..range.end;
    let opened = text.chars(whole.clone()).iter().filter(|c| **c == '(').count();
    let closed = text.chars(whole.clone()).iter().filter(|c| **c == ')').count();
    (opened == closed).then_some(whole)
}

/// `王经理` is how one speaks of others, not a name.
fn without_title(text: &Text, name: &Name) -> Option<Range<usize>> {
    let title = text.one_of(name.range.start + 1, TITLES).is_some();
    (!title).then(|| name.range.clone())
}

/// Names by which the writer introduces themselves.
fn introduced(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found = Vec::new();
    for (word, range) in text.all_of(0..text.len(), INTRODUCTIONS) {
        // `我妈的名字叫…`, `他名字叫…`: another person.
        if word == "名字叫" && !clause_start(text, range.start) {
            continue;
        }
        let start = text.skip(range.end, |c| matches!(c, ':' | ' '));
        // `不想说我叫什么`
        if text.one_of(start, &["什么", "啥"]).is_some() {
            continue;
        }
        let named = word.ends_with('叫') || word.contains("名") || word.ends_with("叫做");
        if let Some(name) = name_at(text, start) {
            let confidence = match (named, name.set_off, name.known_surname) {
                (true, true, true) => 0.95,
                (true, true, false) => 0.75,
                (true, false, true) => 0.55,
                (false, true, true) if followed_by_pause(text, name.range.end) => 0.85,
                _ => 0.0,
            };
            if confidence > 0.0 && text.one_of(name.range.start + 1, TITLES).is_none() {
                found.push((in_papers(text, name.range.end).unwrap_or(name.range), confidence));
                continue;
            }
        }
        if !named {
            found.extend(behind_role(text, start));
        }
    }
    found.extend(own_organisation(text));
    found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    // One person introduces themselves; a second introduction with another name is quoted speech.
    found.truncate(1);
    found
}

/// `俺叫谌老黑，大名谌守田`: the name in somebody's papers behind the one by which they are called.
fn in_papers(text: &Text, end: usize) -> Option<Range<usize>> {
    let (_, end) = text.one_of(text.skip(end, |c| matches!(c, ',' | '(' | ' ')), PAPER_NAMES)?;
    let name = name_at(text, text.skip(end, |c| matches!(c, '叫' | '是' | ':' | ' ')))?;
    (name.set_off && name.known_surname).then_some(name.range)
}

/// `我姓马，马文庆`, `免贵姓石，叫石大山`, `我是苏泉村的，姓殷，殷建国`: the surname first, then the whole name.
fn by_surname(text: &Text) -> Vec<(Range<usize>, f32)> {
    let mut found = Vec::new();
    for (_, range) in text.all_of(0..text.len(), &["姓"]) {
        let start = OWN_SURNAME
            .iter()
            .filter_map(|word| range.start.checked_sub(word.chars().count()).filter(|start| text.has(*start, word)))
            .min();
        let own = start.is_some_and(|start| clause_start(text, start)) || continues_own_clause(text, range.start);
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
        if let Some(name) = name_at(text, next)
            .filter(|name| name.set_off && name.known_surname && text.has(name.range.start, &surname))
        {
            found.push((name.range, 0.95));
            break;
        }
    }
    found
}

/// `两点水的冯`: a surname by a part of it, in a clause of its own.
fn told_by_part(text: &Text, clause: Range<usize>) -> Option<char> {
    let told = text.at(clause.end.checked_sub(1)?)?;
    let of = text.at(clause.end.checked_sub(2)?)? == '的';
    (of && clause.len() <= 6 && super::surname::is_single(told)).then_some(told)
}

/// `我公司定州市…有限公司，`: an organisation that speaks for itself.
fn own_organisation(text: &Text) -> Option<(Range<usize>, f32)> {
    text.all_of(0..text.len(), OWN_ORGANISATION).find_map(|(_, word)| {
        let start = text.skip(word.end, |c| matches!(c, ':' | ' ' | ',' | '系' | '是' | '为' | '('));
        let range = organisation_at(text, start)?;
        let ends = text.at(range.end).is_none_or(|next| !case::text::is_han(next));
        (clause_start(text, word.start) && ends).then_some((range, 0.9))
    })
}

/// `李根生，身份证号…` at the beginning of a line: one of those who sign together.
fn numbered(text: &Text) -> Vec<(Range<usize>, f32)> {
    let named = text.lines().into_iter().filter_map(|line| {
        let name = name_at(text, behind_blank(text, &line)).filter(|name| name.known_surname && name.set_off)?;
        let next = text.skip(name.range.end, |c| matches!(c, ',' | ' ' | '、' | ':' | '('));
        text.one_of(next, NUMBERS).map(|_| (name.range, 0.85))
    });
    named.take(NAMES_LIMIT).collect()
}

/// `父亲叫侯长顺，` where the text says that it is written for them: the one for whom it is written is the petitioner.
fn principal(text: &Text) -> Option<(Range<usize>, f32)> {
    if !text.any_of(0..text.len(), WRITTEN_FOR) {
        return None;
    }
    text.all_of(0..text.len(), KIN).find_map(|(_, kin)| {
        // `代我母亲周桂兰（电话…）反映`
        let for_whom = ["代我", "替我", "代", "替"]
            .iter()
            .any(|word| kin.start.checked_sub(word.chars().count()).is_some_and(|before| text.has(before, word)));
        let direct = name_at(text, kin.end).filter(|name| for_whom && name.set_off && name.known_surname);
        if let Some(name) = direct {
            return Some((name.range, 0.85));
        }
        let mut start = text.skip(kin.end, |c| c == '的');
        // `我给我婆婆问个事，她叫…`
        if kin
            .start
            .checked_sub(2)
            .is_some_and(|before| text.one_of(before, &["给我", "替我", "帮我", "代我"]).is_some())
        {
            let next = text.skip(start, |c| !matches!(c, ',' | '。' | '\n'));
            if let Some((_, end)) = text.one_of(next + 1, &["她", "他", "老人"]) {
                start = end;
            }
        }
        let (_, start) = text.one_of(start, &["名字叫", "名叫", "叫"])?;
        let name = name_at(text, start)?;
        (name.set_off && name.known_surname).then_some((name.range, 0.75))
    })
}

/// `委托代理人：张文博律师`: who speaks for the petitioner by a label.
fn proxy(text: &Text) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    let labels = text.all_of(0..text.len(), &["代理人:", "代理律师:", "受托人:", "代书人:", "代写人:"]);
    let opposing = |label: &Range<usize>| label.start.checked_sub(1).and_then(|before| text.at(before)) == Some('被');
    labels.filter(|(_, label)| !opposing(label)).find_map(|(_, label)| {
        let start = text.skip_blanks(label.end);
        let end = text.skip(start, case::text::is_han);
        let titled = ["律师", "先生", "女士", "同志"].iter().find(|title| end > start + 3 && text.has(end - 2, title));
        let name = start..end - if titled.is_some() { 2 } else { 0 };
        let fits = (2..=LONGEST).contains(&name.len()) && text.at(start).is_some_and(super::surname::is_single);
        fits.then_some(name)
    })
}

/// Whether a clause begins at `position`.
fn clause_start(text: &Text, position: usize) -> bool {
    text.before(position).is_none_or(|before| !case::text::is_han(before) && !before.is_ascii_alphanumeric())
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

/// Holds a name against the characters that are spelled out behind it. The spelling decides: what sounds alike is only a guess
/// until then.
fn confirm(text: &Text, found: &mut Found<String>) {
    let Some(position) = text.position(found.range.end) else { return };
    let (spelled, _) = spelling::run(text, position);
    let name: Vec<char> = found.value.chars().collect();
    if spelled.is_empty() || name.len() > 4 || spelled.len() > name.len() {
        return;
    }
    // `张三，弓长张` spells the surname, `马文庆，文化的文，庆祝的庆` what follows it.
    let places = name.len() - spelled.len()..name.len();
    let given = name.get(places.clone()).unwrap_or_default();
    let differing = given.iter().zip(&spelled).filter(|(one, other)| one != other).count();
    let confirmed = differing == 0 || spelled.iter().all(|character| name.contains(character));
    if confirmed {
        found.confidence = Confidence::new(found.confidence.value().max(0.98));
    } else if places.start == 1 && differing == 1 {
        found.value = name.iter().take(1).chain(&spelled).collect();
        found.confidence = Confidence::new(0.85);
    } else {
        found.confidence = found.confidence.min(Confidence::new(0.55));
    }
}

/// Whether a pause, or a word that only a name can stand before, follows.
fn followed_by_pause(text: &Text, end: usize) -> bool {
    text.at(end).is_none_or(|next| !case::text::is_han(next) && !next.is_ascii_alphanumeric())
        || text.one_of(end, &["家住", "今年", "男", "女", "电话", "身份证"]).is_some()
}

/// `我是庞村镇西柳树村村民马占山，`: the name behind the last role in the clause that begins at `start`.
fn behind_role(text: &Text, start: usize) -> Option<(Range<usize>, f32)> {
    let end = text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n' | '!' | '?')).min(start + 50);
    let (_, role) = text.all_of(start..end, ROLES).last()?;
    // `我是说我儿子王小明`: somebody else.
    if text.chars(start..role.start).iter().any(|c| matches!(c, '我' | '俺' | '他' | '她')) {
        return None;
    }
    let begins = text.skip(role.end, |c| matches!(c, ' ' | ':' | '、'));
    let name = name_at(text, begins)?;
    let whole = name.set_off && name.known_surname && name.range.end >= end;
    whole.then_some((name.range, 0.85))
}

/// `子位村村民：耿长水`: the name behind a role and a colon, alone on its line.
fn behind_signing_role(text: &Text, line: &Range<usize>) -> Option<Range<usize>> {
    let colon = text.skip(line.start, |c| c != ':' && c != '\n');
    let (word, role) = text.all_of(line.start..colon, ROLES).last()?;
    // `八里店村村民戎二柱`, `怡和家园7栋居民 暨永福`
    let apart = text.at(colon) == Some(':') && role.end == colon;
    let begins = if apart { colon + 1 } else { role.end };
    let of_place = |c: &char| case::text::is_han(*c) || c.is_ascii_alphanumeric();
    // `女儿柳青禾` signs for somebody else.
    let plain = !RELATIVES.contains(&word) && text.chars(line.start..role.start).iter().all(of_place);
    let name = name_at(text, text.skip(begins, |c| c == ' '))?;
    let alone = text.trim(name.range.end..line.end.max(name.range.end)).is_empty();
    ((apart || plain) && name.known_surname && alone).then_some(name.range)
}

/// `某某有限公司（盖章）` on one of the last lines: an organisation that signs with its seal.
fn sealed_organisation(text: &Text) -> Option<Range<usize>> {
    const SEALS: &[&str] = &["(盖章)", "(公章)", "(章)", "(印章)", "(加盖公章)"];
    text.lines().into_iter().rev().take(SIGNATURE_LINES).find_map(|line| {
        let (_, seal) = text.all_of(line.clone(), SEALS).next()?;
        let value = text.trim(line.start..seal.start);
        let range = organisation_at(text, value.start)?;
        (range.end == value.end && seal.end >= line.end).then_some(range)
    })
}

/// Where a name may begin in `line`: behind what its bearer is or where they live, when a blank sets that off.
fn behind_blank(text: &Text, line: &Range<usize>) -> usize {
    let role = text.one_of(line.start, ROLES).map(|(_, end)| end);
    let room = text
        .skip(line.start, |c| c.is_ascii_digit() || matches!(c, '-' | '栋' | '幢' | '号' | '楼' | '单' | '元' | '室'));
    let end = role.unwrap_or(room);
    let name = text.skip_blanks(end);
    if end > line.start && name > end { name } else { line.start }
}

/// A name alone on one of the last lines, or with a date or a word of respect behind it.
fn signed(text: &Text) -> Vec<(Range<usize>, f32)> {
    // Behind the letter others sign: the parties of an enclosed contract.
    let letter = enclosure::begins(text).unwrap_or(text.len());
    let (mut lines, mut sentences) = (text.lines(), text.sentences());
    lines.retain(|line| line.start < letter);
    sentences.retain(|sentence| sentence.start < letter);
    let mut found = Vec::new();
    // A text in one line is signed behind its last sentence.
    let tail = sentences.last().filter(|last| sentences.len() > 1 && last.end - last.start <= TAIL_LIMIT);
    let last = lines.iter().rev().take(SIGNATURE_LINES).filter(|_| lines.len() > 1);
    for line in last.chain(tail) {
        if let Some(name) = behind_signing_role(text, line) {
            found.push((name, 0.8));
            break;
        }
        // `业主 毕永强`, `3-1-1102 项红梅`
        let start = behind_blank(text, line);
        let Some(name) = name_at(text, start).filter(|name| name.known_surname && name.set_off) else { continue };
        let rest = text.string(name.range.end..line.end);
        let rest = rest.trim_end_matches(['。', '!', ' ']);
        let behind = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | ':'));
        let respectful = ["敬上", "谨上", "敬呈", "呈", "上", "敬启", "等", "叩首"].contains(&behind);
        let dated = super::date::date_at(text, line.end - behind.chars().count()).is_some();
        let phone = behind.chars().filter(char::is_ascii_digit).count() >= 7 && !behind.contains(['。', '元']);
        if (behind.is_empty() || respectful || dated || phone) && text.one_of(start + 1, TITLES).is_none() {
            found.push((name.range, 0.8));
            break;
        }
    }
    found
}
