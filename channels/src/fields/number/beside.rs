//! Numbers right behind the name of somebody who is no petitioner: `我儿子裴建军（手机…）`, `律师向东，电话…`.
//!
//! Looked at when the petitioners are known. Whether the writer is reached there or only tells of them, the words do not say: a person is
//! asked.

use std::ops::Range;

use case::field::Confidence;

use super::super::parties::Holder;
use super::super::statement::is_organisation;
use super::super::surname::{TITLES, name_at};
use super::super::{Fields, Text, parties};
use super::{PERHAPS_OF_ANOTHER, possessor};

/// From here on a name is shown without a question.
const SURE: f32 = 0.6;
/// What may stand between a name and the number.
const LABELS: &[&str] = &["联系电话", "手机号码", "电话号码", "手机号", "联系方式", "手机", "电话", "号码", "的"];
/// What may stand right before a name in running text.
const BEFORE_NAMES: &[&str] = &[
    "叫", "找", "与", "和", "由", "儿子", "女儿", "闺女", "妻子", "丈夫", "爱人", "老伴", "女婿", "儿媳", "邻居",
    "亲戚", "朋友", "同事", "工友", "中介", "房东", "老乡", "母亲", "父亲", "妈妈", "爸爸", "爷爷", "奶奶", "家长",
    "哥哥", "弟弟", "姐姐", "妹妹", "老公", "老婆", "媳妇", "公公", "婆婆", "岳父", "岳母", "孙子", "孙女", "侄子",
    "侄女", "外甥", "舅舅", "叔叔", "姑姑",
];

/// Where the petitioner gives no number, they are reached at that of a son or a neighbour who writes for them; at a lawyer's only the lawyer
/// is, unless nobody is named.
pub(in crate::fields) fn call_back(text: &Text, fields: &mut Fields) {
    if fields.proxy.is_none() {
        // Whoever holds the pen may not be whom to call.
        fields.proxy_phones.iter_mut().for_each(|phone| {
            phone.confidence = phone.confidence.min(Confidence::new(PERHAPS_OF_ANOTHER));
        });
        fields.phones.append(&mut fields.proxy_phones);
        return;
    }
    let of_lawyer = |start: usize| {
        const REACH: usize = 60;
        text.any_of(start.saturating_sub(REACH)..start, &["律师", "事务所", "法律服务", "法律工作者"])
    };
    let near = fields.proxy_phones.iter().filter(|phone| !text.position(phone.range.start).is_some_and(of_lawyer));
    fields.phones.extend(near.cloned());
}

/// Makes numbers of others doubtful, and all that are told in a sentence that does not speak of the writer.
pub(in crate::fields) fn beside_others(text: &Text, fields: &mut Fields) {
    // A doubtful name makes no number sure.
    let sure = |name: &&super::super::Found<String>| name.confidence.value() >= SURE;
    let known: Vec<String> =
        fields.names.iter().chain(&fields.proxy).filter(sure).map(|name| name.value.clone()).collect();
    for phone in &mut fields.phones {
        let contact = text
            .position(phone.range.start)
            .and_then(|start| contact_before(text, start).map(|label| is_own_contact(text, label, start, &known)));
        match contact {
            Some(true) => continue,
            Some(false) => {
                phone.confidence = phone.confidence.min(Confidence::new(PERHAPS_OF_ANOTHER));
                continue;
            }
            None => {}
        }
        let name = text
            .position(phone.range.start)
            .and_then(|start| name_before(text, start).or_else(|| name_before(text, bracket_before(text, start)?)));
        let of_writer = |start| possessor::speaks_of_writer(text, start, &known);
        let of_party = |start| parties::holder(text, start) == Holder::Own;
        let others =
            name.is_some_and(|name| !known.contains(&name)) && !text.position(phone.range.start).is_some_and(of_party);
        if others || !text.position(phone.range.start).is_none_or(of_writer) {
            phone.confidence = phone.confidence.min(Confidence::new(PERHAPS_OF_ANOTHER));
        }
    }
    fields.phones.sort_by(|one, other| other.confidence.value().total_cmp(&one.confidence.value()));
}

/// Where `联系人` stands in the line before `start`.
fn contact_before(text: &Text, start: usize) -> Option<usize> {
    let line = (0..start).rev().find(|at| text.at(*at) == Some('\n')).map_or(0, |end| end + 1);
    text.all_of(line..start, &["联系人"]).last().map(|(_, label)| label.start)
}

/// Whether `label` before the number at `start` is the writer's, not that of somebody of whom the sentence tells:
/// `校服厂家联系人老乔`, `紧急联系人`.
fn is_own_contact(text: &Text, label: usize, start: usize, known: &[String]) -> bool {
    const REACH: usize = 6;
    let apart = text.before(label).is_none_or(|before| !case::text::is_han(before))
        || [&["我", "俺", "信访人", "投诉人", "反映人", "申请人"][..]]
            .iter()
            .any(|words| text.any_of(label.saturating_sub(REACH)..label, words));
    let line = (0..label).rev().find(|at| matches!(text.at(*at), Some('\n' | '。' | ';'))).map_or(0, |end| end + 1);
    let apart = apart && !possessor::names_other(text, &(line..label), known);
    let behind = text.skip(label + 3, |c| matches!(c, ':' | ' ' | '是' | '为'));
    // `联系人：谷振山`, below the letter of an organisation.
    let speaks_for_organisation = known.iter().any(|name| is_organisation(name));
    let named = name_at(text, behind).filter(|name| name.known_surname && name.set_off);
    let of_writer = named
        .is_none_or(|name| known.is_empty() || speaks_for_organisation || known.contains(&text.string(name.range)));
    apart && of_writer && possessor::is_given(text, label, start, known)
}

/// `我爱人闵志军，身份证…`: the number of somebody who is no petitioner is asked about.
pub(in crate::fields) fn id_beside_others(text: &Text, fields: &mut Fields) {
    const OF_CARDS: &[&str] =
        &["身份证号码", "身份证号", "身份证", "公民身份号码", "身份号码", "证件号码", "号码", "号"];
    let known: Vec<String> = fields.names.iter().chain(&fields.proxy).map(|name| name.value.clone()).collect();
    let Some(id_number) = fields.id_number.as_mut() else { return };
    let Some(start) = text.position(id_number.range.start).filter(|start| parties::holder(text, *start) != Holder::Own)
    else {
        return;
    };
    let is_other = |name: Range<usize>| {
        // Where nobody is known to write, a name alone may be the writer's; `我爱人闵志军` is not.
        let told_of = text.before(name.start).is_some_and(case::text::is_han);
        !known.contains(&text.string(name)) && (told_of || !known.is_empty())
    };
    if name_behind_labels(text, start, OF_CARDS).is_some_and(is_other) {
        id_number.confidence = id_number.confidence.min(Confidence::new(PERHAPS_OF_ANOTHER));
    }
}

/// Where the bracket opens in which `start` stands: `律师向东（执业证号…，电话…）`.
fn bracket_before(text: &Text, start: usize) -> Option<usize> {
    const LONGEST: usize = 60;
    let bound = (start.saturating_sub(LONGEST)..start).rev().find(|at| matches!(text.at(*at), Some('(' | ')' | '\n')));
    bound.filter(|at| text.at(*at) == Some('('))
}

/// The name that ends right before `start`, with nothing but a label and signs between.
fn name_before(text: &Text, start: usize) -> Option<String> {
    name_behind_labels(text, start, LABELS).map(|name| text.string(name))
}

/// Where that name stands, with one or two of `labels` between.
fn name_behind_labels(text: &Text, start: usize, labels: &[&str]) -> Option<Range<usize>> {
    let mut end = before_signs(text, start);
    for _ in 0..2 {
        let label = labels.iter().find(|label| ends_at(text, end, label));
        end = label.map_or(end, |label| before_signs(text, end - label.chars().count()));
    }
    (2..=4).rev().find_map(|length| {
        let begins = end.checked_sub(length)?;
        let name = name_at(text, begins).filter(|name| name.known_surname && name.range.end == end)?;
        let apart = !text.before(begins).is_some_and(case::text::is_han)
            || BEFORE_NAMES.iter().chain(TITLES).any(|word| ends_at(text, begins, word));
        // `刘经理` is how one is called.
        let titled = text.one_of(begins + 1, TITLES).is_some();
        (apart && !titled).then_some(name.range)
    })
}

fn before_signs(text: &Text, start: usize) -> usize {
    let sign = |at: &usize| text.at(*at).is_some_and(|c| matches!(c, ' ' | ':' | ',' | '(' | '、' | '是'));
    (0..start).rev().take_while(sign).last().unwrap_or(start)
}

fn ends_at(text: &Text, end: usize, word: &str) -> bool {
    end.checked_sub(word.chars().count()).is_some_and(|start| text.has(start, word))
}
