//! Every sample is what it claims, and the story of the samples hangs together.

use std::collections::HashSet;
use std::sync::OnceLock;

use case::channel::Channel;
use case::identity::id_number::IdNumber;
use mail_parser::MimeHeaders;

use super::{Sample, office};
use crate::sample::expectation::Outcome;

/// The samples, made once: drawing the letters takes seconds.
fn samples() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| office().unwrap())
}

fn named<'a>(samples: &'a [Sample], name: &str) -> &'a Sample {
    samples.iter().find(|sample| sample.name == name).unwrap_or_else(|| panic!("no sample {name}"))
}

#[test]
fn the_office_is_the_same_each_time_and_complete() {
    let samples = samples();
    assert!(samples == office().unwrap(), "two runs differ");
    assert!(samples.len() >= 24, "{}", samples.len());
    for door in Channel::ALL {
        assert!(samples.iter().filter(|sample| sample.door == door).count() >= 5, "few samples for {door}");
    }
}

#[test]
fn relations_point_to_earlier_samples() {
    let samples = samples();
    let mut seen = HashSet::new();
    for sample in samples {
        let earlier = match sample.expect.outcome {
            Outcome::New | Outcome::Refused(_) => None,
            Outcome::Repeat(name) | Outcome::SameMatter(name) | Outcome::Related(name) | Outcome::Replay(name) => {
                Some(name)
            }
        };
        for name in earlier.into_iter().chain(sample.expect.apart_from.iter().copied()) {
            assert!(seen.contains(name), "{} comes before {name}", sample.name);
        }
        assert!(seen.insert(sample.name), "{} twice", sample.name);
    }
    for sample in samples {
        if let Outcome::Replay(name) = sample.expect.outcome {
            assert_eq!(sample.bytes, named(samples, name).bytes);
        }
    }
}

#[test]
fn forms_are_json_with_valid_numbers_but_one() {
    let mut invalid = Vec::new();
    for sample in samples().iter().filter(|sample| sample.door == Channel::Web) {
        let form: serde_json::Value = serde_json::from_slice(&sample.bytes).unwrap();
        assert!(form["title"].is_string() && form["body"].is_string(), "{}", sample.name);
        for petitioner in form["petitioners"].as_array().unwrap() {
            if petitioner["id_number"].as_str().is_some_and(|number| IdNumber::parse(number).is_err()) {
                invalid.push(sample.name);
            }
        }
    }
    assert_eq!(invalid, ["web-medical-insurance.json"]);
}

#[test]
fn numbers_in_letters_and_mails_are_valid() {
    let texts = [
        include_str!("letters/accusation-head.txt"),
        include_str!("letters/contract-debt.txt"),
        include_str!("letters/contracted-land-scan.txt"),
        include_str!("letters/estate-delay-owner.txt"),
        include_str!("letters/land-compensation.txt"),
        include_str!("letters/lift-broken.txt"),
        include_str!("letters/plastic-works.txt"),
        include_str!("letters/substitute-teachers.txt"),
        include_str!("letters/wages.txt"),
        include_str!("mails/estate-delay-owner.txt"),
        include_str!("mails/school-fees.txt"),
        include_str!("mails/street-lamps-youwei.txt"),
    ];
    let mut found = 0;
    for text in texts {
        for run in text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|run| run.len() == 18) {
            let valid = IdNumber::parse(run).is_ok() || case::identity::credit_code::CreditCode::parse(run).is_ok();
            assert!(valid, "{run}");
            found += 1;
        }
    }
    assert!(found >= 13, "{found}");
}

#[test]
fn mails_read_back_as_they_were_written() {
    let samples = samples();
    let bodies = [
        ("mail-school-fees.eml", include_str!("mails/school-fees.txt"), "启明星双语学校收费问题"),
        (
            "mail-estate-delay-owner.eml",
            include_str!("mails/estate-delay-owner.txt"),
            "唐河丽景楼盘烂尾，业主请求督促复工",
        ),
        ("mail-street-lamps-youwei.eml", include_str!("mails/street-lamps-youwei.txt"), "村内路灯损坏长期无人维修"),
        ("mail-contracted-land-scan.eml", include_str!("mails/contracted-land.txt"), "承包地被占，信件见附件"),
        ("mail-thanks-heating.eml", include_str!("mails/thanks-heating.txt"), "感谢信：仓门口社区供暖问题已经解决"),
    ];
    for (name, body, subject) in bodies {
        let message = mail_parser::MessageParser::default().parse(&named(samples, name).bytes).unwrap();
        assert_eq!(message.subject(), Some(subject), "{name}");
        assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), body.trim_end(), "{name}");
        assert!(message.message_id().unwrap().ends_with("@example.invalid"), "{name}");
        assert!(message.date().is_some(), "{name}");
    }
}

#[test]
fn the_old_mail_has_a_raw_gbk_header() {
    let samples = samples();
    let bytes = &named(samples, "mail-tap-water.eml").bytes;
    assert!(std::str::from_utf8(bytes).is_err());
    let (text, _, had_errors) = encoding_rs::GBK.decode(bytes);
    assert!(!had_errors && text.contains("Subject: 息冢镇东甄村自来水发黄"), "{text}");
}

#[test]
fn the_scan_is_attached_to_its_mail() {
    let samples = samples();
    let message =
        mail_parser::MessageParser::default().parse(&named(samples, "mail-contracted-land-scan.eml").bytes).unwrap();
    let scan = message.attachment(0).unwrap();
    assert_eq!(scan.attachment_name(), Some("信件照片.jpg"));
    assert_eq!(image::guess_format(scan.contents()).unwrap(), image::ImageFormat::Jpeg);
    assert!(image::load_from_memory(scan.contents()).is_ok());
}

#[test]
fn transcripts_have_two_speakers() {
    for sample in samples().iter().filter(|sample| sample.door == Channel::Call) {
        let text = std::str::from_utf8(&sample.bytes).unwrap();
        assert!(text.contains("接线员") && text.contains("来电人"), "{}", sample.name);
        if sample.name.ends_with(".json") {
            let call: serde_json::Value = serde_json::from_str(text).unwrap();
            assert!(call["segments"].as_array().unwrap().len() >= 5);
        }
    }
}

#[test]
fn letters_are_the_files_that_they_say() {
    for sample in samples().iter().filter(|sample| sample.door == Channel::Letter) {
        let begins: &[u8] = match sample.name.rsplit('.').next().unwrap() {
            "png" => b"\x89PNG",
            "jpg" => b"\xff\xd8\xff",
            "tiff" => b"II*\0",
            "pdf" => b"%PDF-",
            other => panic!("unexpected {other}"),
        };
        assert!(sample.bytes.starts_with(begins), "{}", sample.name);
        assert!(sample.bytes.len() < 8 << 20, "{}: {} bytes", sample.name, sample.bytes.len());
    }
}
