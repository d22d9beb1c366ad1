//! What is no petition or no mail, and what makes two mails one.

use super::*;

#[test]
fn what_no_person_wrote_is_refused() {
    let with = |header: &[u8]| mail(&[FROM, DATE, header, b"Subject: x"], BODY.as_bytes());
    for header in [
        b"Auto-Submitted: auto-replied".as_slice(),
        b"Precedence: bulk",
        b"X-Xinqiao-Dispatch: 42",
        b"List-Unsubscribe: <mailto:u@example.invalid>",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        b"X-Autoreply: yes",
    ] {
        assert_eq!(code(&with(header)), ProblemCode::NotAPetition, "{}", String::from_utf8_lossy(header));
    }
    let bounce = mail(
        &[
            b"From: MAILER-DAEMON@example.invalid",
            b"Return-Path: <>",
            DATE,
            b"Subject: Undelivered Mail Returned to Sender",
        ],
        b"...",
    );
    insta::assert_json_snapshot!(shown(&bounce));
    let answer = mail(&[FROM, DATE, "Subject: 自动回复：您好".as_bytes()], "我正在休假。".as_bytes());
    assert_eq!(code(&answer), ProblemCode::NotAPetition);
    assert!(read_mail(&with(b"Auto-Submitted: no")).is_ok());
}

#[test]
fn what_is_no_mail_is_refused_by_name() {
    assert_eq!(code(b""), ProblemCode::EmptyInput);
    assert_eq!(code(&[0; 64]), ProblemCode::EmptyInput);
    assert_eq!(code(b"  \r\n"), ProblemCode::EmptyInput);
    assert_eq!(code("不是邮件，只是一句话".as_bytes()), ProblemCode::MalformedInput);
    assert_eq!(code(&mail(&[FROM, DATE], b"\r\n")), ProblemCode::EmptyInput);
    assert_eq!(code(&vec![b'a'; SIZE_LIMIT + 1]), ProblemCode::InputTooLarge);
}

#[test]
fn source_keys_tell_replays_from_forgeries() {
    let raw = plain("utf-8", BODY.as_bytes());
    let elsewhere =
        [b"Received: from mx2.example.invalid\r\nDelivered-To: other@example.invalid\r\n".as_slice(), &raw].concat();
    let unix: Vec<u8> = raw.iter().copied().filter(|byte| *byte != b'\r').chain(*b"\n").collect();
    assert_eq!(source_key(&raw), source_key(&elsewhere));
    assert_eq!(source_key(&raw), source_key(&unix));
    assert_ne!(
        source_key(&raw),
        source_key(&plain("utf-8", "别的话".as_bytes())),
        "the same Message-ID on other words"
    );
    let without = mail(&[FROM, DATE, b"Subject: x"], b"a");
    assert_eq!(source_key(&without), source_key(&[b"Received: x\r\n".as_slice(), &without].concat()));
    assert_ne!(source_key(&without), source_key(&mail(&[FROM, DATE, b"Subject: x"], b"b")));
}

#[test]
fn mbox_files_are_split_and_unquoted() {
    let mbox = b"From liu@example.invalid Wed Mar 18 23:30:00 2026\nFrom: liu@example.invalid\nSubject: a\n\n>From here on\n>>From there\nFrom the start\n\nFrom shi@example.invalid Wed Mar 18 23:31:00 2026\nSubject: b\n\nx\n";
    let messages = split_mbox(mbox);
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0], b"From: liu@example.invalid\nSubject: a\n\nFrom here on\n>From there\nFrom the start\n");
    assert_eq!(messages[1], b"Subject: b\n\nx\n");
    assert_eq!(sort(b"From: a@example.invalid\n\nFrom me\n"), Container::Message);
    assert_eq!(sort(b""), Container::Message);
}
