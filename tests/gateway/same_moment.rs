//! Copies of one petition that arrive at the same moment over HTTP: what the citizen gets, and what stands at the desk.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::{Answer, Program};
use crate::harness::desk::Desk;
use crate::harness::server::Server;

const PETITIONS: &str = "/api/v1/petitions";
/// Copies that are sent at once: a form whose button was hit again and again.
const COPIES: usize = 6;

fn petition() -> Value {
    json!({
        "title": "翟城村道路积水",
        "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。",
        "petitioners": [{ "name": "张三丰", "phone": "13800000001", "address": "定州市东亭镇翟城村3号" }]
    })
}

fn office() -> Office {
    let office = Office::configured("[web]\nsubmissions_per_minute = 100\n");
    office.add_user("officer", "officer");
    office
}

/// Sends a copy under each key, all at once.
async fn send_together(server: &Server, keys: &[String]) -> Vec<Answer> {
    let mut sending = tokio::task::JoinSet::new();
    for key in keys {
        let (citizen, key) = (Program::anonymous(server), key.clone());
        sending.spawn(async move {
            let headers = [("content-type", "application/json"), ("idempotency-key", key.as_str())];
            citizen.send(Method::POST, PETITIONS, &headers, petition().to_string().into_bytes()).await
        });
    }
    sending.join_all().await
}

#[tokio::test]
async fn copies_of_one_attempt_get_one_receipt_and_are_one_case() {
    let office = office();
    let server = Server::start(&office);
    let answers = send_together(&server, &vec!["k-1".to_owned(); COPIES]).await;
    let created = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    let replayed = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!((created, replayed), (1, COPIES - 1), "{answers:?}");
    let receipts: BTreeSet<(String, String)> = answers
        .iter()
        .map(|answer| (answer.body["number"].to_string(), answer.body["query_code"].to_string()))
        .collect();
    assert_eq!(receipts.len(), 1, "each of them holds the same number and code: {receipts:?}");
    let officer = Program::sign_in(&server, "officer").await;
    let cases = officer.get("/api/v1/cases").await;
    assert_eq!(cases.body["total"], 1, "{cases:?}");
}

#[tokio::test]
async fn two_attempts_with_one_text_are_two_cases_of_which_the_later_one_is_told_as_a_repeat() {
    let office = office();
    let server = Server::start(&office);
    let answers = send_together(&server, &["k-1".to_owned(), "k-2".to_owned()]).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED), "both are taken in: {answers:?}");
    let mut numbers: Vec<&str> = answers.iter().map(|answer| answer.body["number"].as_str().unwrap()).collect();
    numbers.sort_unstable();
    let [first, second] = numbers[..] else { panic!("{numbers:?}") };
    assert_ne!(first, second);
    let desk = Desk::sign_in(&server, "officer").await;
    let later = desk.get_until(&format!("/desk/cases/{second}"), "可能重复信访").await;
    assert!(later.text.contains(first), "{}", later.text);
    // One pair is one question, whichever was judged first: the queue counts it at the later case only.
    let officer = Program::sign_in(&server, "officer").await;
    let rows = officer.get("/api/v1/cases").await.body;
    let undecided = |number: &str| {
        let rows = rows["cases"].as_array().unwrap();
        rows.iter().find(|row| row["number"] == number).unwrap_or_else(|| panic!("{rows:?}"))["undecided"].clone()
    };
    assert_eq!((undecided(first), undecided(second)), (json!(0), json!(1)), "{rows}");
    for answer in &answers {
        let question = json!({ "number": answer.body["number"], "query_code": answer.body["query_code"] });
        let status = Program::anonymous(&server).post("/api/v1/petitions/status", &question).await;
        assert_eq!(status.body["state"], "已登记", "each receipt tells its own: {status:?}");
    }
}
