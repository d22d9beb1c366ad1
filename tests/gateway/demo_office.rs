//! The demo office end to end: every sample through the program's own intake, held against what a person would expect of it.

use std::collections::BTreeMap;

use serde_json::Value;
use xinqiao::sample;
use xinqiao::sample::expectation::{Expectation, Outcome};

use crate::harness::Office;

/// What became of the samples so far: the number of each one's submission.
type Numbers = BTreeMap<&'static str, String>;

#[test]
fn every_sample_is_found_to_be_what_it_is() {
    let office = Office::new();
    let mut numbers = Numbers::new();
    let mut wrong: Vec<String> = Vec::new();
    for sample in sample::office().unwrap() {
        let file = office.file(sample.name, &sample.bytes);
        let line = office.intake(sample.door.as_str(), &file);
        if let Some(number) = line["submission"].as_str() {
            numbers.insert(sample.name, number.to_owned());
        }
        let mut differs = outcome(&sample.expect, &line, &numbers);
        if line["outcome"] == "registered" {
            differs.extend(reading(&sample.expect, &line));
            differs.extend(routing(&sample.expect, &line));
        }
        wrong.extend(differs.into_iter().map(|what| format!("{}: {what}", sample.name)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What it is to the earlier ones.
fn outcome(expect: &Expectation, line: &Value, numbers: &Numbers) -> Vec<String> {
    let mut wrong = Vec::new();
    let candidates = line["candidates"].as_array().cloned().unwrap_or_default();
    let candidate =
        |name: &str| candidates.iter().find(|one| one["case"].as_str() == numbers.get(name).map(String::as_str));
    let relation = |name: &str, expected: &[&str]| {
        let found = candidate(name).map(|one| one["relation"].as_str().unwrap().to_owned());
        let fits = found.as_deref().is_some_and(|found| expected.contains(&found));
        (!fits).then(|| format!("is {found:?} to {name}, not {expected:?}"))
    };
    let mut expected = "registered";
    match expect.outcome {
        Outcome::New => {
            let joined = candidates.iter().filter(|one| one["relation"] != "related");
            wrong.extend(joined.map(|one| format!("is taken for {}", one["relation"])));
        }
        Outcome::Repeat(name) => wrong.extend(relation(name, &["repeat"])),
        Outcome::SameMatter(name) => wrong.extend(relation(name, &["same_matter"])),
        Outcome::Related(name) => wrong.extend(relation(name, &["related"])),
        Outcome::Replay(name) => {
            expected = "replay";
            if line["submission"].as_str() != numbers.get(name).map(String::as_str) {
                wrong.push(format!("is not the replay of {name}"));
            }
        }
        Outcome::Refused(code) => {
            expected = "refused";
            if line["problem"]["code"] != code.code() {
                wrong.push(format!("is refused as {}", line["problem"]["code"]));
            }
        }
    }
    for name in expect.apart_from {
        if candidate(name).is_some_and(|one| one["relation"] != "related") {
            wrong.push(format!("would be joined with {name}"));
        }
    }
    if line["outcome"] != expected {
        wrong.push(format!("is {}, not {expected}", line["outcome"]));
    }
    wrong
}

/// What was read out of it.
fn reading(expect: &Expectation, line: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut same = |what: &str, found: &Value, expected: Value| {
        if *found != expected {
            wrong.push(format!("{what} is {found}, not {expected}"));
        }
    };
    same("secrecy", &line["secrecy"], expect.secrecy.as_str().into());
    same("purpose", &line["purpose"], expect.purpose.as_str().into());
    let named = line["petitioners"].as_array().unwrap().iter().filter(|one| one["name"].is_string());
    same("petitioners", &named.count().into(), expect.petitioners.into());
    same("petitioner", &line["petitioner"]["name"], expect.petitioner.map_or(Value::Null, Value::from));
    let title = line["title"].as_str().unwrap();
    let says_nothing = ["保密", "的文", "的有，", "问一下", "复印件", "您好"].iter().any(|words| title.contains(words));
    if says_nothing || title.chars().count() < 6 {
        wrong.push(format!("the title is {title}"));
    }
    wrong
}

/// Where it would go.
fn routing(expect: &Expectation, line: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let unit = line["unit"].as_str();
    match unit {
        Some(unit) if !expect.units.is_empty() && !expect.units.contains(&unit) => {
            wrong.push(format!("goes to {unit}, not to one of {:?}", expect.units));
        }
        Some(_) if line["unit_reasons"].as_array().unwrap().is_empty() => {
            wrong.push("no reason for the unit".to_owned());
        }
        // Nobody is suggested: then it must say why a person decides.
        None if line["unit_against"].as_array().unwrap().is_empty() => wrong.push("neither unit nor reason".to_owned()),
        Some(_) | None => {}
    }
    if let Some(unit) = unit.filter(|unit| expect.never.contains(unit)) {
        wrong.push(format!("goes to {unit}, which it complains about"));
    }
    if let (Some(class), false) = (line["class_name"].as_str(), expect.classes.is_empty()) {
        let first = class.split('—').next().unwrap();
        if !expect.classes.contains(&first) {
            wrong.push(format!("class is {class}, not one of {:?}", expect.classes));
        }
    }
    if let (Some(place), Some(township)) = (line["place_code"].as_str(), expect.township)
        && !place.starts_with(township)
    {
        wrong.push(format!("place is {place}, not in {township}"));
    }
    wrong
}
