//! What petitioners write about themselves inside titles and bodies is hidden wherever the structured fields are.

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::Desk;
use crate::harness::server::Server;

const NAME: &str = "齐占山";
const PHONE: &str = "13800000004";
const PETITION: &str = r#"{"title":"齐占山家的低保被停","body":"我叫齐占山，电话13800000004，家在东亭镇翟城村3号院西屋，低保停了三个月，请求恢复。","petitioners":[{"name":"齐占山","phone":"13800000004","address":"定州市东亭镇翟城村3号院西屋"}],"anonymous":false,"confidential":true,"publishable":false}"#;

fn hidden(what: &str, text: &str) {
    for secret in [NAME, "占山", PHONE, "3号院西屋"] {
        assert!(!text.contains(secret), "{what} tells {secret}: {text}");
    }
}

#[tokio::test]
async fn a_petitioners_own_words_do_not_tell_who_it_is() {
    let office = Office::new();
    office.add_user("officer", "officer");
    let line = office.intake("web", &office.file("齐占山.json", PETITION));
    let number = line["case"].as_str().unwrap();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    let case = format!("/desk/cases/{number}");

    hidden("the queue", &desk.get("/desk").await.text);
    let page = desk.get(&case).await.text;
    hidden("the case", &page);
    assert!(page.contains("齐**家的低保被停"), "the rest of the title stays: {page}");
    hidden("the search", &desk.get("/desk/search?words=%E4%BD%8E%E4%BF%9D").await.text);

    let program = Program::sign_in(&server, "officer").await;
    for path in [
        format!("/api/v1/cases/{number}"),
        "/api/v1/cases".to_owned(),
        "/api/v1/search?q=%E4%BD%8E%E4%BF%9D".to_owned(),
    ] {
        let body = program.get(&path).await.body.to_string();
        assert!(body.contains(number), "{path} finds it: {body}");
        hidden(&path, &body);
    }

    let plain = desk.post(&format!("{case}/unmask"), &[("reason", "核实联系方式")]).await;
    assert!(plain.text.contains(NAME) && plain.text.contains(PHONE), "with a reason all is shown: {}", plain.text);

    // 保密 was asked: the unit's letter hides the same.
    let sent = desk.post(&format!("{case}/send"), &[("lead", "mzj"), ("kind", "forward")]).await;
    assert!(sent.location.is_some(), "{}", sent.text);
    let page = desk.get_until(&case, "转送函已发出").await;
    let letter = desk.get(&page.link("/desk/outbox/")).await.text;
    assert!(letter.contains("低保停了三个月"), "{letter}");
    hidden("the letter", &letter);
}
