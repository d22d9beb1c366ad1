//! Whose a number is, by the words before it: the writer's own, a relative's by whom they are reached, or somebody else's.
//!
//! A number of somebody else is never given as the petitioner's.

use super::super::{Text, surname};
use super::label::{LABELS, Label};

/// How far before a number the relative may be named whose it is, in characters.
const KIN_REACH: usize = 40;
/// Words that say the number is not the writer's own.
const OTHERS: &[&str] = &[
    "经理",
    "老板",
    "对方",
    "他的",
    "她的",
    "其电话",
    "负责人",
    "司机",
    "包工头",
    "公司电话",
    "书记",
    "主任",
    "房东",
    "客服",
    "物业电话",
    "店里",
    "店家",
    "商家",
    "他手机",
    "他电话",
];
/// Words that say it is the writer's own in spite of the above.
const OWN: &[&str] = &["我", "本人", "联系人", "信访人", "申请人", "申诉人", "反映人", "投诉人"];

/// Whether the words before `start` say that the number is somebody else's.
pub(super) fn of_another(text: &Text, start: usize) -> bool {
    let from = (start.saturating_sub(16)..start)
        .rev()
        .find(|position| matches!(text.at(*position), Some('。' | ';' | '\n')))
        .map_or_else(|| start.saturating_sub(16), |stop| stop + 1);
    let last = |words: &[&str]| (from..start).rev().find(|position| words.iter().any(|word| text.has(*position, word)));
    // `王经理，电话…`, `园长叫贾美凤，电话…`
    let titled = (from..start).any(|position| {
        let called = |end: usize| {
            let (_, name) = text.one_of(end, &["名叫", "叫", "是", ":"])?;
            surname::name_at(text, name).filter(|name| name.known_surname && name.set_off)
        };
        text.at(position).is_some_and(surname::is_single) && text.one_of(position + 1, surname::TITLES).is_some()
            || text.one_of(position, surname::TITLES).is_some_and(|(_, end)| called(end).is_some())
    });
    if asked_somebody(text, start) {
        return true;
    }
    // `联系人：刘经理 138…` signs for a firm.
    let labelled = text.all_of(from..start, &["联系人:", "联系人"]).map(|(_, label)| label.end).last();
    if labelled.is_some_and(|label| text.one_of(label + 1, surname::TITLES).is_some()) {
        return false;
    }
    match (last(OTHERS), last(OWN)) {
        (Some(other), Some(own)) => other > own,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => titled,
    }
}

/// `找俺闺女，她的电话…`: where the petitioner is reached, if not by a number of their own.
pub(super) fn of_kin(text: &Text, start: usize) -> bool {
    const KIN: &[&str] = &[
        "闺女", "女儿", "儿子", "俺儿", "孙子", "孙女", "爱人", "老伴", "妻子", "丈夫", "媳妇", "女婿", "儿媳", "侄子",
        "侄女", "外甥", "弟弟", "哥哥", "姐姐", "妹妹", "母亲", "父亲",
    ];
    const OWN: [char; 3] = ['我', '俺', '咱'];
    let first = start.saturating_sub(KIN_REACH);
    let from = (first..start).rev().find(|at| matches!(text.at(*at), Some('。' | ';' | '\n'))).unwrap_or(first);
    let last = text.all_of(from..start, KIN).last();
    let beside = |kin: usize| text.chars(kin.saturating_sub(2)..kin + 1).iter().any(|c| OWN.contains(c));
    last.is_some_and(|(_, kin)| beside(kin.start))
        && text.any_of(from..start, &["他的", "她的", "他电话", "她电话", "他手机", "她手机"])
}

/// `我找过教育股的人，电话是…`: the number of whom the writer turned to, not of the writer.
fn asked_somebody(text: &Text, start: usize) -> bool {
    const REACH: usize = 40;
    const TURNED: &[&str] = &["找过", "找了", "找到", "问过", "问了", "打给", "联系过", "联系了", "咨询过", "咨询了"];
    const SOMEBODY: &[&str] = &["的人,", "的同志,", "人员,", "的领导,", "的老师,"];
    let from = (start.saturating_sub(REACH)..start)
        .rev()
        .find(|position| matches!(text.at(*position), Some('。' | ';' | '\n')))
        .map_or_else(|| start.saturating_sub(REACH), |stop| stop + 1);
    let somebody = text.all_of(from..start, SOMEBODY).map(|(_, range)| range).last();
    somebody.is_some_and(|range| {
        text.any_of(from..range.start, TURNED)
            && !text.any_of(range.end..start, OWN)
            && LABELS.iter().any(|(word, label)| *label == Label::Phone && text.has(range.end, word))
    })
}
