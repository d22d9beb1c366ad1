//! The process is stopped dead at each named step; after a restart every accepted petition exists once and every dispatch was sent
//! once or is visibly retried.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::paper::{road, take_in};
use crate::harness::server::Server;
use crate::harness::two_batches::{PETITIONS, filled};

const FORM: &str = r#"{"title":"赵村路灯不亮","body":"北城区街道某小区门口的路灯坏了三个月，晚上出行不安全，请求尽快修复。","petitioners":[{"name":"王五","phone":"13800000005","address":"定州市北城区街道"}],"anonymous":false,"confidential":false,"publishable":false}"#;

/// Stops `intake web` at `step`, then runs it again; the petition must be there exactly once.
fn stopped_intake_registers_once(step: &str) {
    let mut office = Office::new();
    let file = office.file("form.json", FORM);
    let path = file.to_str().unwrap();
    office.set("XINQIAO_STOP_AT", step);
    let stopped = office.run(&["intake", "web", path]);
    assert_eq!(stopped.code, None, "{step} was not reached: {stopped:?}");
    office.unset_all();
    let line = office.intake("web", &file);
    assert!(["registered", "replay"].contains(&line["outcome"].as_str().unwrap()), "{step}: {line}");
    assert_eq!(line["candidates"], json!([]), "{step}: it must not be its own duplicate");
    assert!(line["unit_confidence"].is_number(), "{step}: it must be judged: {line}");
    let found = office.run(&["search", "路灯"]).lines();
    assert_eq!(found.len(), 1, "{step}: {found:?}");
    let shown = office.run(&["case", "show", line["case"].as_str().unwrap()]).only_line();
    let registered = events(&shown).into_iter().filter(|kind| kind == "registered").count();
    assert_eq!(registered, 1, "{step}");
    assert_eq!(office.run(&["check"]).code, Some(0), "{step}: {}", office.run(&["check"]).out);
}

fn events(case: &Value) -> Vec<String> {
    let events = case["events"].as_array().unwrap().iter();
    events.map(|event| event["event"]["kind"].as_str().unwrap().to_owned()).collect()
}

macro_rules! stopped_at {
    ($($name:ident: $step:literal;)*) => {
        $(#[test]
        fn $name() {
            stopped_intake_registers_once($step);
        })*
    };
}

stopped_at! {
    stopped_after_the_original: "receive.after_original";
    stopped_before_the_arrival_is_committed: "receive.before_commit";
    stopped_after_the_arrival_is_committed: "receive.after_commit";
    stopped_before_reading: "read.before_reading";
    stopped_after_the_files_of_the_reading: "read.after_files";
    stopped_before_the_registration_is_committed: "read.before_commit";
    stopped_after_the_registration_is_committed: "read.after_commit";
    stopped_before_indexing: "index.before_put";
    stopped_after_indexing: "index.after_put";
    stopped_before_the_judgement_is_committed: "judge.before_commit";
    stopped_after_the_judgement_is_committed: "judge.after_commit";
}

/// Stops a server while an officer's dispatch is under way at `step`, starts it again, and gives the case and the mails in the outbox.
async fn stopped_dispatch(step: &str) -> (Value, Vec<String>) {
    let mut office = Office::new();
    office.add_user("officer", "officer");
    let line = office.intake("web", &office.file("form.json", FORM));
    let own = format!("/api/v1/cases/{}", line["case"].as_str().unwrap());
    let dispatches = format!("{own}/dispatches");
    let request = json!({ "lead": "zjj", "kind": "assign" });
    office.set("XINQIAO_STOP_AT", step);
    let mut server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    // The answer may be lost with the process.
    let json = [("content-type", "application/json")];
    let _lost = officer.try_send(Method::POST, &dispatches, &json, request.to_string().into_bytes()).await;
    assert_eq!(server.ended().await, None, "{step} was not reached");
    office.unset_all();
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    if officer.get(&own).await.body["dispatches"].as_array().unwrap().is_empty() {
        let sent = officer.post(&dispatches, &request).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{step}: {sent:?}");
    }
    let case = officer.get_until(&own, |case| case["dispatches"][0]["delivery"]["delivery"] == "sent").await;
    let mut mails: Vec<String> = std::fs::read_dir(office.data().join("outbox"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    mails.sort();
    (case, mails)
}

async fn a_dispatch_is_sent_once_stopped_at(step: &str) {
    let (case, mails) = stopped_dispatch(step).await;
    let dispatches = case["dispatches"].as_array().unwrap();
    assert_eq!(dispatches.len(), 1, "{step}");
    assert_eq!(mails, [format!("{}.eml", dispatches[0]["id"].as_str().unwrap())], "{step}");
    assert_eq!(events(&case).iter().filter(|kind| *kind == "dispatch_sent").count(), 1, "{step}");
}

macro_rules! dispatch_stopped_at {
    ($($name:ident: $step:literal;)*) => {
        $(#[tokio::test]
        async fn $name() {
            a_dispatch_is_sent_once_stopped_at($step).await;
        })*
    };
}

dispatch_stopped_at! {
    a_dispatch_stopped_before_it_is_committed: "send.before_commit";
    a_dispatch_stopped_after_it_is_committed: "send.after_commit";
    a_dispatch_stopped_before_its_mail: "dispatch.before_mail";
    a_dispatch_stopped_after_its_mail: "dispatch.after_mail";
    a_dispatch_stopped_before_its_delivery_is_committed: "dispatch.before_commit";
}

#[tokio::test]
async fn a_submission_over_http_is_there_once_however_the_server_stopped() {
    let form: Value = serde_json::from_str(FORM).unwrap();
    let json = [("content-type", "application/json")];
    for step in ["submit.before_commit", "submit.after_commit"] {
        let mut office = Office::new();
        office.set("XINQIAO_STOP_AT", step);
        let mut server = Server::start(&office);
        // The connection breaks: the citizen does not know whether it was registered, and sends again.
        let citizen = Program::anonymous(&server);
        let lost = citizen.try_send(Method::POST, "/api/v1/petitions", &json, form.to_string().into_bytes()).await;
        assert!(lost.is_err(), "{step}: {lost:?}");
        assert_eq!(server.ended().await, None, "{step} was not reached");
        office.unset_all();
        let server = Server::start(&office);
        let citizen = Program::anonymous(&server);
        let receipt = citizen.post("/api/v1/petitions", &form).await;
        let again = citizen.post("/api/v1/petitions", &form).await;
        assert_eq!(receipt.body["replay"], step == "submit.after_commit", "{step}");
        assert_eq!(again.body["replay"], true, "{step}");
        assert_eq!(receipt.body["number"], again.body["number"], "{step}");
        assert_eq!(receipt.body["query_code"], again.body["query_code"], "{step}");
        // The command waits until everything is indexed.
        drop(server);
        office.intake("web", &office.file("form.json", FORM));
        let found = office.run(&["search", "路灯"]).lines();
        assert_eq!(found.len(), 1, "{step}: {found:?}");
    }
}

#[tokio::test]
async fn what_was_answered_outlives_the_process() {
    let form: Value = serde_json::from_str(FORM).unwrap();
    let office = Office::new();
    let server = Server::start(&office);
    let receipt = Program::anonymous(&server).post("/api/v1/petitions", &form).await.body;
    server.kill();
    let server = Server::start(&office);
    let question = json!({ "number": receipt["number"], "query_code": receipt["query_code"] });
    let status = Program::anonymous(&server).post("/api/v1/petitions/status", &question).await;
    assert_eq!(status.status, StatusCode::OK, "{status:?}");
    assert_eq!(server.stop(), Some(0), "a server that is told to stop ends well");
    assert_eq!(office.run(&["check"]).code, Some(0));
}

/// Stops a server while a clerk's confirmation of a letter is under way at `step`, and starts it again: the correction stands once, or
/// what was typed is still there to be confirmed.
async fn a_confirmation_happens_once_stopped_at(step: &str, happened: bool) {
    let mut office = Office::new();
    office.add_user("clerk", "clerk");
    let number = take_in(&office, "road.png", &road("张三丰", "13800000007"));
    let path = format!("/api/v1/letters/{number}");
    office.set("XINQIAO_STOP_AT", step);
    let mut server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let values = json!({ "version": 1, "values": { "phone.0": "13800000001" } });
    let kept = clerk.post(&format!("{path}/corrections"), &values).await;
    assert_eq!(kept.status, StatusCode::OK, "{step}: {kept:?}");
    let confirmation = json!({ "version": kept.body["version"] });
    let confirm = format!("{path}/confirmation");
    let json = [("content-type", "application/json")];
    let _lost = clerk.try_send(Method::POST, &confirm, &json, confirmation.to_string().into_bytes()).await;
    assert_eq!(server.ended().await, None, "{step} was not reached");
    office.unset_all();

    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let read = clerk.get(&format!("{path}/verification")).await.body;
    let again = clerk.post(&confirm, &confirmation).await;
    if happened {
        assert_eq!(read["state"], "confirmed", "{step}: {read}");
        assert_eq!(again.problem(), "check_changed", "{step}");
    } else {
        let phone = read["fields"].as_array().unwrap().iter().find(|field| field["part"] == "phone.0").unwrap();
        assert_eq!((&read["state"], &phone["draft"]), (&json!("being_checked"), &json!("13800000001")), "{step}");
        assert_eq!(again.status, StatusCode::OK, "{step}: {again:?}");
    }
    let read = clerk.get(&format!("{path}/verification")).await.body;
    assert_eq!(read["corrections"].as_array().unwrap().len(), 1, "{step}: {read}");
    let case = clerk.get(&format!("/api/v1/cases/{number}")).await.body;
    assert_eq!(events(&case).iter().filter(|kind| *kind == "verified").count(), 1, "{step}");
    assert_eq!(office.run(&["check"]).code, Some(0), "{step}: {}", office.run(&["check"]).out);
}

#[tokio::test]
async fn stopped_before_a_confirmation_is_committed() {
    a_confirmation_happens_once_stopped_at("verification.before_commit", false).await;
}

#[tokio::test]
async fn stopped_after_a_confirmation_is_committed() {
    a_confirmation_happens_once_stopped_at("verification.after_commit", true).await;
}

#[test]
fn a_rebuild_of_the_index_that_was_killed_goes_on_where_it_stopped() {
    let mut office = filled();
    office.set("XINQIAO_STOP_AT", "reindex.after_keep");
    assert_eq!(office.run(&["reindex"]).code, None, "the step was not reached");
    office.unset_all();
    let found = office.run(&["check"]);
    let whole = format!("[正常] 检索索引：{PETITIONS}件");
    assert!(found.out.contains(&whole), "the index in use is untouched: {}", found.out);
    office.set("XINQIAO_LOG", "info");
    let again = office.run(&["reindex"]);
    assert!(again.err.contains("goes on after 200"), "{}", again.err);
    assert_eq!(again.only_line(), json!({ "indexed": PETITIONS }));
    let found = office.run(&["check"]);
    assert!(found.out.contains(&whole), "{}", found.out);
}
