//! Names beside numbers, one person in each line: the rows of a table and those who sign with their numbers.
//!
//! What the words do not settle, whether a row lists petitioners and whose a number is, is asked.

use std::ops::Range;

use case::field::Confidence;

use super::super::surname::{Name, name_at};
use super::super::{Fields, Text, parties};
use super::NAMES_LIMIT;
use super::words::{NUMBERS, ROLES};

/// The shortest telephone number behind a name in a list, in figures.
const SHORTEST_NUMBER: usize = 7;
/// The figures of a mobile number.
const MOBILE_LENGTH: usize = 11;
/// How sure a number is that stands beside what may be no name.
const NUMBER_OF_ANOTHER: f32 = 0.5;

/// `晏书平 13800000035`, `业主 毕永强 134…`: several who sign, each with a number. One such line alone may be anybody's.
pub(super) fn beside_numbers(text: &Text) -> Vec<Name> {
    const LABELS: &[&str] = &["电话", "手机", "座机", "联系", "传真"];
    let named = |line: Range<usize>| {
        let mut name = name_at(text, behind_blank(text, &line)).filter(|name| name.set_off)?;
        let behind = text.skip(name.range.end, |c| matches!(c, ' ' | ':' | ',' | '、' | '('));
        let number = text.one_of(behind, LABELS).map_or(behind, |(_, end)| text.skip(end, |c| matches!(c, ' ' | ':')));
        let digits = text.skip(number, |c| c.is_ascii_digit() || c == '-') - number;
        if digits < SHORTEST_NUMBER && text.at(name.range.end) == Some(' ') && ends_in_number(text, &line) {
            // The row of a table with other cells between: whether it lists petitioners, the words do not tell.
            let word = text.string(name.range.clone());
            if !name.known_surname && is_no_name(&word) || parties::is_of_form(&word) {
                return None;
            }
            name.known_surname = false;
            return Some(name);
        }
        // Behind what may be no surname only a whole mobile number makes a name.
        if !name.known_surname && is_no_name(&text.string(name.range.clone())) {
            return None;
        }
        let fits = if name.known_surname { digits >= SHORTEST_NUMBER } else { digits == MOBILE_LENGTH };
        // On a scanned page nothing is left between them: `晏书平13800000035`.
        (fits && text.one_of(line.start, LABELS).is_none()).then_some(name)
    };
    let lines: Vec<Range<usize>> = text.lines().into_iter().flat_map(|line| beside_each_other(text, line)).collect();
    let mut found: Vec<(usize, Name)> = Vec::new();
    let mut of_others = false;
    for (place, line) in lines.iter().enumerate() {
        match named(line.clone()) {
            Some(mut name) => {
                name.known_surname &= !of_others;
                found.push((place, name));
            }
            None if without_number(text, line).is_some() => {}
            // `证人：`, and below it their names.
            None => of_others = line.end.checked_sub(1).is_some_and(|colon| parties::is_foreign_label(text, colon)),
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    // `4 贺秀兰 女`, between two such rows: who gave no number.
    let rows: Vec<(usize, bool)> = found.iter().map(|(place, name)| (*place, name.known_surname)).collect();
    for rows in rows.windows(2) {
        let &[(above, known), (below, _)] = rows else { continue };
        for (place, line) in lines.iter().enumerate().take(below).skip(above + 1) {
            let between = without_number(text, line);
            found.extend(between.map(|name| (place, Name { known_surname: name.known_surname && known, ..name })));
        }
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, name)| name).collect()
}

/// Whether what does not begin with a surname is somebody's post or the writer: `班主任`, `受理员`, `我本人`.
fn is_no_name(word: &str) -> bool {
    word.starts_with(['我', '俺', '本']) || word.ends_with(['员', '人', '任', '长', '所', '局', '者', '户', '处'])
}

/// `丁保成 139…　牛素英 139…`: the parts of a line in which several sign with their numbers.
fn beside_each_other(text: &Text, line: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = line.start;
    for at in line.clone() {
        let last = at.saturating_sub(MOBILE_LENGTH + 1).max(start)..at;
        let digits = text.chars(last).iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let next = text.skip_blanks(at);
        let apart = digits == MOBILE_LENGTH && next > at && next < line.end;
        if apart && name_at(text, next).is_some_and(|name| name.known_surname && name.set_off) {
            parts.push(start..at);
            start = next;
        }
    }
    parts.push(start..line.end);
    parts
}

/// The name in a short row that has no number: behind the row's own, perhaps with `男` or `女` behind it.
fn without_number(text: &Text, line: &Range<usize>) -> Option<Name> {
    let start = text.skip(line.start, |c| c.is_ascii_digit() || matches!(c, '.' | '、' | ' ')).min(line.end);
    let name = name_at(text, start).filter(|name| name.known_surname && name.set_off)?;
    let rest = text.string(name.range.end.min(line.end)..line.end);
    ["", "男", "女"].contains(&rest.trim()).then_some(name)
}

/// `殳桂平 5至9月 15200 13800000326`, `游春生 1-101 13800000112 游春生`: whether a cell of the row is a mobile number, the last one or that
/// before the name that is signed again.
fn ends_in_number(text: &Text, line: &Range<usize>) -> bool {
    let row = text.string(line.clone());
    let told = row.contains(['。', ',', ';', '!', '?']);
    let mut cells = row.split_whitespace();
    let first = cells.next().unwrap_or_default().to_owned();
    let mut rest = cells.rev().skip_while(|cell| *cell == first);
    let is_mobile = |cell: &str| cell.len() == MOBILE_LENGTH && cell.chars().all(|c| c.is_ascii_digit());
    !told && rest.next().is_some_and(is_mobile)
}

/// The number beside the name of a second petitioner is theirs (`statement::holder`). Beside what may be no name it may be anybody's: a
/// person is asked.
pub(super) fn belongs_to_another(text: &Text, beside: &[Name], fields: &mut Fields) {
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

/// `李根生，身份证号…` at the beginning of a line: one of those who sign together.
pub(super) fn numbered(text: &Text) -> Vec<(Range<usize>, f32)> {
    let named = text.lines().into_iter().filter_map(|line| {
        let name = name_at(text, behind_blank(text, &line)).filter(|name| name.known_surname && name.set_off)?;
        let next = text.skip(name.range.end, |c| matches!(c, ',' | ' ' | '、' | ':' | '('));
        if is_relative(text, &name.range) {
            return None;
        }
        text.one_of(next, NUMBERS).map(|_| (name.range, 0.85))
    });
    named.take(NAMES_LIMIT).collect()
}

/// `我爱人计春明`: whether the letter tells elsewhere that the name is that of a relative of whoever writes.
fn is_relative(text: &Text, name: &Range<usize>) -> bool {
    const KIN: &[&str] = &[
        "爱人", "丈夫", "妻子", "老伴", "老公", "老婆", "媳妇", "儿子", "女儿", "闺女", "父亲", "母亲", "爸爸", "妈妈",
        "哥哥", "弟弟", "姐姐", "妹妹", "孙子", "孙女", "女婿", "儿媳", "婆婆", "公公", "岳父", "岳母", "爷爷", "奶奶",
    ];
    let written = text.string(name.clone());
    let own = |kin: &Range<usize>| matches!(text.before(kin.start), Some('我' | '俺'));
    text.all_of(0..text.len(), KIN).any(|(_, kin)| own(&kin) && kin.end != name.start && text.has(kin.end, &written))
}

/// Where a name may begin in `line`: behind what its bearer is or where they live, when a blank sets that off.
pub(super) fn behind_blank(text: &Text, line: &Range<usize>) -> usize {
    let role = text.one_of(line.start, ROLES).map(|(_, end)| end);
    let room = text
        .skip(line.start, |c| c.is_ascii_digit() || matches!(c, '-' | '栋' | '幢' | '号' | '楼' | '单' | '元' | '室'));
    let end = role.unwrap_or(room);
    let name = text.skip_blanks(end);
    if end > line.start && name > end { name } else { line.start }
}
