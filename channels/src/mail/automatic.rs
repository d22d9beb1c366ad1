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
const SUBJECTS: [&str; 21] = [
    "自动回复",
    "自动答复",
    "自动应答",
    "系统退信",
    "退信通知",
    "投递失败",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "automatic response",
    "out of office",
    "out-of-office",
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
/// What mail programs put before the subject of a mail that was read, or an invitation that was answered; a colon follows.
const CONFIRMED: [&str; 17] = [
    "已读",
    "未读",
    "已读回执",
    "阅读回执",
    "邮件回执",
    "已阅读",
    "已接受",
    "已拒绝",
    "暂定",
    "read",
    "not read",
    "accepted",
    "declined",
    "tentative",
    "撤回",
    "召回",
    "recall",
];
/// What the body of such a mail says; a person might write one of those subjects.
const CONFIRMING: [&str; 12] = [
    "将撤回邮件",
    "将召回邮件",
    "recall the message",
    "阅读",
    "已读",
    "收条",
    "回执",
    "method:reply",
    "was read",
    "was deleted",
    "partstat=",
    "displayed",
];
/// Senders that are programs. `noreply@` is not among them: other offices hand petitions on from such addresses.
const SENDERS: [&str; 2] = ["mailer-daemon@", "postmaster@"];

/// First words of answers whose programs do not say that they are programs.
const WORDS: [&str; 15] = [
    "这是来自qq邮箱的",
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

/// What a subject says that is only the notice of an absence, and how long it is at most, in characters.
const ABSENCES: [&str; 10] =
    ["出差", "休假", "外出", "年假", "产假", "请假", "度假", "不在办公室", "vacation", "on leave"];
const ABSENCE_SUBJECT: usize = 12;
/// How long the words of such a notice are that answers a mail, in characters.
const ABSENCE_LENGTH: usize = 80;
/// What such a notice says of mails; it stands beside the absence.
const UNANSWERED: [&str; 19] = [
    "不能及时处理",
    "无法及时处理",
    "急事请打",
    "有急事请",
    "如有急事",
    "无法查看邮件",
    "无法及时查看",
    "无法查收",
    "无法及时回复",
    "不能及时回复",
    "无法回复",
    "不能及时查看",
    "急事请联系",
    "急事请致电",
    "紧急事务请联系",
    "工作请联系",
    "回来后回复",
    "尽快回复您",
    "limited access to email",
];

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
    } else if SUBJECTS.iter().any(|beginning| stands_alone(subject, beginning)) {
        Some("自动答复或退信")
    } else if is_confirmation(headers, subject, body) {
        Some("已读回执或日程答复")
    } else if answers(headers, subject) && (says_so(headers, body) || is_short_absence(headers, body)) {
        Some("自动答复")
    } else if says_absent(subject) && is_absence(headers, body) {
        Some("外出自动答复")
    } else {
        None
    }
}

/// Whether `subject` begins with `beginning` and that word ends there: `自动回复: 转办函`, not `自动回复太敷衍`.
fn stands_alone(subject: &str, beginning: &str) -> bool {
    let ends = |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    subject.strip_prefix(beginning).is_some_and(|rest| beginning.is_ascii() || ends(rest))
}

/// Whether it only says that a mail was read or an invitation answered.
fn is_confirmation(headers: &Headers<'_>, subject: &str, body: &[u8]) -> bool {
    let begins = CONFIRMED
        .iter()
        .any(|words| subject.strip_prefix(words).is_some_and(|rest| rest.trim_start().starts_with([':', '：'])));
    if !begins {
        return false;
    }
    let text = beginning(headers, body);
    CONFIRMING.iter().any(|words| text.contains(words))
}

/// Whether it answers another mail at all.
fn answers(headers: &Headers<'_>, subject: &str) -> bool {
    headers.first("in-reply-to").is_some()
        || ["re:", "re：", "回复", "答复"].iter().any(|beginning| subject.starts_with(beginning))
}

/// Whether a subject is nothing but the notice of an absence.
fn says_absent(subject: &str) -> bool {
    subject.chars().count() <= ABSENCE_SUBJECT && ABSENCES.iter().any(|absence| subject.contains(absence))
}

/// Whether a short body says that somebody is away and does not read mails.
fn is_absence(headers: &Headers<'_>, body: &[u8]) -> bool {
    let text = beginning(headers, body);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    text.chars().count() <= WORDS_LENGTH && has(&ABSENCES) && has(&UNANSWERED)
}

/// The same of an answer, whose subject is that of the mail it answers: there the body must be no longer than such notices are.
fn is_short_absence(headers: &Headers<'_>, body: &[u8]) -> bool {
    beginning(headers, body).trim().chars().count() <= ABSENCE_LENGTH && is_absence(headers, body)
}

/// Whether a short body begins like the answer of a program.
fn says_so(headers: &Headers<'_>, body: &[u8]) -> bool {
    let text = beginning(headers, body);
    let beginning: String = text.chars().take(WORDS_BEGIN).collect();
    text.chars().count() <= WORDS_LENGTH && WORDS.iter().any(|words| beginning.contains(words))
}

/// The beginning of a body, longer than such an answer is when the body is.
fn beginning(headers: &Headers<'_>, body: &[u8]) -> String {
    let start = body.get(..8 * WORDS_LENGTH).unwrap_or(body);
    let coding = headers.text("content-transfer-encoding").map(|value| value.text.to_ascii_lowercase());
    let decoded = match coding.as_deref() {
        Some("base64") => lenient_base64(start),
        Some("quoted-printable") => lenient_quoted_printable(start),
        _ => start.to_vec(),
    };
    charset::decode(&decoded, None).text.to_lowercase()
}
