//! The desk over HTTP, as somebody of the staff uses it: the real program, forms without scripts.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::Office;
use crate::harness::desk::{Desk, between};
use crate::harness::server::Server;

/// A petition about a flooded road.
pub(crate) fn petition(title: &str, name: &str, phone: &str) -> Value {
    json!({
        "title": title,
        "body": format!("东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。请打我的电话{phone}。"),
        "petitioners": [{ "name": name, "phone": phone, "address": "定州市东亭镇翟城村3号" }],
        "anonymous": false, "confidential": false, "publishable": false
    })
}

pub(crate) fn take_in(office: &Office, name: &str, petition: &Value) -> String {
    let line = office.intake("web", &office.file(name, petition.to_string()));
    line["submission"].as_str().unwrap_or_else(|| panic!("not registered: {line}")).to_owned()
}

/// An office with two petitions of one person on one matter, and an officer.
pub(crate) fn office_with_a_repeat() -> (Office, String, String) {
    let office = Office::new();
    office.add_user("officer", "officer");
    let first = take_in(&office, "a.json", &petition("翟城村道路积水", "张三丰", "13800000001"));
    let second = take_in(&office, "b.json", &petition("再次反映翟城村道路积水无人维修", "张三丰", "13800000001"));
    (office, first, second)
}

#[tokio::test]
async fn nobody_sees_the_desk_without_signing_in() {
    let (office, first, _) = office_with_a_repeat();
    let server = Server::start(&office);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for path in
        ["/desk", "/desk/search", "/desk/outbox", "/desk/quarantine", "/desk/jobs", &format!("/desk/cases/{first}")]
    {
        let answer = client.get(format!("{}{path}", server.url)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        let location = answer.headers()["location"].to_str().unwrap();
        assert!(location.starts_with("/sign-in?next=/desk"), "{location}");
    }
}

#[tokio::test]
async fn a_repeat_is_confirmed_and_the_confirmation_undone() {
    let (office, first, second) = office_with_a_repeat();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let own = format!("/desk/cases/{second}");

    let queue = desk.get("/desk?undecided=1").await;
    assert!(queue.text.contains(&second) && !queue.text.contains(&format!("/desk/cases/{first}")), "{}", queue.text);
    let page = desk.get(&own).await;
    assert!(page.text.contains("可能重复信访") && page.text.contains("同一信访人"), "{}", page.text);
    let finding = page.link("/desk/findings/");

    let both = desk.get(&finding).await;
    assert!(both.text.contains("<mark>"), "the shared words are marked");
    assert!(both.text.contains(&first) && both.text.contains(&second));

    let fields = [("verdict", "repeat"), ("reason", "同一个人同一条路"), ("case", second.as_str())];
    let decided = desk.post(&format!("{finding}/decide"), &fields).await;
    assert_eq!(decided.location.as_deref(), Some(format!("{own}?done=confirmed").as_str()));
    let page = desk.get(&own).await;
    assert!(page.text.contains("已作为重复信访并入"), "{}", page.text);
    let target = desk.get(&format!("/desk/cases/{first}")).await;
    assert!(target.text.contains("<dt>信访次数</dt><dd>2</dd>"), "{}", target.text);
    let joined = format!("{second}并入本事项");
    assert!(target.text.contains(&joined), "the event says what joined: {}", target.text);

    // Nobody decides twice.
    let again = desk.post(&format!("{finding}/decide"), &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);

    let undone = desk.post(&format!("{finding}/undo"), &[("case", second.as_str())]).await;
    assert_eq!(undone.location.as_deref(), Some(format!("{own}?done=undone").as_str()));
    let page = desk.get(&own).await;
    assert!(page.text.contains("<dt>信访次数</dt><dd>1</dd>") && page.text.contains("撤销认定"), "{}", page.text);
    let target = desk.get(&format!("/desk/cases/{first}")).await;
    assert!(target.text.contains("<dt>信访次数</dt><dd>1</dd>"), "{}", target.text);
}

#[tokio::test]
async fn a_case_is_sent_read_in_the_outbox_and_taken_back() {
    let (office, first, _) = office_with_a_repeat();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let own = format!("/desk/cases/{first}");

    let fields = [("lead", "130682106"), ("assisting", "zjj"), ("kind", "assign"), ("note", "请尽快联系")];
    let sent = desk.post(&format!("{own}/send"), &fields).await;
    assert_eq!(sent.location.as_deref(), Some(format!("{own}?done=sent").as_str()), "{}", sent.text);
    let page = desk.get_until(&own, "已写入发件箱文件夹").await;
    let mail = desk.get(&page.link("/desk/outbox/")).await;
    assert!(mail.text.contains("13800000001") && mail.text.contains("请尽快联系"), "{}", mail.text);
    assert!(desk.get(&own).await.text.contains("查看原件"), "reading the mail is an event");

    let twice = desk.post(&format!("{own}/send"), &fields).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.text);

    let dispatch = page.link("/desk/outbox/").replace("/desk/outbox/", "/desk/dispatches/");
    let recalled = desk.post(&format!("{dispatch}/recall"), &[("case", first.as_str())]).await;
    assert_eq!(recalled.location.as_deref(), Some(format!("{own}?done=recalled").as_str()), "{}", recalled.text);
    assert!(desk.get(&own).await.text.contains("函件已发出，请另行通知该单位"));
}

#[tokio::test]
async fn a_case_is_never_sent_to_the_unit_that_it_complains_about() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let mut about = petition("反映住建局不作为", "李四海", "13800000002");
    about["respondents"] = json!([{ "name": "定州市住房和城乡建设局" }]);
    let number = take_in(&office, "a.json", &about);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let own = format!("/desk/cases/{number}");
    let page = desk.get(&own).await;
    assert!(!page.text.contains("<option value=\"zjj\""), "the respondent is no choice");
    for fields in [
        vec![("lead", "zjj"), ("kind", "forward")],
        vec![("lead", "130682106"), ("assisting", "zjj"), ("kind", "forward")],
    ] {
        let refused = desk.post(&format!("{own}/send"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("不得转送被反映单位及其上下级"), "{}", refused.text);
    }
    assert!(!desk.get(&own).await.text.contains("已转送交办</strong>"));
}

#[tokio::test]
async fn the_sealed_is_there_only_for_whoever_handles_accusations() {
    let office = Office::new();
    office.add_user("officer", "officer");
    office.add_user("accuser", "accusations");
    let mut accusation = petition("举报村干部侵占补偿款", "王五洲", "13800000003");
    accusation["purpose"] = json!("accusation");
    accusation["body"] = json!("举报翟城村村主任贪污受贿，侵占征地补偿款二十万元，请纪检机关查处。");
    let number = take_in(&office, "a.json", &accusation);
    let server = Server::start(&office);
    let officer = Desk::sign_in(&server, "officer").await;
    let accuser = Desk::sign_in(&server, "accuser").await;
    let own = format!("/desk/cases/{number}");

    let seen = accuser.get(&own).await;
    assert_eq!(seen.status, StatusCode::OK);
    let file = seen.link("/desk/submissions/");
    for path in [own.as_str(), file.as_str()] {
        let hidden = officer.get(path).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!hidden.text.contains("侵占"));
    }
    assert!(!officer.get("/desk").await.text.contains(&number));
    assert!(!officer.get("/desk/search?words=%E4%BE%B5%E5%8D%A0").await.text.contains(&number));
    for (action, fields) in [("send", vec![("lead", "jwjw"), ("kind", "forward")]), ("unmask", vec![("reason", "x")])] {
        let refused = officer.post(&format!("{own}/{action}"), &fields).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{action}");
    }
    assert_eq!(officer.post(&format!("{own}/unseal"), &[("reason", "x")]).await.status, StatusCode::FORBIDDEN);

    let opened = accuser.post(&format!("{own}/unseal"), &[("reason", "不是检举控告")]).await;
    assert_eq!(opened.location.as_deref(), Some(format!("{own}?done=unsealed").as_str()), "{}", opened.text);
    assert_eq!(officer.get(&own).await.status, StatusCode::OK);
    let sealed = officer.post(&format!("{own}/seal"), &[("reason", "确是检举控告")]).await;
    assert_eq!(sealed.location.as_deref(), Some("/desk?done=sealed"), "{}", sealed.text);
    assert_eq!(officer.get(&own).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn personal_data_is_masked_until_a_reason_is_given() {
    let (office, first, _) = office_with_a_repeat();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let own = format!("/desk/cases/{first}");
    let masked = desk.get(&own).await;
    assert!(!masked.text.contains("13800000001") && masked.text.contains("138****0001"), "{}", masked.text);
    assert_eq!(desk.post(&format!("{own}/unmask"), &[("reason", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let plain = desk.post(&format!("{own}/unmask"), &[("reason", "核对身份")]).await;
    assert!(plain.text.contains("13800000001") && plain.text.contains("核对身份"), "{}", plain.text);
    assert!(!desk.get(&own).await.text.contains("13800000001"), "one look is one look");
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let (office, first, _) = office_with_a_repeat();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let own = format!("/desk/cases/{first}");
    for token in ["", "0000"] {
        let fields = [("form_token", token), ("lead", "zjj"), ("kind", "assign")];
        assert_eq!(desk.post_raw(&format!("{own}/send"), &fields).await.status, StatusCode::FORBIDDEN);
    }
    assert!(desk.get(&own).await.text.contains("<dd><strong>已登记</strong></dd>"));
}

#[tokio::test]
async fn a_call_gets_its_number_at_once_and_what_cannot_be_read_stays_in_the_quarantine() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;

    let transcript =
        "坐席：您好，请讲。\n来电人：我叫赵六合，电话13800000004，翟城村口的路灯坏了半年没人修，请派人修好。";
    let taken = desk.upload("/desk/calls/files", "call.txt", transcript.as_bytes()).await;
    let entered = desk.get(taken.location.as_deref().unwrap_or_else(|| panic!("{}", taken.text))).await;
    let number = entered.link("/desk/cases/");
    let page = desk.get(&number).await;
    assert!(page.text.contains("路灯") && page.text.contains("来电"), "{}", page.text);

    let original = desk.get(&page.link("/desk/submissions/")).await;
    assert!(original.disposition.starts_with("attachment"), "{original:?}");
    assert!(original.policy.contains("sandbox") && original.text.contains("赵六合"));

    let damaged = desk.upload("/desk/letters/new", "来信\"1.jpg", b"\xff\xd8\xff\xe0 not a picture").await;
    let shown = desk.get_until(damaged.location.as_deref().unwrap(), "无法读取").await;
    assert!(shown.text.contains("待处理来件"));
    let quarantine = desk.get("/desk/quarantine").await;
    let kept = desk.get(&quarantine.link("/desk/quarantine/")).await;
    assert!(kept.disposition.starts_with("attachment; filename*=UTF-8''"), "{}", kept.disposition);
    let retry = format!("/desk/quarantine/{}/retry", between(&quarantine.text, "action=\"/desk/quarantine/", "/retry"));
    assert_eq!(desk.post(&retry, &[]).await.location.as_deref(), Some("/desk/quarantine?done=retried"));
}

#[tokio::test]
async fn words_of_a_petition_are_never_markup() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let mut hostile = petition("<script>alert(1)</script>翟城村道路积水", "张三<b>", "13800000005");
    take_in(&office, "a.json", &hostile);
    hostile["title"] = json!("<img src=x onerror=alert(1)>翟城村道路积水");
    let number = take_in(&office, "b.json", &hostile);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get(&format!("/desk/cases/{number}")).await;
    let finding = desk.get(&page.link("/desk/findings/")).await;
    for page in [page, finding, desk.get("/desk").await, desk.get("/desk/search?words=%E7%A7%AF%E6%B0%B4").await] {
        for markup in ["<script>alert", "<img src=x", "张三<b>"] {
            assert!(!page.text.contains(markup), "{markup} in {}", page.text);
        }
        assert!(page.policy.contains("default-src 'self'"), "{}", page.policy);
    }
}

#[tokio::test]
async fn an_administrator_sees_people_and_units_and_no_cases() {
    let (office, first, _) = office_with_a_repeat();
    office.add_user("admin", "administrator");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "admin").await;
    assert!(desk.get("/desk/staff").await.text.contains("officer"));
    assert!(desk.get("/desk/units").await.text.contains("130682106"));
    for path in
        ["/desk".to_owned(), format!("/desk/cases/{first}"), "/desk/search".to_owned(), "/desk/outbox".to_owned()]
    {
        assert_eq!(desk.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_mail_that_could_not_be_sent_is_sent_again() {
    let (office, first, second) = office_with_a_repeat();
    office.configure("[mail]\nfrom = \"no address\"\n");
    let (own, other) = (format!("/desk/cases/{first}"), format!("/desk/cases/{second}"));
    {
        let server = Server::start(&office);
        let desk = Desk::sign_in(&server, "officer").await;
        for case in [&own, &other] {
            let sent = desk.post(&format!("{case}/send"), &[("lead", "130682106"), ("kind", "forward")]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
            desk.get_until(case, "发送失败").await;
        }
    }
    office.configure("");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;

    // From the page of the case.
    let page = desk.get(&own).await;
    let dispatch = between(&page.text, "action=\"/desk/dispatches/", "/resend");
    let resent = desk.post(&format!("/desk/dispatches/{dispatch}/resend"), &[("case", first.as_str())]).await;
    assert_eq!(resent.location.as_deref(), Some(format!("{own}?done=resent").as_str()), "{}", resent.text);
    desk.get_until(&own, "已写入发件箱文件夹").await;
    let twice = desk.post(&format!("/desk/dispatches/{dispatch}/resend"), &[("case", first.as_str())]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "what left is not sent again: {}", twice.text);

    // From the list of jobs, where only the other one is left.
    let jobs = desk.get("/desk/jobs").await;
    assert_eq!(jobs.text.matches("/revive\"").count(), 1, "{}", jobs.text);
    let job = between(&jobs.text, "action=\"/desk/jobs/", "/revive");
    let revived = desk.post(&format!("/desk/jobs/{job}/revive"), &[]).await;
    assert_eq!(revived.location.as_deref(), Some("/desk/jobs?done=revived"), "{}", revived.text);
    desk.get_until(&other, "已写入发件箱文件夹").await;
    assert!(desk.get("/desk/jobs").await.text.contains("没有停止的任务"));
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_with_its_filter() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let file = |number: u32| {
        let body = format!("第{number}号院门前的路灯不亮，请派人修理。");
        let petition = json!({ "title": format!("路灯{number}"), "body": body });
        office.file(&format!("many/{number}.json"), petition.to_string()).to_str().unwrap().to_owned()
    };
    let paths: Vec<String> = (1..=51).map(file).collect();
    let arguments: Vec<&str> = ["intake", "web"].into_iter().chain(paths.iter().map(String::as_str)).collect();
    assert_eq!(office.run(&arguments).code, Some(0));
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let rows = |page: &crate::harness::desk::Page| page.text.matches("href=\"/desk/cases/").count();
    let first = desk.get("/desk?channel=web").await;
    assert!(first.text.contains("共51件，第1/2页") && !first.text.contains("上一页"), "{}", first.text);
    let next = between(&first.text, "rel=\"next\" href=\"", "\"").replace("&#38;", "&").replace("&amp;", "&");
    assert!(next.contains("channel=web"), "{next}");
    let second = desk.get(&next).await;
    assert!(second.text.contains("第2/2页") && !second.text.contains("下一页"), "{}", second.text);
    assert_eq!((rows(&first), rows(&second)), (50, 1));
}
