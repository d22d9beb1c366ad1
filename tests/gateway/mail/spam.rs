//! Mails that the office's own mail server calls spam: held with that reason, registered by a person with one action, never lost.

use serde_json::{Value, json};

use super::circuit::receipt;
use super::written::{header, mail, office, petition, settings, the_case};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::post_office::PostOffice;
use crate::harness::server::Server;

const MARK: &str = "X-Spam-Flag: YES\nX-Spam-Status: Yes, score=8.2 required=5.0\n";

/// Registers what is held with the button of its page, after a look at it.
async fn register_at_the_desk(server: &Server, words: &str) {
    let desk = Desk::sign_in(server, "clerk").await;
    let list = desk.get("/desk/quarantine").await;
    assert!(list.text.contains("被邮件服务器标记为垃圾邮件") && list.text.contains("登记为信访件"), "{}", list.text);
    let id = between(&list.text, "action=\"/desk/quarantine/", "/register").to_owned();
    let page = desk.get(&format!("/desk/quarantine/{id}")).await;
    assert!(page.text.contains(words) && page.text.contains("登记为信访件"), "{}", page.text);
    let done = desk.post(&format!("/desk/quarantine/{id}/register"), &[]).await;
    assert_eq!(done.status, reqwest::StatusCode::SEE_OTHER, "{}", done.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn marked_mail_waits_for_a_person_who_registers_it_with_one_action() {
    let post = PostOffice::open(&["office", "liu", "wang"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    office.add_user("clerk", "clerk");
    // Who sent a mail is no verdict on it.
    let unproved =
        "Authentication-Results: mx.example.invalid; spf=fail; dkim=fail; dmarc=fail\nX-Spam-Status: No, score=3.1\n";
    let other = mail(
        "wang@example.invalid",
        &format!("Message-ID: <two@example.invalid>\n{unproved}"),
        "自来水发黄",
        "东关村自来水发黄一个月了，请派人化验。王安宁，13800000012\n",
    );
    post.put("office", &[petition("liu@example.invalid", "one", MARK).into_bytes(), other.into_bytes()]);
    let fetched = office.run(&["fetch"]).only_line();
    assert_eq!(fetched["new"], 2, "{fetched}");
    post.mails_once("wang", 1);
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let held = clerk.get("/api/v1/quarantine").await.body;
    assert_eq!(
        (&held["total"], &held["arrivals"][0]["problem"]["code"]),
        (&json!(1), &json!("marked_as_spam")),
        "{held}"
    );
    assert!(held["arrivals"][0]["problem"]["detail"].as_str().unwrap().contains("x-spam-flag"), "{held}");
    assert_eq!(post.mails("liu"), Vec::<String>::new(), "what is held is not answered");

    register_at_the_desk(&server, "清泉物业公司互相推诿").await;
    let number = receipt(&post.mails_once("liu", 1).remove(0)).0;
    let officer = Program::sign_in(&server, "officer").await;
    let case = officer.get(&format!("/api/v1/cases/{number}")).await.body;
    assert_eq!(case["title"], "小区路灯坏了没人修", "{case}");
    assert_eq!(clerk.get("/api/v1/quarantine").await.body["total"], 0);
    let id = held["arrivals"][0]["arrival"].as_str().unwrap();
    let twice = clerk.post(&format!("/api/v1/quarantine/{id}/register"), &json!({})).await;
    assert_eq!(twice.status, reqwest::StatusCode::NOT_FOUND, "{twice:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_may_register_them_and_an_answer_to_ours_is_never_held() {
    let post = PostOffice::open(&["office", "mayor", "liu"]);
    let second =
        format!("[[mail.mailboxes]]\nname = \"市长信箱\"\nurl = \"{}\"\nspam = \"register\"\n", post.mailbox("mayor"));
    let office = Office::configured(&(settings(&post, "") + second.as_str()));
    office.add_user("officer", "officer");
    post.put("mayor", &[petition("liu@example.invalid", "one", MARK).into_bytes()]);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let cases = officer.get("/api/v1/cases").await.body;
    assert_eq!(cases["total"], 1, "{cases}");
    let path = format!("/api/v1/cases/{}", cases["cases"][0]["number"].as_str().unwrap());
    let case = officer.get(&path).await.body;
    assert!(case["events"].to_string().contains("发件地址可能被冒用"), "{case}");
    assert_eq!(post.mails("liu"), Vec::<String>::new(), "senders of spam are forged: nobody is answered by itself");
    drop(server);

    // An acknowledged petition, whose petitioner's answer the server takes for spam.
    let acknowledged = petition("liu@example.invalid", "two", "").replace("3号楼", "5号楼");
    post.send("liu@example.invalid", &["office@example.invalid"], &acknowledged);
    post.mails_once("office", 1);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let acknowledgement = post.mails_once("liu", 1).remove(0);
    let thread =
        format!("Message-ID: <three@example.invalid>\nIn-Reply-To: {}\n{MARK}", header(&acknowledgement, "Message-ID"));
    let answer = mail("liu@example.invalid", &thread, "Re: 登记", "补充：昨晚又有人摔倒。\n");
    post.send("liu@example.invalid", &["office@example.invalid"], &answer);
    post.mails_once("office", 2);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let case = officer.get(&format!("/api/v1/cases/{}", receipt(&acknowledgement).0)).await.body;
    assert_eq!(case["submissions"].as_array().unwrap().len(), 2, "{case}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_mail_that_comes_again_without_the_mark_is_registered() {
    let post = PostOffice::open(&["office", "mayor", "liu"]);
    let second = format!("[[mail.mailboxes]]\nname = \"市长信箱\"\nurl = \"{}\"\n", post.mailbox("mayor"));
    let office = Office::configured(&(settings(&post, "") + second.as_str()));
    office.add_user("officer", "officer");
    post.put("office", &[petition("liu@example.invalid", "one", MARK).into_bytes()]);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    post.put("mayor", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    let lines = office.run(&["fetch"]).lines();
    assert_eq!(lines[1]["replays"], 1, "{lines:?}");
    post.mails_once("liu", 1);
    let server = Server::start(&office);
    let cases = Program::sign_in(&server, "officer").await.get("/api/v1/cases").await.body;
    assert_eq!(cases["total"], 1, "{cases}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_automatic_mail_that_a_person_registers_is_not_answered() {
    let post = PostOffice::open(&["office", "liu"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    office.add_user("clerk", "clerk");
    post.put(
        "office",
        &[petition("liu@example.invalid", "one", "Precedence: bulk\n").into_bytes(), b"\0\0\0\0".to_vec()],
    );
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let held = clerk.get("/api/v1/quarantine").await.body;
    let of = |code: &str| -> String {
        let rows = held["arrivals"].as_array().unwrap();
        let row: &Value = rows.iter().find(|row| row["problem"]["code"] == code).unwrap();
        row["arrival"].as_str().unwrap().to_owned()
    };
    let broken = clerk.post(&format!("/api/v1/quarantine/{}/register", of("malformed_input")), &json!({})).await;
    assert_eq!(broken.problem(), "invalid_transition", "what cannot be read cannot be registered as it is");
    let done = clerk.post(&format!("/api/v1/quarantine/{}/register", of("not_a_petition")), &json!({})).await;
    assert!(done.status.is_success(), "{done:?}");
    let officer = Program::sign_in(&server, "officer").await;
    let path = the_case(&officer).await;
    let case = officer.get(&path).await.body;
    assert!(case["events"].to_string().contains("由人工登记，不自动答复"), "{case}");
    assert_eq!(post.mails("liu"), Vec::<String>::new());
}
