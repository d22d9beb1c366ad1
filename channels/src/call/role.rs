//! Which speaker is the operator.

use std::collections::BTreeMap;

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
const OPERATOR_WORDS: [&str; 24] = [
    "这里是",
    "请讲",
    "请说",
    "有什么可以帮",
    "很高兴为您",
    "请问您",
    "您贵姓",
    "怎么称呼",
    "为您记录",
    "已经记录",
    "记录下来",
    "给您登记",
    "已登记",
    "感谢您的来电",
    "感谢来电",
    "请稍等",
    "核实一下",
    "帮您转",
    "为您服务",
    "您的姓名",
    "您的联系",
    "您的电话",
    "请您",
    "再见",
];
/// What only an operator says, even where nobody is named.
const OPENING: [&str; 8] =
    ["请讲", "很高兴为您", "有什么可以帮", "感谢您的来电", "感谢来电", "为您服务", "信访热线", "信访局，"];

/// The role of each of `turns`.
pub(super) fn roles(turns: &[Turn]) -> Vec<Role> {
    let mut speakers: BTreeMap<&str, Option<Role>> = BTreeMap::new();
    for speaker in turns.iter().filter_map(|turn| turn.speaker.as_deref()) {
        speakers.entry(speaker).or_insert_with(|| by_label(speaker));
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
    }
    turns
        .iter()
        .map(|turn| match turn.speaker.as_deref().and_then(|speaker| speakers.get(speaker).copied().flatten()) {
            Some(role) => role,
            None if turn.speaker.is_none() && speakers.is_empty() && opens(&turn.text) => Role::Operator,
            None => Role::Caller,
        })
        .collect()
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

/// The speaker without a role who most talks like an operator, in relation to how much they talk.
fn operator_by_words<'turns>(turns: &'turns [Turn], speakers: &BTreeMap<&str, Option<Role>>) -> Option<&'turns str> {
    let mut said: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for turn in turns {
        let Some(speaker) = turn.speaker.as_deref().filter(|speaker| speakers.get(speaker) == Some(&None)) else {
            continue;
        };
        let (words, turns) = said.entry(speaker).or_default();
        *words += OPERATOR_WORDS.iter().filter(|word| turn.text.contains(**word)).count();
        *turns += 1;
    }
    said.into_iter()
        .filter(|(_, (words, _))| *words > 0)
        .max_by(|(_, (words, turns)), (_, (other_words, other_turns))| {
            (words * other_turns).cmp(&(other_words * turns))
        })
        .map(|(speaker, _)| speaker)
}

/// Whether nobody but an operator says this.
fn opens(text: &str) -> bool {
    OPENING.iter().any(|words| text.contains(words)) || (text.contains("您好") && text.contains("这里是"))
}
