//! Invented calls in every form of transcript that is taken, each with the fields that must come out of it beside it
//! (`NAME.golden.json`). All people, firms and numbers are invented.
//!
//! After a change that is meant, `UPDATE_GOLDEN=1 cargo test -p channels --test call` writes them again; look at the difference.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first thing that is not as it should be")]

use std::path::{Path, PathBuf};

use case::field::{Field, Source, Verdict};
use case::mention::Mention;
use case::statement::{Mark, Statement};
use channels::call::record::{self, CallRecord};
use jiff::civil::date;
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/call/calls")
}

fn calls() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut calls: Vec<PathBuf> = entries.filter(|path| !path.to_string_lossy().ends_with(".golden.json")).collect();
    calls.sort();
    calls
}

fn second<T>(field: &Field<T>) -> Value {
    match &field.source {
        Source::Moment { milliseconds } => json!(std::time::Duration::from_millis(*milliseconds).as_secs_f64()),
        Source::Form { name } => json!(name),
        Source::Body { .. } => Value::Null,
        other => panic!("a call has no {other:?}"),
    }
}

fn verdict<T>(field: &Field<T>) -> String {
    match field.verdict {
        Verdict::Unchecked => "unchecked".to_owned(),
        Verdict::Valid => "valid".to_owned(),
        Verdict::Confirmed => "confirmed".to_owned(),
        Verdict::Asked { why } => format!("asked: {why:?}"),
    }
}

fn field<T>(field: &Field<T>, value: impl Into<Value>) -> Value {
    json!({ "value": value.into(), "second": second(field), "verdict": verdict(field) })
}

/// What must come out of a call, short enough to be read by people.
fn golden(statement: &Statement, record: &CallRecord) -> Value {
    let first = statement.petitioners.first();
    let text = |value: &Option<Field<String>>| value.as_ref().map(|value| field(value, value.value.clone()));
    let mention = |mention: &Mention| {
        json!([
            mention.kind.as_str(),
            mention.said,
            mention.value.value,
            second(&mention.value),
            verdict(&mention.value)
        ])
    };
    json!({
        "turns": record.turns.iter().map(|turn| format!("{}: {}", turn.role, turn.read.as_ref().unwrap_or(&turn.heard))).collect::<Vec<_>>(),
        "title": statement.title.value,
        "body": statement.body.lines().collect::<Vec<_>>(),
        "names": statement.petitioners.iter().filter_map(|one| text(&one.name)).collect::<Vec<_>>(),
        "proxy": statement.proxy.as_ref().and_then(|proxy| text(&proxy.name)),
        "phones": first.map(|first| first.phones.iter().map(|phone| field(phone, phone.value.as_str())).collect::<Vec<_>>()),
        "id_number": first.and_then(|first| first.id_number.as_ref()).map(|id| field(id, id.value.as_str())),
        "address": first.and_then(|first| text(&first.address)),
        "place": statement.place.as_ref().map(|place| field(place, place.value.text.clone())),
        "respondents": statement.respondents.iter().map(|one| one.name.value.clone()).collect::<Vec<_>>(),
        "demand": text(&statement.demand),
        "written_on": statement.written_on.as_ref().map(|day| day.value.to_string()),
        "anonymous": statement.wishes.anonymous,
        "confidential": statement.wishes.confidential,
        "mentions": statement.mentions.iter().map(mention).collect::<Vec<_>>(),
        "marks": statement.marks.iter().map(mark).collect::<Vec<_>>(),
    })
}

fn mark(mark: &Mark) -> Value {
    serde_json::to_value(mark).unwrap()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that is told to write its expectations again")]
fn every_call_gives_its_golden_fields() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    let calls = calls();
    assert!(calls.len() >= 20, "{} calls", calls.len());
    let mut wrong = Vec::new();
    for call in calls {
        let bytes = std::fs::read(&call).unwrap();
        let reading = channels::call::read(&bytes, Some(date(2026, 11, 24))).unwrap();
        let file = reading.files.iter().find(|file| file.name == record::NAME).unwrap();
        let record: CallRecord = serde_json::from_slice(&file.bytes).unwrap();
        let found = golden(&reading.statement, &record);
        let golden = call.with_extension("golden.json");
        if update {
            std::fs::write(&golden, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
        }
        // As values: whether keys keep their order depends on what else is built.
        let expected: Value =
            std::fs::read(&golden).map(|bytes| serde_json::from_slice(&bytes).unwrap()).unwrap_or_default();
        for (name, found) in found.as_object().unwrap() {
            if expected.get(name) != Some(found) {
                wrong.push(format!("{}: {name} is {found}, not {:?}", call.display(), expected.get(name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_was_heard_is_kept_character_for_character() {
    for call in calls() {
        let bytes = std::fs::read(&call).unwrap();
        let reading = channels::call::read(&bytes, None).unwrap();
        let record: CallRecord = serde_json::from_slice(&reading.files[0].bytes).unwrap();
        for turn in &record.turns {
            // A cleaned turn has no more characters than the heard one, and none that was not heard but a full stop.
            let Some(read) = &turn.read else { continue };
            assert!(read.chars().count() <= turn.heard.chars().count(), "{}: {read}", call.display());
            assert!(
                read.chars().all(|character| turn.heard.contains(character) || character == '。'),
                "{}: {read}",
                call.display()
            );
        }
    }
}
