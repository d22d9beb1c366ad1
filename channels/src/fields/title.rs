//! 标题: a line that is one, or the first words that say what it is about.
//!
//! A title is shown in lists, so it never holds a number of a person.

use std::ops::Range;

use super::{Fields, Text};

/// Longest line that can be a title, in characters.
const LINE_LIMIT: usize = 60;
/// Longest title made of a sentence.
const SENTENCE_LIMIT: usize = 40;
/// The title stands in the first lines.
const FIRST_LINES: usize = 6;
const LABELS: &[&str] = &["标题", "主题", "事由", "题目", "案由"];
/// What a title line ends in.
const ENDINGS: &[&str] = &[
    "信访信",
    "举报信",
    "投诉信",
    "求助信",
    "建议书",
    "申诉书",
    "申请书",
    "控告书",
    "控告信",
    "检举信",
    "情况反映",
    "反映材料",
    "的反映",
    "的请求",
    "的投诉",
    "的建议",
    "的求助",
    "的咨询",
    "的问题",
    "的情况",
    "的报告",
    "的申请",
    "的申诉",
    "的举报",
    "的控告",
    "的信",
    "诉求书",
    "申诉状",
    "情况说明",
    "请愿书",
    "感谢信",
    "事宜",
    "一事",
    "请示",
    "诉求",
];
/// Words of which sentences of complaint, question and proposal are made.
const CUES: &[&str] = &[
    "拖欠",
    "不给",
    "没有",
    "无法",
    "不能",
    "漏",
    "堵",
    "噪音",
    "噪声",
    "污染",
    "坏",
    "违法",
    "违规",
    "乱",
    "纠纷",
    "补偿",
    "工资",
    "房产证",
    "停水",
    "停电",
    "占",
    "咨询",
    "建议",
    "希望",
    "问题",
    "反映",
    "投诉",
    "举报",
    "要求",
    "扰民",
    "拆迁",
    "征地",
    "低保",
    "臭",
    "积水",
    "塌",
    "裂",
    "欠",
    "不发",
    "推诿",
    "安全",
    "隐患",
    "感谢",
    "请问",
    "未",
    "退费",
    "退款",
    "补贴",
    "贪污",
    "受贿",
    "危险",
    "强",
    "坑",
    "不让",
    "扣",
];
/// Clauses that only say who speaks.
const ABOUT_SELF: &[&str] = &[
    "我叫",
    "我是",
    "本人",
    "姓名",
    "家住",
    "现住",
    "住址",
    "地址",
    "电话",
    "手机",
    "身份证",
    "今年",
    "岁",
    "您好",
    "你好",
    "尊敬",
    "喂",
    "我姓",
    "同志",
    "我们是",
    "汉族",
    "邮箱",
    "我家住",
    "领导",
];
/// Labels before the matter itself.
const MATTER_LABELS: &[&str] = &["事项", "事由", "诉求", "内容", "问题", "事实", "情况", "经过"];
/// Who is addressed, in a salutation.
const ADDRESSED: &[&str] =
    &["尊敬", "领导", "局长", "书记", "同志", "主任", "市长", "县长", "政府", "信访局", "你好", "您好"];
/// Longest label, in characters.
const LABEL_LIMIT: usize = 8;
const GREETINGS: &[&str] = &["您好", "你好", "尊敬的", "此致", "敬礼", "喂", "早上好", "下午好", "打扰"];

pub(super) fn find(text: &Text, fields: &mut Fields) {
    fields.title = labelled(text)
        .map(|range| (range, 0.95))
        .or_else(|| line(text))
        .or_else(|| sentence(text).map(|range| (range, 0.6)))
        .map(|(range, confidence)| text.found(text.as_written(range.clone()), confidence, range));
}

fn labelled(text: &Text) -> Option<Range<usize>> {
    text.lines().into_iter().take(FIRST_LINES).find_map(|line| {
        let (_, end) = text.one_of(line.start, LABELS)?;
        let colon = text.skip_blanks(end);
        let end = line.end.min(colon + 1 + LINE_LIMIT).max(colon + 1);
        let value = text.trim(colon + 1..end);
        (text.at(colon) == Some(':') && !value.is_empty()).then_some(value)
    })
}

/// A line of its own that is made like a title; one that goes on in the next line is taken with it.
fn line(text: &Text) -> Option<(Range<usize>, f32)> {
    let lines = text.lines();
    for (place, line) in lines.iter().take(FIRST_LINES).enumerate() {
        let about = text.has(line.start, "关于") || text.has(line.start, "有关");
        let mut whole = line.clone();
        if about
            && !ends_like_title(text, &whole)
            && let Some(next) = lines.get(place + 1)
        {
            let joined = line.start..next.end;
            if ends_like_title(text, &joined) && next.end - next.start <= 24 {
                whole = joined;
            }
        }
        let length = whole.end - whole.start;
        let plain = !text.chars(whole.clone()).iter().any(|c| matches!(c, '。' | ';' | ':'))
            && (4..=LINE_LIMIT).contains(&length);
        if !plain || lines.len() < 2 || holds_number(text, whole.clone()) {
            continue;
        }
        match (about, ends_like_title(text, &whole)) {
            (true, true) => return Some((whole, 0.95)),
            (true, false) => return Some((whole, 0.8)),
            (false, true) => return Some((whole, 0.85)),
            (false, false) => {}
        }
    }
    None
}

fn ends_like_title(text: &Text, range: &Range<usize>) -> bool {
    ENDINGS.iter().any(|ending| {
        range
            .end
            .checked_sub(ending.chars().count())
            .is_some_and(|start| start >= range.start && text.has(start, ending))
    })
}

/// The first clauses that say what it is about.
fn sentence(text: &Text) -> Option<Range<usize>> {
    let sentences = text.sentences();
    let with_cue = sentences.iter().take(20).find_map(|sentence| clause(text, sentence, true));
    with_cue.or_else(|| sentences.iter().find_map(|sentence| clause(text, sentence, false)))
}

/// The first clause of `sentence` that is about the matter, with what follows as far as it fits.
fn clause(text: &Text, sentence: &Range<usize>, needs_cue: bool) -> Option<Range<usize>> {
    let mut start = sentence.start;
    while start < sentence.end {
        let end = clause_end(text, start, sentence.end);
        let label = text.at(end) == Some(':') && end - start <= LABEL_LIMIT && !text.any_of(start..end, ADDRESSED);
        if label {
            // What stands behind `住址：` is no more about the matter than the label is.
            let value = clause_end(text, end + 1, sentence.end);
            start = if text.any_of(start..end, MATTER_LABELS) { end + 1 } else { value + 1 };
            continue;
        }
        let begins = spoken_beginning(text, start, end);
        let about_self = text.any_of(begins..end, ABOUT_SELF) && end - begins < 30
            || holds_number(text, begins..end.min(begins + SENTENCE_LIMIT / 2));
        let speaks = !about_self && end - begins >= 4 && text.one_of(begins, GREETINGS).is_none();
        if speaks {
            // The cue may stand in a later clause; what leads up to it belongs to the title.
            let whole = begins..extend(text, begins, end, sentence.end);
            if !needs_cue || text.any_of(whole.clone(), CUES) {
                return Some(text.trim(whole));
            }
        }
        start = text.skip(end, |c| matches!(c, ',' | ' ' | '\n' | '。' | '!' | '?' | ';' | ':')).max(end + 1);
    }
    None
}

/// Recognised speech may come without any punctuation: who speaks and what about in one clause. The matter then begins
/// with the words that say so.
fn spoken_beginning(text: &Text, start: usize, end: usize) -> usize {
    const BEGINNINGS: &[&str] = &["我想反映", "我要反映", "想反映", "我想投诉", "我要投诉", "我想咨询", "我们", "反映"];
    if end - start <= SENTENCE_LIMIT {
        return start;
    }
    text.all_of(start..end, BEGINNINGS).next().map_or(start, |(_, range)| range.start)
}

/// As many whole clauses from `start` as the limit allows, at least the first one, cut if it is too long itself.
fn extend(text: &Text, start: usize, first_end: usize, limit: usize) -> usize {
    let mut end = first_end.min(start + SENTENCE_LIMIT);
    if let Some((_, personal)) =
        text.all_of(start + 4..end.max(start + 4), &["我的电话", "电话", "手机", "身份证"]).next()
    {
        end = personal.start;
    }
    while end > start + 4 && holds_number(text, start..end) {
        end -= 1;
    }
    while end < limit && text.at(end) == Some(',') {
        let next = clause_end(text, end + 1, limit);
        if next - start > SENTENCE_LIMIT || holds_number(text, end + 1..next) {
            break;
        }
        end = next;
    }
    end
}

fn clause_end(text: &Text, start: usize, limit: usize) -> usize {
    text.skip(start, |c| !matches!(c, ',' | '。' | '!' | '?' | ';' | ':')).min(limit)
}

/// Whether a number of a person may stand in `range`.
fn holds_number(text: &Text, range: Range<usize>) -> bool {
    let mut run = 0;
    text.chars(range).iter().any(|character| {
        run = if super::number::digit_value(*character).is_some() { run + 1 } else { 0 };
        run >= 7
    })
}
