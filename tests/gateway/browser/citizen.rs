//! A citizen: the form, what is wrong with it, the receipt, the status. With the keyboard alone; on the phone without scripts.

use thirtyfour::Key;

use super::accessibility::check;
use super::driver::Browser;
use super::screen::Screen;
use crate::harness::Office;
use crate::harness::server::Server;

#[tokio::test]
async fn a_petition_is_sent_from_a_phone_without_scripts() {
    let office = Office::new();
    let server = Server::start(&office);
    let mut browser = Browser::open(&server.url, Screen::Phone).await;
    browser.forbid_scripts().await;
    petition(&browser).await;
}

#[tokio::test]
async fn a_petition_is_sent_from_an_office_screen() {
    let office = Office::new();
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Office).await;
    petition(&browser).await;
}

async fn petition(browser: &Browser) {
    browser.go("/").await;
    browser.shows("登记以后").await;
    check(browser, "home").await;
    browser.tab_to("main a[href='/petitions/new']").await;
    browser.press(Key::Enter).await;
    browser.shows("信访目的").await;
    if browser.scripts {
        browser.shows("清除草稿").await;
    } else {
        assert!(!browser.text().await.contains("草稿"), "scripts run although they are forbidden");
    }
    check(browser, "petition-new").await;
    what_is_wrong_stands_at_the_fields(browser).await;
    let (number, query_code) = send(browser).await;
    look_up(browser, &number, &query_code).await;

    browser.go("/no-such-page").await;
    browser.shows("错误代码").await;
    check(browser, "problem").await;
}

/// A number that cannot be right and no matter: both are told at once, at the fields and above them, and nothing is lost.
async fn what_is_wrong_stands_at_the_fields(browser: &Browser) {
    browser.tab_to("#petitioners-0-name").await;
    browser.type_text("张三丰").await;
    browser.tab_to("#petitioners-0-phone").await;
    browser.type_text("1380000001").await;
    browser.press(Key::Enter).await;
    browser.shows("有2处需要修改").await;
    check(browser, "petition-wrong").await;
    assert_eq!(browser.value("#petitioners-0-name").await, "张三丰");
    assert_eq!(browser.value("#petitioners-0-phone").await, "1380000001");
    for field in ["body", "petitioners-0-phone"] {
        let told = format!("#{field}[aria-invalid='true'][aria-describedby~='{field}-problem']");
        assert_eq!(browser.count(&told).await, 1, "{field} is marked as wrong");
        assert_eq!(browser.count(&format!("#{field}-problem")).await, 1, "{field} says what is wrong");
    }
    browser.tab_to("#summary a[href='#body']").await;
    browser.press(Key::Enter).await;
    assert!(browser.has_focus("#body").await, "the summary leads to the field");
}

/// Puts everything right and sends it; the number and the code of the receipt.
async fn send(browser: &Browser) -> (String, String) {
    browser.type_text("东亭镇翟城村村口的道路每逢下雨就严重积水，车辆和行人都无法通行，已经两年多没有人修。").await;
    browser.tab_to("input[name='purpose'][value='']").await;
    browser.press(Key::Up).await;
    browser.press(Key::Up).await;
    browser.tab_to("#petitioners-0-phone").await;
    browser.type_over("13800000001").await;
    browser.tab_to("#petition p button[value='submit']").await;
    browser.press(Key::Enter).await;
    browser.shows("请抄写或打印").await;
    check(browser, "receipt").await;
    let codes =
        browser.script("return [...document.querySelectorAll('.receipt .code')].map(one => one.textContent)").await;
    (codes[0].as_str().unwrap().to_owned(), codes[1].as_str().unwrap().to_owned())
}

async fn look_up(browser: &Browser, number: &str, query_code: &str) {
    browser.tab_to("main a[href='/petitions/status']").await;
    browser.press(Key::Enter).await;
    browser.shows("回执丢失时").await;
    check(browser, "status-ask").await;
    for (code, answer, name) in
        [("7777777777", "编号或查询码不正确", "status-wrong"), (query_code, "办理进度", "status")]
    {
        browser.tab_to("#number").await;
        browser.type_over(number).await;
        browser.tab_to("#query_code").await;
        browser.type_over(code).await;
        browser.press(Key::Enter).await;
        browser.shows(answer).await;
        check(browser, name).await;
    }
    let text = browser.text().await;
    assert!(text.contains(number) && !text.contains("张三丰"), "the status names nobody: {text}");
}
