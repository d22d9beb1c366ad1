//! What a clerk sees in Chromium of pages of a later scan that could not be read.

use super::accessibility::check;
use super::driver::Browser;
use super::mailroom::sign_in;
use super::screen::Screen;
use crate::harness::desk::Desk;
use crate::harness::scanner::{
    SMALL, drop_file, enlarged, letter, letters_on, mailroom, scan, settled_batch, stickers,
};
use crate::harness::server::Server;

#[tokio::test(flavor = "multi_thread")]
async fn unread_pages_of_a_later_scan_are_told_on_both_screens_and_asked_for_again() {
    let (office, folder) = mailroom(SMALL);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let [(number, code)] = &stickers(&desk, 1).await[..] else { panic!("one sticker") };
    drop_file(&folder, "letter.pdf", &scan(&[code.stuck_on(letter("路灯不亮", "张三丰"))]));
    assert_eq!(&letters_on(&settled_batch(&desk).await)[0].2, number);
    drop_file(
        &folder,
        "later.pdf",
        &scan(&[code.stuck_on(letter("收据", "张三丰")), enlarged(&letter("水管漏水", "张三丰"))]),
    );
    let case = format!("/desk/cases/{number}");
    desk.get_until(&case, "；第2页未能识别").await;
    for screen in [Screen::Phone, Screen::Office] {
        let browser = Browser::open(&server.url, screen).await;
        sign_in(&browser, "clerk").await;
        browser.go(&case).await;
        browser.shows("注意：第2页未能识别").await;
        check(&browser, "later-scan-case").await;
        browser.go(&format!("/desk/letters/{number}")).await;
        browser.shows("的补充扫描件：第2页未能识别").await;
        check(&browser, "later-scan-letter").await;
    }
}
