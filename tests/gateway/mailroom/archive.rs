//! The archive file of a letter: a PDF/A whose words can be searched, for those who may open files.

use std::process::Command;

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::Office;
use crate::harness::client::Program;
use crate::harness::desk::{Desk, between};
use crate::harness::paper::road;
use crate::harness::scanner::{drop_file, letters_on, mailroom, page_of, scan, settled_batch, stickers};
use crate::harness::server::Server;

/// What a program of poppler says of a file.
fn told(program: &str, office: &Office, pdf: &[u8], arguments: &[&str]) -> String {
    let file = office.file("archive.pdf", pdf);
    let output = Command::new(program).arg(&file).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{program} complains: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Its words without blanks and line ends.
fn words(office: &Office, pdf: &[u8]) -> String {
    told("pdftotext", office, pdf, &["-"]).split_whitespace().collect()
}

/// The address of the archive file on a case's page, once it is there.
async fn archive_of(desk: &Desk, number: &str) -> String {
    let page = desk.get_until(&format!("/desk/cases/{number}"), "存档文件：").await.text;
    let before = &page[..page.find("/archive\"").unwrap_or_else(|| panic!("no archive file: {page}"))];
    format!("{}/archive", &before[before.rfind("/desk/submissions/").unwrap()..])
}

#[tokio::test]
async fn a_letter_has_an_archive_file_with_its_page_and_its_words() {
    let (office, folder) = mailroom("");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let clerk = Desk::sign_in(&server, "clerk").await;
    drop_file(&folder, "letter.pdf", &scan(&[page_of(&road("张三丰", "13800000001"))]));
    let number = letters_on(&settled_batch(&clerk).await)[0].2.clone();
    let officer = Desk::sign_in(&server, "officer").await;
    let path = archive_of(&officer, &number).await;
    let file = officer.get_bytes(&path).await;
    assert_eq!((file.status, file.media_type.as_str()), (StatusCode::OK, "application/pdf"));

    let found = words(&office, &file.bytes);
    assert!(found.contains("13800000001") && found.contains("张三丰"), "a number is found whole: {found}");
    let information = told("pdfinfo", &office, &file.bytes, &[]);
    assert!(
        information.contains("Pages:           1") && information.contains("PDF version:     1.7"),
        "{information}"
    );
    assert!(information.contains("(A4)"), "{information}");
    let checked = told("qpdf", &office, &file.bytes, &["--check"]);
    assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    let fonts = told("pdffonts", &office, &file.bytes, &[]);
    let font = fonts.lines().nth(2).unwrap();
    assert!(font.contains("CID TrueType") && font.contains("Identity-H"), "{fonts}");
    let embedded: Vec<&str> = font.split_whitespace().collect();
    assert!(embedded.contains(&"yes"), "embedded: {fonts}");
    // `3 Tr` draws words that nobody sees.
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>U</pdfaid:conformance>",
        "/GTS_PDFA1",
        "/DestOutputProfile",
        "3 Tr",
        "/ToUnicode",
        &format!("来信 {number}"),
    ] {
        let there = file.bytes.windows(part.len()).any(|window| window == part.as_bytes());
        assert!(there, "{part} is not in the file");
    }

    let case = Program::sign_in(&server, "officer").await.get(&format!("/api/v1/cases/{number}")).await.body;
    let events = case["events"].as_array().unwrap().iter();
    let opened: Vec<_> = events.filter(|event| event["event"]["kind"] == "file_opened").collect();
    assert_eq!(opened.len(), 1, "who opened it is written down: {case}");
}

#[tokio::test]
async fn corrections_and_later_scans_make_a_new_archive_file() {
    let (office, folder) = mailroom("");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let clerk = Desk::sign_in(&server, "clerk").await;
    let [(number, code)] = &stickers(&clerk, 1).await[..] else { panic!("one sticker") };
    drop_file(&folder, "letter.pdf", &scan(&[code.stuck_on(page_of(&road("张三丰", "13800000001")))]));
    assert_eq!(&letters_on(&settled_batch(&clerk).await)[0].2, number);
    let officer = Desk::sign_in(&server, "officer").await;
    let path = archive_of(&officer, number).await;
    let first = officer.get_bytes(&path).await.bytes;

    let program = Program::sign_in(&server, "clerk").await;
    let letter = format!("/api/v1/letters/{number}");
    let read = program.get(&format!("{letter}/verification")).await.body;
    let line = read["lines"][0]["part"].as_str().unwrap();
    let put_right = json!({ "version": read["version"], "values": { line: "经核对改正的一行" } });
    let confirmed = program.post(&format!("{letter}/confirmation"), &put_right).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{confirmed:?}");
    let corrected = changed(&officer, &path, &first).await;
    assert!(words(&office, &corrected).contains("经核对改正的一行"), "{}", words(&office, &corrected));
    assert!(!words(&office, &first).contains("经核对改正的一行"));

    drop_file(&folder, "later.pdf", &scan(&[code.stuck_on(page_of("补充\n我补充一张收据。\n"))]));
    let both = changed(&officer, &path, &corrected).await;
    assert!(told("pdfinfo", &office, &both, &[]).contains("Pages:           2"));
    let page = officer.get(&format!("/desk/cases/{number}")).await.text;
    let later = format!(
        "/desk/submissions/{}",
        between(&page, "<h4>补充扫描件", "</a>").split("/desk/submissions/").nth(1).unwrap()
    );
    let file = officer.get_bytes(later.split('"').next().unwrap()).await;
    assert_eq!(file.status, StatusCode::OK, "{later}");
    assert!(file.bytes.starts_with(b"%PDF-"));
    assert_eq!(office.run(&["check"]).code, Some(0), "{}", office.run(&["check"]).out);
}

/// The archive file once it is another one than `before`.
async fn changed(desk: &Desk, path: &str, before: &[u8]) -> Vec<u8> {
    const LIMIT: std::time::Duration = std::time::Duration::from_secs(120);
    let changed = async {
        loop {
            let file = desk.get_bytes(path).await.bytes;
            if file != before {
                return file;
            }
            tokio::time::sleep(crate::harness::LOOK).await;
        }
    };
    tokio::time::timeout(LIMIT, changed).await.unwrap_or_else(|_| panic!("{path} stays as it was"))
}

#[tokio::test]
async fn the_archive_file_of_a_sealed_letter_is_for_the_staff_for_accusations() {
    let (office, folder) = mailroom("");
    office.add_user("officer", "officer");
    let server = Server::start(&office);
    let clerk = Desk::sign_in(&server, "clerk").await;
    let accusation = "举报村主任贪污\n纪检机关领导：\n我叫王五洲，电话13800000003。我举报翟城村村主任李某贪污受贿，侵占征地补偿款二十万元，请查处。\n> 王五洲\n";
    drop_file(&folder, "letter.pdf", &scan(&[page_of(accusation)]));
    let page = settled_batch(&clerk).await;
    assert!(page.contains("属于检举控告，由专办人员办理"), "{page}");
    let number = letters_on(&page)[0].2.split("属于").next().unwrap().to_owned();
    let accusations = Desk::sign_in(&server, "accusations").await;
    let path = archive_of(&accusations, &number).await;
    assert_eq!(accusations.get_bytes(&path).await.status, StatusCode::OK);
    let officer = Desk::sign_in(&server, "officer").await;
    assert_eq!(officer.get_bytes(&path).await.status, StatusCode::NOT_FOUND);
}
