//! The whole way: sent, fetched, a case, acknowledged, answered, joined.

use serde_json::{Value, json};

use super::written::{header, mail, office, petition, text};
use crate::harness::client::Program;
use crate::harness::desk::between;
use crate::harness::post_office::PostOffice;
use crate::harness::server::Server;

/// The number and the query code in an acknowledgement.
pub(super) fn receipt(acknowledgement: &str) -> (String, String) {
    let text = text(acknowledgement);
    let number = between(&text, "登记编号：", "\n").trim().to_owned();
    (number, between(&text, "查 询 码：", "\n").trim().to_owned())
}

async fn case(officer: &Program, number: &str) -> Value {
    officer.get(&format!("/api/v1/cases/{number}")).await.body
}

fn events<'a>(case: &'a Value, kind: &str) -> Vec<&'a Value> {
    let events = case["events"].as_array().unwrap().iter().map(|event| &event["event"]);
    events.filter(|event| event["kind"] == kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_fetched_registered_acknowledged_and_its_answer_joined() {
    let post = PostOffice::open(&["office", "liu", "stranger"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;

    // In, with nobody asking: IDLE tells.
    post.send("liu@example.invalid", &["office@example.invalid"], &petition("柳青禾 <liu@example.invalid>", "one", ""));
    let acknowledgement = post.mails_once("liu", 1).remove(0);
    let (number, query_code) = receipt(&acknowledgement);
    for (name, value) in [
        ("Return-path", "<>"),
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
        ("In-Reply-To", "<one@example.invalid>"),
        ("To", "liu@example.invalid"),
    ] {
        assert_eq!(header(&acknowledgement, name), value, "{name}: {acknowledgement}");
    }
    assert!(!acknowledgement.contains("13800000011"), "nothing of the petition goes back");
    let status = json!({ "number": number, "query_code": query_code });
    let status = Program::anonymous(&server).post("/api/v1/petitions/status", &status).await;
    assert_eq!(status.status, 200, "{status:?}");

    // A stranger who quotes everything that an acknowledgement shows does not get in.
    let answered = header(&acknowledgement, "Message-ID");
    let thread = format!(
        "Message-ID: <two@example.invalid>\nIn-Reply-To: {answered}\nReferences: <one@example.invalid> {answered}\n"
    );
    let subject = format!("Re: 编号{number}");
    let body = "这件事我也知道一些情况，请把办理结果发给我。\n";
    post.send(
        "stranger@example.invalid",
        &["office@example.invalid"],
        &mail("stranger@example.invalid", &thread, &subject, body),
    );
    let strange = receipt(&post.mails_once("stranger", 1).remove(0)).0;
    assert_ne!(strange, number);
    let apart = case(&officer, &strange).await;
    assert_eq!(apart["state"], "registered", "{apart}");
    let asked: Vec<&Value> =
        apart["findings"].as_array().unwrap().iter().filter(|f| f["relation"] == "supplement").collect();
    assert_eq!(asked.len(), 1, "{apart}");
    assert_eq!((&asked[0]["decision"], &asked[0]["case"]), (&json!("open"), &json!(number)));
    assert!(asked[0]["against"].to_string().contains("发件地址不是"), "{apart}");
    assert_eq!(case(&officer, &number).await["submissions"].as_array().unwrap().len(), 1);

    // The petitioner's own answer joins, also when the program that answers keeps only the reply address.
    let reply_to = header(&acknowledgement, "Reply-To");
    let reply_to = between(&reply_to, "<", ">");
    assert!(reply_to.starts_with("office+p"), "{reply_to}");
    let body = "补充一张情况说明：昨晚又有老人摔倒，请尽快处理。\n\n在 2026-11-24 10:00:00，\"群众工作中心\" <office@example.invalid> 写道：\n> 您好：\n";
    let answer = mail("liu@example.invalid", "Message-ID: <three@example.invalid>\n", "回复: 登记", body)
        .replace("office@example.invalid\nDate", &format!("{reply_to}\nDate"));
    post.send("liu@example.invalid", &[reply_to], &answer);
    let second = post.mails_once("liu", 2).into_iter().find(|mail| mail.contains("three@example.invalid")).unwrap();
    assert!(text(&second).contains(&format!("已并入您的信访事项{number}")), "{}", text(&second));
    let joined = case(&officer, &number).await;
    assert_eq!(joined["submissions"].as_array().unwrap().len(), 2, "{joined}");
    assert_eq!(events(&joined, "joined").len(), 1, "{joined}");
    assert_eq!(events(&joined, "notice_sent").len(), 1, "{joined}");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(office.run(&["check"]).code, Some(0), "{}", office.run(&["check"]).out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_join_by_thread_can_be_undone() {
    let post = PostOffice::open(&["office", "liu"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    post.send("liu@example.invalid", &["office@example.invalid"], &petition("liu@example.invalid", "one", ""));
    post.mails_once("office", 1);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let acknowledgement = post.mails_once("liu", 1).remove(0);
    let thread =
        format!("Message-ID: <two@example.invalid>\nIn-Reply-To: {}\n", header(&acknowledgement, "Message-ID"));
    post.send(
        "liu@example.invalid",
        &["office@example.invalid"],
        &mail("liu@example.invalid", &thread, "Re: a", "另外还有一件事：小区大门坏了。\n"),
    );
    post.mails_once("office", 2);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let (number, _) = receipt(&acknowledgement);
    let joined = case(&officer, &number).await;
    assert_eq!(joined["submissions"].as_array().unwrap().len(), 2, "{joined}");
    let findings = joined["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["confirmed_as"] == "supplement").unwrap();
    let undone = officer.delete(&format!("/api/v1/findings/{}/decision", finding["id"].as_str().unwrap())).await;
    assert!(undone.status.is_success(), "{undone:?}");
    assert_eq!(case(&officer, &number).await["submissions"].as_array().unwrap().len(), 1);
    let own = finding["submission"].as_str().unwrap();
    assert_eq!(case(&officer, own).await["state"], "registered");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_automatic_becomes_a_case_or_is_answered() {
    let post = PostOffice::open(&["office", "liu", "list"]);
    let office = office(&post, "");
    let answers = [
        ("Auto-Submitted: auto-replied\n", "自动回复: 已收到您的来信", "您好，我已收到您的来信。\n"),
        ("", "自动回复：我正在休假", "您好，我在外地休假，回来后给您回信。\n"),
        ("In-Reply-To: <a@example.invalid>\n", "Re: a", "This is an automatic reply. I am away until Monday.\n"),
        ("List-Id: <news.example.invalid>\n", "本周要闻", "本周要闻如下，敬请阅读。\n"),
        ("Precedence: bulk\n", "优惠通知", "尊敬的客户您好，现推出优惠活动。\n"),
        ("X-Xinqiao-Dispatch: 1\n", "转送函", "现将下列信访事项转送你单位。\n"),
    ];
    for (number, (headers, subject, body)) in answers.iter().enumerate() {
        let headers = format!("Message-ID: <auto{number}@example.invalid>\n{headers}");
        post.send(
            "liu@example.invalid",
            &["office@example.invalid"],
            &mail("liu@example.invalid", &headers, subject, body),
        );
    }
    // Ourselves.
    let own = mail(
        "office@example.invalid",
        "Message-ID: <own@example.invalid>\n",
        "请各位知悉",
        "明天上午九点开会，请准时参加。\n",
    );
    post.send("office@example.invalid", &["office@example.invalid"], &own);
    post.mails_once("office", answers.len() + 1);
    let fetched = office.run(&["fetch"]).only_line();
    assert_eq!(fetched["new"], answers.len() + 1, "{fetched}");
    assert_eq!(post.mails("liu"), Vec::<String>::new());
    assert_eq!(post.mails("office").len(), answers.len() + 1, "nothing was answered");
    office.add_user("officer", "officer");
    office.add_user("clerk", "clerk");
    let server = Server::start(&office);
    let cases = Program::sign_in(&server, "officer").await.get("/api/v1/cases").await.body;
    assert_eq!(cases["total"], 0, "{cases}");
    let held = Program::sign_in(&server, "clerk").await.get("/api/v1/quarantine").await.body;
    assert_eq!(held["total"], answers.len() + 1, "{held}");
}
