//! 信访目的, when it is plain from the words: accusation of somebody in office, proposal, or demand.
//!
//! An accusation is sealed and kept from whom it accuses, so the words for it are looked for first; a person can open a
//! seal, but not take back what was shown.

use case::purpose::Purpose;

use super::{Fields, Text};

/// Words of accusation as such.
const ACCUSING: &[&str] = &["举报", "检举", "控告"];
/// The kinds of letters that are accusations by their heading, which is no title where the matter is told.
const HEADINGS: &[&str] = &["控告信", "控告书", "控告状", "检举信", "检举书", "检举控告信"];
/// Such a heading stands in one of the first lines.
const HEADING_LINES: usize = 3;
/// What only somebody in office can do.
const OFFENCES: &[&str] = &[
    "贪污",
    "受贿",
    "行贿",
    "索贿",
    "违纪",
    "滥用职权",
    "徇私",
    "以权谋私",
    "公款",
    "侵吞",
    "侵占集体",
    "收受",
    "吃拿卡要",
    "优亲厚友",
    "虚报冒领",
    "冒领",
    "套取",
    "玩忽职守",
    "渎职",
    "包庇",
    "权钱交易",
    "保护伞",
    "截留",
    "私分",
    "挪用",
    "贿赂",
    "回扣",
    "小金库",
    "吃空饷",
    "作风问题",
    "买官",
    "贿选",
];
const OFFICIALS: &[&str] = &[
    "书记",
    "主任",
    "局长",
    "镇长",
    "乡长",
    "村干部",
    "干部",
    "支书",
    "公务员",
    "民警",
    "法官",
    "科长",
    "所长",
    "村长",
    "会计",
    "领导干部",
    "国家工作人员",
    "村委",
    "政府工作人员",
    "执法人员",
    "校长",
    "院长",
    "局工作人员",
    "队长",
    "站长",
    "处长",
    "检察官",
    "两委",
];
const PROPOSING: &[&str] = &["建议", "提议", "倡议"];
const GRIEVANCE: &[&str] =
    &["我家", "赔偿", "拖欠", "欠", "投诉", "扰民", "补偿", "解决", "请求", "恳请", "维权", "举报", "推诿"];

const THANKING: &[&str] = &["感谢信", "特表感谢", "表示感谢", "表扬", "锦旗", "由衷感谢", "衷心感谢"];
/// A text with fewer characters tells nothing of what is wanted.
const SHORTEST: usize = 10;

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let whole = 0..text.len();
    let in_title =
        |words: &[&str]| fields.title.as_ref().is_some_and(|title| words.iter().any(|word| title.value.contains(word)));
    let sentences = text.sentences();
    // Offence and official in one sentence, or the word of accusation in one with the official.
    let offence = sentences
        .iter()
        .find(|sentence| text.any_of((*sentence).clone(), OFFENCES) && text.any_of((*sentence).clone(), OFFICIALS));
    let accused = sentences.iter().find(|sentence| {
        text.all_of((*sentence).clone(), ACCUSING).any(|(_, word)| !told(text, &word))
            && text.any_of((*sentence).clone(), OFFICIALS)
    });
    let headed =
        text.lines().into_iter().take(HEADING_LINES).any(|line| HEADINGS.contains(&text.string(line).as_str()));
    let titled = in_title(ACCUSING) && (offence.is_some() || accused.is_some());
    let anywhere = text.any_of(whole.clone(), OFFICIALS)
        && text.any_of(whole.clone(), OFFENCES)
        && text.any_of(whole.clone(), ACCUSING);
    let (purpose, confidence, range) = if titled || headed || in_title(&["检举", "控告"]) {
        (Purpose::Accusation, 0.9, whole)
    } else if let Some(sentence) = offence {
        (Purpose::Accusation, 0.8, sentence.clone())
    } else if let Some(sentence) = accused {
        (Purpose::Accusation, 0.75, sentence.clone())
    } else if anywhere {
        (Purpose::Accusation, 0.7, whole)
    } else if in_title(PROPOSING) || (text.any_of(whole.clone(), PROPOSING) && !text.any_of(whole.clone(), GRIEVANCE)) {
        (Purpose::Suggestion, if in_title(PROPOSING) { 0.8 } else { 0.65 }, whole)
    } else if fields.demand.is_some() || !fields.respondents.is_empty() {
        (Purpose::AppealOrDemand, 0.6, whole)
    } else if text.len() >= SHORTEST && !text.any_of(whole.clone(), THANKING) {
        // Who writes without accusing or proposing wants something, even if the words for it are not known here.
        (Purpose::AppealOrDemand, 0.3, whole)
    } else {
        return;
    };
    fields.purpose = Some(text.found(purpose, confidence, range));
}

/// Whether the word of accusation at `word` tells of an earlier one: `多次举报`, `举报给城管队`, `举报电话`.
fn told(text: &Text, word: &std::ops::Range<usize>) -> bool {
    const BEFORE: &[&str] = &["过", "曾", "次", "打", "已", "依法", "被", "受理", "遭"];
    const BEHIND: &[&str] = &["给", "后", "过", "到", "电话", "无果", "未果", "投诉", "至", "平台", "人"];
    text.any_of(word.start.saturating_sub(3)..word.start, BEFORE) || text.one_of(word.end, BEHIND).is_some()
}
