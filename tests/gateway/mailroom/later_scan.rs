//! Pages that arrive later under the sticker of a registered letter: what cannot be read of them is told, and read again when asked.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::scanner::{
    SMALL, drop_file, enlarged, letter, letters_on, mailroom, scan, settled_batch, stickers,
};
use crate::harness::server::Server;

/// What the case's page says of the letter's later scan.
async fn later_scan_of(desk: &Desk, case: &str) -> String {
    between(&desk.get(case).await.text, "<h4>补充扫描件，", "</article>").to_owned()
}

#[tokio::test]
async fn a_page_of_a_later_scan_that_was_set_aside_is_told_and_read_again() {
    let (office, folder) = mailroom(SMALL);
    let settings = std::fs::read_to_string(office.data().parent().unwrap().join("xinqiao.toml")).unwrap();
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let [(number, code)] = &stickers(&desk, 1).await[..] else { panic!("one sticker") };
    drop_file(&folder, "letter.pdf", &scan(&[code.stuck_on(letter("路灯不亮", "张三丰"))]));
    assert_eq!(&letters_on(&settled_batch(&desk).await)[0].2, number);
    let (path, case) = (format!("/desk/letters/{number}"), format!("/desk/cases/{number}"));
    let shown = desk.get(&path).await.text;
    assert!(!shown.contains("/read-again"), "every page was read: {shown}");
    // The sticker's code is no writing: nobody signs with it, and the heading is the title.
    let program = Program::sign_in(&server, "clerk").await;
    let read = program.get(&format!("/api/v1/cases/{number}")).await.body;
    assert_eq!(read["submissions"][0]["petitioners"].as_array().map(Vec::len), Some(1), "{read}");
    assert!(desk.get(&case).await.text.contains("反映路灯不亮</h1>"));

    let sheets = [code.stuck_on(letter("收据", "张三丰")), enlarged(&letter("水管漏水", "张三丰"))];
    drop_file(&folder, "later.pdf", &scan(&sheets));
    let events = desk.get_until(&case, "按登记标签").await.text;
    assert!(events.contains("；第2页未能识别"), "{events}");
    let told = later_scan_of(&desk, &case).await;
    assert!(told.contains("注意：第2页未能识别：页面识别") && !told.contains("第1页未能识别"), "{told}");
    let shown = desk.get(&path).await.text;
    assert!(shown.contains("的补充扫描件：第2页未能识别：页面识别"), "{shown}");
    assert!(shown.contains(&format!("action=\"{path}/read-again\"")), "{shown}");

    // It fails for the same reason, and says so.
    assert_eq!(desk.post(&format!("{path}/read-again"), &[("reason", "再试")]).await.status, StatusCode::SEE_OTHER);
    desk.get_until(&case, "补充扫描件第2页仍未能识别：页面识别").await;
    assert!(later_scan_of(&desk, &case).await.contains("第2页未能识别"));
    drop(server);

    // The office gives the reader more memory, and has everything read again.
    office.configure(&settings.replace(SMALL, "memory_mebibytes = 1536\n"));
    let everything = office.run(&["read-again"]);
    assert_eq!(everything.lines(), [json!({ "letters": 1, "mails": 0, "read_now": true })], "{}", everything.out);
    let server = Server::start(&office);
    let desk = Desk::sign_in(&server, "clerk").await;
    let events = desk.get_until(&case, "补充扫描件已识别第2页").await.text;
    assert_eq!(events.matches("<h4>补充扫描件，").count(), 1, "it is one scan still: {events}");
    assert!(!later_scan_of(&desk, &case).await.contains("未能识别"));
    let shown = desk.get(&path).await.text;
    assert!(!shown.contains("/read-again"), "{shown}");
    assert!(!shown.contains("水管漏水"), "the letter says what it said: {shown}");
    let program = Program::sign_in(&server, "clerk").await;
    let again = program.post(&format!("/api/v1/letters/{number}/reading"), &json!({ "reason": "再试" })).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:?}");
    drop(server);
    assert_eq!(office.run(&["check"]).code, Some(0), "{}", office.run(&["check"]).out);
}
