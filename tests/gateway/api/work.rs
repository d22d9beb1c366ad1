//! The API as the office's own programs use it: files with a petition, sealing, the outbox, jobs, what problems mean.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{PETITIONS, events, petition, take_in};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::server::Server;

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR a picture of the road";

#[tokio::test]
async fn files_come_with_their_petition_or_not_at_all() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);
    let photo = [("积水.png", PICTURE)];

    for (petition, files, problem, detail) in [
        (petition("a"), vec![photo[0], ("run.exe", b"MZ\x90\x00".as_slice())], "invalid_field", "run.exe"),
        (json!({ "titel": "a" }), photo.to_vec(), "malformed_input", "titel"),
        (
            json!({ "body": "x", "attachments": [{ "name": "a", "hash": "a".repeat(64) }] }),
            photo.to_vec(),
            "invalid_field",
            "attachments",
        ),
    ] {
        let refused = citizen.upload(PETITIONS, &petition, &files).await;
        assert_eq!(refused.problem(), problem, "{refused:?}");
        assert!(refused.body["detail"].as_str().unwrap().contains(detail), "{refused:?}");
    }
    assert_eq!(office.kept_files(), 0, "of what was refused nothing is left that nobody would find");
    // What the door itself refuses is kept where the desk finds it, without its files.
    assert_eq!(citizen.upload(PETITIONS, &json!({}), &photo).await.problem(), "empty_input");
    assert_eq!(office.kept_files(), 1);

    let first = citizen.upload(PETITIONS, &petition("翟城村道路积水"), &photo).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    let again = citizen.upload(PETITIONS, &petition("翟城村道路积水"), &photo).await;
    assert_eq!((again.status, &again.body["number"]), (StatusCode::OK, &first.body["number"]));
    let without = citizen.post(PETITIONS, &petition("翟城村道路积水")).await;
    assert_ne!(without.body["number"], first.body["number"]);

    let officer = Program::sign_in(&server, "officer").await;
    let kept = officer.get("/api/v1/quarantine").await.body;
    assert_eq!((&kept["total"], &kept["arrivals"][0]["problem"]["code"]), (&json!(1), &json!("empty_input")), "{kept}");
    let case = officer.get(&format!("/api/v1/cases/{}", first.body["case"].as_str().unwrap())).await.body;
    assert!(case["submissions"][0]["files"].to_string().contains("积水.png"), "{case}");
}

#[tokio::test]
async fn a_key_used_twice_leaves_nothing_behind() {
    let office = Office::new();
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);
    let with_key = |title: &str| {
        let mut petition = petition(title);
        petition["idempotency_key"] = json!("k-1");
        petition
    };
    assert_eq!(citizen.post(PETITIONS, &with_key("翟城村道路积水")).await.status, StatusCode::CREATED);
    assert_eq!(citizen.post(PETITIONS, &with_key("路灯不亮")).await.problem(), "key_reused");
    assert_eq!(office.kept_files(), 1);
}

#[tokio::test]
async fn a_case_is_sealed_and_unsealed_by_whoever_may() {
    let office = Office::new();
    office.add_user("officer", "officer");
    office.add_user("accuser", "accusations");
    let number = take_in(&office, &petition("翟城村道路积水"));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let accuser = Program::sign_in(&server, "accuser").await;
    let own = format!("/api/v1/cases/{number}");
    let reason = json!({ "reason": "实为检举控告" });
    assert_eq!(officer.post(&format!("{own}/seal"), &json!({ "reason": "" })).await.problem(), "invalid_field");
    assert_eq!(officer.post(&format!("{own}/seal"), &reason).await.status, StatusCode::NO_CONTENT);
    assert_eq!(officer.get(&own).await.problem(), "not_found");
    assert_eq!(officer.post(&format!("{own}/unseal"), &reason).await.problem(), "forbidden");
    assert_eq!(accuser.get(&own).await.body["secrecy"], "sealed");
    assert_eq!(
        accuser.post(&format!("{own}/unseal"), &json!({ "reason": "不是" })).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(officer.get(&own).await.body["secrecy"], "ordinary");
}

#[tokio::test]
async fn the_outbox_is_listed_and_a_mail_of_it_read() {
    let office = Office::new();
    office.add_user("officer", "officer");
    office.add_user("clerk", "clerk");
    let number = take_in(&office, &petition("翟城村道路积水"));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let request = json!({ "lead": "130682106", "assisting": ["zjj"], "kind": "assign", "note": "请尽快联系" });
    let sent = officer.post(&format!("/api/v1/cases/{number}/dispatches"), &request).await;
    let dispatch = sent.body["dispatch"].as_str().unwrap().to_owned();
    let list = officer.get_until("/api/v1/outbox", |list| list["dispatches"][0]["delivery"] == "sent").await;
    let line = &list["dispatches"][0];
    assert_eq!((&line["dispatch"], &line["case"]), (&json!(dispatch), &json!(number)), "{list}");
    assert_eq!((&line["lead"], &line["by"], &list["total"]), (&json!("130682106"), &json!("outbox"), &json!(1)));
    let mail = officer.get(&format!("/api/v1/outbox/{dispatch}")).await.body;
    assert!(mail["text"].as_str().unwrap().contains("请尽快联系"), "{mail}");
    assert_eq!((mail["to"].as_array().unwrap().len(), &mail["case"]), (1, &json!(number)), "{mail}");
    let case = officer.get(&format!("/api/v1/cases/{number}")).await.body;
    assert!(events(&case).contains(&"file_opened"), "{case}");
    // What left is not sent again.
    let resend = format!("/api/v1/dispatches/{dispatch}/resend");
    assert_eq!(officer.send(Method::POST, &resend, &[], Vec::new()).await.problem(), "conflict");
    let clerk = Program::sign_in(&server, "clerk").await;
    assert_eq!(clerk.send(Method::POST, &resend, &[], Vec::new()).await.problem(), "forbidden");
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_what_it_means() {
    let office = Office::new();
    let server = Server::start(&office);
    let told = Program::anonymous(&server).get("/api/v1/cases").await.body;
    let visitor = crate::harness::visitor::Visitor::of(&server);
    let page = visitor.get(told["type"].as_str().unwrap()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for words in [told["title"].as_str().unwrap(), "怎么办", "<section lang=\"en\">", "Sign-in required"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert_eq!(visitor.get("/problems/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_job_that_was_given_up_is_listed_and_tried_again() {
    let office = Office::configured("[mail]\nfrom = \"no address\"\n");
    office.add_user("officer", "officer");
    let number = take_in(&office, &petition("翟城村道路积水"));
    let request = json!({ "lead": "130682106", "kind": "forward" });
    let job = {
        let server = Server::start(&office);
        let officer = Program::sign_in(&server, "officer").await;
        let sent = officer.post(&format!("/api/v1/cases/{number}/dispatches"), &request).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{sent:?}");
        let list = officer.get_until("/api/v1/jobs", |list| list["total"] == 1).await;
        let job = &list["jobs"][0];
        assert_eq!((&job["kind"], &job["problem"]["code"]), (&json!("send_dispatch"), &json!("mail_failed")), "{list}");
        assert_eq!(officer.get("/api/v1/outbox").await.body["dispatches"][0]["delivery"], "failed");
        format!("/api/v1/jobs/{}/revive", job["job"].as_str().unwrap())
    };
    office.configure("");
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    assert_eq!(officer.send(Method::POST, &job, &[], Vec::new()).await.status, StatusCode::NO_CONTENT);
    officer.get_until("/api/v1/outbox", |list| list["dispatches"][0]["delivery"] == "sent").await;
    assert_eq!(officer.get("/api/v1/jobs").await.body["total"], 0);
    assert_eq!(officer.send(Method::POST, &job, &[], Vec::new()).await.status, StatusCode::NOT_FOUND);
}
