//! Mail that no person wrote as a petition: bounces, automatic answers, lists and our own dispatches.

use super::header::{Headers, lenient_base64, lenient_quoted_printable, unfold};
use crate::charset;

/// The header by which the gateway marks the mail it sends, so that it never registers its own mail as a petition.
pub const DISPATCH_HEADER: &str = "X-Xinqiao-Dispatch";

/// Headers whose presence alone tells.
const TELLING: [(&str, &str); 8] = [
    ("x-xinqiao-dispatch", "本系统发出的邮件"),
    ("x-autoreply", "自动答复"),
    ("x-autorespond", "自动答复"),
    ("x-autoresponder", "自动答复"),
    ("x-failed-recipients", "退信"),
    ("list-unsubscribe", "群发邮件"),
    ("list-id", "邮件列表"),
    ("feedback-id", "群发邮件"),
];
/// Beginnings of subjects that mail programs write.
const SUBJECTS: [&str; 18] = [
    "自动回复",
    "自动答复",
    "自动应答",
    "系统退信",
    "退信通知",
    "投递失败",
    "automatic reply",
    "auto reply",
    "out of office",
    "undeliverable",
    "undelivered mail",
    "delivery status notification",
    "auto:",
    "autoreply",
    "休假自动回复",
    "外出自动回复",
    "来自postmaster的退信",
    "投递状态通知",
];
/// Senders that are programs. `noreply@` is not among them: other offices hand petitions on from such addresses.
const SENDERS: [&str; 2] = ["mailer-daemon@", "postmaster@"];

/// First words of answers whose programs do not say that they are programs.
const WORDS: [&str; 14] = [
    "这是一封自动回复",
    "这是自动回复",
    "此为自动回复",
    "本邮件为自动回复",
    "此邮件为系统自动",
    "本邮件由系统自动",
    "系统自动回复",
    "我正在休假",
    "本人正在休假",
    "我目前不在办公室",
    "this is an automatic reply",
    "this is an automated",
    "i am out of the office",
    "i am currently out of the office",
];
/// How far into the body those words may begin, and how long such an answer is at most, in characters.
const WORDS_BEGIN: usize = 60;
const WORDS_LENGTH: usize = 400;

/// What a mail is that no person wrote as a petition; none when a person may have.
pub(super) fn what(headers: &Headers<'_>, body: &[u8]) -> Option<&'static str> {
    let lower = |name: &str| headers.text(name).map(|value| value.text.to_lowercase()).unwrap_or_default();
    if let Some((_, what)) = TELLING.iter().find(|(name, _)| headers.first(name).is_some()) {
        return Some(what);
    }
    let submitted = lower("auto-submitted");
    let subject = lower("subject");
    let subject = subject.trim_start_matches(['[', '【', '(', '（', ' ']);
    let content = lower("content-type");
    let sender = lower("from");
    let returned_to_nobody = headers.first("return-path").is_some_and(|value| unfold(value) == b"<>");
    if content.starts_with("multipart/report") || (returned_to_nobody && content.contains("delivery-status")) {
        Some("退信或回执")
    } else if !submitted.is_empty() && !submitted.starts_with("no") {
        Some("自动答复")
    } else if ["bulk", "list", "junk", "auto_reply"].contains(&lower("precedence").as_str()) {
        Some("群发邮件")
    } else if SENDERS.iter().any(|program| sender.contains(program)) {
        Some("邮件系统自动发出的邮件")
    } else if SUBJECTS.iter().any(|beginning| subject.starts_with(beginning)) {
        Some("自动答复或退信")
    } else if answers(headers, subject) && says_so(headers, body) {
        Some("自动答复")
    } else {
        None
    }
}

/// Whether it answers another mail at all.
fn answers(headers: &Headers<'_>, subject: &str) -> bool {
    headers.first("in-reply-to").is_some()
        || ["re:", "re：", "回复", "答复"].iter().any(|beginning| subject.starts_with(beginning))
}

/// Whether a short body begins like the answer of a program.
fn says_so(headers: &Headers<'_>, body: &[u8]) -> bool {
    let start = body.get(..8 * WORDS_LENGTH).unwrap_or(body);
    let coding = headers.text("content-transfer-encoding").map(|value| value.text.to_ascii_lowercase());
    let decoded = match coding.as_deref() {
        Some("base64") => lenient_base64(start),
        Some("quoted-printable") => lenient_quoted_printable(start),
        _ => start.to_vec(),
    };
    let text = charset::decode(&decoded, None).text.to_lowercase();
    let beginning: String = text.chars().take(WORDS_BEGIN).collect();
    text.chars().count() <= WORDS_LENGTH && WORDS.iter().any(|words| beginning.contains(words))
}
