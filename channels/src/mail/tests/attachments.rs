//! Scans that speak for a mail or stand beside it, nested messages and documents.

use super::*;

#[test]
fn a_scan_speaks_for_a_mail_that_only_points_to_it() {
    let name = [b"Content-Disposition: attachment; filename=\"".as_slice(), &gbk("信访信.pdf"), b"\""].concat();
    let raw = multipart("mixed", &[text_part("您好，信访材料见附件。"), scan_part(&name)]);
    insta::assert_json_snapshot!(shown(&raw));
}

#[test]
fn several_scans_that_speak_for_a_mail_are_the_pages_of_one_letter() {
    let page = |name: &str| scan_part(format!("Content-Disposition: attachment; filename=\"{name}.pdf\"").as_bytes());
    let read = statement(&multipart("mixed", &[text_part("见附件。"), page("第一页"), page("第二页")]));
    assert_eq!(
        read.body,
        format!("见附件。\n\n{FIRST_PAGE}\n{SECOND_PAGE}"),
        "all pages, in the order of the attachments"
    );
    assert!(read.beside.is_empty(), "{:?}", read.beside);
    let person = &read.petitioners[0];
    assert_eq!(person.name.as_ref().map(|name| name.value.as_str()), Some("柳青禾"));
    assert_eq!(person.phones[0].value.as_str(), "13800000011", "from the last page");
    assert!(person.address.as_ref().is_some_and(|home| home.value.contains("3号楼")), "from the first: {person:?}");
    assert_eq!(read.petitioners.len(), 1, "{:?}", read.petitioners);
    let demand = read.demand.as_ref().unwrap();
    assert!(demand.value.contains("一个月内修好电梯"), "{demand:?}");
    let Source::Body { start, .. } = demand.source else { panic!("{demand:?}") };
    let words: String = read.body.chars().skip(usize::try_from(start).unwrap()).take(4).collect();
    assert!(demand.value.contains(&words), "the demand is where it says: {words}");
    assert_eq!(read.written_on.map(|day| day.value), Some(date(2026, 3, 18)));
    assert_eq!(read.respondents.len(), 1, "{:?}", read.respondents);
    // The other way round they are another letter.
    let read = statement(&multipart("mixed", &[text_part("见附件。"), page("第二页"), page("第一页")]));
    assert_eq!(read.body, format!("见附件。\n\n{SECOND_PAGE}\n{FIRST_PAGE}"));
}

#[test]
fn a_page_that_cannot_be_opened_costs_the_others_nothing() {
    let page = |name: &str| scan_part(format!("Content-Disposition: attachment; filename=\"{name}.pdf\"").as_bytes());
    let parts = [text_part("见附件。"), page("损坏"), page("第一页"), page("第二页")];
    let read = statement(&multipart("mixed", &parts));
    assert!(read.body.ends_with(&format!("{FIRST_PAGE}\n{SECOND_PAGE}")), "{}", read.body);
    assert!(read.marks.iter().any(|mark| matches!(mark, Mark::AttachmentUnread { name, .. } if name == "损坏.pdf")));
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
    assert!(reading.statement.marks.contains(&Mark::AttachmentUnread {
        name: "损坏.pdf".to_owned(),
        problem,
        again: None
    }));
    assert_eq!(reading.files[0].name, "损坏.pdf", "folders are no part of a name");
    assert_eq!(reading.files[0].bytes, pdf());
}

#[test]
fn a_mail_whose_matter_is_on_a_scan_waits_while_nobody_can_read_scans() {
    let scan = || scan_part("Content-Disposition: attachment; filename=\"无人能读.pdf\"".as_bytes());
    let pointing = read_mail(&multipart("mixed", &[text_part("详见附件。"), scan()]));
    assert_eq!(pointing.unwrap_err().code, ProblemCode::OcrMissing, "it is read when pages can be read again");
    let speaking = read_mail(&multipart("mixed", &[text_part(BODY), scan()])).unwrap();
    let marked =
        speaking.statement.marks.iter().any(
            |mark| matches!(mark, Mark::AttachmentUnread { problem, .. } if problem.code == ProblemCode::OcrMissing),
        );
    assert!(marked, "what speaks for itself does not wait for its evidence: {:?}", speaking.statement.marks);
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
