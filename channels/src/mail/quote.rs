//! Where the new words of a mail end: quoted history and signatures are kept beside the statement, not in it, or an answer
//! would be found to be a repeat of what it answers.
//!
//! A mail that is sent on is the other way round: what is quoted is the petition, and the words above it only hand it on.

use super::sender::{self, Sender};

/// A mail's text in its three parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Split {
    /// The new words.
    pub(super) words: String,
    /// What is quoted.
    pub(super) history: String,
    /// A signature or footer.
    pub(super) signature: String,
    /// What in the words somebody else wrote, who is not the sender.
    pub(super) forwarded: Option<Forwarded>,
}

/// Words of somebody else that stand at the end of the words of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forwarded {
    /// Who wrote them, by the header that was copied with them.
    pub(super) author: Sender,
    /// Where they begin, in characters.
    pub(super) start: usize,
}

/// What is known of a mail before its words are taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outside<'mail> {
    /// Who sent it.
    pub(super) sender: &'mail Sender,
    /// Whether it answers another mail.
    pub(super) answers: bool,
}

/// A statement shorter than this is no statement: a forwarded mail is then read as the petitioner's own words.
const WORDS_NEEDED: usize = 8;
/// Words that hand on what stands below them.
const HANDING_ON: [&str; 31] = [
    "转交",
    "代转",
    "转发",
    "转递",
    "转来",
    "转你",
    "转您",
    "转贵",
    "转给",
    "转请",
    "转呈",
    "请转",
    "代发",
    "帮他发",
    "帮忙转",
    "帮他转",
    "帮她转",
    "让我转",
    "托我转",
    "帮她发",
    "帮忙发",
    "替他发",
    "替她发",
    "写来的",
    "发来的",
    "寄来的",
    "来信如下",
    "来信附后",
    "群众来信",
    "原信如下",
    "原文如下",
];
/// Words above what is handed on have at most this many letters; more is a petition about it.
const COVER_LIMIT: usize = 150;
/// Words that were written to the sender: an answer that they got, not a petition of somebody else.
const TO_SENDER: [&str; 6] = ["您反映", "你反映", "您的来信", "您的信访", "您投诉", "您咨询"];
/// A copied header stands in the first lines of what is quoted.
const HEADER_LINES: usize = 12;
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
const FOOTERS: [&str; 25] = [
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
    "签名由",
    "从我的",
    "從我的",
    "傳送自我的",
    "寄自我的",
    "发自网易邮箱",
    "from qq mail",
    "發自我的",
    "本邮件及其附件含有",
    "本邮件及附件",
    "此邮件可能包含",
    "this e-mail and its attachments",
    "this email and any attachments",
];

/// What the first line of a copied header begins with.
const FIRST_OF_HEADER: [&str; 5] = ["发件人", "from:", "寄件者", "寄件人", "發件人"];

/// Takes `text` apart.
pub(super) fn split(text: &str, outside: Outside<'_>) -> Split {
    let mut split = parts(text);
    let letters = split.words.chars().filter(|c| c.is_alphanumeric()).count();
    let author = author(&split.history).filter(|author| !outside.answers && !is_same(author, outside.sender));
    let hands_on =
        author.is_some() && letters <= COVER_LIMIT && HANDING_ON.iter().any(|words| split.words.contains(words));
    // `谢谢` under our notice is an answer, not the notice sent back.
    let silent = if outside.answers { letters == 0 } else { letters < WORDS_NEEDED };
    if split.history.is_empty() && !outside.answers {
        split.forwarded = written_down(&split.words).map(|start| Forwarded { author: Sender::default(), start });
        return split;
    }
    if !(silent || hands_on) || split.history.is_empty() {
        return split;
    }
    let cover = std::mem::take(&mut split.words);
    let (between, history) = innermost(std::mem::take(&mut split.history));
    let author = if between.is_empty() { author } else { self::author(&history) };
    if !between.is_empty() {
        split.history = between;
    }
    let quoted = without_marks(&history);
    let start = if cover.is_empty() { 0 } else { cover.chars().count() + 1 };
    split.words = format!("{cover}\n{quoted}").trim().to_owned();
    split.forwarded = author.filter(|_| is_petition(&quoted)).map(|author| Forwarded { author, start });
    split
}

/// Where the words of somebody else begin who told them to the sender: behind a first paragraph that says so stands one in which they
/// speak of themselves. `下面是老人口述、我代写的：`, then `我叫崔二白，…`.
fn written_down(words: &str) -> Option<usize> {
    const SAYS_SO: [&str; 9] =
        ["口述", "代写", "下面是", "以下是", "来信如下", "原话如下", "他说", "她说", "代为反映如下"];
    const SPEAKS: [&str; 4] = ["我叫", "我是", "俺叫", "俺是"];
    let mut cover = String::new();
    for line in words.split_inclusive('\n') {
        let said = line.trim();
        let letters = cover.chars().filter(|c| c.is_alphanumeric()).count();
        let is_set_off = cover.trim_end().ends_with(['：', ':']);
        if is_set_off && SPEAKS.iter().any(|word| said.starts_with(word)) {
            let hands_on = SAYS_SO.iter().any(|word| cover.contains(word));
            let indent = line.chars().count() - line.trim_start().chars().count();
            return (hands_on && (1..=COVER_LIMIT).contains(&letters)).then(|| cover.chars().count() + indent);
        }
        cover.push_str(line);
    }
    None
}

/// What was handed on through several hands: what they put around it, which is little, and the words of the first of them.
fn innermost(history: String) -> (String, String) {
    let lines: Vec<&str> = history.lines().collect();
    let is_head = |place: &usize| is_header_block(&lines, *place);
    let heads: Vec<usize> = (0..lines.len()).filter(is_head).collect();
    let Some((first, last)) = heads.first().zip(heads.last()).filter(|(first, last)| first < last) else {
        return (String::new(), history);
    };
    let begin = last
        - usize::from(*last > 0 && lines.get(last - 1).is_some_and(|line| is_separator(&line.trim().to_lowercase())));
    let above = lines.get(*first..begin).unwrap_or_default();
    let said = without_marks(&joined(above));
    let hands_on = said.chars().filter(|c| c.is_alphanumeric()).count() <= WORDS_NEEDED
        || (said.chars().count() <= COVER_LIMIT && HANDING_ON.iter().any(|words| said.contains(words)));
    let rest = joined(lines.get(begin..).unwrap_or_default());
    if hands_on && is_petition(&without_marks(&rest)) {
        (joined(lines.get(..begin).unwrap_or_default()), rest)
    } else {
        (String::new(), history)
    }
}

/// Who wrote what is quoted, by the first `发件人` in it.
fn author(history: &str) -> Option<Sender> {
    history.lines().take(HEADER_LINES).find_map(|line| {
        let line = line.trim_start_matches(['>', ' ', '*']);
        let value = FIRST_OF_HEADER.iter().find_map(|name| {
            let start = line.get(..name.len())?;
            (start.to_lowercase() == **name).then(|| line.get(name.len()..)).flatten()
        })?;
        let value = value.trim_start_matches(['*', ' ', ':', '：', '\u{a0}']);
        Some(sender::written(value)).filter(|author| !author.name.is_empty() || !author.address.is_empty())
    })
}

/// Whether a header names the one who sent the mail.
pub(super) fn is_same(author: &Sender, sender: &Sender) -> bool {
    let same = |one: &str, other: &str| !one.is_empty() && one.eq_ignore_ascii_case(other);
    same(&author.address, &sender.address) || same(&author.name, &sender.name)
}

/// Whether forwarded words may be a petition, not an answer that the sender got.
pub(super) fn is_petition(quoted: &str) -> bool {
    !quoted.trim().is_empty() && !TO_SENDER.iter().any(|words| quoted.contains(words))
}

/// The text in its parts.
fn parts(text: &str) -> Split {
    let lines: Vec<&str> = text.lines().collect();
    let mut words: Vec<&str> = Vec::new();
    let mut history: Vec<&str> = Vec::new();
    let mut signature: Vec<&str> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let rest = || lines.iter().skip(place).copied();
        let plain = line.trim().to_lowercase();
        let is_attributed = is_attribution(&plain, lines.get(place + 1).copied());
        if ends_attribution(&plain)
            && history.last().is_some_and(|last| is_attribution(&last.trim().to_lowercase(), Some(line)))
        {
            // The second line of it.
            history.push(line);
            continue;
        }
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
    let mut split =
        Split { words: joined(&words), history: joined(&history), signature: joined(&signature), forwarded: None };
    // A signature behind which history begins was taken whole.
    if let Some((own, quoted)) = cut_history(&split.signature) {
        split.history = format!("{quoted}\n{}", split.history).trim().to_owned();
        split.signature = own;
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
    let ends = ends_attribution;
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

fn ends_attribution(line: &str) -> bool {
    ["写道：", "写道:", "寫道：", "寫道:"].iter().any(|words| line.ends_with(words)) || line.ends_with("wrote:")
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
    const OTHERS: [&str; 13] = [
        "发送时间",
        "收件人",
        "主题",
        "日期",
        "抄送",
        "sent:",
        "to:",
        "subject:",
        "date:",
        "发送日期",
        "收件者",
        "主旨",
        "傳送時間",
    ];
    let plain = |line: &&str| line.trim().trim_start_matches('*').to_lowercase();
    let begins = |line: &str, words: &[&str]| words.iter().any(|word| line.starts_with(word));
    lines.get(place).is_some_and(|line| begins(&plain(line), &FIRST_OF_HEADER))
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
                "寄件者",
                "收件者",
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
