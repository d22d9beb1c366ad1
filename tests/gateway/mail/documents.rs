//! What was sent with a mail reaches the case through the real program: words of office documents, and pages that are recognised.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::harness::{Office, paper};

#[test]
fn a_petition_in_a_word_file_is_the_body_of_its_case() {
    let office = Office::new();
    let mail = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("channels/tests/mail/corpus/doc-alone-wps.eml");
    let line = office.intake("mail", &mail);
    let shown = office.run(&["case", "show", line["case"].as_str().unwrap()]);
    assert!(shown.out.contains("生前是伤残军人") && !shown.out.contains("attachment_unread"), "{shown:?}");
}

#[test]
fn a_petition_on_a_scan_is_read_as_a_letter_is() {
    let office = Office::new();
    let page = STANDARD.encode(paper::page(&paper::road("张三丰", "13800000021")));
    let lines: Vec<&str> = page.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let raw = format!(
        "From: zhang@example.invalid\nTo: office@example.invalid\nDate: Tue, 24 Nov 2026 09:00:00 +0800\nMessage-ID: <s@example.invalid>\n\
         Subject: =?utf-8?B?5p2Q5paZ?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
         Content-Type: text/plain; charset=utf-8\n\n见附件。\n--b\nContent-Type: image/png; name=scan.png\n\
         Content-Disposition: attachment; filename=scan.png\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
        lines.join("\n")
    );
    let line = office.intake("mail", &office.file("scan.eml", raw));
    assert_eq!(line["outcome"], "registered", "{line}");
    assert!(line["body"].as_str().unwrap().contains("村口的道路"), "{line}");
    let first = &line["petitioner"];
    assert_eq!(
        (&first["name"], line["title"].as_str().unwrap().contains("道路积水")),
        (&"张三丰".into(), true),
        "{line}"
    );
    let roles: Vec<&str> = line["files"].as_array().unwrap().iter().filter_map(|file| file["role"].as_str()).collect();
    assert!(roles.contains(&"attachment") && roles.contains(&"page"), "the scan, and what was made of it: {roles:?}");
}
