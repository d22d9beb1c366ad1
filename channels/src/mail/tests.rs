//! Mails as Chinese offices get them. All persons, addresses and numbers are invented.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use case::field::{Confidence, Source};
use case::problem::{Problem, ProblemCode};
use case::statement::{Mark, PassageKind, Statement};
use case::submission::FileRole;
use encoding_rs::GB18030;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::ReadFile;
use crate::fields::{self, Context, Located};

/// Reads every scan as the same letter, unless its name says that it is broken.
struct FakeScans;

const SCANNED: &str = "关于清河花园小区长期停水的信访信\n定州市信访局领导：\n我叫柳青禾，家住清河花园小区3号楼，电话13800000011。清泉物业公司一直推诿，停水三个月。恳请督促修复。\n信访人：柳青禾\n2026年3月18日";

#[async_trait]
impl ScanReader for FakeScans {
    async fn read(&self, bytes: &[u8], name: &str) -> Result<Reading, Problem> {
        if name.contains("损坏") {
            return Err(ProblemCode::DamagedFile.because("无法打开"));
        }
        let statement: Statement = fields::read(SCANNED, &Context::default()).into_statement(SCANNED, |_| Located {
            source: Source::Page { page: 1, area: None, engine: "fake".to_owned() },
            confidence: Confidence::new(0.9),
        });
        let page = ReadFile {
            role: FileRole::Page,
            name: "1.png".to_owned(),
            media_type: "image/png".to_owned(),
            bytes: bytes.to_vec(),
        };
        Ok(Reading { statement, files: vec![page] })
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn read_mail(raw: &[u8]) -> Result<Reading, Problem> {
    run(read(raw, &FakeScans, Some(date(2026, 11, 24))))
}

fn statement(raw: &[u8]) -> Statement {
    read_mail(raw).unwrap().statement
}

fn code(raw: &[u8]) -> ProblemCode {
    read_mail(raw).unwrap_err().code
}

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (count, chunk) in bytes.chunks(3).enumerate() {
        let word = chunk.iter().chain([0, 0].iter()).take(3).fold(0_usize, |word, byte| word << 8 | usize::from(*byte));
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place)) & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
        if count % 19 == 18 {
            text.push_str("\r\n");
        }
    }
    text
}

/// A message of `headers` (lines without their ends) and `body`.
fn mail(headers: &[&[u8]], body: &[u8]) -> Vec<u8> {
    let mut raw = headers.join(b"\r\n".as_slice());
    raw.extend(b"\r\n\r\n");
    raw.extend(body);
    raw
}

const FROM: &[u8] = b"From: =?UTF-8?B?5p+z6Z2S56a+?= <liu@example.invalid>";
const DATE: &[u8] = b"Date: Wed, 18 Mar 2026 23:30:00 +0800";
const ID: &[u8] = b"Message-ID: <1@example.invalid>";
const MIME: &[u8] = b"MIME-Version: 1.0";
const BODY: &str = "领导您好：\n我是清河花园小区业主柳青禾，住3号楼2单元501室，电话13800000011。小区路灯坏了两个月没人修，清泉物业公司互相推诿。希望尽快修好。\n";

fn plain(charset: &str, body: &[u8]) -> Vec<u8> {
    let content = format!("Content-Type: text/plain; charset={charset}");
    mail(
        &[
            FROM,
            DATE,
            ID,
            MIME,
            b"Subject: =?UTF-8?B?6Lev54Gv5Z2P5LqG5rKh5Lq65L+u?=",
            content.as_bytes(),
            b"Content-Transfer-Encoding: 8bit",
        ],
        body,
    )
}

/// The whole reading as JSON; files by name, type and size.
fn shown(raw: &[u8]) -> serde_json::Value {
    let mut shown = match read_mail(raw) {
        Ok(reading) => serde_json::json!({
            "statement": reading.statement,
            "files": reading.files.iter().map(|f| serde_json::json!({"role": f.role, "name": f.name, "media_type": f.media_type, "bytes": f.bytes.len()})).collect::<Vec<_>>(),
        }),
        Err(problem) => serde_json::json!({ "problem": problem }),
    };
    // The snapshots are the same whether or not this build keeps keys in the order they came in.
    shown.sort_all_objects();
    shown
}

#[test]
fn utf8() {
    insta::assert_json_snapshot!(shown(&plain("utf-8", BODY.as_bytes())));
}

#[test]
fn every_name_of_the_charset_gives_the_same_words() {
    let expected = statement(&plain("utf-8", BODY.as_bytes()));
    for charset in ["gb2312", "GBK", "gb18030", "\"GB2312\""] {
        let read = statement(&plain(charset, &gbk(BODY)));
        assert_eq!(read, expected, "{charset}");
    }
}

#[test]
fn characters_beyond_gb2312_under_its_name() {
    let read = statement(&plain("gb2312", &gbk("业主陈镕喆反映：㐂乐路口积水没人管，希望处理。")));
    assert_eq!(read.body, "业主陈镕喆反映：㐂乐路口积水没人管，希望处理。");
    assert!(read.marks.iter().all(|mark| !matches!(mark, Mark::CharsetRepaired { .. })));
}

#[test]
fn utf8_under_the_name_of_gb2312() {
    insta::assert_json_snapshot!(shown(&plain("gb2312", BODY.as_bytes())));
}

#[test]
fn gbk_without_any_name_in_headers_and_body() {
    let raw = mail(
        &[
            &[b"From: ".as_slice(), &gbk("柳青禾"), b" <liu@example.invalid>"].concat(),
            DATE,
            &[b"Subject: ".as_slice(), &gbk("路灯坏了没人修")].concat(),
        ],
        &gbk(BODY),
    );
    insta::assert_json_snapshot!(shown(&raw));
}

#[test]
fn a_character_cut_between_two_encoded_words() {
    let bytes = gbk("清河花园小区停水");
    let (one, other) = bytes.split_at(7);
    let subject = format!("Subject: =?gb2312?B?{}?=\r\n =?gb2312?B?{}?=", base64(one), base64(other));
    let raw = mail(&[FROM, DATE, subject.as_bytes()], BODY.as_bytes());
    assert_eq!(statement(&raw).title.value, "清河花园小区停水");
}

#[test]
fn html_only() {
    let html = "<html><head><title>x</title><style>p{color:red}</style></head><body><p>领导您好：</p><div>清河花园小区路灯坏了两个月，<b>没人</b>修。<br>希望尽快修好&nbsp;&hellip;</div><script>alert('1')</script><p>柳青禾 13800000011</p><blockquote>回复：您的来信已收到，<div>我们会处理。</div></blockquote></body></html>";
    let raw = mail(
        &[
            FROM,
            DATE,
            MIME,
            b"Subject: =?gbk?Q?=C2=B7=B5=C6?=",
            b"Content-Type: text/html; charset=gb2312",
            b"Content-Transfer-Encoding: base64",
        ],
        base64(&gbk(html)).as_bytes(),
    );
    insta::assert_json_snapshot!(shown(&raw));
}

/// Parts of a multipart message.
fn multipart(kind: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend(b"--=_frontier\r\n");
        body.extend(part);
        body.extend(b"\r\n");
    }
    body.extend(b"--=_frontier--\r\n");
    let content = format!("Content-Type: multipart/{kind}; boundary=\"=_frontier\"");
    mail(&[FROM, DATE, ID, MIME, b"Subject: =?UTF-8?B?6Lev54Gv5Z2P5LqG5rKh5Lq65L+u?=", content.as_bytes()], &body)
}

fn part(headers: &[&[u8]], body: &[u8]) -> Vec<u8> {
    mail(headers, body)
}

fn text_part(text: &str) -> Vec<u8> {
    part(&[b"Content-Type: text/plain; charset=utf-8"], text.as_bytes())
}

fn pdf() -> Vec<u8> {
    [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 9000]].concat()
}

fn scan_part(disposition: &[u8]) -> Vec<u8> {
    part(
        &[b"Content-Type: application/octet-stream", disposition, b"Content-Transfer-Encoding: base64"],
        base64(&pdf()).as_bytes(),
    )
}

#[test]
fn a_scan_speaks_for_a_mail_that_only_points_to_it() {
    let name = [b"Content-Disposition: attachment; filename=\"".as_slice(), &gbk("信访信.pdf"), b"\""].concat();
    let raw = multipart("mixed", &[text_part("您好，信访材料见附件。"), scan_part(&name)]);
    insta::assert_json_snapshot!(shown(&raw));
}

#[test]
fn a_scan_beside_a_mail_that_speaks() {
    let raw = multipart(
        "mixed",
        &[text_part(BODY), scan_part(b"Content-Disposition: attachment; filename*=UTF-8''%E4%BF%A1%E4%BB%B6.pdf")],
    );
    let reading = read_mail(&raw).unwrap();
    assert_eq!(reading.statement.body, BODY.trim());
    assert_eq!(
        reading.statement.beside.iter().map(|p| (p.kind, p.text.as_str())).collect::<Vec<_>>(),
        [(PassageKind::Attachment, SCANNED)]
    );
    let files: Vec<(&str, &str)> = reading.files.iter().map(|f| (f.name.as_str(), f.media_type.as_str())).collect();
    assert_eq!(files, [("1.png", "image/png"), ("信件.pdf", "application/pdf")]);
}

#[test]
fn a_scan_of_the_same_person_fills_what_the_mail_leaves_open() {
    let scan = || scan_part(b"Content-Disposition: attachment; filename=a.pdf");
    let own = "我叫柳青禾，小区路灯坏了两个月没人修，清泉物业公司互相推诿，希望尽快修好。";
    let read = statement(&multipart("mixed", &[text_part(own), scan()]));
    assert_eq!(read.petitioners[0].phones[0].value.as_str(), "13800000011");
    assert!(matches!(read.petitioners[0].phones[0].source, Source::Page { page: 1, .. }));
    let other = own.replace("柳青禾", "石大山");
    let read = statement(&multipart("mixed", &[text_part(&other), scan()]));
    assert_eq!(read.petitioners[0].phones, [], "evidence names others");
}

#[test]
fn a_broken_scan_costs_nothing_but_itself() {
    let raw = multipart(
        "mixed",
        &[text_part(BODY), scan_part("Content-Disposition: attachment; filename=\"../../损坏.pdf\"".as_bytes())],
    );
    let reading = read_mail(&raw).unwrap();
    let problem = ProblemCode::DamagedFile.because("无法打开");
    assert!(reading.statement.marks.contains(&Mark::AttachmentUnread { name: "损坏.pdf".to_owned(), problem }));
    assert_eq!(reading.files[0].name, "损坏.pdf", "folders are no part of a name");
    assert_eq!(reading.files[0].bytes, pdf());
}

#[test]
fn nested_messages_and_office_files() {
    let inner = mail(
        &[b"From: a@example.invalid", b"Subject: =?UTF-8?B?6L2s5Lqk?=", b"Content-Type: text/plain; charset=gb2312"],
        &gbk("这是最早写给物业的信。"),
    );
    let raw = multipart(
        "mixed",
        &[
            text_part(BODY),
            part(&[b"Content-Type: message/rfc822", b"Content-Disposition: attachment; filename=old.eml"], &inner),
            part(
                &[
                    b"Content-Type: application/zip; name=\"=?gbk?B?1fe+3S56aXA=?=\"",
                    b"Content-Transfer-Encoding: base64",
                ],
                base64(b"PK\x03\x04zipped").as_bytes(),
            ),
        ],
    );
    insta::assert_json_snapshot!(shown(&raw));
}

#[test]
fn quoted_history_and_signature_are_kept_beside() {
    let text = "您好，补充一点：路灯昨天又坏了两盏，请一并修复。\n\n发自我的iPhone\n\n------------------ 原始邮件 ------------------\n发件人: \"信访局\" <office@example.invalid>;\n发送时间: 2026年3月17日\n主题: 答复\n\n您反映的路灯问题已转城管局。\n";
    insta::assert_json_snapshot!(shown(&multipart(
        "alternative",
        &[text_part(text), part(&[b"Content-Type: text/html; charset=utf-8"], b"<p>x</p>")]
    )));
}

/// The whole of what is told about mails of which other tests look at one thing.
#[test]
fn whole_readings() {
    let whole = multipart("mixed", &[text_part(BODY), scan_part(b"Content-Disposition: attachment; filename=a.pdf")]);
    insta::assert_json_snapshot!("truncated", shown(&whole[..whole.len() - 6000]));
    insta::assert_json_snapshot!(
        "gb18030",
        shown(&plain("gb18030", &gbk("业主陈镕喆反映：㐂乐路口积水没人管，希望处理。")))
    );
    insta::assert_json_snapshot!(
        "null_bytes",
        shown(&plain("utf-8", "路灯\u{0}坏了两个月没人修，希望尽快修好。\u{0}\u{0}".as_bytes()))
    );
    insta::assert_json_snapshot!("empty", shown(&mail(&[FROM, DATE], b"\r\n")));
    let answer = mail(
        &[FROM, DATE, b"Auto-Submitted: auto-replied", "Subject: 自动回复：您好".as_bytes()],
        "我正在休假。".as_bytes(),
    );
    insta::assert_json_snapshot!("automatic_answer", shown(&answer));
    let broken = "Content-Disposition: attachment; filename=\"../../损坏.pdf\"".as_bytes();
    insta::assert_json_snapshot!("broken_scan", shown(&multipart("mixed", &[text_part("见附件"), scan_part(broken)])));
    let garbled = [b"\xff\xfe\xfd".as_slice(), &gbk("小区停水三天没人管"), b"\xff\x80"].concat();
    insta::assert_json_snapshot!("garbled", shown(&plain("gbk", &garbled)));
}

#[test]
fn a_forwarded_mail_speaks_for_itself() {
    let text = "\n---------- Forwarded message ----------\n发件人：石大山\n日期：2026年3月1日\n\n东柳村的路坏了三年没人修，希望镇政府修路。\n";
    let read = statement(&multipart("mixed", &[text_part(text)]));
    assert!(read.body.contains("东柳村的路坏了三年"));
    assert!(!read.body.contains("Forwarded"));
}

#[test]
fn signatures_with_a_mark_give_name_and_number() {
    let read = statement(&plain(
        "utf-8",
        "清河花园小区路灯坏了两个月没人修，希望尽快修好。\n-- \n石大山\n电话：13800000022\n".as_bytes(),
    ));
    let first = &read.petitioners[0];
    assert_eq!(first.name.as_ref().map(|name| name.value.as_str()), Some("石大山"));
    assert_eq!(first.phones[0].value.as_str(), "13800000022");
    assert_eq!(read.body, "清河花园小区路灯坏了两个月没人修，希望尽快修好。");
}

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
fn a_truncated_mail_keeps_what_came() {
    let whole = multipart("mixed", &[text_part(BODY), scan_part(b"Content-Disposition: attachment; filename=a.pdf")]);
    let cut = &whole[..whole.len() - 6000];
    let reading = read_mail(cut).unwrap();
    assert_eq!(reading.statement.body, BODY.trim());
    let file = reading.files.iter().find(|file| file.name == "a.pdf").unwrap();
    assert!(file.bytes.starts_with(b"%PDF") && file.bytes.len() > 4000);
}

#[test]
fn null_bytes_and_control_characters_do_not_reach_the_statement() {
    let read = statement(&plain("utf-8", "路灯\u{0}坏了\u{7}两个月没人修，\u{202e}希望尽快修好。".as_bytes()));
    assert_eq!(read.body, "路灯坏了两个月没人修，希望尽快修好。");
}

#[test]
fn dates_that_cannot_be_right_are_marked() {
    for written in ["Thu, 31 Feb 2026 10:00:00 +0800", "yesterday", "Mon, 1 Mar 2027 10:00:00 +0800"] {
        let raw = mail(&[FROM, format!("Date: {written}").as_bytes(), b"Subject: x"], BODY.as_bytes());
        let read = statement(&raw);
        assert_eq!(read.written_on, None, "{written}");
        assert!(
            read.marks.contains(&Mark::Impossible { field: "written_on".to_owned(), written: written.to_owned() }),
            "{written}"
        );
    }
    let west = mail(&[FROM, b"Date: Wed, 18 Mar 2026 20:30:00 -0400", b"Subject: x"], BODY.as_bytes());
    assert_eq!(statement(&west).written_on.map(|found| found.value), Some(date(2026, 3, 19)), "the day in China");
}

#[test]
fn the_words_win_over_the_name_on_the_mailbox() {
    let raw =
        mail(&[b"From: \"=?UTF-8?B?55+z5aSn5bGx?=\" <shi@example.invalid>", DATE, b"Subject: x"], BODY.as_bytes());
    let first = statement(&raw).petitioners.remove(0);
    assert_eq!(first.name.map(|name| name.value).as_deref(), Some("柳青禾"));
    assert_eq!(first.mail_address.map(|address| address.value).as_deref(), Some("shi@example.invalid"));
    let nickname = mail(
        &["From: \"快乐每一天\" <happy@example.invalid>".as_bytes(), DATE, b"Subject: x"],
        "清河花园小区路灯坏了没人修，希望尽快修好。".as_bytes(),
    );
    let read = statement(&nickname);
    assert!(read.marks.contains(&Mark::MissingName), "a nickname is no name");
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

#[test]
fn reading_can_move_between_threads() {
    fn can_move<T: Send>(_: &T) {}
    can_move(&read(b"", &FakeScans, None));
}

fn bounded(raw: &[u8]) -> Result<Reading, Problem> {
    let begun = Instant::now();
    let result = read_mail(raw);
    assert!(begun.elapsed() < Duration::from_secs(10), "took {:?}", begun.elapsed());
    result
}

#[test]
fn ten_thousand_levels_of_multipart() {
    let mut raw = mail(&[FROM, DATE, MIME, b"Content-Type: multipart/mixed; boundary=b0"], b"");
    for level in 0..10_000 {
        raw.extend(format!("--b{level}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n", level + 1).bytes());
    }
    assert_eq!(bounded(&raw).unwrap_err().code, ProblemCode::TooDeep);
}

#[test]
fn ten_thousand_messages_inside_one_another() {
    let mut plain_nesting = Vec::new();
    for _ in 0..10_000 {
        plain_nesting.extend(b"Subject: x\r\nContent-Type: message/rfc822\r\n\r\n");
    }
    assert_eq!(bounded(&plain_nesting).unwrap_err().code, ProblemCode::TooDeep);
    // Hidden in an encoding, the limit is met when the part is opened; the mail itself is kept.
    let raw = multipart(
        "mixed",
        &[
            text_part(BODY),
            part(
                &[b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64"],
                base64(&plain_nesting).as_bytes(),
            ),
        ],
    );
    let reading = bounded(&raw).unwrap();
    assert_eq!(reading.statement.body, BODY.trim());
    assert_eq!(reading.files.len(), 1);
}

#[test]
fn twenty_messages_in_twenty_layers_of_base64() {
    let mut inner = mail(&[b"Subject: x"], BODY.as_bytes());
    for _ in 0..20 {
        inner = mail(
            &[FROM, DATE, b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64"],
            base64(&inner).as_bytes(),
        );
    }
    let reading = bounded(&inner).unwrap();
    assert!(reading.files.len() <= 10);
}

#[test]
fn bombs_of_headers_and_parts() {
    let long = [b"From: a@example.invalid\r\nSubject: ".as_slice(), &b"=?gbk?B?1fe+3Q==?= ".repeat(500_000)].concat();
    let _ = bounded(&long);
    let many = b"X-Header: a\r\n".repeat(500_000);
    let _ = bounded(&[b"From: a@example.invalid\r\n".as_slice(), &many, b"\r\nbody"].concat());
    let brackets = [b"From: ".as_slice(), &b"(<\"".repeat(1_000_000), b"\r\n\r\n"].concat();
    let _ = bounded(&brackets);
    let parts = b"--b\r\n\r\nx\r\n".repeat(500_000);
    let mixed = mail(&[FROM, MIME, b"Content-Type: multipart/mixed; boundary=b"], &parts);
    assert_eq!(bounded(&mixed).unwrap_err().code, ProblemCode::TooDeep);
    let unclosed: Vec<u8> = (0..60)
        .flat_map(|level| format!("--a\r\nContent-Type: multipart/mixed; boundary=never{level}\r\n\r\n").into_bytes())
        .chain(vec![b'x'; 20_000_000])
        .collect();
    let _ = bounded(&mail(&[FROM, MIME, b"Content-Type: multipart/mixed; boundary=a"], &unclosed));
    let tags = mail(&[FROM, MIME, b"Content-Type: text/html"], &b"<style><div <!--".repeat(500_000));
    let _ = bounded(&tags);
}

proptest! {
    #[test]
    fn any_bytes_give_a_reading_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read_mail(&bytes);
        let _ = source_key(&bytes);
        let _ = split_mbox(&bytes);
    }

    #[test]
    fn any_mail_like_bytes_give_a_reading_or_a_problem(pieces in proptest::collection::vec(prop_oneof![
        Just(b"From: a@example.invalid\r\n".to_vec()), Just(b"Subject: =?gbk?B?1fe+3".to_vec()), Just(b"?=\r\n".to_vec()), Just(b"\r\n".to_vec()),
        Just(b"Content-Type: multipart/mixed; boundary=x\r\n".to_vec()), Just(b"Content-Type: multipart/alternative; boundary=\"x\"\r\n".to_vec()),
        Just(b"Content-Type: message/rfc822\r\n".to_vec()), Just(b"Content-Type: text/html; charset=gb2312\r\n".to_vec()), Just(b"--x\r\n".to_vec()),
        Just(b"--x--\r\n".to_vec()), Just(b"Content-Transfer-Encoding: base64\r\n".to_vec()), Just(b"Content-Transfer-Encoding: quoted-printable\r\n".to_vec()),
        Just(b"5p+z6Z2S56a+".to_vec()), Just(b"=E5=".to_vec()), Just(b"<br>&#x5f20;&".to_vec()), Just(b"> q\n".to_vec()), Just(b"--\n".to_vec()),
        Just(b"From x Wed Mar 18 23:30:00 2026\n".to_vec()), Just("我叫柳青禾，".as_bytes().to_vec()), Just(vec![0xd5, 0xf7, 0xbe]),
        proptest::collection::vec(any::<u8>(), 0..20),
    ], 0..60)) {
        let bytes = pieces.concat();
        let _ = read_mail(&bytes);
        let _ = read_mail(&[b"From: a@example.invalid\r\n".as_slice(), &bytes].concat());
        let _ = source_key(&bytes);
        let _ = split_mbox(&bytes);
    }
}

#[test]
fn who_writes_for_a_mother_is_her_proxy() {
    let own = "我代我母亲周桂兰（电话13800000011，住砖路镇东庄村三排5号）反映：她的养老金从今年7月起停发，一直没有恢复。请尽快补发。\n女儿柳青禾\n";
    let read = statement(&plain("utf-8", own.as_bytes()));
    let name = |person: &case::petitioner::Petitioner| person.name.as_ref().map(|name| name.value.clone());
    assert_eq!(read.petitioners.iter().map(name).collect::<Vec<_>>(), [Some("周桂兰".to_owned())]);
    assert_eq!(read.petitioners[0].address.as_ref().unwrap().value, "砖路镇东庄村三排5号");
    assert_eq!(read.proxy.as_ref().and_then(name), Some("柳青禾".to_owned()));
    assert_eq!(statement(&plain("utf-8", BODY.as_bytes())).proxy, None);
}
