//! What mail programs write around what is quoted, told line by line: separators, attributions, copied headers and footers.

/// Lines behind which everything is history.
const SEPARATORS: [&str; 17] = [
    "邮件原文",
    "原文如下",
    "以下为原邮件",
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
pub(super) const FIRST_OF_HEADER: [&str; 5] = ["发件人", "from:", "寄件者", "寄件人", "發件人"];

/// `-----原始邮件-----`, `---------- Forwarded message ----------`.
pub(super) fn is_separator(plain: &str) -> bool {
    let inner = plain.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | '—' | ' ' | '*' | '\u{a0}'));
    let dashes = plain.len() - inner.len();
    SEPARATORS.iter().any(|words| inner.starts_with(words) && (dashes >= 4 || inner.len() <= words.len() + 3))
        && inner.chars().count() <= 60
}

/// `在 2025-03-18 09:12:00，"某某" <a@example.invalid> 写道：`, `On … wrote:`; it may go on in a second line.
///
/// `in_thread`: the mail answers another one, so that less is needed to believe it.
pub(super) fn is_attribution(plain: &str, next: Option<&str>, in_thread: bool) -> bool {
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
    // `2025年3月18日镇政府答复写道：` quotes a paper: a program tells who wrote, or at what time.
    let of_program = |line: &str| in_thread || line.contains('@') || line.ends_with("wrote:") || has_time(line);
    let whole = of_program(plain) && ends(plain);
    let in_two = (of_program(plain) || of_program(&next)) && ends(&next) && next.chars().count() < 80;
    addressed || (begins && dated && (whole || in_two))
}

/// `9:12`, `上午9：12`, `周五`: the time that stands in an attribution beside the day.
fn has_time(line: &str) -> bool {
    let characters: Vec<char> = line.chars().collect();
    let clock = characters
        .windows(3)
        .any(|three| matches!(three, [hour, ':' | '：', minute] if hour.is_ascii_digit() && minute.is_ascii_digit()));
    let weekday = |word: &str| {
        line.split(word).skip(1).any(|behind| behind.starts_with(['一', '二', '三', '四', '五', '六', '日', '天']))
    };
    clock || ["周", "星期", "週"].into_iter().any(weekday)
}

/// `…写道：`; where no address stands before it not `在答复中写道：`.
pub(super) fn ends_attribution(line: &str) -> bool {
    const OF_PAPERS: [char; 10] = ['中', '里', '内', '上', '信', '文', '又', '还', '也', '书'];
    let ends = ["写道：", "写道:", "寫道：", "寫道:"].iter().find_map(|words| line.strip_suffix(words));
    let is_paper = |before: &str| !before.contains(['@', '<', '"']) && before.ends_with(OF_PAPERS);
    ends.is_some_and(|before| !is_paper(before)) || line.ends_with("wrote:")
}

/// `发件人：…` and, in the next lines, at least one more line of a copied header.
pub(super) fn is_header_block(lines: &[&str], place: usize) -> bool {
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
    let plain = |line: &&str| closed_label(line.trim().trim_start_matches('*')).to_lowercase();
    let begins = |line: &str, words: &[&str]| words.iter().any(|word| line.starts_with(word));
    lines.get(place).is_some_and(|line| begins(&plain(line), &FIRST_OF_HEADER))
        && lines.iter().skip(place + 1).take(3).filter(|line| begins(&plain(line), &OTHERS)).count() >= 2
}

/// Whether a mail program or a server added the line. `从我的承包地里挖走了土，` begins like what telephones add, and is a sentence.
pub(super) fn is_footer(plain: &str) -> bool {
    const OF_TELEPHONES: [&str; 7] = ["来自我的", "发自我的", "从我的", "從我的", "傳送自我的", "寄自我的", "發自我的"];
    /// How `发自钉钉专属商务邮箱`, `来自139邮箱手机版` end.
    /// `来自小米手机` is of a telephone.
    const PROGRAMS: [&str; 8] = ["邮箱", "邮件", "客户端", "手机版", "手机", "手机端", "平板", "iphone"];
    const LONGEST: usize = 30;
    let is_short = plain.chars().count() <= LONGEST && !plain.contains(['，', '。', '；', '！', '？', '、']);
    let of_program = || ["发自", "来自", "發自"].iter().any(|from| plain.starts_with(from));
    if is_short && of_program() && PROGRAMS.iter().any(|program| plain.ends_with(program)) {
        return true;
    }
    FOOTERS.iter().any(|footer| plain.starts_with(footer))
        && (is_short || !OF_TELEPHONES.iter().any(|footer| plain.starts_with(footer)))
}

/// A line without the blanks in its label: `日　期：` is `日期：`.
pub(super) fn closed_label(line: &str) -> String {
    /// Longer labels than this, blanks included, have none in them.
    const LONGEST: usize = 6;
    let label: String = line.chars().take_while(|c| !matches!(c, ':' | '：')).collect();
    if label.chars().count() > LONGEST || label.len() == line.len() || !label.contains(char::is_whitespace) {
        return line.to_owned();
    }
    let closed: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    format!("{closed}{}", line.get(label.len()..).unwrap_or_default())
}
