//! The mailroom for programs: batches, their refused files, stickers, sealed envelopes and archive files as JSON, for those who may.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::client::Program;
use crate::harness::scanner::{letter, mailroom, scan};
use crate::harness::server::Server;
use xinqiao::sample::page::coded;

#[tokio::test]
async fn a_batch_is_uploaded_followed_and_its_refused_files_told() {
    let (office, _folder) = mailroom("");
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let sheets = clerk.get("/api/v1/separators").await.body;
    let [new, ..] = &sheets["separators"].as_array().unwrap()[..] else { panic!("{sheets}") };
    assert_eq!(new["part"], "letter");
    let ordered = clerk.post("/api/v1/stickers", &json!({ "count": 1 })).await;
    assert_eq!(ordered.status, StatusCode::CREATED, "{ordered:?}");
    let sticker = &ordered.body["stickers"][0];
    let style = xinqiao::sample::page::Style::clean(xinqiao::sample::page::Typeface::Song);
    let mut stuck = letter("水管漏水", "李四光");
    coded::sticker(&mut stuck, sticker["code"].as_str().unwrap(), &style).unwrap();
    let new = coded::separator(new["code"].as_str().unwrap()).unwrap();
    let stack = scan(&[new.clone(), letter("路灯不亮", "张三丰"), new, stuck]);
    let locked = xinqiao::sample::hostile::pdf::password_protected();
    let opened = clerk.upload_files("/api/v1/batches", &[("stack.pdf", &stack), ("locked.pdf", &locked)]).await;
    assert_eq!(opened.status, StatusCode::ACCEPTED, "{opened:?}");
    let path = format!("/api/v1/batches/{}", opened.body["batch"].as_str().unwrap());
    let done: fn(&Value) -> bool = |batch| {
        let files = batch["files"].as_array().unwrap();
        let parted = files.iter().all(|file| file["state"] != "waiting");
        parted && files.iter().flat_map(|file| file["letters"].as_array().unwrap()).all(|one| one["progress"] == "done")
    };
    let batch = clerk.get_until(&path, done).await;
    let [stack, refused] = &batch["files"].as_array().unwrap()[..] else { panic!("{batch}") };
    assert_eq!((&stack["state"], &stack["pages"]), (&json!("parted"), &json!(4)), "{batch}");
    let letters = stack["letters"].as_array().unwrap();
    assert_eq!(letters.len(), 2, "{batch}");
    assert_eq!(letters[1]["submission"], sticker["number"], "the sticker's number: {batch}");
    assert_eq!(letters[0]["pages"], json!([{ "page": 2, "part": "letter", "blank": false }]), "{batch}");
    assert_eq!(refused["problem"]["code"], "password_protected", "{batch}");
    assert_eq!(refused["retryable"], true, "{batch}");
    let listed = clerk.get("/api/v1/batches?limit=1").await.body;
    assert_eq!((&listed["total"], &listed["batches"][0]["refused"]), (&json!(1), &json!(1)), "{listed}");

    let file = format!("/api/v1/batch-files/{}", refused["file"].as_str().unwrap());
    let retried = clerk.post(&format!("{file}/retry"), &Value::Null).await;
    assert_eq!(retried.status, StatusCode::NO_CONTENT, "{retried:?}");
    let again = clerk.get_until(&path, done).await;
    assert_eq!(again["files"][1]["problem"]["code"], "password_protected", "{again}");
    assert_eq!(clerk.get(&format!("{file}/original")).await.media_type, "application/octet-stream");

    let archive = format!("/api/v1/letters/{}/archive", letters[0]["submission"].as_str().unwrap());
    let made = async {
        loop {
            let answer = clerk.get(&archive).await;
            if answer.status != StatusCode::NOT_FOUND {
                return answer;
            }
            tokio::time::sleep(crate::harness::LOOK).await;
        }
    };
    let made = tokio::time::timeout(std::time::Duration::from_secs(120), made).await.expect("no archive is made");
    assert_eq!((made.status, made.media_type.as_str()), (StatusCode::OK, "application/pdf"));

    for role in ["operator", "head"] {
        office.add_user(role, role);
        let other = Program::sign_in(&server, role).await;
        for path in [&path, "/api/v1/batches", "/api/v1/separators", &archive, &format!("{file}/original")] {
            let refused = (role == "head") != (path == archive.as_str());
            let status = other.get(path).await.status;
            assert!(!refused || status == StatusCode::FORBIDDEN, "{role}: {path} gives {status}");
        }
    }
    let unsigned = Program::sign_in(&server, "clerk").await.without_form_token();
    let files: [(&str, &[u8]); 1] = [("stack.pdf", &locked)];
    assert_eq!(unsigned.upload_files("/api/v1/batches", &files).await.status, StatusCode::FORBIDDEN);
    let bare = clerk.post("/api/v1/batches", &json!({})).await;
    assert_eq!(bare.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{bare:?}");
    let many = clerk.post("/api/v1/stickers", &json!({ "count": 97 })).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY, "{many:?}");
}

#[tokio::test]
async fn sealed_envelopes_are_received_by_the_mailroom_and_handed_over_by_those_who_may() {
    let (office, _folder) = mailroom("");
    let server = Server::start(&office);
    let clerk = Program::sign_in(&server, "clerk").await;
    let received = clerk.post("/api/v1/sealed-envelopes", &json!({ "pieces": 2, "to": null })).await;
    assert_eq!(received.status, StatusCode::CREATED, "{received:?}");
    assert!(received.body["sticker"]["code"].as_str().unwrap().starts_with("XQ1-Z-"), "{received:?}");
    assert_eq!(clerk.get("/api/v1/sealed-envelopes").await.status, StatusCode::FORBIDDEN);
    let path = format!("/api/v1/sealed-envelopes/{}/hand-over", received.body["envelope"].as_str().unwrap());
    assert_eq!(clerk.post(&path, &json!({ "to": "督查科", "pieces": 2 })).await.status, StatusCode::FORBIDDEN);

    let accusations = Program::sign_in(&server, "accusations").await;
    let short = accusations.post(&path, &json!({ "to": "纪检组", "pieces": 1 })).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "{short:?}");
    assert_eq!(accusations.post(&path, &json!({ "to": "纪检组", "pieces": 2 })).await.status, StatusCode::NO_CONTENT);
    assert_eq!(accusations.post(&path, &json!({ "to": "别处", "pieces": 2 })).await.status, StatusCode::CONFLICT);
    let book = accusations.get("/api/v1/sealed-envelopes").await.body;
    assert_eq!(book["envelopes"][0]["handed_to"], "纪检组", "{book}");
    assert_eq!(book["envelopes"][0]["number"], received.body["sticker"]["number"], "{book}");
}
