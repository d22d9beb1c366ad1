//! Where the new words of a mail end: quoted history and signatures are kept beside the statement, not in it, or an answer
//! would be found to be a repeat of what it answers.

/// A mail's text in its three parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Split {
    /// The new words.
    pub(super) words: String,
    /// What is quoted.
    pub(super) history: String,
    /// A signature or footer.
    pub(super) signature: String,
}

/// A statement shorter than this is no statement: a forwarded mail is then read as the petitioner's own words.
const WORDS_NEEDED: usize = 8;
/// A signature has at most this many lines.
const SIGNATURE_LINES: usize = 15;
/// Lines behind which everything is history.
const SEPARATORS: [&str; 14] = [
    "原始邮件",
    "原邮件",
    "original message",
    "forwarded message",
    "转发的邮件",
    "转发邮件",
    "回复的原邮件",
    "邮件原件",
    "original mail",
    "begin forwarded message",
    "reply message",
    "转发信息",
    "原始信息",
    "forwarded by",
];
/// Lines that mail programs and servers add.
const FOOTERS: [&str; 17] = [
    "来自我的",
    "免责声明",
    "【免责声明】",
    "发自我的",
    "发送自",
    "sent from my",
    "从我的手机发送",
    "从 windows 版邮件发送",
    "来自网易邮箱",
    "来自qq邮箱",
    "获取 outlook",
    "get outlook",
    "本邮件及其附件含有",
    "本邮件及附件",
    "此邮件可能包含",
    "this e-mail and its attachments",
    "this email and any attachments",
];

/// Takes `text` apart.
pub(super) fn split(text: &str) -> Split {
    let lines: Vec<&str> = text.lines().collect();
    let mut words: Vec<&str> = Vec::new();
    let mut history: Vec<&str> = Vec::new();
    let mut signature: Vec<&str> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let rest = || lines.iter().skip(place).copied();
        let plain = line.trim().to_lowercase();
        let is_attributed = is_attribution(&plain, lines.get(place + 1).copied());
        if is_attributed && is_marked_below(&lines, place) {
            // What is quoted is marked line by line; the answer may stand below it.
            history.push(line);
            continue;
        }
        if is_separator(&plain) || is_attributed || is_header_block(&lines, place) || is_rule(&lines, place) {
            history.extend(rest());
            break;
        }
        let remaining = lines.len() - place;
        if (matches!(line.trim_end(), "--" | "-- " | "—") || *line == "-- ") && remaining <= SIGNATURE_LINES {
            signature.extend(rest().skip(1));
            break;
        }
        if FOOTERS.iter().any(|footer| plain.starts_with(footer)) {
            signature.push(line);
        } else if plain.starts_with('>') {
            history.push(line);
        } else {
            words.push(line);
        }
    }
    let mut split = Split { words: joined(&words), history: joined(&history), signature: joined(&signature) };
    // A signature behind which history begins was taken whole.
    if let Some((own, quoted)) = cut_history(&split.signature) {
        split.history = format!("{quoted}\n{}", split.history).trim().to_owned();
        split.signature = own;
    }
    if split.words.chars().filter(|c| c.is_alphanumeric()).count() < WORDS_NEEDED && !split.history.is_empty() {
        let own = std::mem::take(&mut split.words);
        let forwarded = std::mem::take(&mut split.history);
        split.words = format!("{own}\n{}", without_marks(&forwarded)).trim().to_owned();
    }
    split
}

fn joined(lines: &[&str]) -> String {
    lines.join("\n").trim().to_owned()
}

/// `-----原始邮件-----`, `---------- Forwarded message ----------`.
fn is_separator(plain: &str) -> bool {
    let inner = plain.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | '—' | ' ' | '*' | '\u{a0}'));
    let dashes = plain.len() - inner.len();
    SEPARATORS.iter().any(|words| inner.starts_with(words) && (dashes >= 4 || inner.len() <= words.len() + 3))
        && inner.chars().count() <= 60
}

/// `在 2025-03-18 09:12:00，"某某" <a@example.invalid> 写道：`, `On … wrote:`; it may go on in a second line.
fn is_attribution(plain: &str, next: Option<&str>) -> bool {
    let next = next.map(|line| line.trim().to_lowercase()).unwrap_or_default();
    let ends = |line: &str| line.ends_with("写道：") || line.ends_with("写道:") || line.ends_with("wrote:");
    let begins = plain.starts_with("在")
        || plain.starts_with("于")
        || plain.starts_with("on ")
        || plain.contains('@')
        || plain.starts_with("20");
    let dated = plain.chars().filter(char::is_ascii_digit).count() >= 4;
    // An address and `写道：` are enough where the program gives no time.
    let addressed = plain.contains('@') && plain.contains('<') && ends(plain);
    addressed || (begins && dated && (ends(plain) || (ends(&next) && next.chars().count() < 80)))
}

/// Whether the lines behind an attribution are marked with `>`, so that what is quoted can be told from what is new.
fn is_marked_below(lines: &[&str], place: usize) -> bool {
    let below = lines.iter().skip(place + 1).map(|line| line.trim());
    below
        .take(4)
        .find(|line| !line.is_empty() && !line.ends_with(['：', ':']))
        .is_some_and(|line| line.starts_with('>'))
}

/// A line across the page with the header of what is quoted below it, as Outlook draws it.
fn is_rule(lines: &[&str], place: usize) -> bool {
    let line = lines.get(place).map(|line| line.trim()).unwrap_or_default();
    let is_line = line.chars().count() >= 8 && line.chars().all(|c| matches!(c, '_' | '-' | '―' | '─'));
    is_line && (1..=2).any(|behind| is_header_block(lines, place + behind))
}

/// `发件人：…` and, in the next lines, at least one more line of a copied header.
fn is_header_block(lines: &[&str], place: usize) -> bool {
    const FIRST: [&str; 3] = ["发件人", "from:", "寄件者"];
    const OTHERS: [&str; 10] =
        ["发送时间", "收件人", "主题", "日期", "抄送", "sent:", "to:", "subject:", "date:", "发送日期"];
    let plain = |line: &&str| line.trim().trim_start_matches('*').to_lowercase();
    let begins = |line: &str, words: &[&str]| words.iter().any(|word| line.starts_with(word));
    lines.get(place).is_some_and(|line| begins(&plain(line), &FIRST))
        && lines.iter().skip(place + 1).take(3).filter(|line| begins(&plain(line), &OTHERS)).count() >= 2
}

fn cut_history(signature: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = signature.lines().collect();
    let place = lines.iter().position(|line| is_separator(&line.trim().to_lowercase()) || line.starts_with('>'))?;
    let (own, quoted) = lines.split_at_checked(place)?;
    Some((joined(own), joined(quoted)))
}

/// Forwarded text without the marks and lines of the mail program.
fn without_marks(history: &str) -> String {
    let lines: Vec<&str> = history.lines().collect();
    let kept: Vec<&str> = lines
        .iter()
        .map(|line| line.trim_start_matches(['>', ' ']))
        .filter(|line| {
            let plain = line.trim().to_lowercase();
            let header = [
                "发件人",
                "发送时间",
                "发送日期",
                "收件人",
                "主题",
                "抄送",
                "from:",
                "sent:",
                "to:",
                "subject:",
                "date:",
                "cc:",
                "日期:",
                "日期：",
            ];
            !is_separator(&plain) && !header.iter().any(|word| plain.starts_with(word)) && !is_attribution(&plain, None)
        })
        .collect();
    joined(&kept)
}
