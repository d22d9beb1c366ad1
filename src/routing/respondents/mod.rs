//! Which of our units, or whose head, a petition complains about (被反映人或单位): by the respondents that the door read, and by the
//! sentences of the text itself, since a letter or a call names them there only.
//!
//! Errs to the careful side: a unit that is taken for accused although it is not costs a person's decision, the other way round costs
//! the petitioner. But a place (`东亭镇道路`), a firm with a name of its own (`盛泉供热公司`) and an office that was merely turned to
//! (`向教育局反映`) are not accused.

mod written;

use case::field::{Confidence, Field, Source};
use case::respondent::Respondent;
use case::statement::Statement;
use case::unit::Unit;

pub use self::written::UnitNames;
use self::written::{Means, Written};
use crate::routing::misconduct;
use crate::routing::sentences::sentences;

/// How a unit is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// The unit itself is complained about.
    Unit,
    /// A person is complained about whose name is that of the unit's head.
    Head,
    /// The petitioner asks not to pass the petition on to it.
    AskedAway,
}

/// A unit that a petition complains about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accused<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// How.
    pub concern: Concern,
    /// The words that say so.
    pub words: String,
}

/// Verbs of complaint that stand right before whom it is about.
const AGAINST: [&str; 9] = ["举报", "检举", "控告", "揭发", "投诉", "状告", "告发", "反映", "申诉"];
/// What may stand between such a verb and the name.
const BETWEEN: [&str; 24] = [
    "的是",
    "一下",
    "现任",
    "时任",
    "原任",
    "原",
    "前",
    "我市",
    "我县",
    "本市",
    "咱市",
    "中共",
    "河北省",
    "保定市",
    "关于",
    "对",
    "我们",
    "我",
    "：",
    ":",
    "“",
    "\"",
    "《",
    "了",
];
/// After 被举报, 被反映 and the like.
const LABELS: [&str; 5] = ["单位", "部门", "对象", "机关", "人"];
/// Verbs of passing on.
const PASSING: [&str; 13] =
    ["转给", "转到", "转至", "转送", "转交", "转办", "交给", "交到", "发给", "送给", "送到", "寄给", "告诉"];
/// Words that forbid.
const FORBIDDING: [&str; 9] = ["不要", "不能", "不得", "不可", "请勿", "切勿", "别", "勿", "不想"];
/// How many characters before the end of the passing verb the forbidding word may stand.
const FORBIDDING_REACH: usize = 14;
/// How many characters may stand between a unit and the misconduct it is charged with.
pub(super) const MISCONDUCT_REACH: usize = 45;
/// Before a name: the writer turns to it or asks it for something.
const TURNED_TO: [&str; 27] = [
    "向", "到", "找", "去", "请", "由", "给", "经", "致", "报", "望", "求", "盼", "呈", "跟", "和", "与", "让", "被",
    "要求", "建议", "希望", "恳请", "通过", "联系", "督促", "责令",
];
/// Between a name and misconduct: the unit is asked to act against it.
const ASKED: [&str; 12] =
    ["查处", "调查", "核实", "介入", "严查", "彻查", "查清", "处理", "追究", "依法", "举报", "反映"];
/// After a name: a salutation.
const SALUTATIONS: [&str; 8] = ["：", ":", "领导：", "领导:", "领导，", "领导,", "负责同志", "的领导："];
/// After a name: a place beside the unit, not the unit.
const BESIDE: [&str; 17] = [
    "旁",
    "附近",
    "门口",
    "门前",
    "对面",
    "后面",
    "前面",
    "北侧",
    "南侧",
    "东侧",
    "西侧",
    "家属院",
    "宿舍",
    "小区",
    "路口",
    "楼下",
    "隔壁",
];

/// Every unit that the petition complains about, each once for each concern, in the order of the units.
#[must_use]
pub fn accused<'a>(statement: &Statement, names: &'a UnitNames) -> Vec<Accused<'a>> {
    let mut found = Vec::new();
    for respondent in &statement.respondents {
        of_respondent(respondent, names, &mut found);
    }
    for text in [statement.title.value.as_str(), statement.body.as_str()] {
        for sentence in sentences(text) {
            of_sentence(sentence, names, &mut found);
        }
    }
    let order = |accused: &Accused<'_>| (accused.unit.code.clone(), accused.concern);
    found.sort_by_key(order);
    found.dedup_by_key(|accused| order(accused));
    found
}

/// The statement's respondents with the units they mean, and those that only the text names.
#[must_use]
pub fn recognise(statement: &Statement, names: &UnitNames) -> Vec<Respondent> {
    let mut respondents = statement.respondents.clone();
    for respondent in &mut respondents {
        let mut meant = Vec::new();
        of_respondent(respondent, names, &mut meant);
        let own = meant.iter().find(|accused| accused.concern == Concern::Unit);
        respondent.unit = respondent.unit.take().or_else(|| own.map(|accused| accused.unit.code.clone()));
    }
    for accused in accused(statement, names).into_iter().filter(|accused| accused.concern == Concern::Unit) {
        if respondents.iter().all(|respondent| respondent.unit.as_ref() != Some(&accused.unit.code)) {
            let start = statement.body.find(&accused.words).map(|byte| characters_before(&statement.body, byte));
            let length = u32::try_from(accused.words.chars().count()).unwrap_or(u32::MAX);
            let source = start.map_or_else(
                || statement.title.source.clone(),
                |start| Source::Body { start, end: start.saturating_add(length) },
            );
            let name = Field::new(accused.words, Confidence::new(0.7), source);
            respondents.push(Respondent { name, post: None, unit: Some(accused.unit.code.clone()) });
        }
    }
    respondents
}

fn characters_before(text: &str, byte: usize) -> u32 {
    text.get(..byte).map_or(0, |before| u32::try_from(before.chars().count()).unwrap_or(u32::MAX))
}

/// What a respondent's name and post mean, whoever read them.
fn of_respondent<'a>(respondent: &Respondent, names: &'a UnitNames, found: &mut Vec<Accused<'a>>) {
    let name = respondent.name.value.as_str();
    if let Some(code) = &respondent.unit {
        let known = names.units().iter().filter(|unit| unit.code == *code);
        found.extend(known.map(|unit| Accused { unit, concern: Concern::Unit, words: name.to_owned() }));
    }
    for text in std::iter::once(name).chain(respondent.post.as_deref()) {
        for part in written::parts(text) {
            found.extend(names.whole(part).iter().map(accused_as));
        }
    }
}

fn accused_as<'a>(written: &Written<'a>) -> Accused<'a> {
    let concern = match written.means {
        Means::Unit => Concern::Unit,
        Means::Head => Concern::Head,
    };
    Accused { unit: written.unit, concern, words: written.words.clone() }
}

fn of_sentence<'a>(sentence: &str, names: &'a UnitNames, found: &mut Vec<Accused<'a>>) {
    for written in names.mentions(sentence) {
        let before = sentence.get(..written.start).unwrap_or_default();
        let after = sentence.get(written.end..).unwrap_or_default();
        if written.means == Means::Unit && is_forbidden(before) {
            found.push(Accused { concern: Concern::AskedAway, ..accused_as(&written) });
        } else if is_charged(before, after) {
            found.push(accused_as(&written));
        }
    }
}

/// Whether the petitioner forbids passing on to what follows `before`.
fn is_forbidden(before: &str) -> bool {
    let Some(rest) = PASSING.iter().find_map(|verb| before.strip_suffix(verb)) else { return false };
    let near: String = rest.chars().rev().take(FORBIDDING_REACH).collect::<Vec<_>>().into_iter().rev().collect();
    FORBIDDING.iter().any(|word| near.contains(word))
}

/// Whether what stands between `before` and `after` is complained about.
fn is_charged(before: &str, after: &str) -> bool {
    if BESIDE.iter().any(|word| after.starts_with(word)) {
        return false;
    }
    if let Some(verb) = verb_before(before) {
        // To report a matter is not to complain about who is named first, unless ill is said of it.
        return verb != "反映" || misconduct::says_ill(after);
    }
    let noun = after.strip_prefix("的").unwrap_or(after);
    if before.ends_with('对') && AGAINST.iter().any(|verb| noun.starts_with(verb)) {
        return true;
    }
    if SALUTATIONS.iter().any(|word| after.starts_with(word)) || is_turned_to(before) {
        return false;
    }
    misconduct::charged(after, MISCONDUCT_REACH).is_some_and(|between| !is_asked(between))
}

/// Whether the writer turns to what follows `before`.
pub(super) fn is_turned_to(before: &str) -> bool {
    let before = before.trim_end_matches("定州市").trim_end_matches(['市', '我', '本']);
    TURNED_TO.iter().any(|word| before.ends_with(word))
}

/// Whether words between a unit and misconduct ask the unit to act.
pub(super) fn is_asked(between: &str) -> bool {
    ASKED.iter().any(|word| between.contains(word))
}

/// The verb of complaint right before a name.
pub(super) fn verb_before(before: &str) -> Option<&'static str> {
    let mut rest = before.trim_end();
    loop {
        if let Some(shorter) = BETWEEN.iter().find_map(|word| rest.strip_suffix(word)) {
            rest = shorter.trim_end();
            continue;
        }
        if let Some(verb) = AGAINST.iter().find(|verb| rest.ends_with(*verb)) {
            return Some(verb);
        }
        // 被举报单位, 被反映人
        let unlabelled = LABELS.iter().find_map(|label| rest.strip_suffix(label))?;
        return AGAINST
            .iter()
            .copied()
            .find(|verb| unlabelled.strip_suffix(verb).is_some_and(|before| before.ends_with('被')));
    }
}

#[cfg(test)]
mod tests;
