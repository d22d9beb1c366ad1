//! Whose words they are, what is quoted, who signed, and which day it was written.

use super::*;

#[test]
fn quoted_history_and_signature_are_kept_beside() {
    let text = "您好，补充一点：路灯昨天又坏了两盏，请一并修复。\n\n发自我的iPhone\n\n------------------ 原始邮件 ------------------\n发件人: \"信访局\" <office@example.invalid>;\n发送时间: 2026年3月17日\n主题: 答复\n\n您反映的路灯问题已转城管局。\n";
    insta::assert_json_snapshot!(shown(&multipart(
        "alternative",
        &[text_part(text), part(&[b"Content-Type: text/html; charset=utf-8"], b"<p>x</p>")]
    )));
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
fn who_writes_for_a_mother_is_her_proxy() {
    let own = "我代我母亲周桂兰（电话13800000011，住砖路镇东庄村三排5号）反映：她的养老金从今年7月起停发，一直没有恢复。请尽快补发。\n女儿柳青禾\n";
    let read = statement(&plain("utf-8", own.as_bytes()));
    let name = |person: &case::petitioner::Petitioner| person.name.as_ref().map(|name| name.value.clone());
    assert_eq!(read.petitioners.iter().map(name).collect::<Vec<_>>(), [Some("周桂兰".to_owned())]);
    assert_eq!(read.petitioners[0].address.as_ref().unwrap().value, "砖路镇东庄村三排5号");
    assert_eq!(read.proxy.as_ref().and_then(name), Some("柳青禾".to_owned()));
    assert_eq!(statement(&plain("utf-8", BODY.as_bytes())).proxy, None);
}

#[test]
fn what_somebody_told_the_sender_is_theirs() {
    let text = "我是沙河镇东柳村的村医田秀禾，手机13800000022。下面是本村老人石大山口述、我代写的：\n\n我叫石大山，今年八十一岁，住东柳村西头。我的房子裂了，请给我修房。\n";
    let read = statement(&multipart("mixed", &[text_part(text)]));
    let first = read.petitioners.first().unwrap();
    assert_eq!(first.name.as_ref().map(|name| name.value.as_str()), Some("石大山"));
    assert!(first.phones.is_empty(), "the number is that of who wrote it down: {:?}", first.phones);
    let proxy = read.proxy.unwrap();
    assert_eq!(proxy.name.map(|name| name.value).as_deref(), Some("田秀禾"));
    assert_eq!(proxy.phones.first().map(|phone| phone.value.as_str()), Some("13800000022"));
    // Who tells of themselves in several paragraphs hands nothing on.
    let own = "他说下面是水沟：\n我是东柳村村民石大山，电话13800000021，水沟堵了没人管。\n";
    assert_eq!(statement(&multipart("mixed", &[text_part(own)])).petitioners.len(), 1);
}
