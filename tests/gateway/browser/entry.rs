//! The entry screen with nothing but the keyboard: type while listening, see what is alike, numbers read back, a draft that survives, a call
//! that rings, and registering. And without scripts, as a plain form.

use serde_json::json;
use thirtyfour::Key;

use super::accessibility::check;
use super::driver::Browser;
use super::screen::Screen;
use crate::harness::Office;
use crate::harness::server::Server;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// An office with an earlier case and an operator.
fn switchboard() -> (Office, String) {
    let office = Office::configured(&format!("[calls]\npush_token = \"{TOKEN}\"\n"));
    office.add_user("operator", "operator");
    let earlier = json!({
        "title": "清河花园小区停水", "body": "清河花园小区停水三天了，物业公司不管，请尽快恢复供水。",
        "petitioners": [{ "name": "王五一", "phone": "13800000301" }],
    });
    let line = office.intake("web", &office.file("earlier.json", earlier.to_string()));
    (office, line["case"].as_str().unwrap().to_owned())
}

async fn sign_in(browser: &Browser, path: &str) {
    browser.go(path).await;
    browser.tab_to("#user_name").await;
    browser.type_text("operator").await;
    browser.tab_to("#password").await;
    browser.type_text("a-long-password").await;
    browser.press(Key::Enter).await;
    browser.shows("登记").await;
}

#[tokio::test]
async fn an_operator_enters_a_call_with_the_keyboard_only() {
    let (office, earlier) = switchboard();
    let server = Server::start(&office);
    for screen in [Screen::Office, Screen::Phone] {
        let browser = Browser::open(&server.url, screen).await;
        sign_in(&browser, "/desk/calls/new").await;
        browser.shows("内容（信访人原话）").await;
        check(&browser, "entry-new").await;
        // The words have the focus: nothing stands between the first word and the first key.
        assert!(browser.has_focus("#body").await);
        browser.type_text("清河花园停水").await;
        browser.shows("可能").await;
        browser.shows(&earlier).await;
        browser
            .type_text("三天了。我叫陆青禾，家住清河花园小区三栋二单元五零幺，电话幺三八零零零零零三零二，请恢复供水。")
            .await;
        browser.until("return document.querySelector('#address').value === '清河花园小区3栋2单元501'").await;
        assert_eq!(browser.value("#name").await, "陆青禾");
        browser.shows("幺三八，零零零零，零三零二").await;
        // What the operator edits is not filled again.
        browser.tab_to("#name").await;
        browser.type_over("陆清禾").await;
        browser.tab_to("#phone").await;
        browser.type_over("1380000030").await;
        browser.shows("电话").await;
        browser.until("return document.querySelector('#phone-read').classList.contains('unfit')").await;
        browser.type_over("13800000303").await;
        browser.shows("138 0000 0303").await;
        assert_eq!(browser.value("#name").await, "陆清禾");
        browser.tab_to("#mail_address").await;
        browser.shows("草稿已保存").await;
        check(&browser, "entry-typed").await;

        // A browser that dies loses nothing.
        let path = browser.path().await;
        assert!(path.starts_with("/desk/entry/"), "{path}");
        browser.go(&path).await;
        browser.until("return document.querySelector('#phone').value === '13800000303'").await;
        assert_eq!(browser.value("#name").await, "陆清禾");

        browser.press_with(&[Key::Control], '\u{e007}').await;
        browser.shows("登记结果").await;
        browser.shows("查询码").await;
        check(&browser, "entry-registered").await;
        browser.go(&path).await;
        browser.shows("错误代码").await;
    }
}

#[tokio::test]
async fn a_call_that_rings_opens_the_screen_with_its_earlier_cases() {
    let (office, earlier) = switchboard();
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Office).await;
    sign_in(&browser, "/desk/calls/new").await;
    browser.shows("填入来电号码后显示").await;
    ring(&server, "pbx-1", "13800000301").await;
    browser.shows("来电已填入：13800000301").await;
    browser.shows(&earlier).await;
    check(&browser, "entry-rung").await;
    browser.type_text("还是停水，没人管。").await;
    // A second call does not touch what is being typed.
    ring(&server, "pbx-2", "13800000302").await;
    browser.shows("新来电：13800000302").await;
    assert_eq!(browser.value("#caller_number").await, "13800000301");
    assert!(browser.count("#entry-ringing a[href='/desk/calls/new?call=pbx-2']").await == 1);
    check(&browser, "entry-second-call").await;
}

async fn ring(server: &Server, call: &str, number: &str) {
    let body = json!({ "call_id": call, "caller_number": number, "operator": "operator" }).to_string();
    let request = reqwest::Client::new().post(format!("{}/api/v1/calls/incoming", server.url));
    let request = request.header("authorization", format!("Bearer {TOKEN}")).header("content-type", "application/json");
    assert_eq!(request.body(body).send().await.unwrap().status(), 202);
}

#[tokio::test]
async fn without_scripts_the_screen_is_a_plain_form() {
    let (office, _) = switchboard();
    let server = Server::start(&office);
    let mut browser = Browser::open(&server.url, Screen::Office).await;
    browser.forbid_scripts().await;
    browser.go("/desk/walk-ins/new").await;
    browser.fill("#user_name", "operator").await;
    browser.fill("#password", "a-long-password").await;
    browser.click("main button").await;
    browser.go("/desk/walk-ins/new").await;
    browser.fill("#body", "西市场门口污水横流，请清理。").await;
    browser.click("button[data-do=save]").await;
    browser.shows("草稿已保存").await;
    check(&browser, "entry-plain").await;
    browser.fill("#name", "陆青禾").await;
    browser.click("#entry-form button:not([data-do])").await;
    browser.shows("登记结果").await;
}
