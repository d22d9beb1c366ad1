//! The process is stopped dead at each step of the circuit; started again, every mail is a case once and every acknowledgement went out.

use super::written::{header, mail, office, petition, settings};
use crate::harness::post_office::PostOffice;

/// Stops a fetch at `step`, fetches again, and checks that there is one case and how often it was acknowledged.
fn a_mail_is_a_case_once_stopped_at(step: &str, acknowledgements: usize) {
    let post = PostOffice::open(&["office", "liu"]);
    let mut office = office(&post, "");
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    office.set("XINQIAO_STOP_AT", step);
    let stopped = office.run(&["fetch"]);
    assert_eq!(stopped.code, None, "{step} was not reached: {stopped:?}");
    office.unset_all();
    let fetched = office.run(&["fetch"]).only_line();
    assert_eq!(fetched["outcome"], "fetched", "{step}: {fetched}");
    let again = office.run(&["fetch"]).only_line();
    for count in ["new", "replays", "marked"] {
        assert_eq!(again[count], 0, "{step}: it is marked now: {again}");
    }
    let found = office.run(&["search", "路灯"]).lines();
    assert_eq!(found.len(), 1, "{step}: {found:?}");
    let number = found[0]["case"].as_str().unwrap();
    let case = office.run(&["case", "show", number]).only_line();
    assert_eq!(case["submissions"].as_array().unwrap().len(), 1, "{step}: {case}");
    let sent =
        case["events"].as_array().unwrap().iter().filter(|event| event["event"]["kind"] == "notice_sent").count();
    assert_eq!(sent, 1, "{step}: {case}");
    let mails = post.mails_once("liu", acknowledgements);
    let mut ids: Vec<String> = mails.iter().map(|mail| header(mail, "Message-ID")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "{step}: programs see one mail");
    assert_eq!(office.run(&["check"]).code, Some(0), "{step}");
}

macro_rules! stopped_at {
    ($($name:ident: $step:literal, $acknowledgements:literal;)*) => {
        $(#[test]
        fn $name() {
            a_mail_is_a_case_once_stopped_at($step, $acknowledgements);
        })*
    };
}

stopped_at! {
    after_the_original: "receive.after_original", 1;
    before_the_arrival_is_committed: "receive.before_commit", 1;
    after_the_arrival_is_committed: "receive.after_commit", 1;
    before_the_mail_is_marked: "fetch.before_mark", 1;
    after_the_mail_is_marked: "fetch.after_mark", 1;
    before_reading: "read.before_reading", 1;
    after_the_files_of_the_reading: "read.after_files", 1;
    before_the_registration_is_committed: "read.before_commit", 1;
    after_the_registration_is_committed: "read.after_commit", 1;
    before_the_acknowledgement: "notice.before_mail", 1;
    // The server has it and we do not know: it goes out again under the same Message-ID.
    after_the_acknowledgement: "notice.after_mail", 2;
    before_the_acknowledgement_is_committed: "notice.before_commit", 2;
}

/// Stops the fetch of an answer at `step`, fetches again, and checks that it joined its case once.
fn an_answer_joins_once_stopped_at(step: &str, notices: usize) {
    let post = PostOffice::open(&["office", "liu"]);
    let mut office = office(&post, "");
    post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
    assert_eq!(office.run(&["fetch"]).code, Some(0));
    let acknowledged = post.mails_once("liu", 1).remove(0);
    let thread = format!("Message-ID: <two@example.invalid>\nIn-Reply-To: {}\n", header(&acknowledged, "Message-ID"));
    let answer = mail("liu@example.invalid", &thread, "Re: 登记", "昨晚又摔倒一位老人，请尽快处理。\n");
    post.send("liu@example.invalid", &["office@example.invalid"], &answer);
    post.mails_once("office", 2);
    office.set("XINQIAO_STOP_AT", step);
    let stopped = office.run(&["fetch"]);
    assert_eq!(stopped.code, None, "{step} was not reached: {stopped:?}");
    office.unset_all();
    assert_eq!(office.run(&["fetch"]).code, Some(0), "{step}");
    let found = office.run(&["search", "路灯"]).lines();
    let case = office.run(&["case", "show", found[0]["case"].as_str().unwrap()]).only_line();
    assert_eq!(case["submissions"].as_array().unwrap().len(), 2, "{step}: {case}");
    let joined = case["events"].as_array().unwrap().iter().filter(|event| event["event"]["kind"] == "joined").count();
    assert_eq!(joined, 1, "{step}: {case}");
    let told = post
        .mails_once("liu", 1 + notices)
        .into_iter()
        .filter(|mail| header(mail, "In-Reply-To") == "<two@example.invalid>");
    let mut ids: Vec<String> = told.map(|mail| header(&mail, "Message-ID")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "{step}: programs see one notice of it");
    assert_eq!(office.run(&["check"]).code, Some(0), "{step}");
}

#[test]
fn an_answer_before_it_is_registered() {
    an_answer_joins_once_stopped_at("read.before_commit", 1);
}

#[test]
fn an_answer_after_it_joined() {
    an_answer_joins_once_stopped_at("read.after_commit", 1);
}

#[test]
fn an_answer_whose_notice_was_handed_over() {
    an_answer_joins_once_stopped_at("notice.after_mail", 2);
}

#[test]
fn a_mail_that_is_to_be_moved_is_moved_once_wherever_the_process_stops() {
    for step in ["fetch.before_mark", "fetch.after_mark"] {
        let post = PostOffice::open(&["office", "liu"]);
        let mut office = office(&post, "");
        office.configure(&(settings(&post, "") + "processed = \"move\"\nmove_to = \"done\"\n"));
        post.put("office", &[petition("liu@example.invalid", "one", "").into_bytes()]);
        office.set("XINQIAO_STOP_AT", step);
        assert_eq!(office.run(&["fetch"]).code, None, "{step} was not reached");
        office.unset_all();
        assert_eq!(office.run(&["fetch"]).code, Some(0), "{step}");
        assert_eq!(post.mails("office"), Vec::<String>::new(), "{step}: it is gone from there");
        let moved = post.maildir("office").join(".done");
        let count = |part: &str| std::fs::read_dir(moved.join(part)).map_or(0, Iterator::count);
        assert_eq!(count("cur") + count("new"), 1, "{step}: it is there once");
        assert_eq!(office.run(&["search", "路灯"]).lines().len(), 1, "{step}");
        post.mails_once("liu", 1);
    }
}
