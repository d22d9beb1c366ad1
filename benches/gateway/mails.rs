//! Mails a second from a Maildir to durable, judged and routed submissions, against `mail-parser` alone on the same mails, which is as
//! fast as any reader of mails can be here; and the memory that one mail of the largest size costs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use mail_parser::MessageParser;
use serde_json::json;
use xinqiao::sample::generator::Generator;
use xinqiao::sample::office::mail::{Attachment, Charset, Mail, Subject, Transfer};

use crate::{memory, print};

const MAILS: u64 = 1000;
/// The body of the large mail, in bytes: what Chinese providers let through.
const LARGE: usize = 49 << 20;

/// Measures and prints.
pub(crate) fn measure() -> Result<()> {
    let folder = tempfile::tempdir_in(".")?;
    let maildir = folder.path().join("Maildir");
    for part in ["cur", "new", "tmp"] {
        std::fs::create_dir_all(maildir.join(part))?;
    }
    let generator = Generator::new(5);
    let mails: Vec<Vec<u8>> = (0..MAILS).map(|number| mail(&generator, number)).collect();
    for (number, mail) in mails.iter().enumerate() {
        std::fs::write(maildir.join("new").join(format!("{number:06}.bench.example")), mail)?;
    }
    // Once without work: what opening an office costs is not what a mail costs.
    let empty = folder.path().join("one.eml");
    std::fs::write(&empty, mail(&generator, MAILS))?;
    let (opening, _) = intake(&folder.path().join("data"), &empty)?;
    let (seconds, memory) = intake(&folder.path().join("data"), &maildir)?;
    let seconds = seconds - opening;
    let count = f64::from(u32::try_from(MAILS)?);
    let begin = Instant::now();
    let mut words = 0;
    for mail in &mails {
        let message = MessageParser::default().parse(mail.as_slice()).context("a mail is a mail")?;
        words += message.body_text(0).map_or(0, |text| text.len());
    }
    let alone = begin.elapsed().as_secs_f64();
    anyhow::ensure!(words > 0, "mail-parser read nothing");
    print(&json!({
        "measurement": "mails", "mails": MAILS, "bytes": mails.iter().map(Vec::len).sum::<usize>(),
        "to_routed_submissions_per_second": count / seconds, "mail_parser_alone_per_second": count / alone,
        "milliseconds_a_mail": seconds * 1000.0 / count, "peak_memory_mebibytes": memory,
    }));
    large(folder.path())
}

/// What a mail of the largest size costs, with one attachment and with many.
fn large(folder: &Path) -> Result<()> {
    let small = folder.join("small.eml");
    std::fs::write(&small, with_attachments(1 << 10, 1))?;
    let (_, idle) = intake(&folder.join("small"), &small)?;
    for attachments in [1, 40] {
        let file = folder.join(format!("large-{attachments}.eml"));
        let mail = with_attachments(LARGE, attachments);
        std::fs::write(&file, &mail)?;
        let (seconds, memory) = intake(&folder.join(format!("large-{attachments}")), &file)?;
        let over = memory.saturating_sub(idle);
        print(&json!({
            "measurement": "mails", "large_mail_mebibytes": mail.len() >> 20, "attachments": attachments, "seconds": seconds,
            "peak_memory_mebibytes": memory, "idle_memory_mebibytes": idle,
            "times_the_mail": f64::from(u32::try_from(over)?) / f64::from(u32::try_from(mail.len() >> 20)?),
        }));
    }
    Ok(())
}

/// Takes mails in with a process of its own; gives the seconds and the most memory that it had resident (`VmHWM` of proc(5)), in mebibytes.
#[expect(clippy::disallowed_methods, reason = "a measurement looks at another process every so often")]
fn intake(data: &Path, mails: &Path) -> Result<(f64, u64)> {
    let begin = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_xinqiao"))
        .arg("--data")
        .arg(data)
        .args(["intake", "mail"])
        .arg(mails)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        peak = peak.max(memory::peak_mebibytes(&status).unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    anyhow::ensure!(ended.success(), "intake ended with {ended}");
    Ok((begin.elapsed().as_secs_f64(), peak))
}

/// A petition of the generator as providers here send it: GBK in base64, as text and as HTML.
fn mail(generator: &Generator, number: u64) -> Vec<u8> {
    let petition = generator.petition(number);
    let body = format!("领导您好：\n{}\n{}\n", petition.body, petition.demand);
    let address = format!("p{number}@example.invalid");
    let mail = Mail {
        from: ("", &address),
        subject: &petition.title,
        message_id: &format!("bench{number}@example.invalid"),
        body: &body,
        charset: Charset::Gbk,
        with_html: true,
        ..plain()
    };
    mail.to_bytes()
}

/// A short petition with files that nobody can read, `size` bytes as they are sent.
fn with_attachments(size: usize, count: usize) -> Vec<u8> {
    // Base64 in lines of 76 characters: 78 bytes are sent for 57 of the file.
    let bytes: Vec<u8> = (0..size / count / 78 * 57).map(|place| u8::try_from(place * 31 % 251).unwrap_or(0)).collect();
    let names: Vec<String> = (0..count).map(|number| format!("{number}.bin")).collect();
    let attachment = |name| Attachment { name, media_type: "application/octet-stream", bytes: bytes.clone() };
    let attachments = names.iter().map(|name| attachment(name.as_str())).collect();
    Mail {
        body: "小区路灯坏了两个月没人修，录像见附件。希望尽快修好。", attachments, ..plain()
    }
    .to_bytes()
}

fn plain() -> Mail<'static> {
    Mail {
        from: ("", "liu@example.invalid"),
        subject: "路灯",
        date: "Tue, 24 Nov 2026 09:00:00 +0800",
        message_id: "large@example.invalid",
        body: "",
        charset: Charset::Utf8,
        transfer: Transfer::Base64,
        subject_form: Subject::Encoded,
        with_html: false,
        attachments: Vec::new(),
    }
}
