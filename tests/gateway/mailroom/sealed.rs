//! Sealed envelopes: their receipt and hand-over are written down, and nothing of them is scanned or read.

use reqwest::StatusCode;

use crate::harness::desk::{Desk, between};
use crate::harness::scanner::{Code, drop_file, filled, letter, letters_on, mailroom, scan, settled_batch};
use crate::harness::server::Server;

#[tokio::test]
async fn an_envelope_is_received_and_handed_over_unopened() {
    let (office, _folder) = mailroom("");
    let server = Server::start(&office);
    let clerk = Desk::sign_in(&server, "clerk").await;
    let sticker = clerk.post("/desk/sealed", &[("pieces", "2"), ("to", "")]).await;
    assert_eq!(sticker.status, StatusCode::OK, "{}", sticker.text);
    assert!(sticker.text.contains("密封件，不得扫描"), "{}", sticker.text);
    let number = between(&sticker.text, "<span class=\"number\">", "<").to_owned();
    assert!(!clerk.get("/desk/sealed").await.text.contains(&number), "the book is not for the mailroom");

    let accusations = Desk::sign_in(&server, "accusations").await;
    let book = accusations.get("/desk/sealed").await.text;
    let own = &book[book.find(&number).unwrap_or_else(|| panic!("{number} is not in the book: {book}"))..];
    let path = format!("/desk/sealed/{}", between(own, "action=\"/desk/sealed/", "\""));
    let short = accusations.post(&path, &[("to", "纪检组"), ("pieces", "1")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "a missing piece is no hand-over");
    let handed = accusations.post(&path, &[("to", "纪检组"), ("pieces", "2")]).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.text);
    let again = accusations.post(&path, &[("to", "督查科"), ("pieces", "2")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
    let book = accusations.get("/desk/sealed").await.text;
    assert!(book.contains("纪检组，20") && !book.contains("督查科"), "{book}");
    let by_clerk = clerk.post(&path, &[("to", "督查科"), ("pieces", "2")]).await;
    assert_eq!(by_clerk.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_sealed_letter_that_was_scanned_by_mistake_is_not_read() {
    let (office, folder) = mailroom("");
    let server = Server::start(&office);
    let clerk = Desk::sign_in(&server, "clerk").await;
    let printed = clerk.post("/desk/sealed", &[("pieces", "1"), ("to", "纪检组")]).await.text;
    let [code] = &Code::all_on(&printed)[..] else { panic!("one sticker: {printed}") };
    let stack = [letter("路灯不亮", "张三丰"), code.stuck_on(letter("某人受贿", "李四光"))];
    drop_file(&folder, "stack.pdf", &scan(&stack));
    filled(&folder.join("refused"), 1).await;
    let page = settled_batch(&clerk).await;
    assert!(page.contains("密封件不得扫描") && letters_on(&page).is_empty(), "{page}");
    assert!(!page.contains("/original\"") && !page.contains("/retry\""), "nor is it shown to the mailroom: {page}");
    let accusations = Desk::sign_in(&server, "accusations").await;
    assert!(settled_batch(&accusations).await.contains("/original\""));
    drop(server);
    assert_eq!(office.run(&["search", "受贿"]).lines(), Vec::<serde_json::Value>::new());
}
