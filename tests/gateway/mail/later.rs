//! Attachments that could not be read when their mail came are read later, by themselves or when a person asks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::StatusCode;
use serde_json::json;

use crate::harness::client::Program;
use crate::harness::desk::Desk;
use crate::harness::scanner::{SMALL, enlarged, page_of};
use crate::harness::server::Server;
use crate::harness::{Office, paper};
use xinqiao::sample::page::encode::png;

const WORDS: &str =
    "领导您好：我叫张三丰，东亭镇翟城村村口的道路一下雨就积水，车辆和行人都过不去，请尽快派人维修，照片和信见附件。";
pub(crate) const WEB: &str = "[web]\nsign_ins_per_minute = 100\n";
pub(crate) const READS: &str = "[ocr]\nengine = \"tesseract\"\n";

/// A mail with words of its own and a scan.
pub(crate) fn mail(scan: &[u8]) -> String {
    let page = STANDARD.encode(scan);
    let lines: Vec<&str> = page.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!(
        "From: zhang@example.invalid\nTo: office@example.invalid\nDate: Tue, 24 Nov 2026 09:00:00 +0800\nMessage-ID: <l@example.invalid>\n\
         Subject: =?utf-8?B?6YGT6Lev56ev5rC0?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
         Content-Type: text/plain; charset=utf-8\n\n{WORDS}\n--b\nContent-Type: image/png; name=scan.png\n\
         Content-Disposition: attachment; filename=scan.png\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
        lines.join("\n")
    )
}

#[tokio::test]
async fn a_scan_is_read_once_there_is_what_reads_it() {
    let (office, line) = a_mail_whose_scan_could_not_be_read();
    assert_eq!(line["outcome"], "registered", "what speaks for itself does not wait for its scan: {line}");
    let case = line["case"].as_str().unwrap();
    let path = format!("/desk/cases/{case}");

    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get(&path).await.text;
    assert!(page.contains("1个附件待补读") && page.contains("上次未成：未安装文字识别模型"), "{page}");
    assert!(!page.contains("重新识读附件"), "nobody needs to ask while it is tried by itself: {page}");
    drop(server);

    office.configure(&format!("{WEB}{READS}"));
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get_until(&path, "，读出的文字在").await.text;
    assert!(page.contains("已补读1个附件") && page.contains("电话、住址只见于补读的附件，请核实"), "{page}");
    assert!(
        page.contains("请尽快派人维修，照片和信见附件。") && !page.contains("附件待补读"),
        "the mail's own words stand: {page}"
    );
    let program = Program::sign_in(&server, "officer").await;
    let again = format!("/api/v1/mails/{}/reading", line["submission"].as_str().unwrap());
    let nothing = program.post(&again, &json!({ "reason": "再读一次" })).await;
    assert_eq!(nothing.status, StatusCode::CONFLICT, "everything is read: {nothing:?}");
}

#[tokio::test]
async fn what_was_given_up_is_read_again_when_a_person_asks() {
    let office = Office::configured(&format!("{WEB}{READS}[letters]\n{SMALL}"));
    for role in ["officer", "operator"] {
        office.add_user(role, role);
    }
    let scan = png(&enlarged(&page_of(&paper::road("张三丰", "13800000021")))).unwrap();
    let line = office.intake("mail", &office.file("mail.eml", mail(&scan)));
    let (case, number) = (line["case"].as_str().unwrap(), line["submission"].as_str().unwrap());
    let (path, again) = (format!("/desk/cases/{case}"), format!("/desk/mails/{number}/read-again"));

    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get(&path).await.text;
    assert!(page.contains("1个附件仍未读出，已停止自动补读") && page.contains("超出内存限制"), "{page}");
    assert!(page.contains("第1个附件仍未读出"), "and the history tells of it: {page}");
    let operator = Desk::sign_in(&server, "operator").await;
    assert!(!operator.get(&path).await.text.contains("重新识读附件"));
    let refused = operator.post(&again, &[("case", case), ("reason", "试试")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let silent = desk.post(&again, &[("case", case), ("reason", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is written down: {}", silent.text);
    drop(server);

    office.configure(&format!("{WEB}{READS}[letters]\nmemory_mebibytes = 1500\n"));
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let asked = desk.post(&again, &[("case", case), ("reason", "已增加内存")]).await;
    assert_eq!(asked.location, Some(format!("{path}?done=reading-attachments")), "{}", asked.text);
    assert!(!page.contains("读出的文字在"), "nothing was read yet, and nothing says so: {page}");
    let page = desk.get_until(&path, "，读出的文字在").await.text;
    assert!(page.contains("要求补读附件") && page.contains("已增加内存"), "{page}");
    assert!(page.contains("路面坑洼"), "the words of the scan: {page}");
}

/// An office that cannot read scans, and what became of a mail with one.
fn a_mail_whose_scan_could_not_be_read() -> (Office, serde_json::Value) {
    let office = Office::new();
    let models = office.file("no-models/.keep", b"").parent().unwrap().to_owned();
    office.configure(&format!("{WEB}[ocr]\nengine = \"ppocr\"\nmodels = {models:?}\n"));
    office.add_user("officer", "officer");
    let scan = paper::page(&paper::road("张三丰", "13800000021"));
    let line = office.intake("mail", &office.file("mail.eml", mail(&scan)));
    (office, line)
}

/// The case of a mail whose scan could not be read when it came, in an office that can read scans now, and its path.
fn an_office_that_can_read_now() -> (Office, String, String) {
    let (office, line) = a_mail_whose_scan_could_not_be_read();
    let case = line["case"].as_str().unwrap().to_owned();
    office.configure(&format!("{WEB}{READS}"));
    let path = format!("/desk/cases/{case}");
    (office, case, path)
}

/// Stops the process at `step` of reading the scan, starts it again, and checks that the scan is read once.
async fn a_scan_is_read_once_stopped_at(step: &str) {
    let (mut office, case, path) = an_office_that_can_read_now();
    office.set("XINQIAO_STOP_AT", step);
    let mut server = Server::start(&office);
    assert_eq!(server.ended().await, None, "{step} was not reached");
    office.unset_all();
    let stopped = office.run(&["case", "show", &case]).only_line();
    assert_eq!(readings_in(&stopped), 0, "{step}: nothing is said to be read before it is kept: {stopped}");
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let page = desk.get_until(&path, "，读出的文字在").await.text;
    assert!(!page.contains("附件待补读") && !page.contains("仍未读出"), "{step}: {page}");
    assert_eq!(page.matches("已补读1个附件").count(), 1, "{step}: {page}");
    assert_eq!(page.matches("路面坑洼").count(), 1, "{step}: the words of the scan stand there once: {page}");
    for kept in ["页面图像：", "识别结果："] {
        assert_eq!(page.matches(kept).count(), 1, "{step}: {kept} is kept once: {page}");
    }
    drop(server);
    let shown = office.run(&["case", "show", &case]).only_line();
    assert_eq!(readings_in(&shown), 1, "{step}: {shown}");
    assert_eq!(office.run(&["check"]).code, Some(0), "{step}: {}", office.run(&["check"]).out);
}

/// How often the history of a case says that attachments were read.
fn readings_in(case: &serde_json::Value) -> usize {
    let events = case["events"].as_array().unwrap().iter();
    events.filter(|event| event["event"]["kind"] == "attachments_read").count()
}

#[tokio::test]
async fn stopped_after_the_files_of_a_later_reading() {
    a_scan_is_read_once_stopped_at("read_attachments.after_files").await;
}

#[tokio::test]
async fn stopped_before_a_later_reading_is_committed() {
    a_scan_is_read_once_stopped_at("read_attachments.before_commit").await;
}
