//! The command line as others script against it: lines, keys, exit codes.

use serde_json::json;

use crate::harness::Office;
use crate::harness::desk::between;

/// The JSON that the form posts, about a flooded road.
fn form(title: &str, name: &str, phone: &str) -> String {
    json!({
        "title": title,
        "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。恳请有关部门尽快维修道路和排水管道。",
        "petitioners": [{ "name": name, "phone": phone, "address": "定州市东亭镇翟城村3号" }],
        "anonymous": false, "confidential": false, "publishable": false
    })
    .to_string()
}

#[test]
fn a_form_is_registered_and_its_line_has_the_keys_of_the_contract() {
    let office = Office::new();
    let file = office.file("a.json", form("翟城村道路积水", "张三", "13800000001"));
    let line = office.intake("web", &file);
    for key in [
        "source",
        "channel",
        "outcome",
        "submission",
        "case",
        "query_code",
        "petitioner",
        "title",
        "body",
        "place",
        "class",
        "purpose",
        "confidence",
        "candidates",
        "unit",
    ] {
        assert!(line.get(key).is_some(), "{key} is missing in {line}");
    }
    assert_eq!(line["outcome"], "registered");
    assert_eq!(line["petitioner"]["phone"], "13800000001");
    let shown = office.run(&["case", "show", line["case"].as_str().unwrap()]).only_line();
    assert_eq!(shown["title"], "翟城村道路积水");
    assert_eq!(shown["state"], "registered");
}

#[test]
fn a_replay_gets_the_earlier_receipt() {
    let office = Office::new();
    let file = office.file("a.json", form("翟城村道路积水", "张三", "13800000001"));
    let first = office.intake("web", &file);
    let second = office.intake("web", &file);
    assert_eq!(second["outcome"], "replay");
    assert_eq!((&second["submission"], &second["query_code"]), (&first["submission"], &first["query_code"]));
}

#[test]
fn what_is_refused_is_named_and_ends_with_one() {
    let office = Office::new();
    let good = office.file("good.json", form("翟城村道路积水", "张三", "13800000001"));
    let bad = office.file("bad.json", b"{ not json");
    let printed = office.run(&["intake", "web", bad.to_str().unwrap(), good.to_str().unwrap(), "/does/not/exist.json"]);
    assert_eq!(printed.code, Some(1));
    let lines = printed.lines();
    assert_eq!(
        lines.iter().map(|line| line["outcome"].as_str().unwrap()).collect::<Vec<_>>(),
        ["refused", "registered", "refused"]
    );
    assert_eq!(lines[0]["problem"]["code"], "malformed_input");
    assert_eq!(lines[2]["problem"]["code"], "unreadable_file");
}

#[test]
fn a_wrong_configuration_ends_with_two_and_names_the_setting() {
    let office = Office::configured("[web]\nlissten = 1\n");
    let printed = office.run(&["check"]);
    assert_eq!(printed.code, Some(2));
    assert!(printed.err.contains("lissten"), "{}", printed.err);
}

#[test]
fn the_same_person_about_the_same_matter_is_found_as_a_repeat() {
    let office = Office::new();
    office.intake("web", &office.file("a.json", form("翟城村道路积水", "张三", "13800000001")));
    let again =
        office.intake("web", &office.file("b.json", form("再次反映翟城村道路积水无人维修", "张三", "13800000001")));
    assert_eq!(again["candidates"][0]["relation"], "repeat", "{again}");
    assert!(!again["candidates"][0]["reasons"].as_array().unwrap().is_empty());
    let ranked = office.run(&["duplicates", again["submission"].as_str().unwrap()]).lines();
    assert_eq!(ranked[0]["relation"], "repeat");
}

#[test]
fn search_finds_by_words_and_filters() {
    let office = Office::new();
    let line = office.intake("web", &office.file("a.json", form("翟城村道路积水", "张三", "13800000001")));
    let found = office.run(&["search", "道路积水", "--filter", "channel=web"]).only_line();
    assert_eq!(found["case"], line["case"]);
    assert!(office.run(&["search", "道路积水", "--filter", "channel=mail"]).lines().is_empty());
    assert_eq!(office.run(&["search", "道路", "--filter", "colour=red"]).code, Some(2));
}

#[test]
fn an_office_trains_its_own_weights_and_a_damaged_file_of_them_is_named() {
    let office = Office::new();
    let message = |id: u8, title: &str, body: &str| {
        json!({ "id": id, "user": id.to_string(), "title": title, "time": "2026-01-02T03:04:05+08:00", "body": body })
            .to_string()
    };
    let messages = [
        message(1, "锦绣华庭小区电梯困人", "锦绣华庭小区3栋电梯经常困人,物业不修。"),
        message(2, "锦绣华庭电梯没人修", "锦绣华庭小区3栋的电梯坏了,困人多次,物业不修。"),
        message(3, "和平路路灯不亮", "和平路东段路灯坏了三个月。"),
    ];
    let pairs = r#"{"a":1,"b":2,"label":"same_matter"}
{"a":1,"b":3,"label":"distinct"}"#;
    let folder = tempfile::tempdir().unwrap();
    let (messages_file, pairs_file) = (folder.path().join("m.jsonl"), folder.path().join("p.jsonl"));
    std::fs::write(&messages_file, messages.join("\n")).unwrap();
    std::fs::write(&pairs_file, pairs).unwrap();
    let (messages_file, pairs_file) = (messages_file.to_str().unwrap(), pairs_file.to_str().unwrap());
    let trained = office.run(&["train", "duplicates", "--messages", messages_file, "--pairs", pairs_file]).only_line();
    assert_eq!((trained["pairs"].as_u64(), trained["matters"].as_u64()), (Some(2), Some(2)), "{trained}");
    let own = office.data().join("office").join("judge.json");
    assert!(office.run(&["search", "电梯"]).lines().is_empty(), "the office opens with its own weights");
    std::fs::write(&own, "{}").unwrap();
    assert_eq!(office.run(&["search", "电梯"]).code, Some(2));
}

#[test]
fn reindex_brings_back_a_deleted_index() {
    let office = Office::new();
    office.intake("web", &office.file("a.json", form("翟城村道路积水", "张三", "13800000001")));
    std::fs::remove_dir_all(office.data().join("index")).unwrap();
    assert_eq!(office.run(&["reindex"]).only_line()["indexed"], 1);
    assert_eq!(office.run(&["search", "道路积水"]).lines().len(), 1);
}

#[test]
fn a_petitioner_is_searched_by_the_exact_number_read_from_input_and_that_is_written_down() {
    let office = Office::new();
    let take = |name: &str, title: &str, person: &str, phone: &str| {
        office.intake("web", &office.file(name, form(title, person, phone)))["submission"].as_str().unwrap().to_owned()
    };
    let own = take("a.json", "翟城村道路积水", "张三", "13800000001");
    let other = take("b.json", "翟城村道路积水", "李四", "13800000002");
    let found = office.run_with(&["search", "积水", "--petitioner"], b"138 0000 0001\n");
    assert_eq!((found.code, found.only_line()["submission"].as_str()), (Some(0), Some(own.as_str())), "{}", found.err);
    assert!(!found.out.contains("13800000001") && !found.out.contains(&other), "{}", found.out);
    let part = office.run_with(&["search", "积水", "--petitioner"], b"1380000000\n");
    assert_eq!((part.code, part.out.as_str()), (Some(2), ""), "a part of a number finds nobody: {}", part.err);
    assert!(!part.err.contains("1380000000"), "{}", part.err);
    let nobody = office.run_with(&["search", "积水", "--petitioner"], b"13800000009\n");
    assert_eq!((nobody.code, nobody.out.as_str()), (Some(0), ""), "{}", nobody.err);
    // Who searched and what was found is in the chain, without the number.
    let files = ["xinqiao.sqlite", "xinqiao.sqlite-wal"]
        .map(|name| std::fs::read(office.data().join(name)).unwrap_or_default());
    let text: String = files.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let event = between(&text, "petitioner_searched", "}");
    assert!(event.contains("按联系电话") && !event.contains("1380000000"), "{event}");
    assert_eq!(office.run(&["check"]).code, Some(0));
}
