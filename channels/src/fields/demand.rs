//! 诉求: the sentences that ask for something.

use std::ops::Range;

use super::{Fields, Text};

/// Longest demand, in characters.
const LENGTH_LIMIT: usize = 600;
const LABELS: &[&str] = &[
    "诉求事项",
    "控告请求",
    "举报请求",
    "申诉请求",
    "投诉请求",
    "仲裁请求",
    "诉讼请求",
    "具体诉求",
    "请求事项",
    "申请事项",
    "信访请求",
    "信访诉求",
    "主要诉求",
    "具体要求",
    "具体请求",
    "群众诉求",
    "市民诉求",
    "来电人诉求",
    "诉求目的",
    "期望结果",
    "诉求",
    "请求",
];
/// Words that ask, strongest first, with how sure they make it.
const STRONG: &[&str] = &[
    "恳请",
    "恳求",
    "请求",
    "现要求",
    "强烈要求",
    "特此",
    "诉求",
    "请领导",
    "请政府",
    "请市",
    "请有关",
    "请贵",
    "望领导",
    "望有关",
    "望政府",
    "盼望",
    "跪求",
    "求求",
    "恳望",
    "恳盼",
    "求领导",
    "求政府",
];
const WEAK: &[&str] = &[
    "希望",
    "要求",
    "建议",
    "呼吁",
    "请帮",
    "请查",
    "请尽快",
    "请给",
    "请为",
    "请派",
    "能不能",
    "能否",
    "是否可以",
    "求助",
    "请你们",
    "请您",
    "麻烦",
    "帮我",
    "帮忙",
    "望尽快",
    "希",
    "请协调",
    "请督促",
    "请责令",
    "请问",
    "盼着",
    "望依法",
    "望予",
    "望给予",
    "望严肃",
    "望调查",
    "望核实",
    "求求",
    "退我钱",
    "管一管",
    "管管",
    "修修",
];
/// Phrases in which such a word tells what happened before.
const TOLD: &[&str] = &[
    "多次要求",
    "曾要求",
    "要求我",
    "要求他",
    "被要求",
    "按要求",
    "按照要求",
    "符合要求",
    "不符合",
    "要求其",
    "提出要求",
    "多次请求",
    "多次申请",
    "没有希望",
    "申请了",
    "已申请",
    "申请过",
    "曾申请",
    "建议我",
    "建议他",
    "申请人",
    "请求人",
    "找麻烦",
    "发函要求",
    "上门要求",
    "怕麻烦",
    "惹麻烦",
];
/// Labels of what happened, which only sound like asking.
const TELLING: &[&str] =
    &["诉求内容", "诉求描述", "诉求详情", "诉求标题", "诉求主题", "诉求类型", "诉求类别", "诉求编号", "诉求人"];
/// A sentence that asks for secrecy and nothing else is no longer, in characters.
const SECRECY_LENGTH: usize = 18;
/// Words that only point to what was sent along.
const POINTING: &[&str] = &["见附件", "附后", "随信附", "附上", "见照片", "见图"];

pub(super) fn find(text: &Text, fields: &mut Fields) {
    let sentences = text.sentences();
    let title_end =
        fields.title.as_ref().filter(|title| title.confidence.value() > 0.7).map_or(0, |title| title.range.end);
    let mut best: Option<(f32, Range<usize>)> = None;
    let mut place = 0;
    while let Some(sentence) = sentences.get(place) {
        let Some(weight) = weight(text, sentence, title_end) else {
            place += 1;
            continue;
        };
        let (end, next) = block_end(text, &sentences, place, title_end);
        // The later of equally strong ones: people ask at the end.
        if best.as_ref().is_none_or(|(other, _)| weight >= *other) {
            let start = behind_label(text, sentence).unwrap_or_else(|| from_asking(text, sentence).start);
            best = Some((weight, start..end));
        }
        place = next;
    }
    if let Some((confidence, range)) = best {
        let range = range.start..range.end.min(range.start + LENGTH_LIMIT);
        let value = without_numbers(text, &range, fields).unwrap_or_else(|| text.as_written(range.clone()));
        fields.demand = Some(text.found(value, confidence, range));
    }
}

/// The demand without the clauses that give the writer's numbers or point to what is attached: it is read by whoever works on the matter, and shown in lists. None
/// when it has none of them.
fn without_numbers(text: &Text, range: &Range<usize>, fields: &Fields) -> Option<String> {
    let phones = fields.phones.iter().map(|phone| &phone.range);
    let numbers: Vec<&Range<usize>> = phones
        .chain(fields.id_number.as_ref().map(|id| &id.range))
        .chain(fields.impossible.iter().map(|one| &one.range))
        .collect();
    let holds_one = |clause: &Range<usize>| {
        if text.any_of(clause.clone(), POINTING) {
            return true;
        }
        let clause = text.origin(clause.clone());
        numbers.iter().any(|number| number.start < clause.end && clause.start < number.end)
    };
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut start = range.start;
    for position in range.clone() {
        // `请给催一催 我的电话是 138…`: blanks in the place of marks.
        let han = |character: Option<char>| character.is_some_and(case::text::is_han);
        let blank = text.at(position) == Some(' ') && han(text.before(position)) && han(text.at(position + 1));
        if blank || matches!(text.at(position), Some(',' | '。' | ';' | '!' | '?' | '\n')) {
            clauses.push(start..position + 1);
            start = position + 1;
        }
    }
    clauses.push(start..range.end);
    if !clauses.iter().any(holds_one) {
        return None;
    }
    // Who introduces themselves between their numbers asks for nothing by it.
    let kept = clauses.iter().filter(|clause| {
        let begin = text.skip_blanks(clause.start);
        !holds_one(clause) && text.one_of(begin, &["我叫", "我是", "我姓", "本人", "联系人"]).is_none()
    });
    let kept: String = kept.map(|clause| text.as_written(clause.clone())).collect();
    let kept = kept.trim().trim_end_matches(['，', ',', '；', ';']).to_owned();
    (!kept.is_empty()).then_some(kept)
}

/// Where the demand begins behind its label in the same line: `诉求：请……`. Behind a label that stands alone the points of a list
/// follow, which it belongs to.
fn behind_label(text: &Text, sentence: &Range<usize>) -> Option<usize> {
    let (_, end) = text.one_of(sentence.start, LABELS)?;
    let value = text.skip_blanks(end + 1);
    let spoken = text.at(value).is_some_and(case::text::is_han) && value + 4 <= sentence.end;
    (is_label(text, end) && spoken).then_some(value)
}

/// `sentence` without a label of what happened before it.
fn behind_telling(text: &Text, sentence: &Range<usize>) -> Range<usize> {
    let begin = text.skip_blanks(sentence.start);
    let told = text.one_of(begin, TELLING).filter(|(_, end)| is_label(text, *end));
    told.map_or(sentence.start, |(_, end)| (end + 1).min(sentence.end))..sentence.end
}

/// Whether a label ends at `end`: a colon follows, or the blank between two cells of a table.
fn is_label(text: &Text, end: usize) -> bool {
    matches!(text.at(end), Some(':' | ' '))
}

/// How strongly `sentence` asks; `None` when it does not.
fn weight(text: &Text, sentence: &Range<usize>, title_end: usize) -> Option<f32> {
    let labelled = text.one_of(sentence.start, LABELS).is_some_and(|(_, end)| is_label(text, end));
    if labelled {
        return Some(0.95);
    }
    let sentence = &behind_telling(text, sentence);
    if text.origin(sentence.clone()).end <= title_end
        || text.has(sentence.start, "关于")
        || text.any_of(sentence.clone(), TOLD)
    {
        return None;
    }
    // `请对我的身份保密`: a wish about the writer, not what the matter needs.
    if sentence.len() <= SECRECY_LENGTH && text.any_of(sentence.clone(), &["保密", "不要透露", "别透露"]) {
        return None;
    }
    if text.any_of(sentence.clone(), STRONG) {
        Some(0.9)
    } else if text.any_of(sentence.clone(), WEAK) || plea(text, sentence).is_some() {
        Some(0.75)
    } else {
        order(text, sentence).map(|_| 0.6)
    }
}

/// Where a clause begins that says in plain words what is to be done: `你们让供电公司给个说法`, `必须派人来疏通`, `就想把低保给批了`.
fn order(text: &Text, sentence: &Range<usize>) -> Option<usize> {
    const WHO: &[&str] =
        &["公司", "局", "镇里", "乡里", "区里", "市里", "街道", "街道办", "政府", "物业", "部门", "大队", "所"];
    const DOES: &[&str] = &[
        "赶紧",
        "赶快",
        "尽快",
        "抓紧",
        "马上",
        "来人",
        "来看",
        "来修",
        "派人",
        "去查",
        "查查",
        "查一查",
        "给个说法",
        "管管",
        "管一管",
        "把",
        "给修",
        "给解决",
        "给处理",
    ];
    const TO_BE_DONE: &[&str] = &["派人", "把", "给我", "给我们", "尽快", "马上", "赶紧"];
    sentence.clone().find(|&position| {
        let begins = position == sentence.start || matches!(text.before(position), Some(',' | ' ' | '\n'));
        if !begins {
            return false;
        }
        let start =
            text.one_of(position, &["你们", "您们", "恁", "我就", "今天", "现在"]).map_or(position, |(_, end)| end);
        let said = |words: &[&str]| text.one_of(start, words).map(|(_, end)| end);
        if let Some(end) = said(&["让", "叫"]) {
            let who = text.all_of(end..(end + 10).min(sentence.end), WHO).next();
            return who.is_some_and(|(_, who)| text.one_of(who.end, DOES).is_some());
        }
        said(&["必须", "得"]).is_some_and(|end| text.one_of(end, TO_BE_DONE).is_some())
            || said(&["就想把", "想把", "就要把", "就图把"]).is_some()
    })
}

/// Where a clause begins that begins with 请 and goes on with what is to be done: `…，请一并修复。`
fn plea(text: &Text, sentence: &Range<usize>) -> Option<usize> {
    const NO_PLEA: &[&str] = &[
        "请假",
        "请客",
        "请人",
        "请来",
        "请了",
        "请教",
        "请为我保密",
        "请替我保密",
        "请给我保密",
        "请保密",
        "请不要透露",
        "请打",
        "请拨",
        "请联系我",
        "请来电",
        "请回电",
        "请致电",
    ];
    sentence.clone().find(|&position| {
        let begins = position == sentence.start || matches!(text.before(position), Some(',' | ' ' | '\n'));
        let pleads = text.one_of(position, NO_PLEA).is_none() || text.has(position, "请教育");
        begins && text.at(position) == Some('请') && pleads
    })
}

/// Where the block of asking sentences that begins with the one at `place` ends, and the place behind it: further
/// asking sentences and the points of a list belong to it.
fn block_end(text: &Text, sentences: &[Range<usize>], place: usize, title_end: usize) -> (usize, usize) {
    let mut next = place + 1;
    let mut end = sentences.get(place).map_or(0, |sentence| sentence.end);
    let labelled = sentences.get(place).is_some_and(|first| text.one_of(first.start, LABELS).is_some());
    while let Some(sentence) = sentences.get(next) {
        let point = text.at(sentence.start + 1).is_some_and(|mark| matches!(mark, '、' | '.' | ')'))
            || (text.at(sentence.start) == Some('(') && text.at(sentence.start + 2) == Some(')'));
        // `诉求：继续履行合同；如收回，按合同赔偿。`
        let same_line = labelled && text.before(end) == Some(';') && !text.chars(end..sentence.start).contains(&'\n');
        if !point && !same_line && weight(text, sentence, title_end).is_none() {
            break;
        }
        end = sentence.end;
        next += 1;
    }
    (end, next)
}

/// `sentence` from the clause on in which it begins to ask; what stands before tells the facts.
fn from_asking(text: &Text, sentence: &Range<usize>) -> Range<usize> {
    let sentence = &behind_telling(text, sentence);
    let asks = text
        .all_of(sentence.clone(), STRONG)
        .chain(text.all_of(sentence.clone(), WEAK))
        .map(|(_, range)| range.start)
        .min();
    let Some(asks) = asks else {
        let begins = plea(text, sentence).or_else(|| order(text, sentence));
        return begins.unwrap_or(sentence.start)..sentence.end;
    };
    let pause = (sentence.start..asks).rev().find(|position| matches!(text.at(*position), Some(',' | ':')));
    let start = match pause {
        Some(pause) => pause + 1,
        // Recognised speech without punctuation.
        None if asks - sentence.start > 30 => asks,
        None => sentence.start,
    };
    if text.any_of(sentence.start..asks, LABELS) { sentence.clone() } else { start..sentence.end }
}
