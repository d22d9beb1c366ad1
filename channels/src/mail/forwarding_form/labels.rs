//! The labels of a 转办单, as portals, hotlines and offices print them.

/// What stands behind a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The number that the office above gave it.
    Number,
    /// Whose petition it is.
    Person,
    /// The title.
    Title,
    /// The petition.
    Content,
    /// What the person asks for.
    Demand,
    /// Anything else that an office notes.
    Other,
}

/// A label; places in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it begins.
    pub(super) start: usize,
    /// Where what it labels begins.
    pub(super) end: usize,
}

const NUMBERS: [&str; 20] = [
    "受理单号",
    "转办单号",
    "交办单号",
    "办件编号",
    "信件编号",
    "工单编号",
    "工单号码",
    "工单号",
    "信访件编号",
    "信访编号",
    "受理编号",
    "登记编号",
    "来信编号",
    "留言编号",
    "事项编号",
    "诉求编号",
    "投诉编号",
    "转办编号",
    "交办编号",
    "流水号",
];
const PERSONS: [&str; 21] = [
    "群众姓名",
    "当事人姓名",
    "诉求群众",
    "信访人姓名",
    "信访人",
    "来信人姓名",
    "来信人",
    "诉求人姓名",
    "诉求人",
    "投诉人姓名",
    "投诉人",
    "留言人",
    "反映人姓名",
    "反映人",
    "举报人",
    "来电人",
    "写信人",
    "市民姓名",
    "联系人",
    "网民姓名",
    "姓名",
];
const TITLES: [&str; 17] = [
    "来信标题",
    "来信主题",
    "诉求标题",
    "诉求主题",
    "信件标题",
    "信件主题",
    "工单标题",
    "工单主题",
    "投诉标题",
    "留言标题",
    "留言主题",
    "信访标题",
    "事项标题",
    "事项名称",
    "问题标题",
    "标题",
    "主题",
];
const CONTENTS: [&str; 25] = [
    "主要内容",
    "来信摘要",
    "内容摘要",
    "反映事项",
    "反映的主要问题",
    "来信内容",
    "诉求内容",
    "投诉内容",
    "反映内容",
    "信访内容",
    "留言内容",
    "信件内容",
    "工单内容",
    "事项内容",
    "举报内容",
    "咨询内容",
    "来电内容",
    "问题描述",
    "诉求描述",
    "事项描述",
    "内容描述",
    "具体内容",
    "反映问题",
    "诉求详情",
    "信访诉求内容",
];
/// What offices note besides; a content ends at them.
const OTHERS: [&str; 60] = [
    "群众电话",
    "市民电话",
    "来信日期",
    "受理日期",
    "处理时限",
    "处理要求",
    "承办期限",
    "转办日期",
    "受理时间",
    "受理员",
    "受理人",
    "来电号码",
    "来电时间",
    "联系电话",
    "联系方式",
    "手机号码",
    "固定电话",
    "电子邮箱",
    "联系地址",
    "诉求类型",
    "诉求类别",
    "信件类型",
    "信件类别",
    "所属区域",
    "所属地区",
    "问题属地",
    "事发地址",
    "事发地点",
    "事发地",
    "内容分类",
    "信访目的",
    "来信时间",
    "留言时间",
    "提交时间",
    "登记时间",
    "是否公开",
    "是否保密",
    "是否回访",
    "性别",
    "民族",
    "证件类型",
    "证件号码",
    "身份证号",
    "住址",
    "承办单位",
    "主办单位",
    "协办单位",
    "办理单位",
    "派单人",
    "派单时间",
    "经办人",
    "审核人",
    "办理时限",
    "办理期限",
    "办结时限",
    "反馈时限",
    "办理要求",
    "交办意见",
    "拟办意见",
    "处理意见",
];
/// What the person asks for, which belongs to the petition where it follows the content.
const DEMANDS: [&str; 6] = ["群众诉求", "市民诉求", "来电人诉求", "具体诉求", "诉求目的", "期望结果"];
/// Numbers that must be set off with a colon.
const SHORT_NUMBERS: [&str; 4] = ["编号", "文号", "单号", "件号"];
/// More of them, which must be set off with a colon: a sentence may begin with them.
const SET_OFF: [&str; 7] = ["附件", "备注", "说明", "要求", "紧急程度", "领导批示", "联系人电话"];
/// What may stand before a label, and how it is opened and closed: `【诉求内容】`.
const ORNAMENTS: [char; 10] = ['【', '[', '■', '●', '◆', '▶', '*', '・', '·', '-'];
const CLOSING: [char; 2] = ['】', ']'];
/// More labels than this are not looked at.
const COUNT_LIMIT: usize = 200;

/// The labels that begin a line or stand behind a blank in one, in their order.
pub(super) fn labels(words: &str) -> Vec<Label> {
    let characters: Vec<char> = words.chars().collect();
    let begins =
        |place: usize| place.checked_sub(1).and_then(|before| characters.get(before)).is_none_or(|c| c.is_whitespace());
    let mut found = Vec::new();
    let mut place = 0;
    while place < characters.len() && found.len() < COUNT_LIMIT {
        let label = begins(place).then(|| label_at(&characters, place)).flatten();
        place = label.map_or(place + 1, |label| label.end);
        found.extend(label);
    }
    found
}

/// `words` with every label closed and set off by a colon, character for character: `【来 电 人】` is `   来电人：`.
pub(super) fn with_colons(words: &str) -> String {
    let mut characters: Vec<char> = words.chars().collect();
    let labels = labels(words);
    for (number, label) in labels.iter().enumerate() {
        // `来信人`, and in the line below the name: the next cell of a table.
        let is_empty = labels.get(number + 1).is_some_and(|next| next.start <= label.end + 1);
        if let Some(end) = characters.get_mut(label.end).filter(|end| **end == '\n' && !is_empty) {
            *end = '：';
            continue;
        }
        let Some(place) = characters.get_mut(label.start..label.end) else { continue };
        let mark =
            |c: &char| ORNAMENTS.contains(c) || CLOSING.contains(c) || c.is_whitespace() || matches!(c, ':' | '：');
        let plain: Vec<char> = place.iter().copied().filter(|c| !mark(c)).chain(['：']).collect();
        // Two labels of one line, or a label and its value, may have nothing between them: then it keeps its length as it is.
        let Some(before) = place.len().checked_sub(plain.len()) else { continue };
        for (target, source) in place.iter_mut().zip(std::iter::repeat_n(' ', before).chain(plain)) {
            *target = source;
        }
    }
    characters.into_iter().collect()
}

/// The label that begins at `start`. Behind a blank in a line only a colon or a blank closes it, so that a sentence is none.
fn label_at(characters: &[char], start: usize) -> Option<Label> {
    let ornaments = characters.iter().skip(start).take_while(|c| ORNAMENTS.contains(c)).count();
    let begin = start + ornaments;
    let (kind, length, needs_colon) = named(characters, begin)?;
    let rest = characters.get(begin + length..).unwrap_or_default();
    let closing = rest.iter().take_while(|c| CLOSING.contains(c)).count();
    let blanks = rest.iter().skip(closing).take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}')).count();
    let behind = rest.get(closing + blanks);
    let is_colon = matches!(behind, Some(':' | '：'));
    let is_closed = closing > 0 || blanks > 0 || behind.is_none_or(|c| *c == '\n');
    let counts = is_colon || (!needs_colon && is_closed);
    counts.then(|| Label { kind, start, end: begin + length + closing + blanks + usize::from(is_colon) })
}

/// The longest label that stands at `begin`, and how many characters it takes: there may be blanks in it, `来 信 人`.
fn named(characters: &[char], begin: usize) -> Option<(Kind, usize, bool)> {
    let groups: [(Kind, &[&str], bool); 8] = [
        (Kind::Number, &NUMBERS, false),
        (Kind::Number, &SHORT_NUMBERS, true),
        (Kind::Demand, &DEMANDS, true),
        (Kind::Person, &PERSONS, false),
        (Kind::Title, &TITLES, false),
        (Kind::Content, &CONTENTS, false),
        (Kind::Other, &OTHERS, false),
        (Kind::Other, &SET_OFF, true),
    ];
    let length = |label: &str| {
        let mut place = begin;
        for (number, character) in label.chars().enumerate() {
            let blanks = characters.iter().skip(place).take_while(|c| matches!(c, ' ' | '\u{3000}')).count();
            place += if number == 0 { 0 } else { blanks };
            if characters.get(place) != Some(&character) {
                return None;
            }
            place += 1;
        }
        Some(place - begin)
    };
    let all = groups.iter().flat_map(|(kind, labels, colon)| labels.iter().map(move |label| (*kind, *label, *colon)));
    all.filter_map(|(kind, label, colon)| Some((kind, length(label)?, colon))).max_by_key(|(_, length, _)| *length)
}
