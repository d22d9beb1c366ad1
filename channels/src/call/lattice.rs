//! iFlytek's transcripts of recordings: a list of stretches, each with its best reading as JSON in a text (`json_1best`), or in the older
//! form as words (`onebest`). Made into turns as other services have them.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

/// One of its units of time within a stretch, in milliseconds.
const FRAME: u64 = 10;

/// The turns of `list`, when it is one of these.
pub(super) fn turns(list: &[Value]) -> Option<Vec<Value>> {
    let is_one = |value: &Value| value.get("json_1best").is_some() || value.get("onebest").is_some();
    list.first().filter(|first| is_one(first))?;
    Some(list.iter().filter_map(Value::as_object).filter_map(turn).collect())
}

fn turn(stretch: &Map<String, Value>) -> Option<Value> {
    if let Some(words) = stretch.get("onebest").and_then(Value::as_str) {
        return Some(json!({
            "speaker": speaker(stretch.get("speaker")),
            "start_time": number(stretch.get("bg")?),
            "end_time": stretch.get("ed").and_then(number),
            "text": words,
        }));
    }
    let best = parsed(stretch.get("json_1best")?);
    let said = best.get("st")?;
    let begin = said.get("bg").or_else(|| stretch.get("begin")).and_then(number);
    let end = said.get("ed").or_else(|| stretch.get("end")).and_then(number);
    let mut text = String::new();
    let mut words = Vec::new();
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    for word in list(said, "rt").iter().flat_map(|part| list(part, "ws")) {
        let Some(read) = word.get("cw").and_then(|readings| readings.get(0)?.get("w")?.as_str()) else { continue };
        text.push_str(read);
        let place = word.get("wb").and_then(number);
        if let Some((begin, place)) = begin.zip(place).filter(|_| read.chars().any(char::is_alphanumeric)) {
            words.push(json!({ "word": read, "start": begin + FRAME * place }));
        }
    }
    let mut turn = json!({
        "speaker": speaker(said.get("rl")),
        "start_time": begin,
        "end_time": end,
        "text": text,
    });
    // A list without times would count as one in which nothing is timed.
    if let Some(turn) = turn.as_object_mut().filter(|_| !words.is_empty()) {
        turn.insert("words".to_owned(), Value::Array(words));
    }
    Some(turn)
}

/// The speaker's number; `0` stands where speakers were not told apart.
fn speaker(value: Option<&Value>) -> Option<String> {
    value.and_then(number).filter(|number| *number > 0).map(|number| number.to_string())
}

/// A number, written as one or as a text.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A value, or the one that a text holds.
pub(super) fn parsed(value: &Value) -> Cow<'_, Value> {
    let inner = value.as_str().and_then(|text| serde_json::from_str(text).ok());
    inner.map_or(Cow::Borrowed(value), Cow::Owned)
}
