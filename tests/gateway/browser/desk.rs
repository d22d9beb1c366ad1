//! The desk, from signing in to the letter in the outbox.

use thirtyfour::Key;

use super::accessibility::check;
use super::driver::Browser;
use super::filled::Filled;
use super::screen::Screen;
use crate::harness::server::Server;

#[tokio::test]
async fn the_desk_works_on_a_phone() {
    desk_works(Screen::Phone).await;
}

#[tokio::test]
async fn the_desk_works_on_an_office_screen() {
    desk_works(Screen::Office).await;
}

async fn desk_works(screen: Screen) {
    let filled = Filled::new();
    let server = Server::start(&filled.office);
    let browser = Browser::open(&server.url, screen).await;
    sign_in_with_the_keyboard(&browser).await;
    decide_a_repeat_and_take_it_back(&browser, &filled).await;
    send_to_the_suggested_unit(&browser, &filled).await;
    search(&browser, &filled).await;
    upload_what_cannot_be_read(&browser, &filled).await;
    type_a_call(&browser).await;
    look_at_the_other_pages(&browser).await;
    the_sealed_is_not_there(&browser, &filled).await;

    change_to(&browser, "accuser").await;
    browser.go(&format!("/desk/cases/{}", filled.sealed)).await;
    browser.shows("解除密封").await;
    check(&browser, "case-sealed").await;

    change_to(&browser, "clerk").await;
    assert!(browser.path().await.starts_with("/desk"), "a clerk has a page to begin with");
    check(&browser, "clerk").await;

    change_to(&browser, "admin").await;
    for (name, path, text) in [("staff", "/desk/staff", "accuser"), ("units", "/desk/units", "130682106")] {
        browser.go(path).await;
        browser.shows(text).await;
        check(&browser, name).await;
    }
}

/// Nothing but tab and enter; a wrong password is told and the name is kept.
async fn sign_in_with_the_keyboard(browser: &Browser) {
    browser.go("/desk").await;
    check(browser, "sign-in").await;
    browser.tab_to("#user_name").await;
    browser.type_text("officer").await;
    browser.tab_to("#password").await;
    browser.type_text("wrong").await;
    browser.tab_to("main button").await;
    browser.press(Key::Enter).await;
    browser.shows("用户名或密码不正确").await;
    assert_eq!(browser.value("#user_name").await, "officer");
    check(browser, "sign-in-wrong").await;

    browser.tab_to("#password").await;
    browser.type_text("a-long-password").await;
    browser.press(Key::Enter).await;
    browser.shows("查重待认定").await;
    assert_eq!(browser.path().await, "/desk");
    check(browser, "queue").await;
}

async fn decide_a_repeat_and_take_it_back(browser: &Browser, filled: &Filled) {
    let own = format!("/desk/cases/{}", filled.repeat);
    browser.tab_to(&format!("a[href='{own}']")).await;
    browser.press(Key::Enter).await;
    browser.shows("可能重复信访").await;
    check(browser, "case").await;

    browser.follow("逐字对照两件").await;
    browser.shows("理由所依据的文字").await;
    for side in ["later", "earlier"] {
        assert!(browser.count(&format!(".place[id^='{side}-']")).await > 0, "the {side} side has places of reasons");
    }
    assert!(browser.count(".compare ins, .compare del").await > 0, "what differs is marked");
    check(browser, "finding").await;
    browser.tab_to(".reasons a[href^='#later-']").await;
    browser.press(Key::Enter).await;
    check(browser, "finding-reason").await;

    browser.tab_to("input[name='reason']").await;
    browser.type_text("同一个人同一条路").await;
    browser.tab_to("button[value='repeat']").await;
    browser.press(Key::Enter).await;
    browser.shows("已确认认定").await;
    browser.shows("已作为重复信访并入").await;
    check(browser, "case-joined").await;
    browser.follow(&filled.first).await;
    browser.shows("信访次数").await;
    assert!(browser.text().await.contains(&format!("{}并入本事项", filled.repeat)));
    check(browser, "case-with-two").await;

    browser.go(&own).await;
    browser.tab_to("form[action$='/undo'] button").await;
    browser.press(Key::Enter).await;
    browser.shows("已撤销认定").await;
    assert!(!browser.text().await.contains("已作为重复信访并入"));

    browser.go(&format!("/desk/cases/{}", filled.neighbour)).await;
    browser.shows("查重").await;
    check(browser, "case-neighbour").await;
    browser.tab_to("button[value='same_matter']").await;
    browser.press(Key::Enter).await;
    browser.shows("已确认认定").await;
    check(browser, "case-grouped").await;
    browser.go("/desk/groups").await;
    browser.shows("认定形成的同类事项").await;
    check(browser, "groups").await;
    browser.tab_to("main a[href^='/desk/groups/']").await;
    browser.press(Key::Enter).await;
    browser.shows("不超过5人").await;
    check(browser, "group").await;
    browser.tab_to("form[action$='/representatives'] button").await;
    browser.press(Key::Enter).await;
    browser.shows("已记为代表").await;
    check(browser, "group-representative").await;
    browser.tab_to("form[action$='/representatives/undo'] button").await;
    browser.press(Key::Enter).await;
    browser.shows("还没有推选代表").await;
    browser.go(&format!("/desk/cases/{}", filled.signed_by_many)).await;
    browser.shows("联名：信访人7人").await;
    browser.follow("信访人和代表").await;
    browser.tab_to("form[action$='/representatives'] button").await;
    browser.press(Key::Enter).await;
    browser.shows("已记为代表").await;
    check(browser, "case-representatives").await;
    browser.go("/desk/matters").await;
    browser.shows("按内容分类和属地").await;
    check(browser, "matters").await;
}

async fn send_to_the_suggested_unit(browser: &Browser, filled: &Filled) {
    let own = format!("/desk/cases/{}", filled.first);
    browser.go(&own).await;
    browser.shows("建议责任单位").await;
    check(browser, "case-suggestion").await;
    assert_eq!(browser.value("#lead").await, filled.unit_of_first, "the suggested unit is chosen already");

    browser.click("input[name='kind'][value='forward']").await;
    browser.fill("#note", "请尽快联系信访人").await;
    browser.click("form[action$='/send'] button").await;
    browser.shows("已决定转送、交办").await;
    browser.go(&own).await;
    browser.shows_in_time("已写入发件箱文件夹").await;
    check(browser, "case-sent").await;
    browser.follow("查看函件").await;
    browser.shows("请尽快联系信访人").await;
    check(browser, "mail").await;
}

async fn search(browser: &Browser, filled: &Filled) {
    browser.go("/desk/search").await;
    check(browser, "search").await;
    browser.tab_to("#words").await;
    browser.type_text("道路 积水").await;
    browser.press(Key::Enter).await;
    browser.shows(&filled.first).await;
    assert!(browser.count("main mark").await > 0, "the words are marked");
    check(browser, "search-results").await;
}

async fn upload_what_cannot_be_read(browser: &Browser, filled: &Filled) {
    let file = filled.office.file("来信.jpg", b"\xff\xd8\xff\xe0 not a picture");
    browser.go("/desk/letters/new").await;
    check(browser, "letters-new").await;
    browser.fill("#files", file.to_str().unwrap()).await;
    browser.click("main button").await;
    browser.shows("登记结果").await;
    browser.shows_in_time("无法读取").await;
    check(browser, "entered-unread").await;
    browser.go("/desk/mailboxes").await;
    check(browser, "mailboxes").await;
    browser.go("/desk/quarantine").await;
    browser.shows("来信.jpg").await;
    check(browser, "quarantine").await;
}

async fn type_a_call(browser: &Browser) {
    browser.go("/desk/calls/files").await;
    check(browser, "calls-files").await;
    browser.tab_to("#transcript").await;
    browser.type_text("来电人：我叫孙七里，电话13800000006，翟城村口的垃圾堆了半年没人清理，请派人清理。").await;
    browser.tab_to("main button").await;
    browser.press(Key::Enter).await;
    browser.shows("查询码").await;
    check(browser, "entered").await;
}

async fn look_at_the_other_pages(browser: &Browser) {
    for (name, path, text) in [
        ("outbox", "/desk/outbox", "转送"),
        ("jobs", "/desk/jobs", "停止的任务"),
        ("mails-new", "/desk/mails/new", "邮件登记"),
        ("queue-empty", "/desk?state=registered&channel=mail", "没有符合条件的信访事项"),
    ] {
        browser.go(path).await;
        browser.shows(text).await;
        check(browser, name).await;
    }
}

async fn the_sealed_is_not_there(browser: &Browser, filled: &Filled) {
    browser.go("/desk").await;
    browser.shows(&filled.first).await;
    assert!(!browser.text().await.contains(&filled.sealed), "the queue of an officer has no sealed case");
    browser.go("/desk/search?words=%E4%BE%B5%E5%8D%A0").await;
    browser.shows("没有找到").await;
    browser.go(&format!("/desk/cases/{}", filled.sealed)).await;
    browser.shows("错误代码").await;
    assert!(!browser.text().await.contains("侵占"));
    check(browser, "not-found").await;
    browser.go("/desk").await;
}

/// Signs out and in as somebody else.
async fn change_to(browser: &Browser, user: &str) {
    browser.click("form[action='/sign-out'] button").await;
    browser.shows("工作人员登录").await;
    browser.fill("#user_name", user).await;
    browser.fill("#password", "a-long-password").await;
    browser.click("main button").await;
    browser.shows(user).await;
}
