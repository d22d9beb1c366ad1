//! The verification desk over HTTP: as a plain form and as JSON; who may see what; what a correction changes.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::paper::{road, take_in};
use crate::harness::server::Server;

const RIGHT: &str = "13800000001";
/// One digit of it misread.
const WRONG: &str = "13800000007";

/// An office with one letter, and one user for each role that matters.
fn office_with_a_letter() -> (Office, String) {
    // One engine: its numbers are asked, whichever networks are installed.
    let office = Office::configured("[web]\nsign_ins_per_minute = 100\n[ocr]\nengine = \"tesseract\"\n");
    for role in ["clerk", "operator", "officer", "accusations", "head", "administrator"] {
        office.add_user(role, role);
    }
    let number = take_in(&office, "road.png", &road("张三丰", WRONG));
    (office, number)
}

fn version(page: &str) -> String {
    between(page, "data-version=\"", "\"").to_owned()
}

/// The value of the form's field with this name.
fn value<'a>(page: &'a str, name: &str) -> &'a str {
    between(page, &format!("name=\"{name}\" value=\""), "\"")
}

/// The findings of a case as the API gives them.
async fn duplicates(server: &Server, number: &str) -> Value {
    Program::sign_in(server, "officer").await.get(&format!("/api/v1/cases/{number}/duplicates")).await.body
}

/// How often a case was judged.
fn judged(case: &Value) -> usize {
    let events = case["events"].as_array().unwrap();
    events.iter().filter(|event| event["event"]["kind"] == "judged").count()
}

#[tokio::test]
async fn the_image_of_a_page_is_for_those_who_check_letters() {
    let (office, number) = office_with_a_letter();
    let sealed = take_in(
        &office,
        "sealed.png",
        "举报村主任贪污\n纪检机关领导：\n我叫王五洲，电话13800000003。我举报翟城村村主任李某贪污受贿，侵占征地补偿款二十万元，请查处。\n> 王五洲\n",
    );
    let server = Server::start(&office);
    let image = |number: &str| format!("/desk/letters/{number}/pages/0");
    for (role, own, other) in [
        ("clerk", StatusCode::OK, StatusCode::NOT_FOUND),
        ("officer", StatusCode::OK, StatusCode::NOT_FOUND),
        ("accusations", StatusCode::OK, StatusCode::OK),
        ("operator", StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        ("head", StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        ("administrator", StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
    ] {
        let desk = Desk::sign_in(&server, role).await;
        for (letter, status) in [(&number, own), (&sealed, other)] {
            assert_eq!(desk.get_bytes(&image(letter)).await.status, status, "{role}: the image of {letter}");
            assert_eq!(desk.get(&format!("/desk/letters/{letter}")).await.status, status, "{role}: {letter}");
            let api =
                Program::sign_in(&server, role).await.get(&format!("/api/v1/letters/{letter}/verification")).await;
            assert_eq!(api.status, status, "{role}: {letter} for programs");
        }
        let listed = desk.get("/desk/letters").await;
        assert_eq!(listed.text.contains(&sealed), role == "accusations", "{role}");
    }
    let desk = Desk::sign_in(&server, "clerk").await;
    let kept = desk.get_bytes(&image(&number)).await;
    assert_eq!((kept.media_type.as_str(), kept.cache.as_str()), ("image/jpeg", "no-store"));
    assert!(kept.bytes.starts_with(b"\xff\xd8\xff"));
    assert_eq!(desk.get(&format!("/desk/letters/{number}/pages/1")).await.status, StatusCode::NOT_FOUND);
    let events = desk.get(&format!("/desk/cases/{number}")).await.text;
    assert!(events.contains("查看原件"), "looking is an event");
    assert!(!reqwest::get(format!("{}{}", server.url, image(&number))).await.unwrap().url().path().contains("pages"));
}

#[tokio::test]
async fn a_corrected_number_makes_a_repeat_of_it_and_taking_it_back_undoes_that() {
    let (office, number) = office_with_a_letter();
    let form = json!({
        "title": "翟城村道路积水",
        "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。请尽快派人维修。",
        "petitioners": [{ "name": "张丰", "phone": RIGHT, "address": "定州市南城区街道1号" }],
        "anonymous": false, "confidential": false, "publishable": false
    });
    office.intake("web", &office.file("a.json", form.to_string()));
    let misread = "13800000009";
    let later = take_in(&office, "again.png", &road("李四海", misread));
    // Somebody who writes again after the letter, with the number that the letter really has.
    let mut form = form;
    form["petitioners"][0]["name"] = json!("李海");
    form["petitioners"][0]["address"] = json!("定州市北城区街道2号");
    form["petitioners"][0]["phone"] = json!("13800000001");
    form["title"] = json!("再次反映翟城村道路积水");
    let after = office.intake("web", &office.file("b.json", form.to_string()));
    let after = after["case"].as_str().unwrap().to_owned();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let path = format!("/desk/letters/{later}");
    let with_letter = |found: &Value| {
        let candidates = found["candidates"].as_array().unwrap();
        candidates.iter().find(|one| one["case"] == json!(later)).map(ToString::to_string).unwrap_or_default()
    };
    assert!(!with_letter(&duplicates(&server, &after).await).contains("同一信访人"));
    assert!(!duplicates(&server, &later).await.to_string().contains("同一信访人"), "another number is another person");

    let page = desk.get(&path).await;
    assert!(page.text.contains("仅一个引擎读过"), "{}", page.text);
    assert_eq!(value(&page.text, "phone.0"), misread);
    let fields = [("version", version(&page.text)), ("phone.0", "138 0000 0001".to_owned())];
    let saved =
        desk.post(&format!("{path}/draft"), &fields.each_ref().map(|(name, text)| (*name, text.as_str()))).await;
    assert_eq!(saved.location.as_deref(), Some(path.as_str()), "{}", saved.text);
    let page = desk.get(&path).await;
    assert_eq!(value(&page.text, "phone.0"), "138 0000 0001", "what was typed is kept");
    assert!(desk.get(&format!("/desk/cases/{later}")).await.text.contains("138****0009"), "and has no effect yet");

    let seen = version(&page.text);
    let confirmed = desk.post(&format!("{path}/confirm"), &[("version", &seen)]).await;
    let next = format!("/desk/letters/{number}?confirmed={later}");
    assert_eq!(confirmed.location.as_deref(), Some(next.as_str()), "the next letter to check: {}", confirmed.text);
    let case = desk.get_until(&format!("/desk/cases/{later}"), "同一信访人").await;
    assert!(case.text.contains("138****0001") && !case.text.contains("138****0009"), "{}", case.text);
    assert!(case.text.contains("更正识别结果") && case.text.contains("核对完毕"), "{}", case.text);
    assert!(duplicates(&server, &later).await.to_string().contains("联系电话相同"));

    let officer = Program::sign_in(&server, "officer").await;
    officer.get_until(&format!("/api/v1/cases/{after}"), |case| judged(case) == 2).await;
    assert!(with_letter(&duplicates(&server, &after).await).contains("联系电话相同"), "the later one is judged again");

    // The page of the next letter offers to take it back.
    let banner = desk.get(&next).await;
    assert!(banner.text.contains(&format!("action=\"/desk/letters/{later}/undo\"")), "{}", banner.text);
    let page = desk.get(&path).await;
    assert!(page.text.contains("readonly") && page.text.contains("更正记录"), "{}", page.text);
    let undone = desk.post(&format!("{path}/undo"), &[("version", &version(&page.text))]).await;
    assert_eq!(undone.location, Some(format!("{path}?done=check-undone")), "{}", undone.text);
    let page = desk.get(&path).await;
    assert_eq!(value(&page.text, "phone.0"), RIGHT, "it is in the draft again");
    let case = desk.get_until(&format!("/desk/cases/{later}"), "138****0009").await;
    assert!(case.text.contains("撤销核对"), "{}", case.text);
}

#[tokio::test]
async fn the_second_of_two_clerks_is_told() {
    let (office, number) = office_with_a_letter();
    office.add_user("second", "clerk");
    let server = Server::start(&office);
    let (first, second) = (Desk::sign_in(&server, "clerk").await, Desk::sign_in(&server, "second").await);
    let path = format!("/desk/letters/{number}");
    let both = version(&first.get(&path).await.text);
    assert_eq!(both, version(&second.get(&path).await.text));
    let draft = |text| [("version", both.as_str()), ("name.0", text)];
    let saved = first.post(&format!("{path}/draft"), &draft("张三丰一")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);

    let refused = second.post(&format!("{path}/draft"), &draft("张三丰二")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("clerk正在核对"), "who is told: {}", refused.text);
    let page = second.get(&path).await;
    assert!(page.text.contains("接手核对") && page.text.contains("readonly"), "{}", page.text);
    assert_eq!(value(&page.text, "name.0"), "张三丰一");
    let confirm = second.post(&format!("{path}/confirm"), &[("version", &version(&page.text))]).await;
    assert_eq!(confirm.status, StatusCode::CONFLICT, "nobody confirms what a colleague has open");

    // Taken over, the first one is told.
    let seen = version(&page.text);
    let taken = second.post(&format!("{path}/begin"), &[("version", &seen), ("take_over", "1")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let refused = first.post(&format!("{path}/draft"), &[("version", &seen), ("name.0", "张三丰三")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("second正在核对"), "{}", refused.text);
    let page = second.get(&path).await;
    assert_eq!(value(&page.text, "name.0"), "张三丰一", "nothing was overwritten");
    let confirmed = second.post(&format!("{path}/confirm"), &[("version", &version(&page.text))]).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text);
    let page = first.get(&path).await;
    assert!(page.text.contains("second"), "who confirmed is told: {}", page.text);
}

#[tokio::test]
async fn programs_read_correct_confirm_and_take_back() {
    let (office, number) = office_with_a_letter();
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let listed = clerk.get("/api/v1/letters?state=unchecked").await.body;
    assert_eq!((&listed["total"], &listed["letters"][0]["number"]), (&json!(1), &json!(number)));
    assert!(listed["letters"][0]["doubts"].as_u64().unwrap() >= 1, "a number that one engine read is asked: {listed}");
    assert_eq!(clerk.get("/api/v1/letters?state=lost").await.problem(), "invalid_field");

    let path = format!("/api/v1/letters/{number}");
    let read = clerk.get(&format!("{path}/verification")).await.body;
    let field = |document: &Value, part: &str| {
        let fields = document["fields"].as_array().unwrap();
        fields.iter().find(|field| field["part"] == part).unwrap().clone()
    };
    let phone = field(&read, "phone.0");
    assert_eq!((&phone["value"], &phone["verdict"]), (&json!(WRONG), &json!("fits")));
    assert!(phone["spot"]["area"]["width"].as_u64().unwrap() > 10 && phone["spot"]["page"] == 1, "{phone}");
    assert!(!phone["doubts"].as_array().unwrap().is_empty());

    let line = read["lines"].as_array().unwrap().iter().find(|line| line["text"].as_str().unwrap().contains(WRONG));
    let line = line.unwrap_or_else(|| panic!("no line with the number: {read}")).clone();
    let text = line["text"].as_str().unwrap().replace(WRONG, RIGHT);
    let part = line["part"].as_str().unwrap();
    let unknown = json!({ "version": read["version"], "values": { "colour.0": "x" } });
    assert_eq!(clerk.post(&format!("{path}/corrections"), &unknown).await.problem(), "invalid_field");
    let values = json!({ "version": read["version"], "values": { "phone.0": RIGHT, part: text } });
    let kept = clerk.post(&format!("{path}/corrections"), &values).await;
    assert_eq!((kept.status, &kept.body["changes"]), (StatusCode::OK, &json!(2)), "{kept:?}");
    assert_eq!(clerk.post(&format!("{path}/corrections"), &values).await.problem(), "check_changed");

    let confirmed = clerk.post(&format!("{path}/confirmation"), &json!({ "version": kept.body["version"] })).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{confirmed:?}");
    let corrections = confirmed.body["corrections"].as_array().unwrap().clone();
    assert_eq!((corrections.len(), &confirmed.body["next"]), (2, &Value::Null));
    let officer = Program::sign_in(&server, "officer").await;
    let unmasked = officer.post(&format!("/api/v1/cases/{number}/unmasked"), &json!({ "reason": "测试" })).await.body;
    let body = unmasked["submissions"][0]["body"].as_str().unwrap();
    assert!(body.contains(RIGHT) && !body.contains(WRONG), "the corrected line is in the body: {body}");
    let read = clerk.get(&format!("{path}/verification")).await.body;
    assert_eq!(read["corrections"][0]["before"], WRONG);
    assert_eq!((&read["state"], &field(&read, "phone.0")["value"]), (&json!("confirmed"), &json!(RIGHT)));

    // One correction is taken back by itself, then all of them.
    let id = corrections[0].as_str().unwrap();
    assert_eq!(clerk.delete(&format!("{path}/corrections/{id}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(clerk.delete(&format!("{path}/corrections/{id}")).await.problem(), "check_changed");
    let read = clerk.get(&format!("{path}/verification")).await.body;
    assert_eq!(field(&read, "phone.0")["value"], WRONG);
    let stale = clerk.delete(&format!("{path}/confirmation?version=1")).await;
    assert_eq!(stale.problem(), "check_changed");
    let undone = clerk.delete(&format!("{path}/confirmation?version={}", read["version"])).await;
    assert_eq!(undone.status, StatusCode::OK, "{undone:?}");
    let read = clerk.get(&format!("{path}/verification")).await.body;
    assert_eq!(read["state"], "being_checked");
    assert_eq!(field(&read, "phone.0")["draft"], Value::Null, "what was taken back before is no draft");
}

#[tokio::test]
async fn values_are_judged_by_the_validators_while_they_are_typed() {
    let (office, _) = office_with_a_letter();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    for (field, text, verdict) in [
        ("phone", "138 0000 0001", "fits"),
        ("phone", "1380000000", "impossible"),
        ("id_number", "130682198001010011", "impossible"),
        ("name", "弓长甲", "unusual"),
        ("written_on", "2026年10月20日", "fits"),
        ("place", "", "missing"),
    ] {
        let told = desk.post("/desk/letters/judge", &[("field", field), ("text", text)]).await;
        let told: Value = serde_json::from_str(&told.text).unwrap_or_else(|_| panic!("no JSON: {}", told.text));
        assert_eq!(told["verdict"], verdict, "{field} {text}: {told}");
    }
    let told = desk.post("/desk/letters/judge", &[("field", "colour"), ("text", "x")]).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = desk.post_raw("/desk/letters/judge", &[("field", "phone"), ("text", "x")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "the form token is asked");
}

#[tokio::test]
async fn a_form_with_every_line_of_a_long_letter_is_taken() {
    let (office, number) = office_with_a_letter();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let path = format!("/desk/letters/{number}");
    let seen = version(&desk.get(&path).await.text);
    let lines: Vec<(String, String)> =
        (0..2_000).map(|line| (format!("line.9.{line}"), "请尽快派人维修这条道路，谢谢领导。".to_owned())).collect();
    let mut fields: Vec<(&str, &str)> = lines.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fields.extend([("version", seen.as_str()), ("demand.0", "请维修")]);
    let saved = desk.post(&format!("{path}/draft"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = desk.get(&path).await;
    assert!(page.text.contains(">请维修</textarea>"), "what is no part of this letter is left out: {}", page.text);
    let long = "长".repeat(2_001);
    let refused = desk.post(&format!("{path}/draft"), &[("version", &version(&page.text)), ("demand.0", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_letter_that_turns_out_to_be_an_accusation_is_sealed() {
    let office = Office::new();
    for role in ["clerk", "accusations"] {
        office.add_user(role, role);
    }
    let number = take_in(&office, "road.png", &road("张三丰", RIGHT));
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let path = format!("/api/v1/letters/{number}");
    let read = clerk.get(&format!("{path}/verification")).await.body;
    let words = json!({ "version": read["version"], "values": {
        "title.0": "举报翟城村村主任贪污受贿",
        "demand.0": "举报翟城村村主任贪污受贿，侵占征地补偿款，请纪检机关查处。",
        read["lines"][2]["part"].as_str().unwrap(): "举报翟城村村主任贪污受贿，侵占征地补偿款二十万元，请纪检机关查处。",
    } });
    assert_eq!(clerk.post(&format!("{path}/confirmation"), &words).await.status, StatusCode::OK);
    assert_eq!(clerk.get(&format!("{path}/verification")).await.problem(), "not_found");
    let accusations = Program::sign_in(&server, "accusations").await;
    let read = accusations.get(&format!("/api/v1/cases/{number}")).await.body;
    assert_eq!(read["secrecy"], "sealed", "{read}");
}
