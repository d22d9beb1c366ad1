//! Sending: servers that are down for a while, and mails that come back.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::written::{import_units, office, petition, the_case};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::post_office::PostOffice;
use crate::harness::server::Server;

fn kinds(case: &Value) -> Vec<String> {
    let events = case["events"].as_array().unwrap().iter();
    events.map(|event| event["event"]["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_waits_for_a_server_that_is_down() {
    let post = PostOffice::open(&["office", "liu"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    post.defer(true);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let path = the_case(&officer).await;
    let waiting = officer
        .get_until(&path, |case| case["correspondence"][0]["notices"][0]["delivery"]["delivery"] == "retrying")
        .await;
    let problem = &waiting["correspondence"][0]["notices"][0]["delivery"]["problem"];
    assert!(problem["detail"].as_str().unwrap().contains('4'), "the code of the server is told: {problem}");
    assert_eq!(post.mails("liu"), Vec::<String>::new());
    post.defer(false);
    post.mails_once("liu", 1);
    let sent = officer
        .get_until(&path, |case| case["correspondence"][0]["notices"][0]["delivery"]["delivery"] == "sent")
        .await;
    assert_eq!(kinds(&sent).iter().filter(|kind| *kind == "notice_sent").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispatch_that_comes_back_is_marked_and_can_be_sent_again() {
    let post = PostOffice::open(&["office", "liu", "zjj"]);
    let office = office(&post, "acknowledge = false");
    office.add_user("officer", "officer");
    // The unit's address is wrong: the server takes the mail and sends it back later.
    import_units(&office, &[("zjj", "住建局", "nobody")]);
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let path = the_case(&officer).await;
    let sent = officer.post(&format!("{path}/dispatches"), &json!({ "lead": "zjj", "kind": "assign" })).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{sent:?}");
    let failed = officer.get_until(&path, |case| case["dispatches"][0]["delivery"]["delivery"] == "failed").await;
    let problem = failed["dispatches"][0]["delivery"]["problem"]["detail"].as_str().unwrap();
    assert!(problem.starts_with("退信（住建局）："), "{problem}");
    assert!(!problem.contains('@'), "{problem}");
    assert_eq!(failed["submissions"].as_array().unwrap().len(), 1, "the report is no petition");
    drop(server);

    import_units(&office, &[("zjj", "住建局", "zjj")]);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let id = failed["dispatches"][0]["id"].as_str().unwrap();
    let again = officer.post(&format!("/api/v1/dispatches/{id}/resend"), &json!({})).await;
    assert!(again.status.is_success(), "{again:?}");
    let letter = post.mails_once("zjj", 1).remove(0);

    // The unit's answer never becomes a petition; it is shown on the case, and a person reads it.
    let thread =
        format!("Message-ID: <unit@example.invalid>\nIn-Reply-To: {}\n", super::written::header(&letter, "Message-ID"));
    post.send(
        "zjj@example.invalid",
        &["office@example.invalid"],
        &super::written::mail("zjj@example.invalid", &thread, "Re: 交办函", "来函收悉，已安排人员现场查看。\n"),
    );
    let case = officer.get_until(&path, |case| case["events"].to_string().contains("unit_wrote")).await;
    assert_eq!(case["submissions"].as_array().unwrap().len(), 1, "{case}");
    assert_eq!(officer.get("/api/v1/cases").await.body["total"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_was_refused_is_sent_again_by_a_person() {
    let post = PostOffice::open(&["office", "liu"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    office.add_user("clerk", "clerk");
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    post.refuse(true);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let cases = officer.get_until("/api/v1/cases", |cases| cases["total"] == 1).await;
    let number = cases["cases"][0]["number"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/cases/{number}");
    let is_failed = |case: &Value| case["correspondence"][0]["notices"][0]["delivery"]["delivery"] == "failed";
    let failed = officer.get_until(&path, is_failed).await;
    let notice = &failed["correspondence"][0]["notices"][0];
    assert!(notice["delivery"]["problem"]["detail"].as_str().unwrap().contains("550"), "{notice}");
    assert_eq!(kinds(&failed).iter().filter(|kind| *kind == "notice_failed").count(), 1, "{failed}");
    let resend = format!("/api/v1/notices/{}/resend", notice["id"].as_str().unwrap());
    let clerk = Program::sign_in(&server, "clerk").await;
    assert_eq!(clerk.post(&resend, &json!({})).await.status, StatusCode::FORBIDDEN);

    // By a program, while the server still refuses: it fails again, and is told again.
    let again = officer.post(&resend, &json!({})).await;
    assert_eq!(again.status, StatusCode::ACCEPTED, "{again:?}");
    officer
        .get_until(&path, |case| {
            case["events"].as_array().unwrap().iter().filter(|event| event["event"]["kind"] == "notice_failed").count()
                == 2
        })
        .await;

    // By a person, from the page of the case.
    post.refuse(false);
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get_until(&format!("/desk/cases/{number}"), "action=\"/desk/notices/").await;
    assert!(page.text.contains("发送失败"), "{}", page.text);
    let id = between(&page.text, "action=\"/desk/notices/", "/resend");
    let sent = desk.post(&format!("/desk/notices/{id}/resend"), &[("case", number.as_str())]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    post.mails_once("liu", 1);
    officer.get_until(&path, |case| case["correspondence"][0]["notices"][0]["delivery"]["delivery"] == "sent").await;
    let twice = officer.post(&resend, &json!({})).await;
    assert_eq!((twice.status, twice.problem()), (StatusCode::CONFLICT, "conflict"), "what left is not sent again");
    let page = desk.get(&format!("/desk/cases/{number}")).await;
    assert!(!page.text.contains("action=\"/desk/notices/"), "{}", page.text);
    assert_eq!(clerk.get("/api/v1/jobs").await.body["total"], 0, "no job that was given up is left behind");
}

/// Asks dkimpy, which shares no code with us, whether the signature of a mail holds; `record` is what DNS would answer.
fn verified(mail: &str, record: &str) -> bool {
    const ASK: &str = "import sys, dkim\n\
        def answer(name, timeout=5):\n    return sys.argv[1].encode() if name == b's1._domainkey.example.invalid.' else None\n\
        print(dkim.verify(sys.stdin.buffer.read(), dnsfunc=answer))";
    let mut asked = std::process::Command::new("/usr/bin/python3")
        .args(["-c", ASK, record])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut asked.stdin.take().unwrap(), mail.as_bytes()).unwrap();
    let answer = asked.wait_with_output().unwrap();
    assert!(answer.status.success(), "scripts/install-packages.sh test installs python3-dkim");
    String::from_utf8(answer.stdout).unwrap().trim() == "True"
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_is_signed_where_the_office_has_a_key() {
    let post = PostOffice::open(&["office", "liu", "zjj"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    let key = office.file("dkim.pem", "");
    let openssl = |arguments: &[&str]| {
        let made = std::process::Command::new("openssl").args(arguments).output().unwrap();
        assert!(made.status.success(), "{arguments:?}");
        String::from_utf8(made.stdout).unwrap()
    };
    openssl(&["genrsa", "-traditional", "-out", key.to_str().unwrap(), "2048"]);
    let public = openssl(&["rsa", "-in", key.to_str().unwrap(), "-pubout"]);
    let record =
        format!("v=DKIM1; k=rsa; p={}", public.lines().filter(|line| !line.contains("---")).collect::<String>());
    let dkim = format!("[mail.dkim]\ndomain = \"example.invalid\"\nselector = \"s1\"\nkey = \"{}\"\n", key.display());
    office.configure(&format!("{}{dkim}", super::written::settings(&post, "")));
    import_units(&office, &[("zjj", "住建局", "zjj")]);
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let path = the_case(&officer).await;
    let sent = officer.post(&format!("{path}/dispatches"), &json!({ "lead": "zjj", "kind": "assign" })).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{sent:?}");
    for mail in [post.mails_once("liu", 1).remove(0), post.mails_once("zjj", 1).remove(0)] {
        let signature = super::written::header(&mail, "DKIM-Signature");
        assert!(signature.contains("d=example.invalid") && signature.contains("s=s1"), "{signature}");
        assert!(verified(&mail, &record), "{mail}");
        // Nobody can change where answers go, or how the words are read, and keep the signature.
        assert!(!verified(&mail.replace("Reply-To: ", "Reply-To: other@example.invalid, "), &record));
        assert!(!verified(&mail.replacen("Content-Type: ", "Content-Type: x-", 1), &record));
        assert!(!verified(&format!("Cc: other@example.invalid\n{mail}"), &record));
    }
}

/// An office with a petition that was assigned to the housing bureau, with the water company assisting.
struct Assigned {
    _office: Office,
    _server: Server,
    officer: Program,
    path: String,
}

/// Assigns a petition; the water company has the mailbox `assisting`.
async fn assigned(post: &PostOffice, assisting: &str) -> Assigned {
    let office = office(post, "acknowledge = false");
    office.add_user("officer", "officer");
    import_units(&office, &[("zjj", "住建局", "zjj"), ("jsl", "供水公司", assisting)]);
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let path = the_case(&officer).await;
    let request = json!({ "lead": "zjj", "assisting": ["jsl"], "kind": "assign" });
    let sent = officer.post(&format!("{path}/dispatches"), &request).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{sent:?}");
    Assigned { _office: office, _server: server, officer, path }
}

#[tokio::test(flavor = "multi_thread")]
async fn assisting_units_get_a_copy_at_addresses_of_their_own() {
    let post = PostOffice::open(&["office", "liu", "zjj", "jsl"]);
    let Assigned { officer, path, .. } = &assigned(&post, "jsl").await;
    for unit in ["zjj", "jsl"] {
        let letter = post.mails_once(unit, 1).remove(0);
        let addressed = (super::written::header(&letter, "To"), super::written::header(&letter, "Cc"));
        assert_eq!(addressed, ("zjj@example.invalid".to_owned(), "jsl@example.invalid".to_owned()), "{letter}");
        assert!(super::written::text(&letter).contains("配合单位：供水公司"), "{letter}");
    }
    let case = officer.get_until(path, |case| case["dispatches"][0]["delivery"]["delivery"] == "sent").await;
    assert_eq!(kinds(&case).iter().filter(|kind| *kind == "dispatch_sent").count(), 1, "{case}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_that_comes_back_is_told_by_the_name_of_its_unit() {
    let post = PostOffice::open(&["office", "zjj"]);
    let Assigned { officer, path, .. } = &assigned(&post, "nobody").await;
    post.mails_once("zjj", 1);
    let failed = officer.get_until(path, |case| case["dispatches"][0]["delivery"]["delivery"] == "failed").await;
    let problem = failed["dispatches"][0]["delivery"]["problem"]["detail"].as_str().unwrap();
    assert!(problem.starts_with("退信（供水公司）："), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_wait_for_a_server_that_is_not_there() {
    let mut post = PostOffice::open(&["office", "liu"]);
    let office = office(&post, "");
    office.add_user("officer", "officer");
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    post.stop_sending();
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let path = the_case(&officer).await;
    let delivery = |case: &Value| case["correspondence"][0]["notices"][0]["delivery"]["delivery"].clone();
    officer.get_until(&path, |case| delivery(case) == "retrying").await;
    post.start_sending();
    post.mails_once("liu", 1);
    officer.get_until(&path, |case| delivery(case) == "sent").await;
}

#[test]
fn many_mails_go_through_few_connections() {
    const COUNT: usize = 12;
    let post = PostOffice::open(&["office", "liu"]);
    let office = office(&post, "notices_per_day = 50");
    let petitions: Vec<Vec<u8>> = (0..COUNT)
        .map(|number| {
            let sender = format!("liu+{number}@example.invalid");
            petition(&sender, &number.to_string(), "").replace("路灯", &format!("{number}号路灯")).into_bytes()
        })
        .collect();
    post.put("office", &petitions);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    post.mails_once("liu", COUNT);
    // The first connection is the harness's own, which looks whether the server answers.
    let connections = post.log("exim-main").matches("SMTP connection from").count();
    assert!(connections < COUNT / 2, "{connections} connections\n{}", post.log("exim-main"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_gets_no_more_notices_in_a_day_than_are_allowed() {
    let post = PostOffice::open(&["office", "liu"]);
    let office = office(&post, "notices_per_day = 2");
    office.add_user("officer", "officer");
    // Whatever stands behind a plus, and however it is written, it is one mailbox.
    let senders = ["liu@example.invalid", "Liu@Example.invalid", "liu+a@example.invalid"];
    let petitions: Vec<Vec<u8>> = senders
        .iter()
        .zip(["路灯", "井盖", "水管"])
        .map(|(sender, what)| petition(sender, what, "").replace("路灯", what).into_bytes())
        .collect();
    post.put("office", &petitions);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    post.mails_once("liu", 2);
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let cases = officer.get("/api/v1/cases").await.body;
    let mut withheld = 0;
    for case in cases["cases"].as_array().unwrap() {
        let case = officer.get(&format!("/api/v1/cases/{}", case["number"].as_str().unwrap())).await.body;
        withheld += case["events"].to_string().matches("该邮箱当日回执已达上限").count();
    }
    assert_eq!((cases["total"].as_u64(), withheld), (Some(3), 1), "{cases}");
}
