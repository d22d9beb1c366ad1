//! The pages of the mailroom at both widths: batches, one batch with what was refused, the book of sealed envelopes, letters of a batch.

use xinqiao::sample::hostile;

use super::accessibility::check;
use super::driver::Browser;
use super::screen::Screen;
use crate::harness::desk::{Desk, between};
use crate::harness::scanner::{
    SMALL, blank, drop_file, enlarged, letter, letters_on, mailroom, scan, separators, settled_batch,
};
use crate::harness::server::Server;

#[tokio::test]
async fn the_pages_of_the_mailroom_fit_every_screen() {
    let (office, folder) = mailroom(SMALL);
    let server = Server::start(&office);
    let clerk = Desk::sign_in(&server, "clerk").await;
    let [new, ..] = separators(&clerk).await;
    let stack = [new.clone(), letter("路灯不亮", "张三丰"), blank(), new, letter("水管漏水", "李四光")];
    drop_file(&folder, "前台/stack.pdf", &scan(&stack));
    drop_file(&folder, "前台/locked.pdf", &hostile::pdf::password_protected());
    drop_file(
        &folder,
        "前台/unread.pdf",
        &scan(&[enlarged(&letter("路灯不亮", "张三丰")), letter("水管漏水", "李四光")]),
    );
    let page = settled_batch(&clerk).await;
    let (_, _, number) = letters_on(&page).pop().unwrap();
    let batch = between(&page, "/desk/letters?batch=", "\"").to_owned();
    let received = clerk.post("/desk/sealed", &[("pieces", "2"), ("to", "")]).await;
    assert!(received.status.is_success(), "{}", received.text);
    for screen in [Screen::Office, Screen::Phone] {
        let browser = Browser::open(&server.url, screen).await;
        sign_in(&browser, "clerk").await;
        for (path, name) in [
            ("/desk/batches".to_owned(), "batches"),
            (format!("/desk/batches/{batch}"), "batch"),
            (format!("/desk/letters?batch={batch}"), "letters-of-a-batch"),
            ("/desk/sheets".to_owned(), "separators"),
            (format!("/desk/stickers/{number}"), "sticker"),
            (format!("/desk/letters/{number}"), "letter-with-an-unread-page"),
        ] {
            browser.go(&path).await;
            check(&browser, name).await;
        }
        let browser = Browser::open(&server.url, screen).await;
        sign_in(&browser, "accusations").await;
        browser.go("/desk/sealed").await;
        browser.shows("登记簿").await;
        check(&browser, "sealed").await;
        // Received with the keyboard: the sticker to print follows.
        browser.tab_to("#to").await;
        browser.type_text("纪检组").await;
        browser.press(thirtyfour::Key::Enter).await;
        browser.shows("密封件，不得扫描").await;
        check(&browser, "sealed-sticker").await;
    }
}

pub(super) async fn sign_in(browser: &Browser, user: &str) {
    browser.go("/desk").await;
    browser.tab_to("#user_name").await;
    browser.type_text(user).await;
    browser.tab_to("#password").await;
    browser.type_text("a-long-password").await;
    browser.press(thirtyfour::Key::Enter).await;
    browser.shows("退出").await;
}
