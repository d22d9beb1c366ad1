//! Forms as browsers and programs post them. All persons and numbers are invented.

use case::problem::ProblemCode;
use case::purpose::Purpose;
use case::statement::{BODY_LIMIT, Mark};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const TODAY: Date = date(2026, 11, 24);

fn read_form(form: &Value) -> Result<Reading, Problem> {
    read(form.to_string().as_bytes(), Some(TODAY))
}

fn whole() -> Value {
    json!({
        "title": "清河花园小区长期停水",
        "body": "去年入冬以来每天只来两个小时水，清泉物业公司一直推诿。",
        "demand": "尽快修复管道，并书面答复。",
        "petitioners": [
            {"name": "柳青禾", "id_number": "999999198001010011", "phone": "138 0000 0011", "mail_address": "liu@example.invalid", "address": "清河花园小区3号楼2单元501室"},
            {"kind": "organisation", "name": "清河花园小区业主委员会"}
        ],
        "proxy": {"name": "石大山", "phone": "0312-2000011"},
        "respondents": [{"name": "清泉物业公司"}, {"name": "田建木", "post": "经理"}],
        "place": "北城区清河花园小区",
        "place_code": "130682001",
        "class": "010200",
        "purpose": "appeal_or_demand",
        "written_on": "2026-03-18",
        "confidential": true,
        "attachments": [{"name": "照片.jpg", "hash": "a".repeat(64)}],
        "idempotency_key": "0190-browser-1"
    })
}

#[test]
fn a_whole_form() {
    let reading = read_form(&whole()).unwrap();
    assert_eq!(reading.statement.marks, []);
    insta::assert_json_snapshot!(reading.statement);
}

#[test]
fn a_form_of_a_body_alone_is_registered_with_what_the_body_tells() {
    let reading =
        read_form(&json!({"body": "我实名举报东柳村村支书郭长木虚报冒领低保金，请为我保密。我的电话13800000022。"}))
            .unwrap();
    insta::assert_json_snapshot!(reading.statement);
}

#[test]
fn an_anonymous_form_takes_no_name_out_of_the_body() {
    let reading = read_form(&json!({"body": "我叫柳青禾，小区停水三天。", "anonymous": true})).unwrap();
    assert_eq!(reading.statement.petitioners, []);
    assert_eq!(reading.statement.marks, []);
}

fn impossible() -> Value {
    json!({
        "title": "停水", "body": "停水三天。",
        "petitioners": [{"name": " ", "id_number": "999999198002300011", "credit_code": "123", "phone": "1380000001", "mail_address": "liu@"}],
        "written_on": "2026-02-30", "place_code": "13", "class": "x"
    })
}

#[test]
fn what_cannot_be_right_is_marked_not_refused() {
    let statement = read_form(&impossible()).unwrap().statement;
    insta::assert_json_snapshot!(statement.marks);
    assert_eq!(statement.petitioners, []);
    assert_eq!(statement.written_on, None);
    let future = read_form(&json!({"title": "停水", "written_on": "2026-11-25"})).unwrap().statement;
    assert!(
        future.marks.contains(&Mark::Impossible { field: "written_on".to_owned(), written: "2026-11-25".to_owned() })
    );
}

#[test]
fn the_citizen_is_told_everything_at_once() {
    let form = parse(impossible().to_string().as_bytes()).unwrap();
    let problems = check(&form, TODAY);
    insta::assert_json_snapshot!(problems);
    assert_eq!(check(&parse(whole().to_string().as_bytes()).unwrap(), TODAY), []);
    assert_eq!(check(&Form::default(), TODAY)[0].field, "body");
}

#[test]
fn what_is_no_form_is_refused_without_quoting_it() {
    let code = |bytes: &[u8]| read(bytes, None).unwrap_err().code;
    assert_eq!(code(b""), ProblemCode::EmptyInput);
    assert_eq!(code(b" \n"), ProblemCode::EmptyInput);
    assert_eq!(code(b"{\"title\":\"\",\"body\":\" \"}"), ProblemCode::EmptyInput);
    assert_eq!(code(b"{\"title\":"), ProblemCode::MalformedInput);
    assert_eq!(code(b"\xff\xfe{"), ProblemCode::MalformedInput);
    assert_eq!(code(&vec![b' '; JSON_LIMIT + 1]), ProblemCode::InputTooLarge);
    let nested = "[".repeat(100_000);
    assert_eq!(code(nested.as_bytes()), ProblemCode::MalformedInput);
    let problem = read("{\"title\": {\"name\": \"柳青禾\"}}".as_bytes(), None).unwrap_err();
    assert!(!problem.detail.contains("柳青禾"));
    let problem = read(b"{\"titel\": \"x\"}", None).unwrap_err();
    assert!(problem.detail.contains("titel"), "{}", problem.detail);
}

#[test]
fn what_is_over_a_limit_is_refused_by_name() {
    let body = "长".repeat(BODY_LIMIT + 1);
    let problem = read_form(&json!({"body": body})).unwrap_err();
    assert_eq!(problem.code, ProblemCode::InvalidField);
    assert!(problem.detail.starts_with("body"), "{}", problem.detail);
    assert!(read_form(&json!({"body": "长".repeat(BODY_LIMIT)})).is_ok());
    let attachments = vec![json!({"name": "a", "hash": "a".repeat(64)}); ATTACHMENT_LIMIT + 1];
    assert_eq!(
        read_form(&json!({"body": "x", "attachments": attachments})).unwrap_err().code,
        ProblemCode::InvalidField
    );
    let petitioners = vec![json!({"name": "石"}); 501];
    assert_eq!(
        read_form(&json!({"body": "x", "petitioners": petitioners})).unwrap_err().code,
        ProblemCode::InvalidField
    );
}

#[test]
fn a_purpose_that_was_chosen_wins_over_the_words() {
    let form = json!({"body": "建议在公园增设垃圾桶。", "purpose": "appeal_or_demand"});
    assert_eq!(read_form(&form).unwrap().statement.purpose.unwrap().value, Purpose::AppealOrDemand);
}

#[test]
fn source_keys_of_forms() {
    let key = |text: &str| source_key(text.as_bytes());
    assert_eq!(key(r#"{"title":"停水","body":"三天"}"#), key("{ \"body\": \"三天\",\n\"title\": \"停水\" }"));
    assert_ne!(key(r#"{"title":"停水"}"#), key(r#"{"title":"停电"}"#));
    let keyed =
        |key: &str, title: &str| source_key(json!({"title": title, "idempotency_key": key}).to_string().as_bytes());
    assert_eq!(keyed("a", "停水"), keyed("a", "停电"), "the client says that it is the same");
    assert_ne!(keyed("a", "停水"), keyed("b", "停水"));
    assert_ne!(key("{"), key("["));
}

proptest! {
    #[test]
    fn any_bytes_give_a_reading_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..1000)) {
        let _ = read(&bytes, Some(TODAY));
        let _ = source_key(&bytes);
    }

    #[test]
    fn any_form_gives_a_reading_or_a_problem(title in "\\PC{0,300}", body in "[\\PC\n]{0,300}", number in "\\PC{0,30}", day in "\\PC{0,12}") {
        let form = json!({"title": title, "body": body, "petitioners": [{"phone": number, "id_number": number, "mail_address": number}], "written_on": day});
        let bytes = form.to_string();
        if let Ok(form) = parse(bytes.as_bytes()) {
            let _ = check(&form, TODAY);
        }
        let _ = read(bytes.as_bytes(), Some(TODAY));
    }
}
