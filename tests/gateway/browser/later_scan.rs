//! What a clerk sees in Chromium of pages of a later scan, and of attachments of a mail, that could not be read.

use super::accessibility::check;
use super::driver::Browser;
use super::mailroom::sign_in;
use super::screen::Screen;
use crate::harness::desk::Desk;
use crate::harness::scanner::{
    SMALL, drop_file, enlarged, letter, letters_on, mailroom, page_of, scan, settled_batch, stickers,
};
use crate::harness::server::Server;
use crate::harness::{Office, paper};
use crate::mail::later::{READS, WEB, mail};
use xinqiao::sample::page::encode::png;

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

#[tokio::test(flavor = "multi_thread")]
async fn attachments_that_were_given_up_are_asked_for_again_on_both_screens() {
    let office = Office::configured(&format!("{WEB}{READS}[letters]\n{SMALL}"));
    office.add_user("officer", "officer");
    let scan = png(&enlarged(&page_of(&paper::road("张三丰", "13800000021")))).unwrap();
    let line = office.intake("mail", &office.file("mail.eml", mail(&scan)));
    let case = format!("/desk/cases/{}", line["case"].as_str().unwrap());
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "officer").await;
    desk.get_until(&case, "1个附件仍未读出").await;
    for screen in [Screen::Phone, Screen::Office] {
        let browser = Browser::open(&server.url, screen).await;
        sign_in(&browser, "officer").await;
        browser.go(&case).await;
        browser.shows("1个附件仍未读出，已停止自动补读").await;
        check(&browser, "later-attachment-case").await;
        browser.fill("input[id^='read-again-']", "已增加内存").await;
        browser.click("form[action$='/read-again'] button").await;
        browser.shows("要求补读附件").await;
        check(&browser, "later-attachment-asked").await;
        // It fails for the same reason and can be asked for again.
        desk.get_until(&case, "1个附件仍未读出，已停止自动补读").await;
    }
}
