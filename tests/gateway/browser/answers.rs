//! Published answers beside the form while a citizen types, as pages without scripts, and at the desk; the page of the search index.

use serde_json::json;

use super::accessibility::check;
use super::driver::Browser;
use super::screen::Screen;
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::server::Server;

#[tokio::test]
async fn a_citizen_sees_similar_answers_while_typing_on_a_phone() {
    let office = Office::new();
    for (name, role) in [("officer", "officer"), ("admin", "administrator")] {
        office.add_user(name, role);
    }
    let petition = json!({
        "title": "小区路灯不亮", "body": "北城区街道某小区门口的路灯坏了三个月，晚上出行不安全，请求尽快修复。",
        "petitioners": [{ "name": "王五六", "phone": "13800000005", "address": "定州市北城区街道中山路8号院3栋" }],
        "anonymous": false, "confidential": false, "publishable": true
    });
    let line = office.intake("web", &office.file("a.json", petition.to_string()));
    let case = line["case"].as_str().unwrap();
    let server = Server::start(&office);
    let answer = json!({
        "title": "居民区路灯损坏怎么报修", "question": "小区门口的路灯坏了很久，晚上出行不安全，应由谁来修？",
        "text": "路灯由城管部门维修，一般三个工作日内修复。"
    });
    let officer = Program::sign_in(&server, "officer").await;
    officer.post(&format!("/api/v1/cases/{case}/answers"), &answer).await;
    let browser = Browser::open(&server.url, Screen::Phone).await;
    browser.go("/petitions/new").await;
    browser.fill("#body", "我们小区门口的路灯坏了，晚上出行黑漆漆的不安全").await;
    browser.shows("居民区路灯损坏怎么报修").await;
    check(&browser, "petition-new-answers").await;
    for (path, text, name) in
        [("/answers", "三个月", "answers-none"), ("/answers?words=路灯", "居民区路灯损坏怎么报修", "answers")]
    {
        browser.go(path).await;
        if name == "answers" {
            browser.shows(text).await;
            check(&browser, name).await;
        } else {
            assert!(!browser.text().await.contains(text), "the petition itself is not shown");
        }
    }
    browser.click(".cards a").await;
    browser.shows("三个工作日内修复").await;
    check(&browser, "answer").await;

    sign_in(&browser, "officer").await;
    browser.go(&format!("/desk/cases/{case}/answers")).await;
    browser.shows("公开一个答复").await;
    check(&browser, "desk-answers").await;
    browser.fill("#reason-1", "内容有误").await;
    browser.click("form.inline button").await;
    browser.shows("公众不再看到").await;
    browser.click("form[action='/sign-out'] button").await;
    browser.shows("工作人员登录").await;

    sign_in(&browser, "admin").await;
    browser.go("/desk/index").await;
    browser.shows("索引密封件").await;
    check(&browser, "desk-index").await;
}

pub(super) async fn sign_in(browser: &Browser, user: &str) {
    browser.go("/desk").await;
    browser.fill("#user_name", user).await;
    browser.fill("#password", "a-long-password").await;
    browser.click("main button").await;
    browser.shows(user).await;
}
