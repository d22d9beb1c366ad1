//! Who gets into a case by answering one of our mails, and what an answer becomes after the case has ended.

use case::number::RegistrationNumber;
use case::state::CaseState;
use serde_json::Value;
use store::Store as _;

use super::circuit::receipt;
use super::written::{header, import_units, mail, office, petition, text};
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::post_office::PostOffice;
use crate::harness::server::Server;

/// An office with one petition of `liu`, and what was answered to it.
fn answered() -> (PostOffice, Office, String) {
    let post = PostOffice::open(&["office", "liu", "other", "zjj"]);
    let office = office(&post, "notices_per_day = 50");
    office.add_user("officer", "officer");
    post.send("liu@example.invalid", &["office@example.invalid"], &petition("liu@example.invalid", "one", ""));
    post.mails_once("office", 1);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let acknowledgement = post.mails_once("liu", 1).remove(0);
    (post, office, acknowledgement)
}

/// Hands in an answer to `answered` from these senders, and gives its case.
fn answer(post: &PostOffice, office: &Office, answered: &str, id: &str, from: &str, body: &str) -> Value {
    let before = post.mails("office").len();
    let thread = format!("Message-ID: <{id}@example.invalid>\nIn-Reply-To: {}\n", header(answered, "Message-ID"));
    let mail = mail(from, &thread, "Re: 登记", body);
    post.send("liu@example.invalid", &["office@example.invalid"], &mail);
    post.mails_once("office", before + 1);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let word = body.split('，').next().unwrap();
    let found = office.run(&["search", word]).lines();
    office.run(&["case", "show", found[0]["case"].as_str().unwrap()]).only_line()
}

/// What speaks against the mail's joining by itself; empty when it joined.
fn against(case: &Value) -> String {
    let findings = case["findings"].as_array().unwrap();
    let open = findings.iter().find(|finding| finding["relation"] == "supplement" && finding["decision"] == "open");
    open.map(|finding| finding["against"].to_string()).unwrap_or_default()
}

#[test]
fn only_the_petitioner_gets_in_by_answering() {
    let (post, office, acknowledgement) = answered();
    let (number, _) = receipt(&acknowledgement);
    for (id, from, reason) in [
        // Names that look like the petitioner.
        ("a", "\"liu@example.invalid\" <other@example.invalid>", "发件地址不是"),
        ("b", "\"柳青禾 <liu@example.invalid>\" <other@example.invalid>", "发件地址不是"),
        ("c", "=?utf-8?Q?Liu_=3Cliu=40example.invalid=3E?= <other@example.invalid>", "发件地址不是"),
        ("d", "(<liu@example.invalid>) other@example.invalid", "发件地址不是"),
        // Whether it is the same mailbox only the provider knows.
        ("e", "liu+else@example.invalid", "发件地址不是"),
        ("f", "liu@example.invalid.example.invalid", "发件地址不是"),
        // Two at once.
        ("g", "liu@example.invalid, other@example.invalid", "几个不同的发件地址"),
        ("h", "liu@example.invalid\nFrom: other@example.invalid", "几个不同的发件地址"),
    ] {
        let case =
            answer(&post, &office, &acknowledgement, id, from, &format!("第{id}号补充说明，请把办理结果发给我。\n"));
        assert_ne!(case["number"], number.as_str(), "{from} got in");
        assert!(against(&case).contains(reason), "{from}: {case}");
    }
    let case = office.run(&["case", "show", &number]).only_line();
    assert_eq!(case["submissions"].as_array().unwrap().len(), 1, "{case}");
    // Exim gives what goes to `liu+else` to `liu`.
    let to_liu = post.mails("liu").into_iter().filter(|mail| header(mail, "To") != "liu+else@example.invalid").count();
    assert_eq!(to_liu, 1, "nothing of what strangers wrote was acknowledged to the petitioner");
    let two = post.mails("other").iter().filter(|mail| header(mail, "In-Reply-To").contains("<g@")).count();
    assert_eq!(two, 0, "a mail of two senders is answered to none of them");
    // However the petitioner's own address is written.
    let case = answer(
        &post,
        &office,
        &acknowledgement,
        "own",
        "\"柳, 青禾\" <LIU@Example.Invalid>",
        "昨晚又摔倒一位老人，请尽快处理。\n",
    );
    assert_eq!(case["number"], number.as_str(), "{case}");
}

/// Puts a case into a state for which there is no operation yet.
fn put_into(office: &Office, number: &str, state: CaseState) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let path = office.data().join("xinqiao.sqlite");
        let store = store_sqlite::SqliteStore::open(&path, store_sqlite::Settings::default()).await.unwrap();
        let mut unit = store.begin().await.unwrap();
        let number = RegistrationNumber::parse(number).unwrap();
        let case = unit.case_by_number(&number).await.unwrap().unwrap();
        unit.update_case(&case::matter::Case { state, ..case }).await.unwrap();
        unit.commit().await.unwrap();
    });
}

#[test]
fn an_answer_to_a_case_that_has_ended_is_registered_and_told_so() {
    let at = jiff::Timestamp::UNIX_EPOCH;
    for state in [CaseState::Closed { at }, CaseState::Withdrawn { at }] {
        let (post, office, acknowledgement) = answered();
        let (number, _) = receipt(&acknowledgement);
        put_into(&office, &number, state);
        let case = answer(
            &post,
            &office,
            &acknowledgement,
            "two",
            "liu@example.invalid",
            "路灯修好三天又坏了，请再派人来。\n",
        );
        assert_ne!(case["number"], number.as_str(), "{case}");
        assert_eq!(case["state"], "registered", "{case}");
        assert!(against(&case).contains("已办结或已撤回"), "{case}");
        let told = post.mails_once("liu", 2).into_iter().find(|mail| mail.contains("two@example.invalid")).unwrap();
        let told = text(&told);
        assert!(told.contains(&format!("信访事项{number}此前已经办结或撤回")) && told.contains("复查"), "{told}");
        assert!(told.contains(case["number"].as_str().unwrap()), "{told}");
        // A stranger learns nothing of how the case stands.
        let strange =
            answer(&post, &office, &acknowledgement, "three", "other@example.invalid", "我也住那里，请告诉我结果。\n");
        assert!(against(&strange).contains("发件地址不是"), "{strange}");
        assert!(!text(&post.mails_once("other", 1)[0]).contains("办结或撤回"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_follows_a_case_that_was_recalled() {
    let (post, office, acknowledgement) = answered();
    let (number, _) = receipt(&acknowledgement);
    import_units(&office, &[("zjj", "住建局", "zjj")]);
    {
        let server = Server::start(&office);
        let officer = Program::sign_in(&server, "officer").await;
        let path = format!("/api/v1/cases/{number}");
        let sending = serde_json::json!({ "lead": "zjj", "kind": "assign" });
        assert_eq!(officer.post(&format!("{path}/dispatches"), &sending).await.status, 201);
        let letter = post.mails_once("zjj", 1).remove(0);
        let case = officer.get(&path).await.body;
        let dispatch = case["dispatches"][0]["id"].as_str().unwrap();
        let recalled = officer.delete(&format!("/api/v1/dispatches/{dispatch}")).await;
        assert!(recalled.status.is_success(), "{recalled:?}");
        // The unit answers all the same: that stands on the case, and nothing is joined.
        let thread = format!("Message-ID: <unit@example.invalid>\nIn-Reply-To: {}\n", header(&letter, "Message-ID"));
        let words = mail("zjj@example.invalid", &thread, "Re: 交办函", "来函收悉，我局立即办理。\n");
        post.send("zjj@example.invalid", &["office@example.invalid"], &words);
        officer.get_until(&path, |case| case["events"].to_string().contains("unit_wrote")).await;
    }
    let case = answer(&post, &office, &acknowledgement, "two", "liu@example.invalid", "补充一张照片，请一并处理。\n");
    assert_eq!((case["number"].as_str(), &case["state"]), (Some(number.as_str()), &serde_json::json!("registered")));
    assert_eq!(case["submissions"].as_array().unwrap().len(), 2, "{case}");
    // And the answer to that answer's acknowledgement, too: its own case was joined to the first.
    let second = post.mails_once("liu", 2).into_iter().find(|mail| mail.contains("two@example.invalid")).unwrap();
    let case = answer(&post, &office, &second, "three", "liu@example.invalid", "再补充一份清单，谢谢。\n");
    assert_eq!(case["number"].as_str(), Some(number.as_str()), "{case}");
    assert_eq!(case["submissions"].as_array().unwrap().len(), 3, "{case}");
}
