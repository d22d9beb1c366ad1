//! The gateway with its index on a search server that comes and goes. The server is the stub of the crate `search`.

use reqwest::StatusCode;
use search::meilisearch::stub::StubServer;
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::Desk;
use crate::harness::server::Server;
use crate::harness::visitor::Visitor;

const KEY: &str = "a key of the tests";

fn office(server: &StubServer) -> Office {
    let office = Office::configured(&format!("[search]\nurl = \"{}\"\nkey = \"{KEY}\"\n", server.url()));
    office.add_user("officer", "officer");
    office
}

fn petition(title: &str, name: &str, phone: &str) -> String {
    json!({
        "title": title,
        "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。",
        "petitioners": [{ "name": name, "phone": phone, "address": "定州市东亭镇翟城村3号" }],
        "anonymous": false, "confidential": false, "publishable": false
    })
    .to_string()
}

/// Runs a command while the stub answers it: the command is a process of its own, and the stub needs this thread.
async fn run(office: Office, arguments: &'static [&'static str]) -> (Office, crate::harness::Printed) {
    tokio::task::spawn_blocking(move || {
        let printed = office.run(arguments);
        (office, printed)
    })
    .await
    .unwrap()
}

async fn intake(office: Office, name: &'static str, petition: String) -> (Office, Value) {
    tokio::task::spawn_blocking(move || {
        let line = office.intake("web", &office.file(name, petition));
        (office, line)
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_registered_is_found_and_judged_on_the_server() {
    let server = StubServer::start(KEY).await;
    let (office, first) = intake(office(&server), "a.json", petition("翟城村道路积水", "张三丰", "13800000001")).await;
    let (office, second) =
        intake(office, "b.json", petition("再次反映翟城村道路积水无人维修", "张三丰", "13800000001")).await;
    let candidates = second["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 1, "{second}");
    assert_eq!(candidates[0]["case"], first["case"]);
    let (office, found) = run(office, &["search", "积水"]).await;
    assert_eq!(found.lines().len(), 2, "{found:?}");
    let (_office, checked) = run(office, &["check"]).await;
    assert!(checked.out.contains("[正常] 检索索引：2件"), "{}", checked.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_server_is_down_petitions_are_taken_in_and_when_it_is_back_they_are_compared() {
    let mut engine = StubServer::start(KEY).await;
    engine.stop();
    let (office, first) = intake(office(&engine), "a.json", petition("翟城村道路积水", "张三丰", "13800000001")).await;
    assert_eq!(first["outcome"], "registered", "{first}");
    let (office, second) =
        intake(office, "b.json", petition("再次反映翟城村道路积水无人维修", "张三丰", "13800000001")).await;
    assert_eq!(second["outcome"], "registered", "{second}");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let queue = desk.get_until("/desk", "查重引擎暂不可用，2件待查重").await;
    assert_eq!(queue.text.matches(">待查重<").count(), 2, "{}", queue.text);
    let listed: Value = serde_json::from_str(&desk.get("/api/v1/cases").await.text).unwrap();
    assert_eq!(listed["cases"][0]["to_be_judged"], true, "{listed}");
    let later = format!("/desk/cases/{}", second["submission"].as_str().unwrap());
    assert!(desk.get(&later).await.text.contains("待查重：尚未与先前的信访件比对完"), "no finding is not no duplicate");
    let visitor = Visitor::of(&server);
    let ready = visitor.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK, "intake goes on: {}", ready.text);
    let report: Value = serde_json::from_str(&ready.text).unwrap();
    assert_eq!(report["search"], json!({ "problem": "search_unreachable", "waiting": 2 }));
    let searched = desk.get("/desk/search?words=积水").await;
    assert!(searched.text.contains("检索服务暂时不可用"), "{}", searched.text);
    engine.start_again().await;
    // The next attempt is at most a minute away.
    let page = desk.get_until(&later, "可能重复信访").await;
    assert!(!page.text.contains("查重引擎暂不可用"), "{}", page.text);
    assert!(!page.text.contains("待查重"), "{}", page.text);
    assert!(!desk.get("/desk").await.text.contains("待查重"), "all are compared");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_was_lost_is_built_again_from_the_database() {
    let server = StubServer::start(KEY).await;
    let (office, _line) = intake(office(&server), "a.json", petition("翟城村道路积水", "张三丰", "13800000001")).await;
    server.empty();
    let (office, built) = run(office, &["reindex"]).await;
    assert_eq!(built.only_line(), json!({ "indexed": 1 }), "{built:?}");
    let (_office, found) = run(office, &["search", "积水"]).await;
    assert_eq!(found.lines().len(), 1, "{found:?}");
}

/// Publishes an answer about lamps for the case and waits until the public finds it.
async fn publish(server: &Server, case: &str) {
    let officer = Program::sign_in(server, "officer").await;
    let answer = json!({
        "title": "路灯损坏怎么报修", "question": "门口的路灯坏了很久，应由谁来修？", "text": "由城管部门维修，三个工作日内修复。",
        "consent_asked": true
    });
    let published = officer.post(&format!("/api/v1/cases/{case}/answers"), &answer).await;
    assert_eq!(published.status, StatusCode::CREATED, "{published:?}");
    found_by_the_public(server).await;
}

async fn found_by_the_public(server: &Server) {
    let citizen = Program::anonymous(server);
    citizen.get_until("/api/v1/answers?words=路灯", |body| body["total"] == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_the_work_of_the_gateway_an_emptied_server_is_filled_again() {
    let engine = StubServer::start(KEY).await;
    let office = office(&engine);
    office.add_user("admin", "administrator");
    let (office, line) = intake(office, "a.json", petition("翟城村道路积水", "张三丰", "13800000001")).await;
    let server = Server::start(&office);
    publish(&server, line["case"].as_str().unwrap()).await;
    let (office, whole) = run(office, &["check"]).await;
    assert!(whole.out.contains("[正常] 公开答复索引：1个与数据库一致"), "{}", whole.out);

    engine.empty();
    let (office, lacking) = run(office, &["check"]).await;
    assert_eq!(lacking.code, Some(1), "{}", lacking.out);
    let admin = Program::sign_in(&server, "admin").await;
    let asked = admin.post("/api/v1/index/rebuild", &json!({})).await;
    assert!(asked.status.is_success(), "{asked:?}");
    admin.get_until("/api/v1/index", |body| body["rebuild"] == "none" && body["holds"]["ordinary"] == 1).await;
    found_by_the_public(&server).await;
    let (office, found) = run(office, &["search", "积水"]).await;
    assert_eq!(found.lines().len(), 1, "{found:?}");
    let (_office, checked) = run(office, &["check"]).await;
    assert_eq!(checked.code, Some(0), "{}", checked.out);
    assert!(checked.out.contains("[正常] 公开答复索引：1个与数据库一致"), "{}", checked.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_withdrawn_is_told_apart_from_one_that_the_database_does_not_know() {
    let engine = StubServer::start(KEY).await;
    let (office, line) = intake(office(&engine), "a.json", petition("翟城村道路积水", "张三丰", "13800000001")).await;
    let server = Server::start(&office);
    publish(&server, line["case"].as_str().unwrap()).await;
    let officer = Program::sign_in(&server, "officer").await;
    let answers = Program::anonymous(&server).get("/api/v1/answers?words=路灯").await;
    let withdrawal = format!("/api/v1/answers/{}/withdrawal", answers.body["answers"][0]["answer"].as_str().unwrap());
    let withdrawn = officer.post(&withdrawal, &json!({ "reason": "内容有误" })).await;
    assert_eq!(withdrawn.status, StatusCode::NO_CONTENT, "{withdrawn:?}");
    let (office, checked) = run(office, &["check"]).await;
    let told = "[正常] 公开答复索引：0个与数据库一致，另有1个已撤回，公众查不到";
    assert!(checked.out.contains(told), "{}", checked.out);

    // As after a backup was restored beside an index that has gone on.
    let (other, line) =
        intake(self::office(&engine), "b.json", petition("翟城村路灯不亮", "李四光", "13800000002")).await;
    let server_of_other = Server::start(&other);
    publish(&server_of_other, line["case"].as_str().unwrap()).await;
    let (_office, checked) = run(office, &["check"]).await;
    assert_eq!(checked.code, Some(1), "{}", checked.out);
    let told = "数据库有0个公开答复，索引缺少0个、有1个不该在内";
    assert!(checked.out.contains(told), "{}", checked.out);
}
