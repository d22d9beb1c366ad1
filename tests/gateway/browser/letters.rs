//! The verification desk with nothing but the keyboard: open the list, walk the doubtful places, put a number right, confirm, next letter,
//! take it back. And without scripts, as a plain form.

use thirtyfour::Key;

use super::accessibility::check;
use super::driver::Browser;
use super::screen::Screen;
use crate::harness::Office;
use crate::harness::paper::{road, take_in};
use crate::harness::server::Server;

/// What stands in the first letter.
const PHONE: &str = "13800000007";
/// No letter of these tests has as many doubtful places.
const STOPS: usize = 20;
/// The element that has the focus, by its name in the form.
const FOCUS: &str = "return document.activeElement.id";
/// Whether the focus is on the button behind the last doubtful place.
const AT_CONFIRM: &str = "return document.activeElement.dataset.do === 'confirm'";
/// Where the mark on the image stands.
const SPOT: &str = "return document.querySelector('.spot').getBBox().width > 20";

/// An office with two letters, and a clerk.
fn mailroom() -> (Office, String, String) {
    // One engine: its numbers are asked, whichever networks are installed.
    let office = Office::configured("[ocr]\nengine = \"tesseract\"\n");
    office.add_user("clerk", "clerk");
    let first = take_in(&office, "scan-1.png", &road("张三丰", PHONE));
    let second = take_in(&office, "scan-2.png", &road("李四海", "13800000002"));
    (office, first, second)
}

async fn sign_in(browser: &Browser) {
    browser.go("/desk/letters").await;
    browser.tab_to("#user_name").await;
    browser.type_text("clerk").await;
    browser.tab_to("#password").await;
    browser.type_text("a-long-password").await;
    browser.press(Key::Enter).await;
    browser.shows("从第一封待核对的开始").await;
}

#[tokio::test]
async fn a_clerk_checks_letters_with_the_keyboard_only() {
    let (office, first, second) = mailroom();
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Office).await;
    sign_in(&browser).await;
    check(&browser, "letters").await;
    browser.tab_to("#start").await;
    browser.press(Key::Enter).await;

    walk_to_the_number_and_correct_it(&browser, &first).await;
    work_on_the_image(&browser).await;
    confirm_and_go_on(&browser, &first, &second).await;

    // Taken back with one key: the number is in the draft again.
    browser.press_with(&[Key::Alt], 'z').await;
    browser.shows("已撤销核对").await;
    assert!(browser.path().await.starts_with(&format!("/desk/letters/{first}")));
    assert_eq!(browser.value("[id='phone.0']").await, "13800000001");
    check(&browser, "letter-taken-back").await;
    a_warning_stays_while_a_draft_is_saved(&browser).await;
    browser.press_with(&[Key::Control], '\u{e007}').await;
    browser.shows(&format!("{first}已核对")).await;

    browser.go(&format!("/desk/letters/{first}")).await;
    browser.shows("更正记录").await;
    check(&browser, "letter-confirmed").await;
}

/// The first doubtful place is the number, which only one engine has read.
async fn walk_to_the_number_and_correct_it(browser: &Browser, first: &str) {
    browser.shows(&format!("核对来信 {first}")).await;
    browser.shows("核对中").await;
    // The rest of the key that opened the letter, as when it is slow to come up.
    browser.rest_of_enter().await;
    walk_to(browser, "phone.0").await;
    browser.until(SPOT).await;
    check(browser, "letter").await;
    browser.type_over("1380000000").await;
    browser.shows("电话号码应为11位手机号").await;
    browser.type_over("13800000001").await;
    browser.shows("号码格式正确").await;
    browser.shows("已保存").await;
    // It is on the server, not in the page: a browser that dies loses nothing.
    browser.go(&format!("/desk/letters/{first}")).await;
    walk_to(browser, "phone.0").await;
    assert_eq!(browser.value("[id='phone.0']").await, "13800000001");
    // Undo of what is typed is the browser's own.
    browser.type_over("1").await;
    browser.press_with(&[Key::Control], 'z').await;
    browser.press_with(&[Key::Control], 'z').await;
    browser.until("return document.getElementById('phone.0').value === '13800000001'").await;
}

#[tokio::test]
async fn a_reading_that_was_taken_by_its_number_is_taken_back_like_what_is_typed() {
    // Both engines read the page; Tesseract has no such surname, so they do not agree on it.
    let office = Office::configured("[ocr]\nengine = \"auto\"\n");
    office.add_user("clerk", "clerk");
    let number = take_in(&office, "scan.png", &road("亓玉凤", PHONE));
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Office).await;
    sign_in(&browser).await;
    browser.go(&format!("/desk/letters/{number}")).await;
    browser.shows("两个引擎读得不一样").await;
    walk_to(&browser, "name.0").await;
    let reading =
        browser.script("return document.querySelector(\"[data-part='name.0'] [data-reading]\").dataset.reading").await;
    let reading = reading.as_str().expect("a reading").to_owned();
    let stands = |words: &str| format!("return document.getElementById('name.0').value === '{words}'");
    browser.type_over("元玉凤").await;
    browser.press_with(&[Key::Alt], '1').await;
    browser.until(&stands(&reading)).await;
    browser.shows("已保存").await;
    browser.press_with(&[Key::Control], 'z').await;
    browser.until(&stands("元玉凤")).await;
    browser.press_with(&[Key::Alt], '1').await;
    browser.until(&stands(&reading)).await;
    check(&browser, "letter-reading-taken").await;
}

#[tokio::test]
async fn the_same_words_on_the_same_paper_are_put_right_once() {
    let (office, first, _) = mailroom();
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Office).await;
    sign_in(&browser).await;
    browser.go(&format!("/desk/letters/{first}")).await;
    browser.shows("核对中").await;
    browser.tab_to("[id='phone.0']").await;
    browser.type_over("13800000001").await;
    browser.press(Key::Tab).await;
    browser.shows("同样的字也改了").await;
    let lines = "[...document.querySelectorAll('.check-line input')].map(line => line.value).join('\\n')";
    browser.until(&format!("return {lines}.includes('13800000001')")).await;
    browser.shows("已保存").await;
    // A click on a box edits its line, and the line's box is marked.
    browser.click("a[href='#line.1.1'] rect").await;
    browser.until(&format!("{FOCUS} === 'line.1.1'")).await;
    browser.until(
        "const [spot, box] = [document.querySelector('.spot'), document.querySelector(\"a[href='#line.1.1'] rect\")];
         return Math.abs(spot.getBBox().y - box.getBBox().y) < 20 && spot.getBBox().width >= box.getBBox().width",
    )
    .await;
    // A line over which the pointer comes shows its box, and the focus stays where it is.
    browser
        .until(
            "const row = document.querySelector(\"[data-part='line.1.2']\");
             row.dispatchEvent(new PointerEvent('pointerenter'));
             const [spot, box] = [document.querySelector('.spot'), document.querySelector(\"a[href='#line.1.2'] rect\")];
             return row.classList.contains('pointed') && Math.abs(spot.getBBox().y - box.getBBox().y) < 20",
        )
        .await;
    browser.until(&format!("{FOCUS} === 'line.1.1'")).await;
    // A second telephone number that no engine has found.
    browser.click(".check-spare summary").await;
    browser.tab_to("[id='phone.1']").await;
    browser.type_text("13800000008").await;
    browser
        .until("return document.querySelector(\"[id='phone.1']\").closest('.check-field').classList.contains('fits')")
        .await;
    browser.shows("已保存").await;
    check(&browser, "letter-spare").await;
}

/// Presses enter until the part has the focus: each press goes to the next doubtful place. Never on the button behind the last, where it
/// would confirm the letter.
async fn walk_to(browser: &Browser, part: &str) {
    browser.until(&format!("{FOCUS} !== ''")).await;
    let mut passed = Vec::new();
    for _ in 0..STOPS {
        let here = browser.script(FOCUS).await;
        if here == part {
            return;
        }
        passed.push(here.to_string());
        if browser.script(AT_CONFIRM).await == true {
            break;
        }
        browser.press(Key::Enter).await;
    }
    panic!("{part} is not among the doubtful places {}: {}", passed.join(" "), browser.text().await);
}

/// Without typing: single keys turn and zoom, arrows choose a line, enter edits it.
async fn work_on_the_image(browser: &Browser) {
    browser.press(Key::Escape).await;
    browser.until("return document.activeElement.className === 'check-scroll'").await;
    browser.type_text("r").await;
    browser
        .until("return document.querySelector('.check-page svg g').getAttribute('transform').includes('rotate(90)')")
        .await;
    browser.type_text("rrr").await;
    browser.until("return document.querySelector('.check-page svg g').getAttribute('transform') === ''").await;
    browser.type_text("++").await;
    browser.until("return document.querySelector('.check-page svg').style.width === '156.25%'").await;
    browser.type_text("0").await;
    browser.until("return document.querySelector('.check-page svg').style.width === '100%'").await;
    browser.press(Key::Down).await;
    browser.press(Key::Down).await;
    browser.until("return document.activeElement.getAttribute('href') === '#line.1.1'").await;
    browser.until(SPOT).await;
    browser.press(Key::Enter).await;
    browser.until(&format!("{FOCUS} === 'line.1.1'")).await;
}

async fn confirm_and_go_on(browser: &Browser, first: &str, second: &str) {
    browser.press_with(&[Key::Alt], 'n').await;
    let mut stops = 0..STOPS;
    while browser.script(AT_CONFIRM).await != true {
        assert!(stops.next().is_some(), "{STOPS} times Enter and not at the end");
        browser.press(Key::Enter).await;
    }
    // Places before the line that was edited by hand were passed over: the first time they are shown, not confirmed.
    browser.press_with(&[Key::Control], '\u{e007}').await;
    if browser.text().await.contains("还有存疑处没看") {
        browser.press_with(&[Key::Control], '\u{e007}').await;
    }
    browser.shows(&format!("{first}已核对，更正1处")).await;
    assert_eq!(browser.path().await, format!("/desk/letters/{second}?confirmed={first}"));
    // It was there before it was asked for, image and all: the page holds it itself.
    browser.until("return document.querySelector('.check-page image').getAttribute('href').startsWith('blob:')").await;
    browser.shows("核对中").await;
    walk_to(browser, "phone.0").await;
    check(browser, "letter-next").await;
}

/// Confirms within the moment between typing and saving: the words about what was not looked at outlast `已保存`.
async fn a_warning_stays_while_a_draft_is_saved(browser: &Browser) {
    browser.script("document.getElementById('check-saved').textContent = ''").await;
    browser.script("document.getElementById('phone.0').focus()").await;
    browser.type_over("13800000001").await;
    browser.press_with(&[Key::Control], '\u{e007}').await;
    browser.shows("还有存疑处没看").await;
    browser.until("return document.getElementById('check-saved').textContent.startsWith('已保存')").await;
    browser.shows("还有存疑处没看").await;
    check(browser, "letter-unseen").await;
}

#[tokio::test]
async fn an_amount_that_nothing_confirms_is_a_stop_that_says_why() {
    let office = Office::configured("[ocr]\nengine = \"tesseract\"\n");
    office.add_user("clerk", "clerk");
    let text = road("张三丰", PHONE)
        .replace("请尽快派人维修。", "村里收了我家人民币壹万贰仟元整（12500元）的修路钱。请尽快派人维修。");
    let number = take_in(&office, "scan.png", &text);
    let server = Server::start(&office);
    for screen in [Screen::Office, Screen::Phone] {
        let browser = Browser::open(&server.url, screen).await;
        sign_in(&browser).await;
        browser.go(&format!("/desk/letters/{number}")).await;
        browser.shows("核对中").await;
        browser.shows("金额").await;
        let line = browser
            .script("return document.querySelector('.check-line .check-asked').closest('.check-line').dataset.part")
            .await;
        let line = line.as_str().expect("a line").to_owned();
        walk_to(&browser, &line).await;
        browser.until(SPOT).await;
        check(&browser, "letter-amount").await;
    }
}

#[tokio::test]
async fn letters_can_be_read_and_checked_on_a_phone_without_scripts() {
    let (office, first, second) = mailroom();
    let server = Server::start(&office);
    let mut browser = Browser::open(&server.url, Screen::Phone).await;
    browser.forbid_scripts().await;
    sign_in(&browser).await;
    check(&browser, "letters-plain").await;
    browser.click("#start").await;
    browser.shows(&format!("核对来信 {first}")).await;
    check(&browser, "letter-plain").await;
    browser.tab_to("[id='phone.0']").await;
    browser.type_over("13800000001").await;
    browser.click("button[data-do='save']").await;
    browser.shows("已保存").await;
    assert_eq!(browser.value("[id='phone.0']").await, "13800000001");
    browser.click("button[data-do='confirm']").await;
    browser.shows(&format!("{first}已核对")).await;
    browser.shows(&format!("核对来信 {second}")).await;
    browser.click("#check-before button").await;
    browser.shows("已撤销核对").await;
    assert_eq!(browser.value("[id='phone.0']").await, "13800000001");
}

#[tokio::test]
async fn letters_can_be_read_and_checked_on_a_phone() {
    let (office, first, _) = mailroom();
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Phone).await;
    sign_in(&browser).await;
    check(&browser, "letters").await;
    browser.go(&format!("/desk/letters/{first}")).await;
    browser.shows("核对中").await;
    check(&browser, "letter").await;
    browser.click("button[data-do='confirm']").await;
    browser.shows("还有存疑处没看").await;
    check(&browser, "letter-unseen").await;
}

#[tokio::test]
async fn a_clerk_who_was_overtaken_is_told_and_keeps_what_was_typed() {
    let (office, first, _) = mailroom();
    office.add_user("second", "clerk");
    let server = Server::start(&office);
    let browser = Browser::open(&server.url, Screen::Office).await;
    sign_in(&browser).await;
    browser.go(&format!("/desk/letters/{first}")).await;
    browser.shows("核对中").await;
    let colleague = crate::harness::desk::Desk::sign_in(&server, "second").await;
    let path = format!("/desk/letters/{first}");
    let version = crate::harness::desk::between(&colleague.get(&path).await.text, "data-version=\"", "\"").to_owned();
    let taken = colleague.post(&format!("{path}/begin"), &[("version", &version), ("take_over", "1")]).await;
    assert_eq!(taken.status.as_u16(), 303, "{}", taken.text);
    browser.tab_to("[id='id_number.0']").await;
    browser.type_text("130682").await;
    browser.shows("second正在核对").await;
    assert_eq!(browser.value("[id='id_number.0']").await, "130682", "it still stands on the page");
    check(&browser, "letter-overtaken").await;
}
