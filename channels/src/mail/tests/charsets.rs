//! What the bytes of a mail say, whatever their label.

use super::*;

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
