//! Who is complained about: named behind a label, or in a sentence that accuses.
//!
//! An office to which the writer only turned (`去自然资源局查询`) is not complained about.

use std::ops::Range;

use case::text::is_han;

use super::surname::{TITLES, is_single, name_at};
use super::{Fields, FoundRespondent, Text};

/// The most respondents that one submission names.
const LIMIT: usize = 10;
/// Longest name of a unit, in characters.
const LENGTH_LIMIT: usize = 30;

const LABELS: &[&str] = &[
    "被反映单位",
    "被投诉单位",
    "被举报单位",
    "被控告单位",
    "被反映人",
    "被投诉人",
    "被申诉人",
    "被举报人",
    "被控告人",
    "被检举人",
    "被申请人",
    "被诉人",
    "被告",
    "投诉对象",
    "举报对象",
];
/// What names of units end in, longer endings before the shorter ones in them.
const UNITS: &[&str] = &[
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "物业公司",
    "建筑公司",
    "分公司",
    "公司",
    "集团",
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "人民政府",
    "镇政府",
    "乡政府",
    "街道办事处",
    "街道办",
    "派出所",
    "分局",
    "管理局",
    "规划局",
    "大队",
    "项目部",
    "合作社",
    "开发商",
    "物业",
    "银行",
    "法院",
    "检察院",
    "化工厂",
    "加工厂",
    "饲料厂",
    "养殖场",
    "砖厂",
    "厂",
    "局",
    "学校",
    "医院",
    "饭店",
    "超市",
    "培训机构",
    "中介",
];
/// Words that accuse whom the sentence names.
const ACCUSING: &[&str] = &[
    "拖欠",
    "欠我",
    "欠薪",
    "不给",
    "不发",
    "不退",
    "拒不",
    "拒绝",
    "违法",
    "违规",
    "违纪",
    "强占",
    "侵占",
    "占用",
    "多占",
    "乱收费",
    "推诿",
    "推脱",
    "推说",
    "不作为",
    "不管",
    "殴打",
    "打人",
    "骂人",
    "威胁",
    "贪污",
    "受贿",
    "行贿",
    "索要",
    "克扣",
    "挪用",
    "私自",
    "擅自",
    "偷排",
    "排放",
    "欺骗",
    "诈骗",
    "诱骗",
    "收受",
    "虚报",
    "冒领",
    "套取",
    "滥用",
    "举报",
    "检举",
    "控告",
    "状告",
    "投诉",
    "强拆",
    "偷工减料",
    "扰民",
    "不兑现",
    "没有兑现",
    "不履行",
    "截留",
    "侵吞",
    "吃拿卡要",
    "包庇",
    "不公开",
    "未按",
    "不按",
    "延期交房",
    "跑路",
    "卖掉",
    "优亲厚友",
    "乱",
    "强迫",
    "逼",
    "欠缴",
    "没有付",
    "分文未给",
    "没给",
    "霸占",
    "敷衍",
];
/// Words by which the writer turned to an office.
const TURNED_TO: &[&str] = &["向", "去", "到", "找", "跟", "往", "拨打", "致电", "给", "请", "在", "让", "经"];
const TURNED_FOR: &[&str] = &[
    "反映", "咨询", "投诉", "查询", "举报", "报案", "报警", "求助", "申请", "办理", "查", "处理", "介入", "调查",
    "解决", "督促", "责令", "整治", "核实", "询问",
];
/// Words at which the name of a unit cannot have begun yet.
const BREAKS: &[&str] = &[
    "通过", "开始", "不管", "所谓", "他们", "她们", "时候", "任何", "哪个", "哪家", "各", "某", "要求", "年", "月",
    "号", "日", "后来", "之后", "以及", "并", "且", "才", "用", "我们", "我家", "我", "但", "而", "是", "的", "被",
    "由", "让", "与", "和", "向", "去", "到", "找", "跟", "在", "对", "把", "给", "了", "说", "因", "因为", "举报",
    "投诉", "控告", "检举", "反映", "现", "该", "此", "请求", "要求", "希望", "责令", "督促", "建议", "就", "也", "还",
    "都", "又", "将", "关于", "本", "有个", "一个", "一家", "这个", "那个", "这家", "这", "那", "等", "及", "从", "为",
    "叫", "请", "经", "有", "于",
];
/// Names that are too general to mean anybody.
const GENERAL: &[&str] = &[
    "公司",
    "集团",
    "厂",
    "局",
    "学校",
    "医院",
    "分局",
    "大队",
    "银行",
    "法院",
    "物业",
    "开发商",
    "项目部",
    "村委会",
    "居委会",
    "派出所",
    "镇政府",
    "乡政府",
    "总公司",
    "饭店",
    "超市",
    "物业公司",
    "街道办",
    "有限公司",
    "人民政府",
    "合作社",
    "中介",
    "分公司",
    "检察院",
    "管理局",
];
/// General words that still mean one party of the matter.
const PARTIES: &[&str] = &["开发商", "物业", "物业公司", "项目部", "村委会", "居委会", "包工头"];
const PERSON_POSTS: &[&str] = &[
    "村支部书记",
    "村支书",
    "支部书记",
    "党支部书记",
    "村主任",
    "村会计",
    "包工头",
    "项目经理",
    "物业经理",
    "副镇长",
    "副乡长",
    "副局长",
    "村干部",
    "支书",
    "书记",
    "主任",
    "局长",
    "所长",
    "镇长",
    "乡长",
    "科长",
    "队长",
    "校长",
    "院长",
    "老板",
    "经理",
    "站长",
    "会计",
    "村长",
    "邻居",
    "房东",
];

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let mut respondents = labelled(text);
    let accusing_title = fields.title.as_ref().map(|title| title.range.clone());
    for sentence in text.sentences() {
        let origin = text.origin(sentence.clone());
        let salutation = text.before(sentence.end) == Some(':') && sentence.end - sentence.start < 20;
        if salutation || is_greeting(text, &sentence) {
            continue;
        }
        let accuses = text.any_of(sentence.clone(), ACCUSING);
        let titled = accusing_title.as_ref().is_some_and(|title| title.contains(&origin.start));
        if accuses {
            let raise = if titled { 0.15 } else { 0.0 };
            respondents.extend(units(text, &sentence, 0.6 + raise));
            respondents.extend(persons(text, &sentence, 0.6 + raise));
        }
    }
    let mut kept: Vec<FoundRespondent> = Vec::new();
    for respondent in respondents {
        // `物业` beside `天成物业公司` is the same party: the longer name stays.
        let known = kept.iter().any(|other| other.name.value.contains(&respondent.name.value));
        if !known && kept.len() < LIMIT {
            kept.retain(|other| !respondent.name.value.ends_with(&other.name.value));
            kept.push(respondent);
        }
    }
    fields.respondents = kept;
}

fn is_greeting(text: &Text, sentence: &Range<usize>) -> bool {
    text.any_of(sentence.clone(), &["尊敬的"]) && sentence.end - sentence.start < 24
}

fn labelled(text: &Text) -> Vec<FoundRespondent> {
    let mut found = Vec::new();
    for (_, label) in text.all_of(0..text.len(), LABELS) {
        let start = text.skip(label.end, |c| matches!(c, ' ' | '(' | ')'));
        if text.at(start) != Some(':') {
            continue;
        }
        let start = text.skip(start, |c| matches!(c, ':' | ' '));
        let end = text
            .skip(start, |c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '·'))
            .min(start + LENGTH_LIMIT);
        if end > start + 1 {
            let post = post_before(text, end + 1);
            found.push(FoundRespondent { name: text.found(text.string(start..end), 0.95, start..end), post });
        }
    }
    found
}

/// `被举报人：张某，西柳树村村支书，…`: the post that follows the name.
fn post_before(text: &Text, start: usize) -> Option<String> {
    let end = text.skip(start, |c| !matches!(c, ',' | '。' | ';' | '\n')).min(start + LENGTH_LIMIT);
    text.any_of(start..end, PERSON_POSTS).then(|| text.string(text.trim(start..end)))
}

/// Units that the accusing `sentence` names, without those to which the writer turned.
fn units(text: &Text, sentence: &Range<usize>, confidence: f32) -> Vec<FoundRespondent> {
    let mut found = Vec::new();
    let mut taken_to = sentence.start;
    for (ending, range) in text.all_of(sentence.clone(), UNITS) {
        if range.start < taken_to || text.at(range.end).is_some_and(|c| matches!(c, '部' | '面' | '长' | '所')) {
            continue;
        }
        let start = begins(text, range.start, taken_to);
        taken_to = range.end;
        let name = text.string(start..range.end);
        let general = GENERAL.contains(&name.as_str());
        if name.contains("信访") || turned_to(text, start, &range, sentence) || (general && !PARTIES.contains(&ending))
        {
            continue;
        }
        let confidence = if general { confidence - 0.2 } else { confidence };
        found.push(FoundRespondent { name: text.found(name, confidence, start..range.end), post: None });
    }
    found
}

/// Whether the writer only turned to the unit that stands at `start..ending.end`.
fn turned_to(text: &Text, start: usize, ending: &Range<usize>, sentence: &Range<usize>) -> bool {
    let before = start.saturating_sub(3).max(sentence.start)..start;
    let clause_end = text.skip(ending.end, |c| !matches!(c, ',' | '。' | ';')).min(sentence.end);
    text.any_of(before, TURNED_TO) && text.any_of(ending.end..clause_end, TURNED_FOR)
}

/// Words before a 和 that is part of a unit's name, as in 自然资源和规划局.
const JOINED: &[&str] = &[
    "自然资源",
    "住房",
    "人力资源",
    "发展",
    "文化广电",
    "教育",
    "科学技术",
    "科技",
    "农业农村",
    "卫生",
    "文化",
    "城市管理",
    "规划",
    "水利",
];

fn begins(text: &Text, position: usize, floor: usize) -> usize {
    let mut start = position;
    while start > floor && position - start < LENGTH_LIMIT {
        let fits = text.before(start).is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')'));
        let broken = (1..=2).any(|length| {
            start
                .checked_sub(length)
                .is_some_and(|from| BREAKS.iter().any(|word| word.chars().count() == length && text.has(from, word)))
        });
        let joined = text.before(start) == Some('和')
            && JOINED
                .iter()
                .any(|word| start.checked_sub(1 + word.chars().count()).is_some_and(|from| text.has(from, word)));
        if !fits || (broken && !joined) {
            break;
        }
        start -= 1;
    }
    start
}

/// Persons that the accusing `sentence` names: `村支书郭长河`, `王经理`.
fn persons(text: &Text, sentence: &Range<usize>, confidence: f32) -> Vec<FoundRespondent> {
    let mut found = Vec::new();
    let mut taken_to = sentence.start;
    for position in sentence.clone() {
        if position < taken_to {
            continue;
        }
        if let Some((post, end)) = text.one_of(position, PERSON_POSTS)
            && let Some(name) = name_at(text, end).filter(|name| name.known_surname && name.range.end <= sentence.end)
        {
            let range =
                if name.set_off { name.range } else { name.range.start..(name.range.start + 3).min(name.range.end) };
            let sure = if name.set_off { confidence + 0.1 } else { confidence - 0.1 };
            taken_to = range.end;
            // A word of the sentence that only begins like a name is no person.
            if name.set_off || text.any_of(range.end..(range.end + 6).min(sentence.end), ACCUSING) {
                found.push(FoundRespondent {
                    name: text.found(text.string(range.clone()), sure, range),
                    post: Some(post.to_owned()),
                });
            }
            continue;
        }
        let surname = text.at(position).is_some_and(is_single);
        if surname
            && let Some((title, end)) = text.one_of(position + 1, TITLES)
            && title != "老师"
            && !text.before(position).is_some_and(|before| matches!(before, '部' | '委'))
        {
            taken_to = end;
            found.push(FoundRespondent {
                name: text.found(text.string(position..end), confidence - 0.05, position..end),
                post: Some(title.to_owned()),
            });
        }
    }
    found
}
