//! Mailboxes: everything once, whatever the servers call it.

use serde_json::{Value, json};
use store::Store as _;

use super::written::{office, petition, settings};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::post_office::PostOffice;
use crate::harness::server::Server;

/// Petitions that differ in everything; every third has no Message-ID.
pub(super) fn petitions(count: usize) -> Vec<Vec<u8>> {
    let one = |number: usize| {
        let id =
            if number.is_multiple_of(3) { String::new() } else { format!("Message-ID: <{number}@example.invalid>\n") };
        format!(
            "From: p{number}@example.invalid\nTo: office@example.invalid\nDate: Tue, 24 Nov 2026 09:00:00 +0800\n{id}Subject: 第{number}号路段积水\n\
             MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n第{number}号路段一下雨就积水，行人无法通过，请派人疏通下水道。\n"
        )
        .into_bytes()
    };
    (0..count).map(one).collect()
}

#[test]
fn a_thousand_mails_fetched_twice_are_a_thousand_submissions() {
    const COUNT: usize = 1000;
    let post = PostOffice::open(&["office"]);
    let office = office(&post, "acknowledge = false");
    post.put("office", &petitions(COUNT));
    let first = office.run(&["fetch"]).only_line();
    assert_eq!((&first["new"], &first["replays"]), (&json!(COUNT), &json!(0)), "{first}");
    let second = office.run(&["fetch"]).only_line();
    assert_eq!((&second["new"], &second["replays"], &second["marked"]), (&json!(0), &json!(0), &json!(0)), "{second}");
    // Other names, no marks: the server was restored from a copy.
    post.forget_names("office");
    let third = office.run(&["fetch"]).only_line();
    assert_eq!((&third["new"], &third["replays"]), (&json!(0), &json!(COUNT)), "{third}");
    assert_eq!(submissions(&office), COUNT);
    assert_eq!(post.mails("office").len(), COUNT, "nothing is taken away");
}

/// How many submissions the office has, by its check.
pub(super) fn submissions(office: &Office) -> usize {
    office.add_user("counting", "officer");
    let server = Server::start(office);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let officer = Program::sign_in(&server, "counting").await;
        let cases = officer.get("/api/v1/cases").await.body;
        usize::try_from(cases["total"].as_u64().unwrap()).unwrap()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn one_mail_in_two_mailboxes_is_one_submission_and_both_are_noted() {
    let post = PostOffice::open(&["office", "mayor", "liu"]);
    let second = format!(
        "[[mail.mailboxes]]\nname = \"市长信箱\"\nurl = \"{}\"\nfolder = \"INBOX\"\nprocessed = \"move\"\nmove_to = \"已处理\"\n",
        post.mailbox("mayor")
    );
    let office = Office::configured(&(settings(&post, "") + second.as_str()));
    office.add_user("officer", "officer");
    let sent = petition("柳青禾 <liu@example.invalid>", "one", "");
    post.send("liu@example.invalid", &["office@example.invalid", "mayor@example.invalid"], &sent);
    post.mails_once("office", 1);
    post.mails_once("mayor", 1);
    let lines = office.run(&["fetch"]).lines();
    assert_eq!((&lines[0]["new"], &lines[1]["replays"]), (&json!(1), &json!(1)), "{lines:?}");
    assert_eq!(post.mails("mayor"), Vec::<String>::new(), "it was moved");
    let moved = post.maildir("mayor").join(".&XfJZBHQG-");
    assert_eq!(
        std::fs::read_dir(moved.join("cur")).unwrap().count() + std::fs::read_dir(moved.join("new")).unwrap().count(),
        1
    );
    assert_eq!(post.mails("office").len(), 1, "it was only marked");
    assert_eq!(post.mails_once("liu", 1).len(), 1, "one acknowledgement");
    let server = Server::start(&office);
    let officer = Program::sign_in(&server, "officer").await;
    let cases = officer.get("/api/v1/cases").await.body;
    assert_eq!(cases["total"], 1, "{cases}");
    let number = cases["cases"][0]["number"].as_str().unwrap();
    let case = officer.get(&format!("/api/v1/cases/{number}")).await.body;
    let again: Vec<&Value> =
        case["events"].as_array().unwrap().iter().filter(|e| e["event"]["kind"] == "came_again").collect();
    assert_eq!(case["correspondence"][0]["mailboxes"], json!(["信访信箱", "市长信箱"]), "{case}");
    assert!(again.len() <= 1, "{case}");
}

#[test]
fn what_cannot_be_read_is_held_with_its_bytes_and_can_be_tried_again() {
    let post = PostOffice::open(&["office"]);
    let office = office(&post, "");
    let nested = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(10_000);
    let hostile = format!("From: a@example.invalid\nSubject: x\nMIME-Version: 1.0\n{nested}").into_bytes();
    let raw = String::from_utf8(hostile.clone()).unwrap().replace('\n', "\r\n").into_bytes();
    let readable = petition("liu@example.invalid", "one", "").into_bytes();
    post.put("office", &[hostile, b"\0\0\0\0".to_vec(), readable]);
    let fetched = office.run(&["fetch"]).only_line();
    assert_eq!(fetched["new"], 3, "{fetched}");
    office.add_user("clerk", "clerk");
    let server = Server::start(&office);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let clerk = Program::sign_in(&server, "clerk").await;
        let held = clerk.get("/api/v1/quarantine").await.body;
        assert_eq!(held["total"], 2, "{held}");
        let codes = held.to_string();
        assert!(codes.contains("too_deep") && codes.contains("malformed_input"), "{codes}");
        let rows = held["arrivals"].as_array().unwrap();
        let row = rows.iter().find(|row| row.to_string().contains("too_deep")).unwrap();
        let id = row["arrival"].as_str().unwrap();
        let desk = crate::harness::desk::Desk::sign_in(&server, "clerk").await;
        let kept = desk.get(&format!("/desk/quarantine/{id}/original")).await.text;
        assert_eq!(kept.len(), raw.len(), "the bytes as they came");
        assert_eq!(kept.as_bytes(), raw, "the bytes as they came");
        let again = clerk.post(&format!("/api/v1/quarantine/{id}/retry"), &json!({})).await;
        assert!(again.status.is_success(), "{again:?}");
        clerk.get_until("/api/v1/quarantine", |held| held["total"] == 2).await;
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_without_idle_is_polled_and_one_that_was_lost_is_found_again() {
    for idle in ["idle = false\n", ""] {
        let mut post = PostOffice::open(&["office"]);
        let office = office(&post, "acknowledge = false");
        let toml = settings(&post, "acknowledge = false") + idle;
        office.configure(&toml);
        office.add_user("clerk", "clerk");
        office.add_user("officer", "officer");
        let server = Server::start(&office);
        let clerk = Program::sign_in(&server, "clerk").await;
        let watched = if idle.is_empty() { "idle" } else { "polling" };
        let is_watched =
            |told: &Value| told["mailboxes"][0]["watched"] == watched && told["mailboxes"][0]["fetched_at"].is_string();
        clerk.get_until("/api/v1/mailboxes", is_watched).await;
        let mails = petitions(2);
        let send = |post: &PostOffice, mail: &[u8]| {
            post.send("p@example.invalid", &["office@example.invalid"], std::str::from_utf8(mail).unwrap());
        };
        send(&post, &mails[0]);
        clerk.get_until("/api/v1/mailboxes", |told| told["mailboxes"][0]["mails"] == 1).await;
        post.restart_mailboxes();
        send(&post, &mails[1]);
        let told = clerk.get_until("/api/v1/mailboxes", |told| told["mailboxes"][0]["mails"] == 2).await;
        assert_eq!(told["mailboxes"][0]["watched"], watched, "{told}");
        let officer = Program::sign_in(&server, "officer").await;
        officer.get_until("/api/v1/cases", |cases| cases["total"] == 2).await;
    }
}

/// What a version left behind that could not read a mail which this one can.
fn refused_by_an_earlier_version(office: &Office) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let path = office.data().join("xinqiao.sqlite");
        let store = store_sqlite::SqliteStore::open(&path, store_sqlite::Settings::default()).await.unwrap();
        let mut unit = store.begin().await.unwrap();
        let (now, lease) =
            (jiff::Timestamp::MAX - jiff::SignedDuration::from_hours(1), std::time::Duration::from_secs(60));
        let claim = unit.claim_jobs("mails", &["read_arrival"], 1, now, lease).await.unwrap().remove(0);
        let arrival = serde_json::from_value(claim.job.job.payload["arrival"].clone()).unwrap();
        let problem = case::problem::ProblemCode::UnsupportedType.because("此版本不能识别");
        let state = case::arrival::ArrivalState::Refused { problem, at: jiff::Timestamp::UNIX_EPOCH };
        unit.settle_arrival(arrival, &state).await.unwrap();
        unit.finish_job(&claim).await.unwrap();
        unit.commit().await.unwrap();
    });
}

#[test]
fn a_held_mail_is_registered_once_it_can_be_read() {
    let post = PostOffice::open(&["office", "liu"]);
    let mut office = office(&post, "");
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    office.set("XINQIAO_STOP_AT", "receive.after_commit");
    assert_eq!(office.run(&["fetch"]).code, None);
    office.unset_all();
    refused_by_an_earlier_version(&office);
    office.add_user("clerk", "clerk");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let clerk = Program::sign_in(&server, "clerk").await;
        let held = clerk.get("/api/v1/quarantine").await.body;
        assert_eq!(held["total"], 1, "{held}");
        let id = held["arrivals"][0]["arrival"].as_str().unwrap();
        let again = clerk.post(&format!("/api/v1/quarantine/{id}/retry"), &json!({})).await;
        assert!(again.status.is_success(), "{again:?}");
        let officer = Program::sign_in(&server, "officer").await;
        let case = officer.get(&super::written::the_case(&officer).await).await.body;
        assert!(case["submissions"][0]["body"].as_str().unwrap().contains("路灯坏了两个月"), "{case}");
        clerk.get_until("/api/v1/quarantine", |held| held["total"] == 0).await;
    });
    assert_eq!(post.mails_once("liu", 1).len(), 1, "and acknowledged");
}

#[test]
fn a_mailbox_that_cannot_be_reached_is_named() {
    let office =
        Office::configured("[[mail.mailboxes]]\nname = \"信访信箱\"\nurl = \"imap://office:secret@127.0.0.1:9\"\n");
    let printed = office.run(&["fetch"]);
    assert_eq!(printed.code, Some(1), "{printed:?}");
    let line = printed.only_line();
    assert_eq!((&line["outcome"], &line["problem"]["code"]), (&json!("failed"), &json!("mailbox_failed")));
    assert!(!printed.out.contains("secret") && !printed.err.contains("secret"), "{printed:?}");
    let post = PostOffice::open(&["office"]);
    let wrong = post.mailbox("office").replace("secret", "wrong");
    office.configure(&format!("[[mail.mailboxes]]\nname = \"信访信箱\"\nurl = \"{wrong}\"\n"));
    let line = office.run(&["fetch"]).only_line();
    assert!(line["problem"]["detail"].as_str().unwrap().contains("用户名或密码"), "{line}");
}

#[test]
fn the_unit_of_a_mailbox_is_suggested_where_nothing_better_is_known() {
    let post = PostOffice::open(&["office"]);
    let office = Office::configured(&format!("{}unit = \"zjj\"\n", settings(&post, "acknowledge = false")));
    let vague = super::written::mail(
        "liu@example.invalid",
        "Message-ID: <v@example.invalid>\n",
        "请回电",
        "您好，有事请与我联系，谢谢。\n",
    );
    post.put("office", &[vague.into_bytes()]);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let found = office.run(&["search", "联系"]).lines();
    let case = office.run(&["case", "show", found[0]["case"].as_str().unwrap()]).only_line();
    assert_eq!(case["suggestion"]["lead"], "zjj", "{case}");
    assert!(case["suggestion"]["reasons"].to_string().contains("来自邮箱"), "{case}");
}

#[tokio::test(flavor = "multi_thread")]
async fn how_each_mailbox_stands_is_told_everywhere() {
    let post = PostOffice::open(&["office", "mayor"]);
    let second = format!(
        "[[mail.mailboxes]]\nname = \"市长信箱\"\nurl = \"{}\"\npoll_seconds = 1\nidle = false\n",
        post.mailbox("mayor")
    );
    let broken =
        "[[mail.mailboxes]]\nname = \"坏信箱\"\nurl = \"imap://office:secret@127.0.0.1:9\"\npoll_seconds = 1\n";
    let office = Office::configured(&(settings(&post, "acknowledge = false") + second.as_str() + broken));
    office.add_user("clerk", "clerk");
    office.add_user("operator", "operator");
    let nothing = "From: a@example.invalid\nSubject: \nMessage-ID: <n@example.invalid>\n\n\n";
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes(), nothing.as_bytes().to_vec()]);
    {
        let server = Server::start(&office);
        let clerk = Program::sign_in(&server, "clerk").await;
        let is_settled = |told: &Value| {
            let [office, mayor, broken] = [0, 1, 2].map(|place| &told["mailboxes"][place]);
            office["held"] == 1
                && office["watched"] == "idle"
                && office["mails"] == 2
                && mayor["watched"] == "polling"
                && !broken["problem"].is_null()
        };
        let told = clerk.get_until("/api/v1/mailboxes", is_settled).await;
        let [first, mayor, failing] = [0, 1, 2].map(|place| &told["mailboxes"][place]);
        assert_eq!((&first["name"], &first["watched"]), (&json!("信访信箱"), &json!("idle")), "{told}");
        assert_eq!(
            (&first["mails"], &first["waiting"], &first["problem"]),
            (&json!(2), &json!(0), &Value::Null),
            "{told}"
        );
        assert_eq!((&mayor["mails"], &mayor["held"]), (&json!(0), &json!(0)), "{told}");
        assert_eq!(
            (&failing["fetched_at"], &failing["problem"]["code"]),
            (&Value::Null, &json!("mailbox_failed")),
            "{told}"
        );
        assert!(failing["problem"]["detail"].as_str().unwrap().contains("无法连接"), "{told}");
        assert!(!told.to_string().contains("secret"), "{told}");
        let operator = Program::sign_in(&server, "operator").await;
        assert_eq!(operator.get("/api/v1/mailboxes").await.problem(), "forbidden");

        let desk = crate::harness::desk::Desk::sign_in(&server, "clerk").await;
        let page = desk.get("/desk/mailboxes").await.text;
        for said in
            ["信访信箱", "实时（IDLE）", "市长信箱", "每1秒查看一次", "坏信箱", "邮箱收取失败", "无法连接", "从未"]
        {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("secret"), "{page}");

        let figures = reqwest::get(format!("{}/metrics", server.url)).await.unwrap().text().await.unwrap();
        for line in [
            "xinqiao_mailbox_failing{mailbox=\"信访信箱\"} 0",
            "xinqiao_mailbox_failing{mailbox=\"坏信箱\"} 1",
            "xinqiao_mailbox_mails{mailbox=\"信访信箱\",state=\"held\"} 1",
        ] {
            assert!(figures.contains(line), "{line}: {figures}");
        }
    }
    // The server is down; how they stood is still known, and whether they can be reached is tried.
    let checked = office.run(&["check"]);
    assert_eq!(checked.code, Some(1), "{}", checked.out);
    let line = |name: &str| checked.out.lines().find(|line| line.contains(name)).unwrap().to_owned();
    let (well, ill) = (line("信访信箱"), line("坏信箱"));
    assert!(well.starts_with("[正常]") && well.contains("上次收取20") && well.contains("待处理1件"), "{well}");
    assert!(ill.starts_with("[缺失或损坏]") && ill.contains("无法连接") && ill.contains("尚未收取过"), "{ill}");
}
