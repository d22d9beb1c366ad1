//! Where the new words of a mail end: quoted history and signatures are kept beside the statement, not in it, or an answer
//! would be found to be a repeat of what it answers.
//!
//! A mail that is sent on is the other way round: what is quoted is the petition, and the words above it only hand it on.

mod line;

use self::line::{
    FIRST_OF_HEADER, closed_label, ends_attribution, is_attribution, is_footer, is_header_block, is_separator,
};
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
    /// Whether its headers name a mail that it follows.
    pub(super) follows: bool,
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

/// Takes `text` apart.
pub(super) fn split(text: &str, outside: Outside<'_>) -> Split {
    let mut split = parts(text, outside);
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
fn parts(text: &str, outside: Outside<'_>) -> Split {
    let lines: Vec<&str> = text.lines().collect();
    let in_thread = outside.answers || outside.follows;
    let quotes = in_thread || names_a_quoted_mail(&lines);
    let quote_at_end = quote_at_end(&lines);
    let mut words: Vec<&str> = Vec::new();
    let mut history: Vec<&str> = Vec::new();
    let mut signature: Vec<&str> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let rest = || lines.iter().skip(place).copied();
        let plain = line.trim().to_lowercase();
        let is_attributed = is_attribution(&plain, lines.get(place + 1).copied(), in_thread);
        if ends_attribution(&plain)
            && history.last().is_some_and(|last| is_attribution(&last.trim().to_lowercase(), Some(line), in_thread))
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
        let is_header = is_header_block(&lines, place) && !is_head_of_letter(&words);
        if is_separator(&plain) || is_attributed || is_header || is_rule(&lines, place) {
            history.extend(rest());
            break;
        }
        if matches!(line.trim_end(), "--" | "—") && is_signature(lines.get(place + 1..).unwrap_or_default()) {
            signature.extend(rest().skip(1));
            break;
        }
        if is_footer(&plain) {
            signature.push(line);
        } else if plain.starts_with('>') && (quotes || place >= quote_at_end) {
            history.push(line);
        } else if plain.starts_with('>') {
            // Nothing is quoted: somebody's own mark before a point, or indented words of a page.
            words.push(line.trim_start_matches(['>', ' ']));
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

/// Whether some line tells of a mail that is quoted: what begins with `>` is then its words.
fn names_a_quoted_mail(lines: &[&str]) -> bool {
    let bare: Vec<&str> = lines.iter().map(|line| line.trim_start_matches(['>', ' '])).collect();
    (0..bare.len()).any(|place| {
        let plain = bare.get(place).map(|line| line.trim().to_lowercase()).unwrap_or_default();
        is_separator(&plain)
            || is_attribution(&plain, bare.get(place + 1).copied(), false)
            || is_header_block(&bare, place)
    })
}

/// From which line on everything is marked as a page marks what is indented, `> …`: then it is quoted although nobody says so. A point
/// that somebody typed as `>第一` is not.
fn quote_at_end(lines: &[&str]) -> usize {
    let is_marked = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with("> ") || line.trim() == ">";
    lines.iter().rposition(|line| !is_marked(line)).map_or(0, |last| last + 1)
}

/// Whether the words so far end in the head of a letter, `收件人：县信访局`, below which its writer goes on with `发件人：…`. Mail
/// programs name the sender first.
fn is_head_of_letter(words: &[&str]) -> bool {
    let above = words.iter().rev().map(|line| line.trim()).find(|line| !line.is_empty());
    above.is_some_and(|line| ["收件人：", "收件人:", "收信人：", "收信人:"].iter().any(|to| line.starts_with(to)))
}

/// Whether the lines behind `--` are a signature: few, and no sentences of the mail, unless a mail is quoted in them.
fn is_signature(lines: &[&str]) -> bool {
    /// Shorter sentences are mottos.
    const SENTENCE: usize = 12;
    if lines.len() >= SIGNATURE_LINES {
        return false;
    }
    let end = (0..lines.len()).find(|place| {
        let plain = lines.get(*place).map(|line| line.trim().to_lowercase()).unwrap_or_default();
        let next = lines.get(*place + 1).copied();
        is_separator(&plain)
            || is_footer(&plain)
            || plain.starts_with('>')
            || is_attribution(&plain, next, false)
            || is_header_block(lines, *place)
    });
    let own = lines.get(..end.unwrap_or(lines.len())).unwrap_or_default();
    let is_sentence = |line: &&str| {
        let line = line.trim();
        line.chars().count() > SENTENCE && line.ends_with(['。', '！', '？', '!', '?', '；'])
    };
    !own.iter().any(is_sentence)
}

fn joined(lines: &[&str]) -> String {
    lines.join("\n").trim().to_owned()
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
            let plain = closed_label(line.trim()).to_lowercase();
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
            !is_separator(&plain)
                && !header.iter().any(|word| plain.starts_with(word))
                && !is_attribution(&plain, None, false)
        })
        .collect();
    joined(&kept)
}
