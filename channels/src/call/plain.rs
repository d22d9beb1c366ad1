//! Transcripts as plain text, with or without labels and times before the words.

use super::transcript::{Transcript, milliseconds};

/// Lines at the head that tell about the call.
const CALLER_NUMBER: [&str; 8] =
    ["来电号码", "主叫号码", "来电电话", "主叫", "号码", "来电人号码", "来电人电话", "主叫电话"];
const CALL_ID: [&str; 6] = ["通话编号", "录音编号", "通话ID", "来电编号", "工单编号", "流水号"];
const STARTED_AT: [&str; 8] = ["来电时间", "通话时间", "开始时间", "通话开始", "时间", "日期", "受理时间", "录音时间"];
/// Others at the head, which tell nothing that is kept apart: they stand in the original.
const BESIDE: [&str; 9] = ["被叫号码", "被叫", "通话时长", "时长", "坐席工号", "工号", "录音文件", "录音", "技能组"];
/// Longest label, in characters.
const LABEL_LIMIT: usize = 14;
/// Labels that are no speakers: a person who reads out an address says `地址：`.
const NOT_SPEAKERS: [&str; 18] = [
    "电话",
    "手机",
    "地址",
    "住址",
    "姓名",
    "诉求",
    "时间",
    "日期",
    "内容",
    "标题",
    "备注",
    "注",
    "例如",
    "比如",
    "结果",
    "号码",
    "身份证",
    "问题",
];

/// Reads `text`.
pub(super) fn read(text: &str) -> Transcript {
    let mut transcript = Transcript::default();
    let mut speaker: Option<String> = None;
    let mut moment: Option<u64> = None;
    for line in text.lines() {
        let (time, line) = time(line.trim());
        if about_call(line, &mut transcript) {
            continue;
        }
        if let Some((name, words)) = label(line) {
            let (time_behind, words) = super::plain::time(words.trim());
            speaker = Some(name.to_owned());
            moment = time.or(time_behind);
            transcript.say(speaker.as_deref(), moment, words);
        } else {
            // A line without a label goes on with the speaker before it.
            moment = time.or(moment);
            transcript.say(speaker.as_deref(), moment, line);
        }
    }
    transcript
}

/// Takes a line that tells about the call.
fn about_call(line: &str, transcript: &mut Transcript) -> bool {
    let Some((name, value)) = line.split_once([':', '：']) else { return false };
    let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    let name = name.trim();
    // Once somebody speaks, such words are part of the talk.
    let slot = if !transcript.turns.is_empty() {
        return false;
    } else if CALLER_NUMBER.contains(&name) {
        &mut transcript.caller_number
    } else if CALL_ID.contains(&name) {
        &mut transcript.call_id
    } else if STARTED_AT.contains(&name) {
        &mut transcript.started_at
    } else {
        return BESIDE.contains(&name);
    };
    *slot = value;
    true
}

/// `坐席：您好` in its two parts.
pub(super) fn label(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.split_once([':', '：'])?;
    let plain = name.trim().trim_matches(['[', ']', '【', '】', '*']);
    let length = plain.chars().count();
    let sentence = plain.contains(['，', '。', '？', '！', ',', '?', '!', '“', '"']);
    let number = plain.chars().all(|c| c.is_ascii_digit());
    let fits = (1..=LABEL_LIMIT).contains(&length)
        && !sentence
        && !number
        && !NOT_SPEAKERS.iter().any(|word| plain.ends_with(word));
    fits.then_some((plain, words))
}

/// A time at the beginning of `line`: `[00:01:02]`, `(01:02)`, `00:01:02.5`.
pub(super) fn time(line: &str) -> (Option<u64>, &str) {
    let bare = line.trim_start_matches(['[', '(', '（', '【']);
    let length = bare.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(bare.len());
    let (written, rest) = bare.split_at_checked(length).unwrap_or(("", bare));
    let opened = bare.len() < line.len();
    let closed = rest.starts_with([']', ')', '）', '】']);
    if !written.contains(':') || (opened && !closed) || !(closed || rest.starts_with([' ', '\t']) || rest.is_empty()) {
        return (None, line);
    }
    match milliseconds(written.trim_end_matches(':')) {
        Some(moment) => (Some(moment), rest.trim_start_matches([']', ')', '）', '】', ' ', '\t'])),
        None => (None, line),
    }
}
