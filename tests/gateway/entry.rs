//! What staff enter in a petitioner's name: drafts, registering once, earlier cases of a number, announced calls, who entered it.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::{Desk, Page};
use crate::harness::server::Server;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const DRAFT: &str = "0192a000-0000-7000-8000-000000000001";

fn json_of(page: &Page) -> Value {
    serde_json::from_str(&page.text).unwrap_or_else(|_| panic!("no JSON: {}", page.text))
}

fn entry(id: &str, form: &str) -> Value {
    json!({
        "id": id, "form": form, "name": "陆青禾", "phone": "13800000301", "address": "清河花园小区3号楼",
        "mail_address": "lu@example.invalid", "proxy_name": "陆小满", "proxy_phone": "13800000302",
        "body": "清河花园小区停水三天，物业公司不管，请尽快恢复供水。",
    })
}

#[tokio::test]
async fn the_record_says_who_entered_it_and_the_petitioner_gets_the_notices() {
    let office = Office::new();
    office.add_user("operator", "operator");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let operator = Program::sign_in(&server, "operator").await;
    let officer = Program::sign_in(&server, "officer").await;
    for (number, form, label) in [(1, "phone", "来电"), (2, "walk_in", "来访"), (3, "letter", "来信")] {
        let request = entry(&format!("0192a000-0000-7000-8000-00000000000{number}"), form);
        let first = operator.post("/api/v1/entries", &request).await;
        assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
        let again = operator.post("/api/v1/entries", &request).await;
        assert_eq!((again.status, &again.body["number"]), (StatusCode::OK, &first.body["number"]));
        let case = first.body["case"].as_str().unwrap();
        let shown = officer.post(&format!("/api/v1/cases/{case}/unmasked"), &json!({ "reason": "核对" })).await.body;
        let submission = &shown["submissions"][0];
        assert_eq!(submission["entry"]["form"], form, "{submission}");
        let people = submission["petitioners"].as_array().unwrap();
        assert_eq!(
            (people.len(), &people[0]["name"], &people[0]["mail_address"]),
            (1, &json!("陆青禾"), &json!("lu@example.invalid"))
        );
        assert_eq!(submission["proxy"]["name"], "陆小满");
        let events = shown["events"].as_array().unwrap();
        let registered = events.iter().find(|event| event["event"]["kind"] == "registered").unwrap();
        assert_eq!(registered["event"]["by"]["staff"], submission["entry"]["staff"], "{registered}");
        let desk = Desk::sign_in(&server, "officer").await;
        let page = desk.get(&format!("/desk/cases/{case}")).await.text;
        assert!(page.contains("operator代登") && page.contains(&format!("{label}，工作人员代登")), "{page}");
    }
    // Nobody can say so from outside.
    let forged = json!({ "body": "停水", "entry": { "form": "phone" } });
    assert_eq!(Program::anonymous(&server).post("/api/v1/petitions", &forged).await.problem(), "malformed_input");
    assert_eq!(
        Program::anonymous(&server).post("/api/v1/entries", &entry(DRAFT, "phone")).await.problem(),
        "sign_in_required"
    );
    let wrong = operator.post("/api/v1/entries", &json!({ "id": DRAFT, "form": "phone" })).await;
    assert_eq!(wrong.problem(), "empty_input");
}

#[tokio::test]
async fn a_draft_is_kept_for_its_writer_and_registers_once_wherever_the_process_stops() {
    let mut office = Office::new();
    office.add_user("operator", "operator");
    office.add_user("clerk", "clerk");
    let server = Server::start(&office);
    let operator = Desk::sign_in(&server, "operator").await;
    let fields = [
        ("form", "walk_in"),
        ("name", "陆青禾"),
        ("body", "停水三天，请恢复供水。"),
        ("version", "0"),
        ("edited", "name"),
    ];
    let path = format!("/desk/entry/{DRAFT}");
    let kept = operator.post(&format!("{path}/draft"), &fields).await;
    assert_eq!(kept.location.as_deref(), Some(path.as_str()), "{}", kept.text);
    assert_eq!(
        operator.post(&format!("{path}/draft"), &fields).await.status,
        StatusCode::CONFLICT,
        "another window began it"
    );
    server.kill();

    let server = Server::start(&office);
    let again = Desk::sign_in(&server, "operator").await;
    let page = again.get(&path).await.text;
    assert!(page.contains("停水三天") && page.contains("value=\"陆青禾\""), "{page}");
    let clerk = Desk::sign_in(&server, "clerk").await;
    assert_eq!(clerk.get(&path).await.status, StatusCode::NOT_FOUND);
    server.kill();

    office.set("XINQIAO_STOP_AT", "entry.after_registering");
    let mut server = Server::start(&office);
    let stopping = Desk::sign_in(&server, "operator").await;
    tokio::spawn(async move { stopping.post(&format!("/desk/entry/{DRAFT}/register"), &fields).await });
    assert_eq!(server.ended().await, None);
    office.unset_all();
    let server = Server::start(&office);
    let operator = Desk::sign_in(&server, "operator").await;
    let done = operator.post(&format!("{path}/register"), &fields).await;
    assert!(done.location.as_deref().unwrap().starts_with("/desk/entered"), "{}", done.text);
    assert_eq!(operator.get(&path).await.status, StatusCode::NOT_FOUND, "the draft is gone");
    let cases = Program::sign_in(&server, "clerk").await.get("/api/v1/cases").await.body;
    assert_eq!(cases["total"], 1, "{cases}");
}

#[tokio::test]
async fn earlier_cases_of_a_number_are_shown_to_whom_may_see_them_and_written_down() {
    let office = Office::new();
    office.add_user("operator", "operator");
    office.add_user("head", "head");
    let sealed = json!({ "title": "举报崔某贪污", "body": "西城乡南堡村主任崔某贪污扶贫款，请查处。", "purpose": "accusation", "petitioners": [{ "name": "王五", "phone": "13800000301" }] });
    let plain = json!({ "title": "赵村路灯不亮", "body": "北城区街道门口的路灯坏了三个月，请修复。", "petitioners": [{ "name": "王五", "phone": "138-0000-0301" }] });
    office.intake("web", &office.file("sealed.json", sealed.to_string()));
    let line = office.intake("web", &office.file("plain.json", plain.to_string()));
    let server = Server::start(&office);
    let operator = Desk::sign_in(&server, "operator").await;
    let look = async |number: &str| operator.post("/desk/entry/caller", &[("caller_number", number)]).await;
    let found = json_of(&look("13800000301").await);
    let cases = found["cases"].as_array().unwrap();
    assert_eq!((cases.len(), &cases[0]["number"]), (1, &line["case"]), "{found}");
    assert_eq!(json_of(&look("13800000302").await)["cases"], json!([]));
    assert_eq!(look("123").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let head = Desk::sign_in(&server, "head").await;
    let refused = head.post("/desk/entry/caller", &[("caller_number", "13800000301")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "whoever enters nothing looks nobody up");
    server.stop();
    // The look is in the chain, without the number.
    let files = ["xinqiao.sqlite", "xinqiao.sqlite-wal"]
        .map(|name| std::fs::read(office.data().join(name)).unwrap_or_default());
    let text: String = files.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    assert!(text.contains("caller_looked_up") && text.contains(line["case"].as_str().unwrap()));
    assert_eq!(office.run(&["check"]).code, Some(0));
}

#[tokio::test]
async fn typing_finds_what_is_alike_and_fills_what_is_empty() {
    let office = Office::new();
    office.add_user("operator", "operator");
    let plain = json!({ "title": "清河花园小区停水", "body": "清河花园小区停水三天了，物业公司不管，请尽快恢复供水。", "petitioners": [{ "name": "王五一", "phone": "13800000303" }] });
    let line = office.intake("web", &office.file("plain.json", plain.to_string()));
    let server = Server::start(&office);
    let operator = Desk::sign_in(&server, "operator").await;
    let think = async |fields: &[(&str, &str)]| json_of(&operator.post("/desk/entry/think", fields).await);
    let partial = think(&[("body", "清河花园停水")]).await;
    assert_eq!(partial["candidates"][0]["number"], line["case"], "{partial}");
    assert!(!partial.to_string().contains("王五一") && !partial.to_string().contains("13800000303"));
    let typed = think(&[
        ("body", "我叫陆青禾，家住清河花园小区三栋二单元五零幺，电话幺三八零零零零零三零幺，停水三天了，请恢复供水。"),
        ("edited", "name"),
        ("name", "陆"),
        ("phone", "13800000301"),
        ("id_number", "110105"),
    ])
    .await;
    let fields = typed["fields"].as_array().unwrap();
    let field = |name: &str| fields.iter().find(|field| field["name"] == name).map(|field| field["value"].clone());
    assert_eq!(field("address"), Some(json!("清河花园小区3栋2单元501")), "{typed}");
    assert_eq!(
        (field("phone"), field("name")),
        (Some(json!("13800000301")), None),
        "what a person typed is never filled"
    );
    assert_eq!(typed["phone"]["read_back"]["spoken"], "幺三八，零零零零，零三零幺");
    assert!(typed["id_number"]["problem"].as_str().unwrap().contains("18位"), "{typed}");
    assert_eq!(think(&[("body", "嗯")]).await["candidates"], json!([]));
}

#[tokio::test]
async fn a_telephone_system_announces_calls_with_a_token_of_its_own() {
    let office = Office::configured(&format!("[calls]\npush_token = \"{TOKEN}\"\n"));
    office.add_user("operator", "operator");
    office.add_user("clerk", "clerk");
    let server = Server::start(&office);
    let telephone = Program::anonymous(&server);
    let announce = async |token: &str, body: &Value| {
        let authorization = format!("Bearer {token}");
        let headers = [("content-type", "application/json"), ("authorization", authorization.as_str())];
        telephone.send(Method::POST, "/api/v1/calls/incoming", &headers, body.to_string().into_bytes()).await
    };
    let call = json!({ "call_id": "pbx-7", "caller_number": "13800000301", "operator": "operator" });
    assert_eq!(announce("wrong", &call).await.problem(), "forbidden");
    assert_eq!(announce(TOKEN, &json!({ "call_id": "" })).await.problem(), "invalid_field");
    let operator = Desk::sign_in(&server, "operator").await;
    let waiting = operator.get("/desk/calls/incoming?after=0");
    let (rung, accepted) = tokio::join!(waiting, announce(TOKEN, &call));
    assert_eq!(accepted.status, StatusCode::ACCEPTED, "{accepted:?}");
    let rung = json_of(&rung);
    assert_eq!((&rung["calls"][0]["caller_number"], &rung["after"]), (&json!("13800000301"), &json!(1)), "{rung}");
    let page = operator.get("/desk/calls/new?call=pbx-7").await.text;
    assert!(page.contains("value=\"13800000301\"") && page.contains("value=\"pbx-7\""));
    // The call is the operator's alone, and the token opens nothing else.
    let clerk = Desk::sign_in(&server, "clerk").await;
    assert!(!clerk.get("/desk/calls/new?call=pbx-7").await.text.contains("13800000301"));
    let headers = [("authorization", "Bearer 0123456789abcdef0123456789abcdef")];
    assert_eq!(telephone.send(Method::GET, "/api/v1/cases", &headers, Vec::new()).await.problem(), "sign_in_required");
    let off = Office::new();
    let server = Server::start(&off);
    let telephone = Program::anonymous(&server);
    assert_eq!(telephone.post("/api/v1/calls/incoming", &call).await.problem(), "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_nobody_goes_on_with_is_removed_after_a_while() {
    use std::sync::Arc;
    use std::time::Duration;

    use case::entry::{EntryContent, EntryForm};
    use case::event::EventKind;
    use case::id::StaffId;
    use case::ports::ManualClock;
    use case::staff::{Role, Staff, UserName};
    use xinqiao::desk::viewer::Viewer;

    const DAY: Duration = Duration::from_secs(24 * 3600);
    let folder = tempfile::TempDir::new().unwrap();
    let settings = folder.path().join("xinqiao.toml");
    std::fs::write(&settings, "[entry]\ndraft_days = 10\n").unwrap();
    let configuration =
        xinqiao::configuration::Configuration::load(Some(&settings), folder.path().join("data")).unwrap();
    let mut gateway = xinqiao::startup::open(configuration).await.unwrap();
    let clock = Arc::new(ManualClock::at("2026-11-24T01:00:00Z".parse().unwrap()));
    gateway.clock = clock.clone();
    let staff = Staff {
        id: StaffId::fresh(&*gateway.clock, &*gateway.randomness),
        user_name: UserName::parse("li.yi").unwrap(),
        display_name: "李一".to_owned(),
        roles: vec![Role::Operator],
        active: true,
    };
    let mut unit = gateway.store.begin().await.unwrap();
    unit.insert_staff(&staff, "$argon2id$li").await.unwrap();
    unit.commit().await.unwrap();
    let viewer = Viewer::new(staff);
    let content = || EntryContent {
        form: EntryForm::WalkIn,
        body: "停水三天，电话13800000011".to_owned(),
        ..EntryContent::default()
    };
    let fresh = || case::id::EntryDraftId::fresh(&*gateway.clock, &*gateway.randomness);
    let (left, gone_on_with) = (fresh(), fresh());
    gateway.keep_entry_draft(&viewer, left, 0, content()).await.unwrap();
    gateway.keep_entry_draft(&viewer, gone_on_with, 0, content()).await.unwrap();
    clock.advance(DAY * 9);
    gateway.run_until_idle().await.unwrap();
    gateway.keep_entry_draft(&viewer, gone_on_with, 1, content()).await.unwrap();
    assert_eq!(gateway.entry_drafts(&viewer).await.unwrap().len(), 2, "not before its time");
    clock.advance(DAY);
    gateway.run_until_idle().await.unwrap();
    let kept: Vec<_> = gateway.entry_drafts(&viewer).await.unwrap().iter().map(|draft| draft.id).collect();
    assert_eq!(kept, [gone_on_with], "the one that somebody went on with stays");
    let events = gateway.store.read().await.unwrap().events_after(0, 100).await.unwrap();
    let told: Vec<_> = events.iter().filter(|event| event.event.kind == EventKind::DraftForgotten).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].event.detail.to_string().contains(&left.to_string()), "{:?}", told[0]);
    assert!(!format!("{:?}", told[0]).contains("13800000011"), "nothing of what was typed: {:?}", told[0]);
    // The other one goes in its turn, without anybody keeping a draft again.
    clock.advance(DAY * 9);
    gateway.run_until_idle().await.unwrap();
    assert_eq!(gateway.entry_drafts(&viewer).await.unwrap(), []);
}
