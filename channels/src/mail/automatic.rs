//! Mail that no person wrote as a petition: bounces, automatic answers, lists and our own dispatches.

use case::problem::{Problem, ProblemCode};

use super::header::{Headers, unfold};

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
const SUBJECTS: [&str; 12] = [
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
];
/// Senders that are programs. `noreply@` is not among them: other offices hand petitions on from such addresses.
const SENDERS: [&str; 2] = ["mailer-daemon@", "postmaster@"];

/// Refuses what no person wrote.
pub(super) fn check(headers: &Headers<'_>) -> Result<(), Problem> {
    let lower = |name: &str| headers.text(name).map(|value| value.text.to_lowercase()).unwrap_or_default();
    let told = TELLING.iter().find(|(name, _)| headers.first(name).is_some()).map(|(_, what)| *what);
    let submitted = lower("auto-submitted");
    let precedence = lower("precedence");
    let subject = lower("subject");
    let content = lower("content-type");
    let sender = lower("from");
    let returned_to_nobody = headers.first("return-path").is_some_and(|value| unfold(value) == b"<>");
    let what = if let Some(what) = told {
        what
    } else if content.starts_with("multipart/report") || (returned_to_nobody && content.contains("delivery-status")) {
        "退信或回执"
    } else if !submitted.is_empty() && !submitted.starts_with("no") {
        "自动答复"
    } else if ["bulk", "list", "junk", "auto_reply"].contains(&precedence.as_str()) {
        "群发邮件"
    } else if SENDERS.iter().any(|program| sender.contains(program)) {
        "邮件系统自动发出的邮件"
    } else if SUBJECTS.iter().any(|beginning| subject.starts_with(beginning)) {
        "自动答复或退信"
    } else {
        return Ok(());
    };
    Err(ProblemCode::NotAPetition.because(format!("{what}，未登记；如确为信访内容，请人工登记")))
}
