//! Transcripts as a table, CSV or TSV, whose first row names its columns: `start,end,speaker,text`.

use super::transcript::{Said, Transcript, from_seconds, milliseconds};

const TEXT: [&str; 9] = ["text", "content", "transcript", "sentence", "文本", "内容", "文字", "识别结果", "说话内容"];
const SPEAKER: [&str; 9] = ["speaker", "role", "spk", "channel", "speaker_id", "说话人", "角色", "发言人", "声道"];
const START: [&str; 8] = ["start", "begin", "start_time", "begin_time", "start_ms", "开始时间", "起始时间", "开始"];
const END: [&str; 6] = ["end", "end_time", "stop", "end_ms", "结束时间", "结束"];

/// The transcript in `text`, when its first row names a column of words and one of times or speakers.
pub(super) fn read(text: &str) -> Option<Transcript> {
    let head = text.lines().next()?;
    let delimiter = [b'\t', b',', b';'].into_iter().find(|mark| head.as_bytes().contains(mark))?;
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let columns: Vec<String> = rows.headers().ok()?.iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |names: &[&str]| columns.iter().position(|name| names.contains(&name.as_str()));
    let words = column(&TEXT)?;
    let (speaker, start, end) = (column(&SPEAKER), column(&START), column(&END));
    if speaker.is_none() && start.is_none() {
        return None;
    }
    // Rows of any length are rows, so none is left out.
    let rows: Vec<csv::StringRecord> = rows.records().filter_map(Result::ok).take(super::TURN_LIMIT + 1).collect();
    let cell = |row: &csv::StringRecord, place: Option<usize>| {
        place.and_then(|place| row.get(place)).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    // Whisper writes whole milliseconds; seconds have fractions somewhere.
    let whole = |value: &String| value.bytes().all(|byte| byte.is_ascii_digit());
    let written: Vec<String> = rows.iter().filter_map(|row| cell(row, start)).collect();
    let in_milliseconds = written.iter().all(whole) && written.iter().any(|value| value.len() > 3);
    let moment = |value: String| match value.parse::<f64>() {
        Ok(number) if in_milliseconds => from_seconds(number / 1000.0),
        Ok(number) => from_seconds(number),
        Err(_) => milliseconds(&value),
    };
    let mut transcript = Transcript::default();
    for row in &rows {
        let Some(text) = row.get(words) else { continue };
        transcript.hear(&Said {
            speaker: cell(row, speaker).as_deref(),
            milliseconds: cell(row, start).and_then(moment),
            until: cell(row, end).and_then(moment),
            text,
            ..Said::default()
        });
    }
    Some(transcript)
}
