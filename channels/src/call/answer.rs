//! What the caller answers to a question of the operator: the question is the label that the answer lacks.

use crate::fields::{self, Context, Fields};

/// What an operator asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Name,
    Phone,
    IdNumber,
    Address,
}

const QUESTIONS: &[(&str, Question)] = &[
    ("身份证", Question::IdNumber),
    ("电话", Question::Phone),
    ("联系方式", Question::Phone),
    ("手机号", Question::Phone),
    ("贵姓", Question::Name),
    ("姓名", Question::Name),
    ("怎么称呼", Question::Name),
    ("叫什么", Question::Name),
    ("名字", Question::Name),
    ("住址", Question::Address),
    ("住哪", Question::Address),
    ("住在哪", Question::Address),
    ("家住", Question::Address),
    ("您的地址", Question::Address),
];
/// Whose name is asked for, when it is not the caller's.
const OTHERS: [&str; 20] = [
    "厂",
    "公司",
    "单位",
    "店",
    "村",
    "小区",
    "老板",
    "对方",
    "他",
    "她",
    "孩子",
    "学校",
    "牌子",
    "工地",
    "项目",
    "负责人",
    "邻居",
    "车",
    "路",
    "经理",
];
/// An answer that is less sure to be a name is none: without a known surname any two words could be one.
const LEAST_NAME: f32 = 0.75;
/// What people say before the answer itself.
const FILLERS: [&str; 24] = [
    "嗯",
    "啊",
    "哦",
    "好的",
    "好",
    "行",
    "对",
    "那个",
    "我的",
    "我是",
    "我叫",
    "我就叫",
    "叫",
    "免贵姓",
    "我姓",
    "我住在",
    "我家住在",
    "我家住",
    "我住",
    "家住",
    "住在",
    "就在",
    "，",
    ",",
];
/// What a caller says to a number that was read back right.
const AGREEING: [&str; 10] = ["对", "是的", "是", "没错", "嗯", "正确", "就是这个", "可以", "好的", "行"];
const DENYING: [&str; 6] = ["不对", "不是", "错了", "改", "应该是", "没有"];

/// The fields in `reply` when `question` asked for one of them.
pub(super) fn to_question(question: &str, reply: &str) -> Fields {
    let asks = question.contains(['？', '?', '请', '吗'])
        || question.contains("多少")
        || question.contains("什么")
        || question.contains("您");
    let Some((_, asked)) = QUESTIONS.iter().find(|(word, _)| asks && question.contains(word)) else {
        return Fields::default();
    };
    // `厂子叫什么名字`: the name of something or somebody else.
    if *asked == Question::Name && OTHERS.iter().any(|word| question.contains(word)) {
        return Fields::default();
    }
    let answer = without_fillers(reply);
    let read = match asked {
        // `免贵姓石，石大山`: the surname alone is no name, the next clause is.
        Question::Name => answer
            .split(['，', ',', '。', ' '])
            .map(|clause| labelled("姓名", without_fillers(clause)))
            .find(|read| !read.names.is_empty())
            .unwrap_or_default(),
        Question::Phone => labelled("联系电话", answer),
        Question::IdNumber => labelled("身份证号", answer),
        Question::Address => labelled("家庭住址", answer),
    };
    let none = Fields::default();
    match asked {
        Question::Name => {
            let names = read.names.into_iter().filter(|name| name.confidence.value() >= LEAST_NAME).collect();
            Fields { names, ..none }
        }
        Question::Phone => Fields { phones: read.phones, impossible: read.impossible, ..none },
        Question::IdNumber => Fields { id_number: read.id_number, impossible: read.impossible, ..none },
        Question::Address => Fields { address: read.address, ..none },
    }
}

fn without_fillers(reply: &str) -> &str {
    let mut answer = reply.trim();
    while let Some(rest) = FILLERS.iter().find_map(|filler| answer.strip_prefix(filler)) {
        answer = rest.trim();
    }
    answer
}

fn labelled(label: &str, answer: &str) -> Fields {
    fields::read(&format!("{label}：{answer}"), &Context::default())
}

/// Whether `reply` agrees to what was read back.
pub(super) fn agrees(reply: &str) -> bool {
    let reply = reply.trim();
    AGREEING.iter().any(|word| reply.starts_with(word)) && !DENYING.iter().any(|word| reply.contains(word))
}
