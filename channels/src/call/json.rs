//! Transcripts as JSON, ours and those of common recognisers.

use case::problem::{Problem, ProblemCode};
use serde_json::{Map, Value};

use super::transcript::{Transcript, from_seconds, milliseconds};

/// Where lists of turns stand, and whether their times are milliseconds.
const LISTS: [(&str, bool); 6] = [
    ("segments", false),
    ("sentence_info", true),
    ("sentences", true),
    ("utterances", true),
    ("turns", false),
    ("stamp_sents", true),
];

/// Reads `text`, which begins like JSON.
pub(super) fn read(text: &str) -> Result<Transcript, Problem> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        ProblemCode::MalformedInput.because(format!("第{}行第{}列：不是有效的JSON", error.line(), error.column()))
    })?;
    let mut transcript = Transcript::default();
    match &value {
        Value::Object(object) => from_object(object, &mut transcript)?,
        Value::Array(list) if list.iter().any(holds_list) => {
            for object in list.iter().filter_map(Value::as_object) {
                from_object(object, &mut transcript)?;
            }
        }
        Value::Array(list) => {
            let in_milliseconds = list.iter().any(|turn| turn.get("spk").is_some());
            turns(list, in_milliseconds, &mut transcript);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    Ok(transcript)
}

fn holds_list(value: &Value) -> bool {
    LISTS.iter().any(|(name, _)| value.get(name).is_some_and(Value::is_array))
}

fn from_object(object: &Map<String, Value>, transcript: &mut Transcript) -> Result<(), Problem> {
    transcript.call_id = transcript.call_id.take().or_else(|| text_of(object, &["call_id", "callId"]));
    transcript.caller_number =
        transcript.caller_number.take().or_else(|| text_of(object, &["caller_number", "caller", "calling_number"]));
    transcript.started_at = transcript.started_at.take().or_else(|| text_of(object, &["started_at", "start_time"]));
    let found =
        LISTS.iter().find_map(|(name, unit)| object.get(*name).and_then(Value::as_array).map(|list| (list, *unit)));
    if let Some((list, in_milliseconds)) = found {
        turns(list, in_milliseconds, transcript);
    } else if let Some(text) = object.get("text").and_then(Value::as_str) {
        transcript.say(None, None, text);
    } else {
        return Err(ProblemCode::MalformedInput.because("JSON中没有segments、sentences或text，不是通话记录"));
    }
    Ok(())
}

/// A text or number under one of `names`.
fn text_of(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| object.get(*name))?;
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn turns(list: &[Value], in_milliseconds: bool, transcript: &mut Transcript) {
    // One more than the limit is enough to know that it is broken.
    for turn in list.iter().filter_map(Value::as_object).take(super::TURN_LIMIT + 1) {
        let speaker = text_of(turn, &["speaker", "spk", "role", "speaker_id", "channel"]);
        let start = ["start", "begin", "start_time", "begin_time"].iter().find_map(|name| turn.get(*name));
        let start = start.and_then(|value| match value {
            Value::Number(number) if in_milliseconds => number.as_u64(),
            Value::Number(number) => number.as_f64().and_then(from_seconds),
            Value::String(written) => milliseconds(written),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        });
        let text = turn.get("text").or_else(|| turn.get("sentence")).and_then(Value::as_str).unwrap_or_default();
        transcript.say(speaker.as_deref(), start, text);
    }
}
