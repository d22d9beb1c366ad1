//! Mails in the charsets and encodings in which Chinese mail arrives.

use case::channel::Channel;
use case::problem::Problem;

use super::Sample;
use super::mail::{Attachment, Charset, Mail, Subject, Transfer};
use crate::sample::expectation::{Expectation, Outcome};
use crate::sample::page::encode::jpeg;
use crate::sample::page::font::Typefaces;
use crate::sample::page::letter::Letter;
use crate::sample::page::render;
use crate::sample::page::style::{Paper, Style, Typeface};

/// The mails.
pub(super) fn mails(typefaces: &Typefaces) -> Result<Vec<Sample>, Problem> {
    Ok(vec![
        school_fees(),
        estate_delay_owner(),
        street_lamps_youwei(),
        contracted_land(typefaces)?,
        tap_water(),
        thanks_heating(),
    ])
}

/// GB2312 in base64, with the same text as HTML.
fn school_fees() -> Sample {
    let mail = Mail {
        from: ("鹿永生", "luyongsheng@example.invalid"),
        subject: "启明星双语学校收费问题",
        date: "Mon, 21 Sep 2026 20:14:05 +0800",
        message_id: "20260921201405.1A2B@example.invalid",
        body: include_str!("mails/school-fees.txt"),
        charset: Charset::Gb2312,
        transfer: Transfer::Base64,
        subject_form: Subject::Encoded,
        with_html: true,
        attachments: Vec::new(),
    };
    let expect = Expectation::new("鹿永生").routed(&["教育文体"], Some("130682105"), &["jyj"]);
    sample("mail-school-fees.eml", &mail, expect)
}

/// GB 18030 in base64.
fn estate_delay_owner() -> Sample {
    let mail = Mail {
        from: ("刘二红", "liuerhong@example.invalid"),
        subject: "唐河丽景楼盘烂尾，业主请求督促复工",
        date: "Mon, 12 Oct 2026 21:47:33 +0800",
        message_id: "tencent_20261012214733@example.invalid",
        body: include_str!("mails/estate-delay-owner.txt"),
        charset: Charset::Gb18030,
        transfer: Transfer::Base64,
        subject_form: Subject::Encoded,
        with_html: false,
        attachments: Vec::new(),
    };
    let expect = Expectation::new("刘二红").and(Outcome::SameMatter("web-estate-delay.json")).routed(
        &["城乡建设"],
        Some("130682001"),
        &["zjj"],
    );
    sample("mail-estate-delay-owner.eml", &mail, expect)
}

/// UTF-8 as it is. The words of another village's form, copied.
fn street_lamps_youwei() -> Sample {
    let mail = Mail {
        from: ("孟祥林", "mengxianglin@example.invalid"),
        subject: "村内路灯损坏长期无人维修",
        date: "Tue, 13 Oct 2026 08:02:10 +0800",
        message_id: "a7f3-20261013@example.invalid",
        body: include_str!("mails/street-lamps-youwei.txt"),
        charset: Charset::Utf8,
        transfer: Transfer::EightBit,
        subject_form: Subject::Encoded,
        with_html: false,
        attachments: Vec::new(),
    };
    let expect = Expectation::new("孟祥林").apart_from(&["web-street-lamps-dasanlu.json"]).routed(
        &["城乡建设", "农村农业"],
        Some("130682111"),
        &["130682111", "cgj", "zjj", "nyncj"],
    );
    sample("mail-street-lamps-youwei.eml", &mail, expect)
}

/// GBK as it is, in the header too.
fn tap_water() -> Sample {
    let mail = Mail {
        from: ("侯占芳", "houzhanfang@example.invalid"),
        subject: "息冢镇东甄村自来水发黄、经常停水",
        date: "Fri, 30 Oct 2026 12:31:00 +0800",
        message_id: "000801dd4ab0$e1@example.invalid",
        body: include_str!("mails/tap-water.txt"),
        charset: Charset::Gbk,
        transfer: Transfer::EightBit,
        subject_form: Subject::Raw,
        with_html: false,
        attachments: Vec::new(),
    };
    let expect = Expectation::new("侯占芳").routed(
        &["农村农业", "城乡建设", "卫生计生"],
        Some("130682116"),
        &["slj", "130682116", "wjj"],
    );
    sample("mail-tap-water.eml", &mail, expect)
}

/// UTF-8 in quoted-printable. Thanks for an earlier case.
fn thanks_heating() -> Sample {
    let mail = Mail {
        from: ("贾会敏", "jiahuimin@example.invalid"),
        subject: "感谢信：仓门口社区供暖问题已经解决",
        date: "Mon, 9 Nov 2026 18:20:44 +0800",
        message_id: "c2d9-20261109@example.invalid",
        body: include_str!("mails/thanks-heating.txt"),
        charset: Charset::Utf8,
        transfer: Transfer::QuotedPrintable,
        subject_form: Subject::EncodedQuoted,
        with_html: false,
        attachments: Vec::new(),
    };
    let expect = Expectation::new("贾会敏").and(Outcome::Related("web-heating-cold.json")).routed(
        &["城乡建设"],
        Some("130682001"),
        &["zjj", "cgj", "130682001"],
    );
    sample("mail-thanks-heating.eml", &mail, expect)
}

/// A mail of a few words whose matter is in the photographed letter that is attached.
fn contracted_land(typefaces: &Typefaces) -> Result<Sample, Problem> {
    let style =
        Style { paper: Paper::RedRules, skew: -0.8, noise: 8, fading: 8, seed: 19, ..Style::clean(Typeface::Hei) };
    let letter = Letter::from_plain(include_str!("letters/contracted-land-scan.txt"));
    let mut attachments = Vec::new();
    for sheet in render(&letter, &style, typefaces)? {
        attachments.push(Attachment { name: "信件照片.jpg", media_type: "image/jpeg", bytes: jpeg(&sheet, 80)? });
    }
    Ok(sample(
        "mail-contracted-land-scan.eml",
        &Mail {
            from: ("侯长顺的女儿", "hou.family@example.invalid"),
            subject: "承包地被占，信件见附件",
            date: "Sun, 25 Oct 2026 19:05:51 +0800",
            message_id: "5e11-20261025@example.invalid",
            body: include_str!("mails/contracted-land.txt"),
            charset: Charset::Gb2312,
            transfer: Transfer::EightBit,
            subject_form: Subject::Encoded,
            with_html: false,
            attachments,
        },
        Expectation::new("侯长顺").routed(
            &["农村农业", "国土资源"],
            Some("130682112"),
            &["nyncj", "130682112", "zrzyj"],
        ),
    ))
}

fn sample(name: &'static str, mail: &Mail<'_>, expect: Expectation) -> Sample {
    Sample { door: Channel::Mail, name, bytes: mail.to_bytes(), expect }
}
