//! Whose number or address it is, where a letter names its parties: `申请人：…，电话…。被申请人：…，电话…`.
//!
//! The label of a party that stands last before the number in its sentence decides. In a form with a row for each value the party's
//! label stands some rows above; that is less certain, so a person is asked.

use std::ops::Range;

use case::text::is_han;

use super::{Text, enclosure, opposing};

/// How far before a number the label of its party may begin, in characters.
const REACH: usize = 60;
/// How many rows of a form may lie between.
const ROWS: usize = 4;
/// A row of a form has its colon within so many characters.
const ROW_LABEL: usize = 8;

/// The labels by which parties are called; with 被 before them they are the other side.
const PARTIES: &[&str] =
    &["申请人", "申诉人", "控诉人", "反映人", "投诉人", "举报人", "控告人", "信访人", "上访人", "检举人"];
/// The other side of a lawsuit.
const OTHER_SIDE: &[&str] = &["被告", "第三人", "对方"];
/// The parties of a contract: which of them writes cannot be told.
const OF_CONTRACT: &[&str] = &[
    "甲方",
    "乙方",
    "丙方",
    "出租方",
    "承租方",
    "出租人",
    "承租人",
    "发包方",
    "承包方",
    "出卖人",
    "买受人",
    "卖方",
    "买方",
    "转让方",
    "受让方",
    "出借人",
    "借款人",
    "担保人",
];
/// Whom a letter is about; what stands in the next rows may be theirs or the writer's.
const UNITS: &[&str] = &["被反映单位", "被投诉单位", "被举报单位", "被控告单位", "被申诉单位", "被检举单位"];
/// Labels of the writer beside those.
const WRITERS: &[&str] = &["本人", "寄件人", "寄信人", "写信人", "来信人", "填表人", "填报人", "申报人"];
/// Who wrote down, handed on or answers for a matter in an office, and its own numbers, as forms and work orders call them: never the
/// petitioner's.
const STAFF: &[&str] = &[
    "受理员",
    "接线员",
    "话务员",
    "派单人",
    "派单员",
    "经办人",
    "承办人",
    "办理人",
    "受理人",
    "登记人",
    "录入人",
    "审核人",
    "审批人",
    "转办人",
    "签收人",
    "回访人",
    "值班电话",
    "监督电话",
    "咨询电话",
    "技术支持",
    "被叫号码",
    "传真号码",
];
/// Who called the office, as the same forms call them.
pub(super) const CALLED: &[&str] =
    &["群众电话", "市民电话", "来电号码", "来电电话", "主叫号码", "主叫电话", "来电人", "诉求人", "留言人"];
/// The writer's own in the same sentence: `对方电话…，我的电话…`.
const OWN_NUMBER: &[&str] = &[
    "我的电话",
    "我的手机",
    "我的号码",
    "我的联系",
    "本人电话",
    "本人手机",
    "我电话",
    "我手机",
    "我的身份证号",
    "我身份证号",
    "本人身份证号",
];
/// Who speaks for a party.
const PROXIES: &[&str] = &["代理人", "代理律师", "代书人", "代写人", "代笔人", "执笔人", "受托人", "监护人"];

/// What a sentence begins with that is nothing but a value of somebody named before.
const LEADING: &[&str] = &["电话", "手机", "联系电话", "联系方式", "身份证", "住址", "现住", "家住", "地址"];

/// Whose a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// The petitioner's.
    Own,
    /// That of who speaks for the petitioner.
    Proxy,
    /// That of the other side.
    OtherSide,
    /// It stands in the rows of a form that follow the name of the other side.
    PerhapsOtherSide,
    /// No party is named before it.
    Unsaid,
}

/// Whose the value is that begins at `start`.
pub(super) fn holder(text: &Text, start: usize) -> Holder {
    let sentence = back(text, start, |character| matches!(character, '。' | ';' | '\n'));
    if let Some(said) = last_party(text, sentence..start) {
        return said;
    }
    // `被申请人：李四，住南门街。电话…`: the sentence goes on about whoever the one before it names.
    if text.before(sentence).is_some_and(|end| matches!(end, '。' | ';')) && text.one_of(sentence, LEADING).is_some() {
        let line = back(text, sentence, |character| character == '\n');
        match last_party(text, line..sentence) {
            Some(Holder::OtherSide) => return Holder::PerhapsOtherSide,
            Some(said) => return said,
            None => {}
        }
    }
    let mut row = sentence;
    for _ in 0..ROWS {
        let own_row = text.before(row) == Some('\n') && (is_row(text, row) || is_law_firm(text, row));
        let Some(end) = row.checked_sub(1).filter(|_| own_row) else { break };
        row = back(text, end, |character| character == '\n');
        match last_party(text, row..end) {
            // `经办人：…`, and in the next row where that one is reached.
            Some(Holder::OtherSide) if (row..end).any(|position| is_cell(text, position, STAFF)) => {
                return Holder::OtherSide;
            }
            Some(Holder::OtherSide) => return Holder::PerhapsOtherSide,
            Some(said) => return said,
            None => {}
        }
    }
    if enclosure::begins(text).is_some_and(|begins| start >= begins) {
        return Holder::PerhapsOtherSide;
    }
    Holder::Unsaid
}

/// Whether the line that begins at `start` is a row of a form below the one that names the other side.
pub(super) fn is_row_of_other_side(text: &Text, start: usize) -> bool {
    is_row(text, start) && matches!(holder(text, start), Holder::OtherSide | Holder::PerhapsOtherSide)
}

/// The rows of the party to which the value at `start` belongs: back to the row that names a party, and the value's own.
pub(super) fn rows_before(text: &Text, start: usize) -> Range<usize> {
    let mut row = back(text, start, |character| character == '\n');
    for _ in 0..ROWS {
        let Some(end) = row.checked_sub(1).filter(|_| last_party(text, row..start).is_none()) else { break };
        row = back(text, end, |character| character == '\n');
    }
    row..start
}

/// Where the part before `start` begins that holds none of the characters that end it.
fn back(text: &Text, start: usize, ends: impl Fn(char) -> bool) -> usize {
    let first = start.saturating_sub(REACH);
    (first..start).rev().find(|position| text.at(*position).is_some_and(&ends)).map_or(first, |end| end + 1)
}

/// `电话：…`
fn is_row(text: &Text, start: usize) -> bool {
    text.chars(start..start + ROW_LABEL).iter().take_while(|character| **character != '\n').any(|c| *c == ':')
}

/// `河北衡正律师事务所`, alone on its line between the one who signs and the number.
fn is_law_firm(text: &Text, start: usize) -> bool {
    let end = text.trim(start..text.skip(start, |character| character != '\n')).end;
    ["事务所", "服务所"]
        .iter()
        .any(|ending| end.checked_sub(3).is_some_and(|place| place > start && text.has(place, ending)))
}

fn last_party(text: &Text, range: Range<usize>) -> Option<Holder> {
    range.rev().find_map(|position| {
        if text.at(position) == Some(':') && is_label_of(text, position, STAFF) {
            return Some(Holder::OtherSide);
        }
        if text.at(position) == Some(':') && is_label_of(text, position, WRITERS) {
            return Some(Holder::Own);
        }
        if text.one_of(position, OWN_NUMBER).is_some() {
            return Some(Holder::Own);
        }
        if text.one_of(position, OF_CONTRACT).is_some()
            || text.one_of(position, UNITS).is_some()
            || is_foreign_label(text, position)
        {
            return Some(Holder::PerhapsOtherSide);
        }
        if is_cell(text, position, CALLED) {
            return Some(Holder::Own);
        }
        if is_cell(text, position, STAFF) {
            return Some(Holder::OtherSide);
        }
        let (_, end) = text
            .one_of(position, PARTIES)
            .or_else(|| text.one_of(position, OTHER_SIDE))
            .or_else(|| text.one_of(position, PROXIES))?;
        // `系申请人之子`, `申请人的丈夫` say who somebody is to the party.
        if matches!(text.at(end), Some('之' | '的')) {
            return None;
        }
        if text.one_of(position, PROXIES).is_some() {
            Some(Holder::Proxy)
        } else if text.one_of(position, OTHER_SIDE).is_some() || opposing::is_opposing(text, position) {
            Some(Holder::OtherSide)
        } else {
            Some(Holder::Own)
        }
    })
}

/// Whether one of `labels` stands at `position` as the label of a form: `派单人 吕静`, `经办人：…`, not `我是接线员吕静`.
fn is_cell(text: &Text, position: usize, labels: &[&str]) -> bool {
    let Some((_, end)) = text.one_of(position, labels) else { return false };
    let begins = text.before(position).is_none_or(|before| !is_han(before));
    text.at(end) == Some(':') || begins && text.at(end) == Some(' ')
}

/// Whether `word` is what a form calls somebody in an office or who called it.
pub(super) fn is_of_form(word: &str) -> bool {
    STAFF.contains(&word) || CALLED.contains(&word) || PARTIES.contains(&word) || WRITERS.contains(&word)
}

/// Whether `colon` ends the label of somebody of whom only the letter tells: `证人：`, `欠款人：`, `经手人：`.
pub(super) fn is_foreign_label(text: &Text, colon: usize) -> bool {
    if text.at(colon) != Some(':') || !matches!(text.before(colon), Some('人' | '方' | '者')) {
        return false;
    }
    let known = [PARTIES, OTHER_SIDE, OF_CONTRACT, PROXIES, WRITERS, super::name::LABELS];
    !known.iter().any(|labels| is_label_of(text, colon, labels))
}

/// Whether one of `labels` ends at `colon`.
fn is_label_of(text: &Text, colon: usize, labels: &[&str]) -> bool {
    labels.iter().any(|label| colon.checked_sub(label.chars().count()).is_some_and(|start| text.has(start, label)))
}
