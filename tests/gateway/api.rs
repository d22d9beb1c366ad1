//! The API over HTTP, as programs use it.

mod work;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::server::Server;

const PETITIONS: &str = "/api/v1/petitions";
const STATUS: &str = "/api/v1/petitions/status";
const JSON: (&str, &str) = ("content-type", "application/json");

/// A petition about a flooded road.
fn petition(title: &str) -> Value {
    json!({
        "title": title,
        "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。请打我的电话13800000001。",
        "petitioners": [{ "name": "张三丰", "phone": "13800000001", "address": "定州市东亭镇翟城村3号" }]
    })
}

/// Takes a petition in by command, which waits until it is judged, and gives its number.
fn take_in(office: &Office, petition: &Value) -> String {
    let line = office.intake("web", &office.file("petition.json", petition.to_string()));
    line["submission"].as_str().unwrap_or_else(|| panic!("not registered: {line}")).to_owned()
}

fn events(case: &Value) -> Vec<&str> {
    case["events"].as_array().unwrap().iter().map(|event| event["event"]["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_petition_is_registered_once_however_often_it_is_sent() {
    let office = Office::new();
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);

    let first = citizen.post(PETITIONS, &petition("翟城村道路积水")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    assert_eq!(first.body["replay"], false);
    for key in ["submission", "case", "number", "query_code", "registered_at"] {
        assert!(!first.body[key].as_str().unwrap().is_empty(), "{key}");
    }
    let again = citizen.post(PETITIONS, &petition("翟城村道路积水")).await;
    assert_eq!(again.status, StatusCode::OK);
    let mut expected = first.body.clone();
    expected["replay"] = json!(true);
    assert_eq!(again.body, expected);
    let other = citizen.post(PETITIONS, &petition("翟城村道路积水两年")).await;
    assert_ne!(other.body["number"], first.body["number"]);
}

#[tokio::test]
async fn a_key_says_which_attempts_are_the_same_and_is_not_used_twice() {
    let office = Office::new();
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);
    let send = async |key: &'static str, title: &str| {
        let body = petition(title).to_string().into_bytes();
        citizen.send(Method::POST, PETITIONS, &[JSON, ("idempotency-key", key)], body).await
    };
    let first = send("k-1", "翟城村道路积水").await;
    let again = send("k-1", "翟城村道路积水").await;
    assert_eq!((again.status, &again.body["number"]), (StatusCode::OK, &first.body["number"]));
    // The same words under another key are meant as another petition.
    let second = send("k-2", "翟城村道路积水").await;
    assert_eq!(second.status, StatusCode::CREATED);
    assert_ne!(second.body["number"], first.body["number"]);
    // Another petition under the same key must not get the receipt of the first.
    let reused = send("k-1", "路灯不亮").await;
    assert_eq!(reused.problem(), "key_reused");
    assert!(!reused.body.to_string().contains(first.body["query_code"].as_str().unwrap()));
}

#[tokio::test]
async fn the_status_is_told_to_whoever_holds_number_and_code() {
    let office = Office::new();
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);
    let receipt = citizen.post(PETITIONS, &petition("翟城村道路积水")).await.body;
    let (number, code) = (&receipt["number"], &receipt["query_code"]);

    let status = citizen.post(STATUS, &json!({ "number": number, "query_code": code })).await;
    assert_eq!(status.status, StatusCode::OK, "{status:?}");
    assert_eq!((&status.body["number"], &status.body["state"]), (number, &json!("已登记")));
    assert_eq!(status.body["steps"][0]["at"], receipt["registered_at"]);

    let wrong_code = citizen.post(STATUS, &json!({ "number": number, "query_code": "22222-22222" })).await;
    let wrong_number = citizen.post(STATUS, &json!({ "number": "DZ20200101-00001", "query_code": code })).await;
    let nonsense = citizen.post(STATUS, &json!({ "number": "x", "query_code": "" })).await;
    insta::assert_json_snapshot!("wrong_number_or_code", wrong_code.body);
    for other in [wrong_number, nonsense] {
        assert_eq!((other.status, &other.body), (wrong_code.status, &wrong_code.body));
    }
}

#[tokio::test]
async fn one_address_cannot_ask_without_end() {
    let office = Office::configured("[web]\nstatus_lookups_per_minute = 2\nsubmissions_per_minute = 1\n");
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);
    let question = json!({ "number": "x", "query_code": "x" });
    for _ in 0..2 {
        assert_eq!(citizen.post(STATUS, &question).await.problem(), "wrong_number_or_code");
    }
    let refused = citizen.post(STATUS, &question).await;
    assert_eq!(refused.problem(), "too_many_requests");
    assert!((1..=60).contains(&refused.retry_after.unwrap()), "{refused:?}");
    assert_eq!(citizen.post(PETITIONS, &petition("a")).await.status, StatusCode::CREATED);
    assert_eq!(citizen.post(PETITIONS, &petition("b")).await.problem(), "too_many_requests");
}

#[tokio::test]
async fn whatever_goes_wrong_is_told_as_a_problem() {
    let office = Office::new();
    let server = Server::start(&office);
    let citizen = Program::anonymous(&server);
    let foreign = [JSON, ("sec-fetch-site", "cross-site")];
    let long = format!("{{\"body\":\"{}\"}}", "x".repeat(1 << 20)).into_bytes();
    let post = Method::POST;
    let told = [
        ("no such address", citizen.get("/api/v1/nothing").await),
        ("no such address beside the versions", citizen.get("/api/x").await),
        ("wrong method", citizen.get(PETITIONS).await),
        ("no JSON", citizen.send(post.clone(), PETITIONS, &[JSON], b"{\"body\": ".to_vec()).await),
        ("not said to be JSON", citizen.send(post.clone(), PETITIONS, &[], b"{}".to_vec()).await),
        ("unknown field", citizen.post(PETITIONS, &json!({ "titel": "x" })).await),
        ("says nothing", citizen.post(PETITIONS, &json!({})).await),
        (
            "names files",
            citizen
                .post(PETITIONS, &json!({ "body": "x", "attachments": [{ "name": "a", "hash": "a".repeat(64) }] }))
                .await,
        ),
        ("over the limit", citizen.send(post.clone(), PETITIONS, &[JSON], long).await),
        ("unknown parameter", citizen.send(post.clone(), "/api/v1/petitions?x=1", &[JSON], b"{}".to_vec()).await),
        ("of another site", citizen.send(post, PETITIONS, &foreign, b"{}".to_vec()).await),
        ("not signed in", citizen.get("/api/v1/cases").await),
        ("wrong password", citizen.post("/api/v1/session", &json!({ "user": "nobody", "password": "x" })).await),
    ];
    let wrong_method = told.iter().find(|(what, _)| *what == "wrong method").unwrap();
    assert_eq!(wrong_method.1.allow.as_deref(), Some("POST"));
    let bodies: serde_json::Map<String, Value> = told
        .iter()
        .map(|(what, answer)| {
            assert!(!answer.problem().is_empty());
            ((*what).to_owned(), answer.body.clone())
        })
        .collect();
    insta::assert_json_snapshot!(bodies);
}

#[tokio::test]
async fn an_officer_decides_undoes_and_sends() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let first = take_in(&office, &petition("翟城村道路积水"));
    let second = take_in(&office, &petition("再次反映翟城村道路积水无人维修"));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;

    let queue = officer.get("/api/v1/cases?undecided=true&channel=web&limit=10").await.body;
    assert_eq!((&queue["total"], &queue["cases"][0]["number"]), (&json!(1), &json!(second)));
    let ranked = officer.get(&format!("/api/v1/cases/{second}/duplicates")).await.body;
    assert_eq!(
        (&ranked["candidates"][0]["case"], &ranked["candidates"][0]["relation"]),
        (&json!(first), &json!("repeat"))
    );
    let found = officer.get("/api/v1/search?q=%E7%A7%AF%E6%B0%B4&channel=web").await.body;
    assert_eq!(found["total"], 2, "{found}");

    let own = format!("/api/v1/cases/{second}");
    let case = officer.get(&own).await.body;
    assert!(!case.to_string().contains("13800000001"), "{case}");
    let decision = format!("/api/v1/findings/{}/decision", case["findings"][0]["id"].as_str().unwrap());
    let confirm = json!({ "verdict": "confirm", "relation": "repeat", "reason": "同一个人同一条路" });
    assert_eq!(officer.post(&decision, &confirm).await.status, StatusCode::NO_CONTENT);
    assert_eq!(officer.post(&decision, &confirm).await.problem(), "conflict");
    let target = format!("/api/v1/cases/{first}");
    assert_eq!(officer.get(&target).await.body["submissions"].as_array().unwrap().len(), 2);
    assert_eq!(officer.delete(&decision).await.status, StatusCode::NO_CONTENT);
    assert_eq!(officer.get(&target).await.body["submissions"].as_array().unwrap().len(), 1);

    let request = json!({ "lead": "130682106", "assisting": ["zjj"], "kind": "assign", "note": "请尽快联系" });
    let sent = officer.post(&format!("{own}/dispatches"), &request).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{sent:?}");
    let case = officer.get(&own).await.body;
    assert_eq!((&case["state"], &case["dispatches"][0]["id"]), (&json!("dispatched"), &sent.body["dispatch"]));
    assert_eq!(officer.post(&format!("{own}/dispatches"), &request).await.problem(), "invalid_transition");
    let dispatch = format!("/api/v1/dispatches/{}", sent.body["dispatch"].as_str().unwrap());
    assert_eq!(officer.delete(&dispatch).await.status, StatusCode::NO_CONTENT);
    assert_eq!(officer.get(&own).await.body["state"], "registered");
    assert!(officer.get("/api/v1/units").await.body["units"].to_string().contains("130682106"));
}

#[tokio::test]
async fn personal_data_is_shown_for_a_reason_that_is_kept() {
    let office = Office::new();
    office.add_user("officer", "officer");
    office.add_user("clerk", "clerk");
    let number = take_in(&office, &petition("翟城村道路积水"));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let unmasked = format!("/api/v1/cases/{number}/unmasked");
    assert_eq!(officer.post(&unmasked, &json!({ "reason": " " })).await.problem(), "invalid_field");
    let plain = officer.post(&unmasked, &json!({ "reason": "核对身份" })).await.body;
    assert_eq!(plain["submissions"][0]["petitioners"][0]["phone"], "13800000001");
    assert!(events(&plain).contains(&"unmasked"));
    let clerk = Program::sign_in(&server, "clerk").await;
    assert_eq!(clerk.post(&unmasked, &json!({ "reason": "核对身份" })).await.problem(), "forbidden");
}

#[tokio::test]
async fn the_sealed_is_not_there_for_an_officer() {
    let office = Office::new();
    office.add_user("officer", "officer");
    office.add_user("accuser", "accusations");
    let mut accusation = petition("举报村干部侵占补偿款");
    accusation["purpose"] = json!("accusation");
    accusation["body"] = json!("举报翟城村村主任贪污受贿，侵占征地补偿款二十万元，请纪检机关查处。");
    let number = take_in(&office, &accusation);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let accuser = Program::sign_in(&server, "accuser").await;
    let own = format!("/api/v1/cases/{number}");

    assert_eq!(accuser.get(&own).await.body["secrecy"], "sealed");
    for path in [own.clone(), format!("{own}/duplicates")] {
        assert_eq!(officer.get(&path).await.problem(), "not_found", "{path}");
    }
    let request = json!({ "lead": "jwjw", "kind": "forward" });
    assert_eq!(officer.post(&format!("{own}/dispatches"), &request).await.problem(), "not_found");
    for path in ["/api/v1/cases", "/api/v1/search?q=%E4%BE%B5%E5%8D%A0"] {
        assert!(!officer.get(path).await.body.to_string().contains(&number), "{path}");
        assert!(accuser.get(path).await.body.to_string().contains(&number), "{path}");
    }
}

#[tokio::test]
async fn a_case_never_goes_to_the_unit_that_it_complains_about() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let mut about = petition("反映住建局不作为");
    about["respondents"] = json!([{ "name": "定州市住房和城乡建设局" }]);
    let number = take_in(&office, &about);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let dispatches = format!("/api/v1/cases/{number}/dispatches");
    for request in [
        json!({ "lead": "zjj", "kind": "forward" }),
        json!({ "lead": "130682106", "assisting": ["zjj"], "kind": "forward" }),
    ] {
        assert_eq!(officer.post(&dispatches, &request).await.problem(), "unit_is_respondent");
    }
    assert_eq!(officer.get(&format!("/api/v1/cases/{number}")).await.body["dispatches"], json!([]));
}

#[tokio::test]
async fn the_cookie_alone_changes_nothing() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let number = take_in(&office, &petition("翟城村道路积水"));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await.without_form_token();
    let own = format!("/api/v1/cases/{number}");
    let refused = officer.post(&format!("{own}/dispatches"), &json!({ "lead": "zjj", "kind": "assign" })).await;
    assert_eq!((refused.status, refused.problem()), (StatusCode::FORBIDDEN, "foreign_origin"));
    assert_eq!(officer.delete("/api/v1/session").await.problem(), "foreign_origin");
    assert_eq!(officer.send(Method::POST, "/api/v1/letters", &[], b"x".to_vec()).await.problem(), "foreign_origin");
    assert_eq!(officer.get(&own).await.body["state"], "registered");
}

#[tokio::test]
async fn a_session_ends_when_it_is_taken_back() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    assert_eq!(officer.get("/api/v1/units").await.status, StatusCode::OK);
    assert_eq!(officer.delete("/api/v1/session").await.status, StatusCode::NO_CONTENT);
    assert_eq!(officer.get("/api/v1/units").await.problem(), "sign_in_required");
}

#[tokio::test]
async fn the_staff_enters_what_comes_on_paper_by_mail_and_by_telephone() {
    let office = Office::new();
    office.add_user("clerk", "clerk");
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;

    let transcript =
        "坐席：您好，请讲。\n来电人：我叫赵六合，电话13800000004，翟城村口的路灯坏了半年没人修，请派人修好。";
    let text = [("content-type", "text/plain")];
    let call = clerk.send(Method::POST, "/api/v1/calls?name=call.txt", &text, transcript.as_bytes().to_vec()).await;
    assert_eq!(call.status, StatusCode::CREATED, "{call:?}");
    assert!(!call.body["query_code"].as_str().unwrap().is_empty());

    let mail = "From: liu@example.invalid\r\nTo: xinfang@example.invalid\r\nSubject: =?utf-8?B?6Lev54Gv?=\r\nMessage-ID: <1@example.invalid>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0800\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n东亭镇翟城村的路灯坏了三个月，请派人修复。\r\n";
    let taken = clerk
        .send(Method::POST, "/api/v1/mails", &[("content-type", "message/rfc822")], mail.as_bytes().to_vec())
        .await;
    assert_eq!(taken.status, StatusCode::ACCEPTED, "{taken:?}");
    let arrival = format!("/api/v1/arrivals/{}", taken.body["arrival"].as_str().unwrap());
    let read = clerk.get_until(&arrival, |arrival| arrival["progress"] == "done").await;
    let case = clerk.get(&format!("/api/v1/cases/{}", read["submission"].as_str().unwrap())).await.body;
    assert_eq!(case["submissions"][0]["channel"], "mail");

    let damaged = clerk
        .send(
            Method::POST,
            "/api/v1/letters?name=1.jpg",
            &[("content-type", "image/jpeg")],
            b"\xff\xd8\xff\xe0 no picture".to_vec(),
        )
        .await;
    let arrival = damaged.body["arrival"].as_str().unwrap().to_owned();
    let refused = clerk.get_until(&format!("/api/v1/arrivals/{arrival}"), |body| body["progress"] == "refused").await;
    assert_eq!(refused["problem"]["code"], "damaged_file", "{refused}");
    let quarantine = clerk.get("/api/v1/quarantine").await.body;
    assert_eq!((&quarantine["total"], &quarantine["arrivals"][0]["name"]), (&json!(1), &json!("1.jpg")));
    let retry = format!("/api/v1/quarantine/{arrival}/retry");
    assert_eq!(clerk.send(Method::POST, &retry, &[], Vec::new()).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn every_operation_is_described_and_every_described_one_is_there() {
    let office = Office::new();
    let server = Server::start(&office);
    let anybody = Program::anonymous(&server);
    let described = anybody.get("/api/openapi.json").await.body;
    assert_eq!(described["openapi"].as_str().unwrap().get(..3), Some("3.1"));
    let mut operations = Vec::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(*problem, "#/components/schemas/ProblemDocument", "{method} {path}");
            let method = method.to_uppercase();
            // Published answers are for everybody.
            if (method.as_str(), path.as_str()) == ("GET", "/api/v1/answers") {
                operations.push(format!("{method} {path}"));
                continue;
            }
            let asked = path.replace("{id}", "x").replace("{number}", "x");
            let answer = anybody.send(Method::from_bytes(method.as_bytes()).unwrap(), &asked, &[], Vec::new()).await;
            // Without a session, a token or a body each refuses for a reason of its own.
            assert!(
                ["sign_in_required", "unsupported_type", "forbidden"].contains(&answer.problem()),
                "{method} {path}: {answer:?}"
            );
            operations.push(format!("{method} {path}"));
        }
    }
    insta::assert_json_snapshot!(operations);
}
