//! The page of the mailboxes at both widths, with one that is watched, one that is polled, one that cannot be reached, and a mail that
//! could not be read, and one that is held as spam.

use super::accessibility::check;
use super::driver::Browser;
use super::mailroom::sign_in;
use super::screen::Screen;
use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::post_office::PostOffice;
use crate::harness::server::Server;
use crate::mail::written::{petition, settings};

#[tokio::test(flavor = "multi_thread")]
async fn mailboxes_that_are_watched_polled_and_lost_are_told_apart() {
    let post = PostOffice::open(&["office", "mayor"]);
    let more = format!(
        "[[mail.mailboxes]]\nname = \"市长信箱\"\nurl = \"{}\"\npoll_seconds = 1\nidle = false\n\
         [[mail.mailboxes]]\nname = \"清风店镇群众来信邮箱\"\nurl = \"imap://office:secret@127.0.0.1:9\"\npoll_seconds = 1\n",
        post.mailbox("mayor")
    );
    let office = Office::configured(&(settings(&post, "acknowledge = false") + more.as_str()));
    office.add_user("clerk", "clerk");
    let server = Server::start(&office);
    let sender = "柳青禾 <liu@example.invalid>";
    let marked = petition(sender, "two", "X-Spam-Flag: YES\n").replace("路灯", "单元门");
    post.put("mayor", &[b"\0\0\0\0".to_vec(), petition(sender, "one", "").into_bytes(), marked.into_bytes()]);
    let clerk = Program::sign_in(&server, "clerk").await;
    let standing = clerk
        .get_until("/api/v1/mailboxes", |found| {
            let rows = found["mailboxes"].as_array().unwrap();
            let row = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap();
            row("信访信箱")["watched"] == "idle"
                && row("市长信箱")["held"] == 2
                && row("市长信箱")["watched"] == "polling"
                && row("市长信箱")["waiting"] == 0
                && !row("清风店镇群众来信邮箱")["problem"].is_null()
        })
        .await;
    assert_eq!(standing["mailboxes"].as_array().unwrap().len(), 3, "{standing}");
    let held = clerk.get("/api/v1/quarantine").await.body;
    let rows = held["arrivals"].as_array().unwrap();
    let spam = rows.iter().find(|row| row["problem"]["code"] == "marked_as_spam").unwrap()["arrival"].as_str().unwrap();
    for screen in [Screen::Office, Screen::Phone] {
        let browser = Browser::open(&server.url, screen).await;
        sign_in(&browser, "clerk").await;
        browser.go("/desk/mailboxes").await;
        for told in ["实时（IDLE）", "每1秒查看一次", "尚未收取", "邮箱收取失败", "无法连接"] {
            browser.shows(told).await;
        }
        check(&browser, "mailboxes-with-rows").await;
        // The held mail is one press away.
        browser.tab_to("a[href='/desk/quarantine']").await;
        browser.press(thirtyfour::Key::Enter).await;
        browser.shows("待处理来件").await;
        check(&browser, "quarantine-with-a-mail").await;
        browser.tab_to(&format!("a[href='/desk/quarantine/{spam}']")).await;
        browser.press(thirtyfour::Key::Enter).await;
        browser.shows("登记为信访件").await;
        check(&browser, "quarantine-spam").await;
    }
}
