//! Reports of mail servers about mails (RFC 3464), by which a dispatch learns that it did not arrive.

use super::header::{Headers, lenient_base64, lenient_quoted_printable, unfold};
use crate::charset;
use crate::fields::is_mail_address;

/// The most bytes of a report that are looked at: what follows is the mail that came back.
const LOOKED_AT: usize = 256 * 1024;
/// Longest diagnosis that is kept, in characters.
const DIAGNOSIS_LIMIT: usize = 200;

/// The most recipients that one report names.
const RECIPIENT_LIMIT: usize = 50;

/// What subjects of returned mails say.
const SUBJECTS: [&str; 19] = [
    "退信",
    "投递失败",
    "投递不成功",
    "发送失败",
    "无法投递",
    "无法送达",
    "未能送达",
    "未送达",
    "未能投递",
    "邮件被退回",
    "邮件退回",
    "邮件延迟",
    "投递延迟",
    "undeliver",
    "returned mail",
    "mail delivery failed",
    "delivery failure",
    "delivery status",
    "returned to sender",
];
/// Names and local parts of senders that are mail servers.
const SENDER_NAMES: [&str; 12] = [
    "microsoftexchange",
    "系统退信",
    "退信系统",
    "退信通知",
    "邮件系统",
    "邮件管理员",
    "系统邮件",
    "mail delivery",
    "mailer-daemon",
    "mailerdaemon",
    "mail administrator",
    "postmaster",
];
/// What a server says of the mail, of its recipients, and why: all three stand in a returned mail.
const ABOUT_A_MAIL: &[&str] =
    &["您发送的邮件", "你发送的邮件", "您的邮件", "你的邮件", "您发出的", "您所发送", "your message", "your mail"];
const ABOUT_RECIPIENTS: &[&str] = &["收件人", "收信人", "recipient", "the following address"];
const OF_A_SERVER: &[&str] =
    &["系统自动", "自动发出", "请勿回复", "用户不存在", "550 ", "554 ", "552 ", "smtp", "automatically"];
/// How far into the report those words stand, in characters.
const WORDS_WITHIN: usize = 2000;

/// What a mail server reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// What became of the mail.
    pub action: BounceAction,
    /// The status of RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
    /// The addresses that it did not reach, in small letters, as far as the report names them.
    pub recipients: Vec<String>,
    /// The text of the report and the headers of the mail it is about: marks of our mail stand in it.
    pub about: String,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BounceAction {
    /// It will never arrive.
    Failed,
    /// It has not arrived yet; the server goes on trying.
    Delayed,
    /// It arrived, or went on to a server that does not report.
    Delivered,
}

/// The report in this mail; none when it is no report.
pub(super) fn read(headers: &Headers<'_>, raw: &[u8]) -> Option<Bounce> {
    let lower = |name: &str| headers.text(name).map(|value| value.text.to_lowercase()).unwrap_or_default();
    let (content, sender) = (lower("content-type"), lower("from"));
    let is_report = content.starts_with("multipart/report") && !content.contains("disposition-notification");
    let from_server = ["mailer-daemon@", "postmaster@"].iter().any(|program| sender.contains(program));
    let failed_recipients = headers.first("x-failed-recipients").is_some();
    if !is_report && !from_server && !failed_recipients && !is_returned(headers, &sender, raw) {
        return None;
    }
    let text = report_text(headers.body(raw));
    let field = |name: &str| {
        text.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let action = field("action").map(|action| action.to_ascii_lowercase());
    let status = field("status").and_then(|status| status.split_whitespace().next().map(str::to_owned));
    let status = status.filter(|status| is_status(status));
    let by_status = status.as_deref().and_then(|status| status.chars().next());
    let action = match (action.as_deref(), by_status) {
        (Some("failed"), _) | (None, Some('5')) => BounceAction::Failed,
        (Some("delayed"), _) | (None, Some('4')) => BounceAction::Delayed,
        (Some("delivered" | "relayed" | "expanded"), _) | (None, Some('2')) => BounceAction::Delivered,
        // A server that reports without saying what happened reports a failure, unless its subject says otherwise.
        (Some(_) | None, _) if ["delay", "延迟"].iter().any(|word| lower("subject").contains(word)) => {
            BounceAction::Delayed
        }
        (Some(_) | None, _) => BounceAction::Failed,
    };
    let mut recipients = recipients(&text);
    if let Some(value) = headers.first("x-failed-recipients") {
        recipients.extend(addresses(&String::from_utf8_lossy(&unfold(value))));
    }
    recipients.sort_unstable();
    recipients.dedup();
    Some(Bounce { action, status, recipients, about: text })
}

/// The addresses in the lines of a report that name recipients (RFC 3464 section 2.3); those of our own mail below it do not count.
fn recipients(text: &str) -> Vec<String> {
    let named = text.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        let name = name.trim().to_ascii_lowercase();
        matches!(name.as_str(), "final-recipient" | "original-recipient" | "x-failed-recipients").then_some(value)
    });
    named.flat_map(addresses).take(RECIPIENT_LIMIT).collect()
}

fn addresses(value: &str) -> Vec<String> {
    let parts = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>'));
    parts.filter(|part| is_mail_address(part)).map(str::to_lowercase).collect()
}

/// Whether a mail came back without saying so by its form, as from several Chinese mail servers. No sign tells by itself, since a
/// petition may be about mail that never arrives: the subject, and a sender that is a program or the words of a server.
fn is_returned(headers: &Headers<'_>, sender: &str, raw: &[u8]) -> bool {
    let subject = headers.text("subject").map(|value| value.text.to_lowercase()).unwrap_or_default();
    if !SUBJECTS.iter().any(|words| subject.contains(words)) {
        return false;
    }
    let to_nobody = headers.first("return-path").is_some_and(|value| unfold(value).trim_ascii() == b"<>");
    if to_nobody || SENDER_NAMES.iter().any(|name| sender.contains(name)) {
        return true;
    }
    let text = report_text(headers.body(raw)).to_lowercase();
    let beginning: String = text.chars().take(WORDS_WITHIN).collect();
    let has = |words: &[&str]| words.iter().any(|word| beginning.contains(word));
    has(ABOUT_A_MAIL) && has(ABOUT_RECIPIENTS) && has(OF_A_SERVER)
}

/// The report as text: its lines as they are, and runs of base64 and quoted-printable decoded, since some servers encode what comes
/// back.
fn report_text(body: &[u8]) -> String {
    let seen = body.get(..LOOKED_AT).unwrap_or(body);
    let mut text = charset::decode(&lenient_quoted_printable(seen), None).text;
    let mut coded: Vec<u8> = Vec::new();
    for line in seen.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).chain([b"".as_slice()]) {
        let is_coded = line.len() >= 4 && line.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte));
        if is_coded {
            coded.extend_from_slice(line);
        } else if !coded.is_empty() {
            text.push('\n');
            text.push_str(&charset::decode(&lenient_base64(&coded), None).text);
            coded.clear();
        }
    }
    text
}

/// `5.1.1`.
fn is_status(status: &str) -> bool {
    let mut numbers = status.split('.');
    let class = numbers.next().is_some_and(|class| matches!(class, "2" | "4" | "5"));
    let short = |number: &str| (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    class && numbers.clone().count() == 2 && numbers.all(short)
}

impl Bounce {
    /// What is told to people: the status and what the server says, without addresses.
    #[must_use]
    pub fn diagnosis(&self) -> String {
        let said = self.about.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("diagnostic-code").then(|| value.trim())
        });
        let said = said.unwrap_or_default();
        let words: Vec<&str> = said.split_whitespace().filter(|word| !word.contains('@')).collect();
        let said: String = words.join(" ").chars().take(DIAGNOSIS_LIMIT).collect();
        match (&self.status, said.is_empty()) {
            (Some(status), true) => status.clone(),
            (Some(status), false) => format!("{status}：{said}"),
            (None, true) => "原因不明".to_owned(),
            (None, false) => said,
        }
    }
}
