//! Transcripts as plain text, with or without labels and times before the words.

use jiff::civil::DateTime;

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
    let mut began: Option<DateTime> = None;
    for line in text.lines() {
        let (stamp, line) = stamped(line.trim());
        let passed = stamp.map(|stamp| {
            let began = *began.get_or_insert(stamp);
            transcript.started_at.get_or_insert_with(|| stamp.to_string().replace('T', " "));
            let passed = stamp.duration_since(began).as_millis();
            u64::try_from(passed).unwrap_or(0)
        });
        let (time, line) = time(line);
        let time = passed.or(time);
        if let Some(name) =
            line.strip_suffix(['：', ':']).or(Some(line)).filter(|_| stamp.is_some() && named_alone(line))
        {
            // `客服 2026-11-23 14:03:11` over what is said.
            speaker = Some(name.trim().to_owned());
            moment = time;
            continue;
        }
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

/// Whether a line is nothing but a speaker, as exports of talks have it over the words.
fn named_alone(line: &str) -> bool {
    let plain = line.trim().trim_end_matches(['：', ':']);
    let length = plain.chars().count();
    (1..=LABEL_LIMIT).contains(&length) && !plain.contains(['，', '。', '？', '！', ',', '?', '!', '：', ':', ' '])
}

/// The moment by the calendar that a line has at its beginning or its end, `[2026-11-23 14:03:11] 客服：…`, and the line without it.
fn stamped(line: &str) -> (Option<DateTime>, &str) {
    let bare = line.trim_start_matches(['[', '(', '（', '【']);
    let is_of_stamp =
        |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':' | ' ' | 'T' | '年' | '月' | '日');
    let end = bare.find(|c| !is_of_stamp(c)).unwrap_or(bare.len());
    if let Some((written, rest)) = bare.split_at_checked(end)
        && let Some(stamp) = moment_of(written)
    {
        return (Some(stamp), rest.trim_start_matches([']', ')', '）', '】', ' ', '\t']));
    }
    let start = line.rfind(|c| !is_of_stamp(c) && !matches!(c, ']' | ')' | '）' | '】' | '[' | '(' | '（' | '【'));
    let tail = start.and_then(|start| line.get(start..)?.chars().next().map(|c| start + c.len_utf8()));
    let Some((name, written)) = tail.and_then(|tail| line.split_at_checked(tail)) else { return (None, line) };
    match moment_of(written.trim_matches(['[', '(', '（', '【', ']', ')', '）', '】', ' '])) {
        Some(stamp) if named_alone(name) => (Some(stamp), name.trim()),
        _ => (None, line),
    }
}

/// `2026-11-23 14:03:11`, `2026/11/23 14:03`, `2026年11月23日 14:03:11`.
fn moment_of(written: &str) -> Option<DateTime> {
    let written = written.trim().replace(['/', '.', '年', '月'], "-").replace(['日', 'T'], " ");
    let (date, time) = written.split_once(' ')?;
    let numbers = |text: &str, mark: char| -> Option<Vec<i16>> {
        text.split(mark).map(|part| part.trim().parse().ok()).collect()
    };
    let (date, time) = (numbers(date, '-')?, numbers(time.trim(), ':')?);
    let &[year, month, day] = date.as_slice() else { return None };
    let (hour, minute, second) = match *time.as_slice() {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let small = |number: i16| i8::try_from(number).ok();
    let fits = (1990..2100).contains(&year);
    DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?, 0)
        .ok()
        .filter(|_| fits)
}

/// `坐席：您好`, `[坐席] 您好` in its two parts.
pub(super) fn label(line: &str) -> Option<(&str, &str)> {
    if let Some((name, words)) = line.strip_prefix(['[', '【']).and_then(|line| line.split_once([']', '】']))
        && named_alone(name)
        && !name.starts_with(|c: char| c.is_ascii_digit())
    {
        return Some((name, words.trim_start_matches([':', '：', ' '])));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(text: &str) -> Vec<(Option<String>, Option<u64>, String)> {
        read(text).turns.into_iter().map(|turn| (turn.speaker, turn.milliseconds, turn.text)).collect()
    }

    #[test]
    fn moments_by_the_calendar_are_told_from_the_first_on() {
        let expected = [
            (Some("客服".to_owned()), Some(0), "您好".to_owned()),
            (Some("用户".to_owned()), Some(15_000), "停水了".to_owned()),
        ];
        for text in [
            "[2026-11-23 14:03:11] 客服: 您好\n[2026-11-23 14:03:26] 用户: 停水了",
            "2026/11/23 14:03:11 客服：您好\n2026/11/23 14:03:26 用户：停水了",
            "客服 2026-11-23 14:03:11\n您好\n用户 2026-11-23 14:03:26\n停水了",
            "客服（2026年11月23日 14:03:11）\n您好\n用户（2026年11月23日 14:03:26）\n停水了",
        ] {
            assert_eq!(turns(text), expected, "{text}");
            assert_eq!(read(text).started_at.as_deref(), Some("2026-11-23 14:03:11"), "{text}");
        }
    }

    #[test]
    fn speakers_in_brackets_and_times_without_a_day() {
        assert_eq!(
            turns("[坐席] 您好\n【来电人】停水了"),
            [
                (Some("坐席".to_owned()), None, "您好".to_owned()),
                (Some("来电人".to_owned()), None, "停水了".to_owned()),
            ]
        );
        assert_eq!(turns("[00:01:02] 坐席：您好"), [(Some("坐席".to_owned()), Some(62_000), "您好".to_owned())]);
        assert_eq!(turns("我家2020-04-05 12:30停的水")[0].2, "我家2020-04-05 12:30停的水");
    }
}
