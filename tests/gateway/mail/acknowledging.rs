//! Who is told the number and the query code of a mail, and who is not.

use serde_json::Value;

use super::written::mail;
use crate::harness::Office;

const ACCUSATION: &str =
    "我举报东亭镇翟城村会计刘进财，2023年以来把村里光伏电站的收益打到他小舅子的卡上，贪污集体资金，请纪委查处。\n";
const LAMPS: &str = "清河花园小区的路灯坏了两个月没人修，物业公司推诿，希望尽快修好。\n";

const FORM: &str = "现将以下工单转你单位办理。\n工单编号：GD2026112300044\n来电人：屠秋生\n联系电话：13600009301\n\
    诉求内容：清河花园小区的路灯坏了两个月没人修，物业公司推诿，希望尽快修好。\n派单人：吕静\n";

/// How many mails wait in the outbox folder.
fn sent(office: &Office) -> usize {
    std::fs::read_dir(office.data().join("outbox")).map_or(0, Iterator::count)
}

/// Takes in a mail of `from`; gives its case and how many mails went out for it.
fn taken(office: &Office, id: usize, from: &str, body: &str) -> (Value, usize) {
    let before = sent(office);
    let raw = mail(from, &format!("Message-ID: <{id}@example.invalid>\n"), &format!("第{id}封来信"), body);
    let line = office.intake("mail", &office.file(&format!("{id}.eml"), raw));
    let number = line["case"].as_str().unwrap_or_else(|| panic!("{from}: {line}"));
    let case = office.run(&["case", "show", number, "--as", "accuser"]).only_line();
    (case, sent(office) - before)
}

/// Why nobody was told; empty when somebody was.
fn withheld(case: &Value) -> String {
    let events = case["events"].as_array().unwrap_or_else(|| panic!("{case}")).iter().map(|event| &event["event"]);
    let notes = events.filter(|event| event["kind"] == "notice_withheld").map(|event| event["note"].to_string());
    notes.collect()
}

#[test]
fn the_petitioner_alone_is_told_and_of_a_sealed_accusation_only_at_a_mailbox_of_their_own() {
    let office = Office::configured(
        "[mail]\nfrom = \"群众工作中心 <office@example.invalid>\"\npersonal_domains = [\"personal.example.invalid\"]\n",
    );
    office.add_user("accuser", "accusations");
    let units = "code,name,aliases,parent,kind,classes,places,head,mail_address,phone,active\n\
                 zjj,住建局,,,department,,130682,,zjj@unit.example.invalid,,yes\n";
    let units = office.file("units.csv", units);
    assert_eq!(office.run(&["unit", "import", units.to_str().unwrap()]).code, Some(0));
    let other = format!("{LAMPS}我的邮箱是other@personal.example.invalid。\n");
    for (id, (from, body, sealed, why)) in [
        ("柳青禾 <liu@personal.example.invalid>", LAMPS, false, ""),
        ("liu@personal.example.invalid", ACCUSATION, true, ""),
        // The administrator of a firm reads along, and the accused may be the employer; nor is a mailbox of an office one person's.
        ("liu@factory.example.invalid", ACCUSATION, true, "可能为多人共用"),
        ("office01@personal.example.invalid", ACCUSATION, true, "可能为多人共用"),
        // What is no accusation is acknowledged there all the same.
        ("liu@factory.example.invalid", LAMPS, false, ""),
        ("zjj@unit.example.invalid", LAMPS, false, "由单位邮箱转来"),
        ("市民热线 <gd12345@hotline.example.invalid>", FORM, false, "由转办或系统邮箱发来"),
        ("liu2@personal.example.invalid", other.as_str(), false, "另一邮箱"),
        ("a@personal.example.invalid, b@personal.example.invalid", LAMPS, false, "没有可用的发件地址"),
    ]
    .into_iter()
    .enumerate()
    {
        let body = format!("这是第{id}封。\n{body}");
        let (case, mails) = taken(&office, id, from, &body);
        assert_eq!(case["secrecy"] == "sealed", sealed, "{from}: {case}");
        assert_eq!(mails, usize::from(why.is_empty()), "{from}: {case}");
        assert!(withheld(&case).contains(why) && withheld(&case).is_empty() == why.is_empty(), "{from}: {case}");
    }
}
