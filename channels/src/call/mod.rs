//! The call door: transcripts of phone calls.
//!
//! | form | recognised by |
//! |---|---|
//! | our JSON | `{"call_id"?, "caller_number"?, "started_at"?, "segments": [{"speaker", "start", "end", "text"}]}`, times in seconds |
//! | Whisper and its kin | `{"segments": [{"start", "end", "text", "speaker"?, "words"?, "avg_logprob"?}]}`, times in seconds; whisper.cpp's `transcription` with `offsets` |
//! | FunASR | `{"sentence_info": [{"text", "start", "end", "spk"}]}`, `{"text", "timestamp": [[from, to], …]}`, `stamp_sents`, times in milliseconds |
//! | SenseVoice | any of these with `<\|zh\|><\|NEUTRAL\|>…` before the words |
//! | iFlytek | `lattice` with `json_1best`, or `onebest`, times in milliseconds |
//! | CSV, TSV | a first row that names columns `text` and `start` or `speaker` |
//! | WebVTT | `WEBVTT` in the first line; `<v Speaker>` names who speaks |
//! | SRT | `-->` between two times |
//! | typed by an operator | [`typed::TypedCall`] |
//! | plain text | `坐席：…`, `来电人：…` before the words, or no labels at all |
//!
//! `docs/transcripts.md` has an example of each. Who is the operator is told by labels, or found by what is said. The caller's turns,
//! without sounds and stumbles (`reading_copy`), are the statement; the operator's stand beside it; the call turn by turn, as
//! it was heard, is kept as a file ([`record::CallRecord`]). Every field knows the moment at which it was said.

mod answer;
mod correction;
mod json;
mod lattice;
mod piecemeal;
mod plain;
mod reading_copy;
pub mod record;
pub mod recording;
mod rich;
mod role;
mod settled;
mod statement;
mod subtitle;
mod table;
mod transcript;
pub mod typed;

use case::channel::Channel;
use case::problem::{Problem, ProblemCode};
use case::source_key::SourceKey;
use case::submission::FileRole;
use jiff::civil::Date;

use crate::{ReadFile, Reading, charset};
use transcript::Transcript;

/// The most bytes of a transcript; a call of an hour is under 200 KiB as JSON with words and times.
pub const SIZE_LIMIT: usize = 16 * 1024 * 1024;
/// The most turns.
pub const TURN_LIMIT: usize = 20_000;

/// What makes two transcripts the same input: the id of the call, or else the bytes.
#[must_use]
pub fn source_key(bytes: &[u8]) -> SourceKey {
    let readable = bytes.len() <= SIZE_LIMIT && !recording::is_one(bytes);
    let typed = || typed::parse(std::str::from_utf8(bytes).ok()?.trim()).map(|call| call.call_id);
    let told = || transcript(bytes).ok().and_then(|transcript| transcript.call_id);
    let id = if readable { typed().or_else(told) } else { None };
    match id {
        Some(id) => SourceKey::new(Channel::Call, "call-id", &[id.as_bytes()]),
        None => SourceKey::new(Channel::Call, "bytes", &[bytes]),
    }
}

/// Reads a transcript. `received_on` is the day on which it stood at the door, when the caller knows it.
///
/// # Errors
/// [`ProblemCode::EmptyInput`], [`ProblemCode::InputTooLarge`], [`ProblemCode::UnknownCharset`] when the bytes are no text,
/// [`ProblemCode::MalformedInput`] when it is JSON of another shape, [`ProblemCode::TooDeep`] for too many turns.
pub fn read(bytes: &[u8], received_on: Option<Date>) -> Result<Reading, Problem> {
    if bytes.len() > SIZE_LIMIT {
        return Err(ProblemCode::InputTooLarge.because(format!("通话记录不得超过{}MB", SIZE_LIMIT / 1024 / 1024)));
    }
    if let Some(call) = std::str::from_utf8(bytes).ok().and_then(|text| typed::parse(text.trim())) {
        return Ok(Reading { statement: typed::read(&call, received_on)?, files: Vec::new() });
    }
    let transcript = transcript(bytes)?;
    if transcript.turns.len() > TURN_LIMIT {
        return Err(ProblemCode::TooDeep.because(format!("通话记录超过{TURN_LIMIT}段")));
    }
    if transcript.turns.is_empty() {
        return Err(ProblemCode::EmptyInput.because("通话记录中没有文字"));
    }
    let (statement, record) = statement::from_transcript(transcript, received_on);
    let bytes = serde_json::to_vec(&record).map_err(|_impossible| Problem::from(ProblemCode::Internal))?;
    let file = ReadFile {
        role: FileRole::Reading,
        name: record::NAME.to_owned(),
        media_type: "application/json".to_owned(),
        bytes,
    };
    Ok(Reading { statement, files: vec![file] })
}

/// The transcript in `bytes`, in whatever form.
fn transcript(bytes: &[u8]) -> Result<Transcript, Problem> {
    let decoded = charset::decode(bytes, None);
    let odd = decoded.text.chars().filter(|c| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())).count();
    if odd * 20 > decoded.text.chars().count() {
        return Err(ProblemCode::UnknownCharset.because("不是文本文件，或无法识别其文字编码"));
    }
    let text = decoded.text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(ProblemCode::EmptyInput.because("通话记录是空的"));
    }
    if is_json(text) {
        return json::read(text);
    }
    if text.starts_with("WEBVTT") || text.lines().take(10).any(|line| line.contains("-->")) {
        return Ok(subtitle::read(text));
    }
    // A table whose first row names its columns.
    Ok(table::read(text).filter(|table| !table.turns.is_empty()).unwrap_or_else(|| plain::read(text)))
}

/// Whether `text` begins like an object or a list of them; `[00:01:02] 坐席：…` and `[坐席] …` are lines of a text.
fn is_json(text: &str) -> bool {
    let behind = text.strip_prefix('[').map(str::trim_start);
    text.starts_with('{') || behind.is_some_and(|behind| behind.starts_with(['{', '[', ']', '"']))
}

#[cfg(test)]
mod tests;
