//! The process is stopped dead at each step of the circuit; started again, every mail is a case once and every acknowledgement went out.

use super::written::{header, office, petition};
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
