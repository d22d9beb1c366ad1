//! Mails a second from a Maildir to durable, judged and routed submissions, against `mail-parser` alone on the same mails, which is as
//! fast as any reader of mails can be here; and the memory that one mail of the largest size costs.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use encoding_rs::GB18030;
use mail_parser::MessageParser;
use serde_json::json;
use xinqiao::sample::generator::Generator;

use crate::print;

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
    let mails: Vec<Vec<u8>> = (0..MAILS).map(|number| mail(&generator, number)).collect::<Result<_>>()?;
    for (number, mail) in mails.iter().enumerate() {
        std::fs::write(maildir.join("new").join(format!("{number:06}.bench.example")), mail)?;
    }
    // Once without work: what opening an office costs is not what a mail costs.
    let empty = folder.path().join("one.eml");
    std::fs::write(&empty, mail(&generator, MAILS)?)?;
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
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak =
            peak.and_then(|line| line.split_whitespace().next()).and_then(|kibibytes| kibibytes.parse::<u64>().ok());
        memory = memory.max(peak.unwrap_or(0) / 1024);
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    anyhow::ensure!(ended.success(), "intake ended with {ended}");
    Ok((begin.elapsed().as_secs_f64(), memory))
}

/// A petition of the generator as providers here send it: GBK in base64, as text and as HTML.
fn mail(generator: &Generator, number: u64) -> Result<Vec<u8>> {
    let petition = generator.petition(number);
    let text = format!("领导您好：\n{}\n{}\n", petition.body, petition.demand);
    let html = format!("<html><body><p>{}</p></body></html>", text.replace('\n', "<br>"));
    let coded = |text: &str| base64(&GB18030.encode(text).0);
    let mut mail = String::new();
    write!(
        mail,
        "From: p{number}@example.invalid\r\nTo: xinqiao@example.invalid\r\nDate: Tue, 24 Nov 2026 09:00:00 +0800\r\n\
         Message-ID: <bench{number}@example.invalid>\r\nSubject: =?gb2312?B?{}?=\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=b\r\n",
        coded(&petition.title).replace("\r\n", "")
    )?;
    for (kind, text) in [("plain", &text), ("html", &html)] {
        write!(
            mail,
            "\r\n--b\r\nContent-Type: text/{kind}; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            coded(text)
        )?;
    }
    mail.push_str("\r\n--b--\r\n");
    Ok(mail.into_bytes())
}

/// A short petition with files that nobody can read, `size` bytes as they are sent.
fn with_attachments(size: usize, count: usize) -> Vec<u8> {
    let mut mail = "From: liu@example.invalid\r\nTo: xinqiao@example.invalid\r\nDate: Tue, 24 Nov 2026 09:00:00 +0800\r\n\
        Message-ID: <large@example.invalid>\r\nSubject: lamps\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\
        \r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n小区路灯坏了两个月没人修，录像见附件。希望尽快修好。\r\n"
        .as_bytes()
        .to_vec();
    // A line of 76 characters with its end stands for 57 bytes of the file.
    let bytes: Vec<u8> = (0..size / count / 78 * 57).map(|place| u8::try_from(place * 31 % 251).unwrap_or(0)).collect();
    for number in 0..count {
        mail.extend_from_slice(
            format!(
                "\r\n--b\r\nContent-Type: application/octet-stream; name=\"{number}.bin\"\r\nContent-Transfer-Encoding: base64\r\n\
                 Content-Disposition: attachment; filename=\"{number}.bin\"\r\n\r\n"
            )
            .as_bytes(),
        );
        mail.extend_from_slice(base64(&bytes).as_bytes());
    }
    mail.extend_from_slice(b"\r\n--b--\r\n");
    mail
}

/// Base64 in lines of 76 characters.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len() / 3 * 4 + bytes.len() / 28);
    for (number, three) in bytes.chunks(3).enumerate() {
        if number > 0 && number.is_multiple_of(19) {
            text.push_str("\r\n");
        }
        let word = (0..3).fold(0_usize, |word, place| word << 8 | usize::from(three.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = DIGITS.get(word >> (18 - 6 * place) & 63).copied().filter(|_| place <= three.len());
            text.push(char::from(digit.unwrap_or(b'=')));
        }
    }
    text
}
