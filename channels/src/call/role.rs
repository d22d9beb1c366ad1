//! Which speaker is the operator, and, where nobody is named, which sentences are the operator's.

use std::collections::BTreeMap;

use super::answer;
use super::transcript::Turn;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Takes the call for the office.
    Operator,
    /// Has called.
    Caller,
}

const OPERATOR_LABELS: [&str; 14] = [
    "坐席",
    "座席",
    "接线",
    "话务",
    "客服",
    "工作人员",
    "工号",
    "operator",
    "agent",
    "受理员",
    "接听",
    "信访局",
    "热线",
    "接待员",
];
const CALLER_LABELS: [&str; 14] = [
    "来电",
    "市民",
    "群众",
    "caller",
    "customer",
    "客户",
    "用户",
    "来访",
    "信访人",
    "反映人",
    "诉求人",
    "居民",
    "业主",
    "村民",
];
/// What operators say.
const OPERATOR_WORDS: [&str; 46] = [
    "请问反映",
    "反映什么",
    "已记录",
    "这里是",
    "请讲",
    "请说",
    "您请讲",
    "有什么可以帮",
    "很高兴为您",
    "请问您",
    "请问有什么",
    "您贵姓",
    "怎么称呼",
    "为您记录",
    "帮您记录",
    "已经记录",
    "记录下来",
    "给您登记",
    "已登记",
    "为您登记",
    "帮您登记",
    "感谢您的来电",
    "感谢来电",
    "您的来电",
    "请稍等",
    "核实一下",
    "跟您核对",
    "帮您转",
    "为您服务",
    "您的姓名",
    "您的联系",
    "您的电话",
    "您的身份证",
    "您的住址",
    "请您",
    "您反映的",
    "您住",
    "再见",
    "可以匿名",
    "您有什么",
    "您提供",
    "您的诉求",
    "您希望",
    "您别着急",
    "您慢慢说",
    "慢慢说",
];
/// What callers say.
const CALLER_WORDS: [&str; 26] = [
    "我反映",
    "我想反映",
    "我要反映",
    "想反映",
    "我想问",
    "我要投诉",
    "我投诉",
    "我家",
    "我们家",
    "我们小区",
    "我们村",
    "我们这",
    "我们单位",
    "我住",
    "我叫",
    "我姓",
    "免贵",
    "我的电话",
    "你们管",
    "你们能不能",
    "希望",
    "麻烦你们",
    "没人管",
    "一直不",
    "俺们",
    "俺家",
];
/// What only an operator says, even where nobody is named.
const OPENING: [&str; 8] =
    ["请讲", "很高兴为您", "有什么可以帮", "感谢您的来电", "感谢来电", "为您服务", "信访热线", "信访局，"];

/// How long the greeting of an office is, in characters.
const GREETING_LENGTH: usize = 14;

/// The turns of a call in which nobody is named, parted into sentences: a recogniser that does not tell speakers apart puts question
/// and answer into one segment.
pub(super) fn parted(turns: Vec<Turn>) -> Vec<Turn> {
    if turns.iter().any(|turn| turn.speaker.is_some()) || turns.iter().all(|turn| !speaks_for_office(&turn.text)) {
        return turns;
    }
    turns.iter().flat_map(sentences).collect()
}

fn sentences(turn: &Turn) -> Vec<Turn> {
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for character in turn.text.chars() {
        length += 1;
        if matches!(character, '。' | '？' | '?' | '！' | '!') && length > start + 1 {
            parts.push(turn.part(start..length));
            start = length;
        }
    }
    parts.push(turn.part(start..length));
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

/// The role of each of `turns`.
pub(super) fn roles(turns: &[Turn]) -> Vec<Role> {
    let mut speakers: BTreeMap<&str, Option<Role>> = BTreeMap::new();
    for speaker in turns.iter().filter_map(|turn| turn.speaker.as_deref()) {
        speakers.entry(speaker).or_insert_with(|| by_label(speaker));
    }
    if speakers.is_empty() {
        return by_sentence(turns);
    }
    if speakers.len() > 1 && !speakers.values().any(|role| *role == Some(Role::Operator)) {
        let callers = speakers.values().filter(|role| **role == Some(Role::Caller)).count();
        let operator = operator_by_words(turns, &speakers).or_else(|| {
            // Two speakers, one of them the caller by label: the other one took the call.
            (callers == 1 && speakers.len() == 2)
                .then(|| speakers.iter().find(|(_, role)| role.is_none()).map(|(name, _)| *name))
                .flatten()
        });
        if let Some(role) = operator.and_then(|operator| speakers.get_mut(operator)) {
            *role = Some(Role::Operator);
        }
        // Who hands the call over to another operator took it, too.
        let more: Vec<&str> = speakers
            .iter()
            .filter(|(name, role)| role.is_none() && takes_calls(turns, name))
            .map(|(name, _)| *name)
            .collect();
        let unknown = speakers.values().filter(|role| role.is_none()).count();
        if callers > 0 || unknown > more.len() {
            for name in more {
                speakers.insert(name, Some(Role::Operator));
            }
        }
    }
    turns
        .iter()
        .map(|turn| turn.speaker.as_deref().and_then(|speaker| speakers.get(speaker).copied().flatten()))
        .map(|role| role.unwrap_or(Role::Caller))
        .collect()
}

/// Whether a speaker opens like an operator and says nothing that callers say.
fn takes_calls(turns: &[Turn], name: &str) -> bool {
    let mut own = turns.iter().filter(|turn| turn.speaker.as_deref() == Some(name));
    own.clone().next().is_some_and(|first| speaks_for_office(&first.text))
        && own.all(|turn| !CALLER_WORDS.iter().any(|words| turn.text.contains(words)))
}

/// Whether a speaker who is called so has a role.
pub(super) fn is_label(speaker: &str) -> bool {
    by_label(speaker).is_some()
}

fn by_label(speaker: &str) -> Option<Role> {
    let plain = speaker.to_lowercase();
    if OPERATOR_LABELS.iter().any(|word| plain.contains(word)) {
        Some(Role::Operator)
    } else if CALLER_LABELS.iter().any(|word| plain.contains(word)) {
        Some(Role::Caller)
    } else {
        None
    }
}

/// The speaker without a role who most talks like an operator, in relation to how much they talk. What callers say counts against it.
fn operator_by_words<'turns>(turns: &'turns [Turn], speakers: &BTreeMap<&str, Option<Role>>) -> Option<&'turns str> {
    let mut said: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for turn in turns {
        let Some(speaker) = turn.speaker.as_deref().filter(|speaker| speakers.get(speaker) == Some(&None)) else {
            continue;
        };
        let (points, turns) = said.entry(speaker).or_default();
        *points += points_of(&turn.text);
        *turns += 1;
    }
    said.into_iter()
        .filter(|(_, (points, _))| *points > 0)
        .max_by(|(_, (points, turns)), (_, (other_points, other_turns))| {
            (points * other_turns).cmp(&(other_points * turns))
        })
        .map(|(speaker, _)| speaker)
}

/// How much `text` sounds like an operator; below nothing where it sounds like a caller.
fn points_of(text: &str) -> i64 {
    let count = |words: &[&str]| i64::try_from(words.iter().filter(|word| text.contains(**word)).count()).unwrap_or(0);
    count(&OPERATOR_WORDS) - count(&CALLER_WORDS) + i64::from(answer::asks(text))
}

/// The role of each sentence where nobody is named. A sentence is the caller's unless it sounds like the operator alone.
fn by_sentence(turns: &[Turn]) -> Vec<Role> {
    let office = turns.iter().any(|turn| speaks_for_office(&turn.text));
    let mut roles = Vec::with_capacity(turns.len());
    for turn in turns {
        let operator = opens(&turn.text) || (office && (points_of(&turn.text) > 0 || reads_back(&turn.text)));
        roles.push(if operator { Role::Operator } else { Role::Caller });
    }
    // Question and answer in one run without any mark: what the caller said in it must not be lost.
    if roles.iter().all(|role| *role == Role::Operator) {
        for (role, turn) in roles.iter_mut().zip(turns) {
            if CALLER_WORDS.iter().any(|words| turn.text.contains(words)) {
                *role = Role::Caller;
            }
        }
    }
    // `您好，` before the opening words is the beginning of them.
    if roles.get(1) == Some(&Role::Operator)
        && let (Some(first), Some(turn)) = (roles.first_mut(), turns.first())
        && ["您好", "喂您好", "喂"].contains(&turn.text.trim_end_matches(['，', ',', '。', '.', '！']))
    {
        *first = Role::Operator;
    }
    roles
}

/// Whether the words show that an operator takes part: a statement that was dictated has none.
fn speaks_for_office(text: &str) -> bool {
    opens(text)
        || ["请问您", "您贵姓", "怎么称呼", "您的电话", "您的联系", "为您登记", "给您登记"]
            .iter()
            .any(|word| text.contains(word))
}

/// `13800000001，对吗？`: a number and the question whether it is right.
fn reads_back(text: &str) -> bool {
    let figures = text.chars().filter(|c| crate::fields::is_figure(*c)).count();
    figures >= 7 && ["对吗", "对吧", "是吗", "对不对", "是吧", "没错吧"].iter().any(|word| text.contains(word))
}

/// Whether nobody but an operator says this.
fn opens(text: &str) -> bool {
    // `您好，热线。`
    let greets = text.starts_with("您好") && text.contains("热线") && text.chars().count() <= GREETING_LENGTH;
    let asks = text.contains(['吗', '是', '?', '？']);
    OPENING.iter().any(|words| text.contains(words))
        || (text.contains("您好") && text.contains("这里是"))
        || (greets && !asks)
}
