//! Transcripts as JSON, ours and those of common recognisers. `docs/transcripts.md` has an example of each.

use case::problem::{Problem, ProblemCode};
use serde_json::{Map, Value};

use super::lattice;
use super::transcript::{Said, TimedWord, Transcript, from_seconds, milliseconds};

/// Where lists of turns stand, and whether whole numbers in them are milliseconds.
const LISTS: [(&str, bool); 11] = [
    ("segments", false),
    ("sentence_info", true),
    ("sentences", true),
    ("utterances", true),
    ("turns", false),
    ("stamp_sents", true),
    ("transcription", true),
    ("Sentences", true),
    ("ResultDetail", true),
    ("lattice", true),
    ("lattice2", true),
];
/// What services put around the transcript.
const WRAPPERS: [&str; 12] = [
    "content",
    "orderResult",
    "result",
    "results",
    "data",
    "payload",
    "output",
    "transcript",
    "resp",
    "Response",
    "Data",
    "Result",
];
/// How deep such wrappers are looked into.
const WRAPPER_DEPTH: usize = 3;
/// Whisper's own rule for a stretch in which nobody speaks and words are made up: `no_speech_threshold` and
/// `logprob_threshold` of its `transcribe`.
const NO_SPEECH: f64 = 0.6;
const LOGPROB: f64 = -1.0;
/// Where the second figure is missing, above this nobody spoke, whatever the words (`字幕by…`, `谢谢观看`) look like.
const SURELY_SILENT: f64 = 0.9;

/// Reads `text`, which begins like JSON.
pub(super) fn read(text: &str) -> Result<Transcript, Problem> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        ProblemCode::MalformedInput.because(format!("第{}行第{}列：不是有效的JSON", error.line(), error.column()))
    })?;
    let mut transcript = Transcript::default();
    from_value(&value, &mut transcript, WRAPPER_DEPTH)?;
    Ok(transcript)
}

fn from_value(value: &Value, transcript: &mut Transcript, depth: usize) -> Result<(), Problem> {
    match value {
        Value::Object(object) => from_object(object, transcript, depth),
        Value::Array(list) if list.iter().any(holds_whole) => {
            for object in list.iter().filter_map(Value::as_object) {
                from_object(object, transcript, depth)?;
            }
            Ok(())
        }
        Value::Array(list) => {
            let in_milliseconds = list.iter().any(|turn| turn.get("spk").is_some());
            turns(list, in_milliseconds, transcript);
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// Whether an element of a list is a whole transcript, not a turn: it has a list of turns, or is one of FunASR's, which has a `key`.
fn holds_whole(value: &Value) -> bool {
    LISTS.iter().any(|(name, _)| value.get(name).is_some_and(Value::is_array))
        || (value.get("key").is_some() && value.get("text").is_some())
}

fn from_object(object: &Map<String, Value>, transcript: &mut Transcript, depth: usize) -> Result<(), Problem> {
    about_call(object, transcript);
    let list = |(name, unit): &(&str, bool)| object.get(*name).and_then(Value::as_array).map(|list| (list, *unit));
    // An empty list beside a text says less than the text.
    let text = object.get("text").and_then(Value::as_str);
    let found = LISTS.iter().filter_map(list).find(|(list, _)| !list.is_empty() || text.is_none());
    if let Some((list, in_milliseconds)) = found {
        turns(list, in_milliseconds, transcript);
        return Ok(());
    }
    if let Some(text) = text {
        let words = timed_words(object, text, true);
        transcript.hear(&Said { text, words, ..Said::default() });
        return Ok(());
    }
    // Some services put their JSON into a text of JSON.
    let inner = WRAPPERS.iter().filter_map(|name| object.get(*name)).map(lattice::parsed);
    let inner = inner.filter(|_| depth > 0).find(|value| value.is_object() || value.is_array());
    match inner {
        Some(inner) => from_value(&inner, transcript, depth - 1),
        None => Err(ProblemCode::MalformedInput.because("JSON中没有segments、sentences或text，不是通话记录")),
    }
}

/// Takes what is told about the call itself.
fn about_call(object: &Map<String, Value>, transcript: &mut Transcript) {
    let known = &mut transcript.call_id;
    *known = known.take().or_else(|| text_of(object, &["call_id", "callId"]));
    let known = &mut transcript.caller_number;
    *known = known.take().or_else(|| text_of(object, &["caller_number", "callerNumber", "caller", "calling_number"]));
    let known = &mut transcript.started_at;
    *known = known.take().or_else(|| text_of(object, &["started_at", "startedAt", "start_time"]));
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
    if let Some(turns) = lattice::turns(list) {
        return self::turns(&turns, true, transcript);
    }
    // A fraction is never a number of milliseconds, whatever the recogniser.
    let fractions = list.iter().filter_map(Value::as_object).any(|turn| {
        ["start", "end", "begin_time", "start_time"].iter().any(|name| turn.get(*name).is_some_and(Value::is_f64))
    });
    let in_milliseconds = in_milliseconds && !fractions;
    for turn in list.iter().filter_map(Value::as_object).take(super::TURN_LIMIT + 1) {
        if is_silence(turn) || is_made_up(turn) {
            continue;
        }
        let names = ["speaker", "spk", "role", "speaker_id", "channel_id", "channel", "SpeakerId", "ChannelId"];
        let additions = turn.get("additions").and_then(Value::as_object);
        let speaker = text_of(turn, &names).or_else(|| text_of(additions?, &names));
        let text = spoken(turn);
        transcript.hear(&Said {
            speaker: speaker.as_deref(),
            milliseconds: moment(
                turn,
                &["start", "begin", "start_time", "begin_time", "BeginTime", "StartMs"],
                "from",
                in_milliseconds,
            ),
            until: moment(turn, &["end", "stop", "end_time", "finish_time", "EndTime", "EndMs"], "to", in_milliseconds),
            words: timed_words(turn, &text, in_milliseconds),
            heard: heard(turn),
            text: &text,
        });
    }
}

/// The words of a turn; FunASR's two-pass service gives them apart from the mark that ends them.
fn spoken(turn: &Map<String, Value>) -> String {
    let text = ["text", "sentence", "Text", "text_seg", "FinalSentence"]
        .iter()
        .find_map(|name| turn.get(*name))
        .and_then(Value::as_str);
    let ending = turn.get("punc").and_then(Value::as_str).filter(|_| turn.contains_key("text_seg"));
    format!("{}{}", text.unwrap_or_default(), ending.unwrap_or_default())
}

/// A moment of a turn, under one of `names`, in milliseconds under the same name with `_ms`, or as `offset` inside whisper.cpp's `offsets`.
fn moment(turn: &Map<String, Value>, names: &[&str], offset: &str, in_milliseconds: bool) -> Option<u64> {
    let named = names.iter().find_map(|name| turn.get(*name)).and_then(|value| time(value, in_milliseconds));
    let marked = || names.iter().find_map(|name| turn.get(&format!("{name}_ms"))).and_then(Value::as_u64);
    named.or_else(marked).or_else(|| turn.get("offsets")?.get(offset)?.as_u64())
}

fn time(value: &Value, in_milliseconds: bool) -> Option<u64> {
    match value {
        Value::Number(number) if in_milliseconds && number.is_u64() => number.as_u64(),
        Value::Number(number) => number.as_f64().and_then(from_seconds),
        Value::String(written) => milliseconds(written),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The words of a turn with times of their own: Whisper's `words`, or FunASR's `timestamp`, which has one pair of milliseconds for each
/// character of a Chinese text and for each word in Latin letters.
fn timed_words(turn: &Map<String, Value>, text: &str, in_milliseconds: bool) -> Vec<TimedWord> {
    if let Some(words) = turn.get("words").and_then(Value::as_array) {
        let word = |word: &Value| {
            let text = word.get("word").or_else(|| word.get("text"))?.as_str()?;
            Some((text.to_owned(), time(word.get("start")?, in_milliseconds)?))
        };
        return words.iter().filter_map(word).collect();
    }
    let stamps = ["timestamp", "ts_list"].iter().find_map(|name| turn.get(*name)).map(stamps).unwrap_or_default();
    let plain: String = super::rich::parts(text).concat();
    units(&plain).into_iter().zip(stamps).collect()
}

/// The beginnings of FunASR's pairs, which its service gives as a list and sometimes as a text that holds one.
fn stamps(value: &Value) -> Vec<u64> {
    let parsed: Option<Value> = value.as_str().and_then(|text| serde_json::from_str(text).ok());
    let list = parsed.as_ref().unwrap_or(value).as_array();
    let begin = |pair: &Value| pair.as_array().and_then(|pair| pair.first()).and_then(Value::as_u64);
    list.map(|list| list.iter().filter_map(begin).collect()).unwrap_or_default()
}

/// What a timestamp belongs to: a character, or a run of Latin letters and figures. Punctuation has none.
fn units(text: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut joins = false;
    for character in text.chars() {
        let latin = character.is_ascii_alphanumeric() || character == '\'';
        match units.last_mut().filter(|_| latin && joins) {
            Some(last) => last.push(character),
            None if character.is_alphanumeric() => units.push(character.to_string()),
            None => {}
        }
        joins = latin && (joins || character.is_alphanumeric());
    }
    units
}

/// Whether Whisper itself takes the segment for silence with made-up words.
fn is_silence(turn: &Map<String, Value>) -> bool {
    let number = |name: &str| turn.get(name).and_then(Value::as_f64);
    let silent = number("no_speech_prob").unwrap_or_default();
    match number("avg_logprob") {
        Some(likely) => silent > NO_SPEECH && likely < LOGPROB,
        None => silent > SURELY_SILENT,
    }
}

/// Whether a segment is one of the lines that Whisper learned from the ends of films and puts where nobody speaks. It doubts them itself;
/// what a caller says is never left out for its words alone.
fn is_made_up(turn: &Map<String, Value>) -> bool {
    const DOUBTED: f64 = 0.3;
    const LINES: [&str; 6] = ["字幕by", "字幕志愿者", "amara.org", "点赞", "明镜与点点", "谢谢观看"];
    let text = spoken(turn).to_lowercase().replace(' ', "");
    let silent = turn.get("no_speech_prob").and_then(Value::as_f64).unwrap_or_default();
    silent > DOUBTED && LINES.iter().any(|line| text.contains(line)) && text.chars().count() <= 40
}

/// How well a segment was heard: Whisper tells the mean logarithm of its tokens' probabilities, others a confidence.
fn heard(turn: &Map<String, Value>) -> Option<f32> {
    let likely = turn.get("avg_logprob").and_then(Value::as_f64).map(f64::exp);
    let told =
        likely.or_else(|| turn.get("confidence").and_then(Value::as_f64)).filter(|told| (0.0..=1.0).contains(told));
    // Three digits are more than any recogniser knows.
    told.and_then(|told| format!("{told:.3}").parse().ok())
}
