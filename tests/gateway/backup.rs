//! A backup is whole or it is refused, and what comes back is what was there.

use serde_json::json;

use crate::harness::Office;
use crate::harness::server::Server;

fn petition(title: &str) -> String {
    json!({
        "title": title,
        "body": "东亭镇翟城村村口的道路每逢下雨就严重积水，车辆和行人都无法通行，已经两年多没有人修。恳请有关部门尽快维修。",
        "petitioners": [{ "name": "张三", "phone": "13800000001", "address": "定州市东亭镇翟城村3号" }],
        "anonymous": false, "confidential": false, "publishable": false
    })
    .to_string()
}

#[tokio::test]
async fn what_was_backed_up_while_serving_comes_back_in_another_place() {
    let office = Office::new();
    let line = office.intake("web", &office.file("a.json", petition("翟城村道路积水")));
    let number = line["case"].as_str().unwrap();
    let archive = office.data().with_file_name("office.tar");
    let server = Server::start(&office);
    let printed = office.run(&["backup", archive.to_str().unwrap()]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert!(printed.only_line()["files"].as_u64().unwrap() > 5);
    assert_eq!(server.stop(), Some(0));
    let before = office.run(&["case", "show", number]).only_line();

    let other = Office::new();
    let restored = other.run(&["restore", archive.to_str().unwrap()]);
    assert_eq!(restored.code, Some(0), "{}", restored.err);
    assert_eq!(restored.only_line()["indexed"], 1);
    assert_eq!(other.run(&["case", "show", number]).only_line(), before);
    assert_eq!(other.run(&["check"]).code, Some(0));
    let again = other.intake("web", &other.file("b.json", petition("翟城村口道路积水")));
    assert_eq!(again["candidates"][0]["case"], number, "the index and the key of identities came back: {again}");
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_is_put_in_place() {
    let office = Office::new();
    office.intake("web", &office.file("a.json", petition("翟城村道路积水")));
    let archive = office.data().with_file_name("office.tar");
    assert_eq!(office.run(&["backup", archive.to_str().unwrap()]).code, Some(0));
    let whole = std::fs::read(&archive).unwrap();

    let mut turned = whole.clone();
    let middle = turned.len() / 2;
    turned[middle] ^= 1;
    for (what, bytes) in [("cut short", &whole[..whole.len() / 2]), ("one bit turned", &turned), ("not ours", b"hello")]
    {
        let other = Office::new();
        let file = other.file("bad.tar", bytes);
        let printed = other.run(&["restore", file.to_str().unwrap()]);
        assert_eq!(printed.code, Some(2), "{what}");
        assert!(printed.err.contains("damaged_file"), "{what}: {}", printed.err);
        assert!(!other.data().exists(), "{what}: nothing is left in place");
    }
}

#[test]
fn neither_data_nor_archives_are_overwritten() {
    let office = Office::new();
    office.intake("web", &office.file("a.json", petition("翟城村道路积水")));
    let archive = office.data().with_file_name("office.tar");
    assert_eq!(office.run(&["backup", archive.to_str().unwrap()]).code, Some(0));
    let first = std::fs::read(&archive).unwrap();
    assert_eq!(office.run(&["backup", archive.to_str().unwrap()]).code, Some(2), "the archive is there already");
    assert_eq!(std::fs::read(&archive).unwrap(), first);
    let printed = office.run(&["restore", archive.to_str().unwrap()]);
    assert_eq!(printed.code, Some(2), "the office has data");
    assert!(printed.err.contains("data_in_use"), "{}", printed.err);
}

#[test]
fn a_gazetteer_that_does_not_fit_is_refused_line_by_line() {
    let office = Office::new();
    let printed = office.run(&[
        "gazetteer",
        "import",
        office.file("a.csv", "code,name,parent,aliases\n1,x,,\n").to_str().unwrap(),
    ]);
    assert_eq!(printed.code, Some(1), "{}", printed.err);
    assert_eq!(printed.lines()[0]["problem"]["code"], "invalid_configuration");
    let shipped = std::fs::read_to_string(office.data().join("office/places.csv")).unwrap();
    let more = shipped + "130682001999,新家园社区,130682001,\n";
    let printed = office.run(&["gazetteer", "import", office.file("b.csv", more).to_str().unwrap()]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert!(printed.only_line()["imported"].as_u64().unwrap() > 25);
}
