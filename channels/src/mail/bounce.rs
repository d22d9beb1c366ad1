//! Reports of mail servers about mails (RFC 3464), by which a dispatch learns that it did not arrive.

use super::header::{Headers, lenient_base64, lenient_quoted_printable};

/// The most bytes of a report that are looked at: what follows is the mail that came back.
const LOOKED_AT: usize = 256 * 1024;
/// Longest diagnosis that is kept, in characters.
const DIAGNOSIS_LIMIT: usize = 200;

/// What a mail server reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// What became of the mail.
    pub action: BounceAction,
    /// The status of RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
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
    if !is_report && !from_server && !failed_recipients {
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
        (Some(_) | None, _) if lower("subject").contains("delay") => BounceAction::Delayed,
        (Some(_) | None, _) => BounceAction::Failed,
    };
    Some(Bounce { action, status, about: text })
}

/// The report as text: its lines as they are, and runs of base64 and quoted-printable decoded, since some servers encode what comes
/// back.
fn report_text(body: &[u8]) -> String {
    let seen = body.get(..LOOKED_AT).unwrap_or(body);
    let mut text = String::from_utf8_lossy(&lenient_quoted_printable(seen)).into_owned();
    let mut coded: Vec<u8> = Vec::new();
    for line in seen.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).chain([b"".as_slice()]) {
        let is_coded = line.len() >= 4 && line.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte));
        if is_coded {
            coded.extend_from_slice(line);
        } else if !coded.is_empty() {
            text.push('\n');
            text.push_str(&String::from_utf8_lossy(&lenient_base64(&coded)));
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
