//! Transcripts as plain text, with or without labels and times before the words.

use jiff::civil::DateTime;

use super::role;
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
        if is_about_file(line) {
            continue;
        }
        let (time, line) = time(line);
        let time = passed.or(time);
        if let Some((name, behind, words)) = headed(line) {
            // `发言人 1  00:04`, alone over the words or before them.
            speaker = Some(name.to_owned());
            moment = behind.or(time);
            transcript.say(speaker.as_deref(), moment, words);
            continue;
        }
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
            moment = time.or(time_behind);
            let mut named = name;
            for (next, words) in talks(words) {
                named = next.unwrap_or(named);
                transcript.say(Some(named), moment, words);
            }
            speaker = Some(named.to_owned());
        } else {
            // A line without a label goes on with the speaker before it.
            moment = time.or(moment);
            transcript.say(speaker.as_deref(), moment, line);
        }
    }
    without_heading(&mut transcript);
    transcript
}

/// `[ti:来电录音]`, `[length:03:20]`: what a file of timed lines tells about itself.
fn is_about_file(line: &str) -> bool {
    let inside = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let name = inside.and_then(|inside| inside.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| ["ti", "ar", "al", "by", "re", "ve", "offset", "length"].contains(&name))
}

/// Leaves out the heading of a transcript whose speakers are named: one short line without any sentence before all of them.
fn without_heading(transcript: &mut Transcript) {
    const LONGEST: usize = 40;
    let is_heading = transcript.turns.first().is_some_and(|first| {
        let sentence = first.text.contains(['，', '。', '？', '！', ',', '?', '!']);
        first.speaker.is_none() && first.milliseconds.is_none() && !sentence && first.text.chars().count() <= LONGEST
    });
    if is_heading && transcript.turns.len() > 2 && transcript.turns.iter().skip(1).all(|turn| turn.speaker.is_some()) {
        transcript.turns.remove(0);
    }
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

/// `words` parted where somebody else begins to speak in the same line: `您好请讲。市民：我是北苑小区的。` Whoever speaks on has no name before
/// their words.
fn talks(words: &str) -> Vec<(Option<&str>, &str)> {
    let mut talks = Vec::new();
    let (mut speaker, mut begun) = (None, 0);
    let mut sentence = 0;
    for (place, character) in words.char_indices() {
        let behind = place + character.len_utf8();
        match character {
            '：' | ':' => {
                let name = words.get(sentence..place).unwrap_or_default().trim();
                if sentence > 0 && is_speaker(name) {
                    talks.push((speaker, words.get(begun..sentence).unwrap_or_default()));
                    (speaker, begun) = (Some(name), behind);
                }
            }
            '。' | '！' | '？' | '!' | '?' | ' ' | '\t' | '\u{3000}' => sentence = behind,
            _ => {}
        }
    }
    talks.push((speaker, words.get(begun..).unwrap_or_default()));
    talks
}

/// The speaker, the moment and the words of `说话人1 00:00:05`, `客户(0:05)：我叫…`; none of any other line.
fn headed(line: &str) -> Option<(&str, Option<u64>, &str)> {
    /// A time further in is told, not written before the words.
    const REACH: usize = 24;
    if !line.contains(':') {
        return None;
    }
    // `发言人 1  00:04`: the first figures may be the speaker's.
    let of_time = |start: &usize| {
        let rest = line.get(*start..).unwrap_or_default();
        let length = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(rest.len());
        let written = rest.get(..length)?.trim_end_matches(':');
        let moment = milliseconds(written).filter(|_| written.contains(':'))?;
        Some((*start, start + written.len(), moment))
    };
    let starts = line.char_indices().map(|(start, _)| start).take(REACH);
    let apart = |start: &usize| {
        line.get(..*start).is_some_and(|before| before.ends_with([' ', '\t', '\u{3000}', '(', '（', '[', '【']))
    };
    let (start, end, moment) = starts.filter(apart).find_map(|start| of_time(&start))?;
    let name = line.get(..start)?.trim_end_matches([' ', '\t', '\u{3000}', '(', '（', '[', '【']);
    let rest = line.get(end..)?;
    let words = rest.trim_start_matches([')', '）', ']', '】', ' ', '\t']);
    let words = words.strip_prefix([':', '：']).or_else(|| words.is_empty().then_some(""))?;
    is_speaker(name).then(|| (name.trim(), Some(moment), words.trim()))
}

/// Whether `name` is what transcripts call a speaker: a role, or one of those that a recogniser counts.
fn is_speaker(name: &str) -> bool {
    /// Longer words before a colon are part of what is said.
    const LONGEST: usize = 8;
    const COUNTED: [&str; 6] = ["发言人", "说话人", "讲话人", "参会人", "speaker", "spk"];
    if name.len() > 12 * LONGEST {
        return false;
    }
    let plain = name.trim().to_lowercase();
    if plain.contains(['：', ':', '，', '。', ',', '？', '！']) {
        return false;
    }
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '号' | ' ' | '_' | '-'));
    let is_counted = COUNTED.contains(&bare) && bare.len() < plain.len();
    is_counted || (bare.chars().count() <= LONGEST && role::is_label(bare))
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
    // `又等到 13:10`
    let digit = |c: char| c.is_ascii_digit();
    if plain.ends_with(digit) && words.starts_with(digit) && !is_speaker(plain) {
        return None;
    }
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

    #[test]
    fn a_speaker_over_the_words_has_the_time_behind() {
        let expected = [
            (Some("发言人 1".to_owned()), Some(0), "您好".to_owned()),
            (Some("发言人 2".to_owned()), Some(4000), "停水了".to_owned()),
        ];
        for text in
            ["发言人 1  00:00\n您好\n\n发言人 2  00:04\n停水了", "发言人 1(0:00:00)：您好\n发言人 2（00:04）：停水了"]
        {
            assert_eq!(turns(text), expected, "{text}");
        }
        // A time that is told.
        assert_eq!(turns("来电人：我等到 12:30\n又等到 13:10")[0].2, "我等到 12:30");
        assert_eq!(turns("来电人：我等到 12:30\n又等到 13:10")[1].2, "又等到 13:10");
    }

    #[test]
    fn who_speaks_next_in_the_same_line_is_somebody_else() {
        let told = turns("坐席：您好请讲。市民：我是北苑的，楼下：网吧吵。坐席：好的。");
        let told: Vec<(&str, &str)> =
            told.iter().map(|(name, _, words)| (name.as_deref().unwrap_or_default(), words.as_str())).collect();
        assert_eq!(told, [("坐席", "您好请讲。"), ("市民", "我是北苑的，楼下：网吧吵。"), ("坐席", "好的。")]);
    }
}
