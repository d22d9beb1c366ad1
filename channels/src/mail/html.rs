//! Text of HTML: the words and the line breaks, nothing else. Quoted history keeps its `>`, so that it can be told from the
//! new words as in plain mail. What no reader of the mail saw (`display:none`, `hidden`) is left out. Total and linear; no document
//! is built.

/// Elements whose contents are not shown.
const HIDDEN: [&str; 5] = ["script", "style", "title", "template", "xml"];
/// Elements that begin on a new line.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "br",
    "li",
    "tr",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "dd",
];
/// Styles by which an element and all in it is not shown.
const HIDING_STYLES: [&str; 4] = ["display:none", "mso-hide:all", "visibility:hidden", "font-size:0"];
/// Of these styles the ones that an element inside may take back, with what it says for that.
const TAKEN_BACK: [(&str, &str); 2] = [("visibility:hidden", "visibility"), ("font-size:0", "font-size")];
/// Elements that have no end, so that nothing is in them.
const EMPTY: [&str; 8] = ["br", "img", "hr", "input", "meta", "link", "col", "wbr"];
/// The most bytes in which the ends of hidden elements are looked for in vain: keeps it linear. Behind that nothing counts as hidden.
const SOUGHT_LIMIT: usize = 1 << 20;
/// Longest entity name, in characters.
const ENTITY_LIMIT: usize = 10;

/// The text of `html`.
pub(super) fn to_text(html: &str) -> String {
    let mut text = Writer::default();
    let mut rest = html;
    while !rest.is_empty() {
        let Some((before, tag)) = rest.split_once('<') else {
            text.words(rest);
            break;
        };
        text.words(before);
        rest = if let Some(comment) = tag.strip_prefix("!--") {
            behind_comment(comment)
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            let (inside, behind) = parted(tag);
            element(inside, behind, &mut text)
        } else {
            text.words("<");
            tag
        };
    }
    text.finish()
}

/// A tag that begins at `html`, and what follows it. A `>` in a value, `title="a>b"`, does not end it when the value is closed soon.
fn parted(html: &str) -> (&str, &str) {
    const REACH: usize = 100;
    let Some((inside, behind)) = html.split_once('>') else { return (html, "") };
    if inside.bytes().filter(|byte| *byte == b'"').count().is_multiple_of(2) {
        return (inside, behind);
    }
    let closed =
        behind.bytes().take(REACH).take_while(|byte| !matches!(byte, b'<' | b'\n')).position(|byte| byte == b'"');
    let end = closed
        .and_then(|quote| Some((quote, behind.get(quote + 1..)?.bytes().take(REACH).position(|byte| byte == b'>')?)));
    end.and_then(|(quote, rest)| Some((inside, behind.get(quote + 1 + rest + 1..)?))).unwrap_or((inside, behind))
}

/// What follows the comment whose words are at the beginning of `html`; nothing when it is never closed. As browsers read it, `<!-->` has
/// no words.
fn behind_comment(html: &str) -> &str {
    if let Some(behind) = ["->", ">"].iter().find_map(|end| html.strip_prefix(end)) {
        return behind;
    }
    html.split_once("-->").map_or("", |(_, behind)| behind)
}

/// Writes what the tag `inside` means and gives what is to be read next.
fn element<'html>(inside: &str, behind: &'html str, text: &mut Writer) -> &'html str {
    let closing = inside.starts_with('/');
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .take(12)
        .collect();
    let opening = !closing && !inside.ends_with('/') && !EMPTY.contains(&name.as_str());
    if HIDDEN.contains(&name.as_str()) && opening {
        return behind_closing(behind, &name);
    }
    if opening
        && text.sought < SOUGHT_LIMIT
        && let Some(style) = hiding(inside)
    {
        match element_end(behind, &name).filter(|end| stays_hidden(style, behind.get(..*end).unwrap_or_default())) {
            Some(end) => return behind.get(end..).unwrap_or_default(),
            None => text.sought = text.sought.saturating_add(behind.len()),
        }
    }
    match (name.as_str(), closing) {
        ("ol", false) => text.lists.push(Some(0)),
        ("ul", false) => text.lists.push(None),
        ("ol" | "ul", true) => drop(text.lists.pop()),
        _ => {}
    }
    text.cell = match (name.as_str(), closing) {
        ("td" | "th", false) => Cell::Empty,
        ("td" | "th" | "tr" | "table", _) => Cell::None,
        _ => text.cell,
    };
    // The paragraph that a program puts around the words of a cell begins no line.
    let begins_or_ends = closing || text.cell == Cell::Empty;
    if text.cell != Cell::None && matches!(name.as_str(), "p" | "div") && begins_or_ends {
        text.words(" ");
        return behind;
    }
    if BLOCKS.contains(&name.as_str()) {
        // The end of a block that follows its beginning gives no empty line.
        if name == "br" { text.line_break() } else { text.new_line() }
    }
    // The number that a reader saw before the point of a list.
    if (name.as_str(), closing) == ("li", false)
        && let Some(Some(number)) = text.lists.last_mut()
    {
        *number += 1;
        let number = format!("{number}. ");
        text.words(&number);
    }
    if name == "blockquote" {
        text.quote_depth = if closing { text.quote_depth.saturating_sub(1) } else { text.quote_depth + 1 };
    }
    if matches!(name.as_str(), "td" | "th") {
        text.words(" ");
    }
    behind
}

/// By what the opening tag `inside` hides its element; nothing when it does not.
fn hiding(inside: &str) -> Option<&'static str> {
    const LOOKED_AT: usize = 2000;
    let (_, attributes) = inside.split_once(|c: char| c.is_ascii_whitespace())?;
    let plain: String =
        attributes.chars().take(LOOKED_AT).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    // `aria-hidden` only keeps an element from being read aloud.
    let is_hidden = |word: &str| word.split('=').next().is_some_and(|name| name.eq_ignore_ascii_case("hidden"));
    if attributes.split_ascii_whitespace().any(is_hidden) {
        return Some("hidden");
    }
    let style = plain.split_once("style=").map(|(_, style)| style)?;
    HIDING_STYLES.into_iter().find(|hides| {
        // `font-size:0.9em` is shown.
        style.split_once(hides).is_some_and(|(_, behind)| !behind.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
    })
}

/// Whether nothing in the element takes back what hides it.
fn stays_hidden(style: &str, contents: &str) -> bool {
    TAKEN_BACK.iter().all(|(hides, back)| *hides != style || !contents.contains(back))
}

/// Where the element `name` that was opened before `html` ends; nothing when it is never closed.
fn element_end(html: &str, name: &str) -> Option<usize> {
    let is_tag = |tag: &str| {
        let rest = tag.get(name.len()..).unwrap_or_default();
        tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && rest.chars().next().is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    let (mut depth, mut place) = (1_usize, 0);
    while let Some(found) = html.get(place..)?.find('<') {
        let tag = html.get(place + found + 1..)?;
        let length = tag.find('>').map_or(tag.len(), |end| end + 1);
        place += found + 1 + length;
        if tag.strip_prefix('/').is_some_and(is_tag) {
            depth -= 1;
        } else if is_tag(tag) {
            depth += 1;
        }
        if depth == 0 {
            return Some(place);
        }
    }
    None
}

/// What follows the closing tag of the hidden element `name`; nothing when it is never closed.
fn behind_closing<'html>(html: &'html str, name: &str) -> &'html str {
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once("</") {
        if tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return tag.split_once('>').map_or("", |(_, behind)| behind);
        }
        rest = tag;
    }
    ""
}

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Cell {
    /// None is open.
    #[default]
    None,
    /// Nothing was written in it yet.
    Empty,
    /// It has words.
    Written,
}

/// Puts words together as a reader of the page would see them.
#[derive(Default)]
struct Writer {
    text: String,
    line: String,
    quote_depth: usize,
    /// The cell of a table that is open.
    cell: Cell,
    /// The lists that are open: how many points a numbered one has so far.
    lists: Vec<Option<usize>>,
    /// How many bytes were looked through for the ends of hidden elements in vain.
    sought: usize,
}

impl Writer {
    /// Words between tags: white space runs are one blank, entities are what they stand for.
    fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(character) = rest.chars().next() {
            let behind = rest.get(character.len_utf8()..).unwrap_or_default();
            if character == '&'
                && let Some((meant, length)) = entity(rest)
            {
                self.line.push(meant);
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            if !character.is_whitespace() || character == '\u{3000}' {
                self.line.push(character);
                self.cell = if self.cell == Cell::Empty { Cell::Written } else { self.cell };
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            rest = behind;
        }
    }

    fn new_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.line_break();
        } else {
            self.line.clear();
        }
    }

    fn line_break(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.replace('\u{a0}', " ");
        // At most one empty line in a row.
        if !(line.trim().is_empty() && (self.text.is_empty() || self.text.ends_with("\n\n"))) {
            for _ in 0..self.quote_depth.min(3) {
                self.text.push_str("> ");
            }
            self.text.push_str(line.trim());
            self.text.push('\n');
        }
    }

    fn finish(mut self) -> String {
        self.new_line();
        self.text.trim().to_owned()
    }
}

/// The character that the entity at the beginning of `text` stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    // `&#25105` without its semicolon, as browsers read it.
    let digits =
        text.strip_prefix("&#").map(|number| number.bytes().take_while(u8::is_ascii_digit).count()).unwrap_or_default();
    let open = (digits >= 2 && text.as_bytes().get(2 + digits) != Some(&b';')).then_some(2 + digits);
    let end = match open {
        Some(end) => end,
        None => text.bytes().take(ENTITY_LIMIT + 2).position(|byte| byte == b';')?,
    };
    let name = text.get(1..end)?;
    let meant = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')?
    } else {
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" | "ensp" | "emsp" | "thinsp" => '\u{a0}',
            "zwnj" => '\u{200c}',
            "zwj" => '\u{200d}',
            "sup2" => '²',
            "sup3" => '³',
            "deg" => '°',
            "plusmn" => '±',
            "radic" => '√',
            "le" => '≤',
            "ge" => '≥',
            "laquo" => '«',
            "raquo" => '»',
            "reg" => '®',
            "sect" => '§',
            "divide" => '÷',
            "ldquo" => '“',
            "rdquo" => '”',
            "lsquo" => '‘',
            "rsquo" => '’',
            "hellip" => '…',
            "mdash" => '—',
            "ndash" => '–',
            "middot" => '·',
            "times" => '×',
            "yen" => '¥',
            "copy" => '©',
            "bull" => '•',
            _ => return None,
        }
    };
    Some((meant, end + usize::from(open.is_none())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_saw_is_left_out() {
        for (html, shown) in [
            ("<div style=\"display: none\">发票<div>代开</div></div>路灯坏了", "路灯坏了"),
            ("<p hidden>发票</p>路灯<span style='font-size:0px'>代开</span>坏了", "路灯坏了"),
            ("<p style='visibility:hidden'>发票</p>路灯坏了", "路灯坏了"),
            // Shown after all.
            ("<td style='font-size:0'><p style='font-size:14px'>路灯坏了</p></td>", "路灯坏了"),
            ("<p style='font-size:0.9em'>路灯坏了</p>", "路灯坏了"),
            ("<p class='hidden-xs'>路灯坏了</p>", "路灯坏了"),
            ("<p style='display:none'>路灯坏了", "路灯坏了"),
            ("<p title=\"a>b\" class=c>路灯坏了</p>", "路灯坏了"),
            ("<p title=\"a>路灯坏了</p>", "路灯坏了"),
            ("<p aria-hidden=\"true\">路灯坏了</p>", "路灯坏了"),
            ("<p HIDDEN=\"\">发票</p>路灯坏了", "路灯坏了"),
            // The head of a page that is never closed, and a comment without words.
            ("<html><head><title>无标题</title><meta name=a><style>p{}</style><body>路灯坏了", "路灯坏了"),
            ("<!-->路灯<!--->坏了<!-- 内部 -->", "路灯坏了"),
            ("<xml><w:View>Normal</w:View></xml>路灯坏了", "路灯坏了"),
        ] {
            assert_eq!(to_text(html), shown, "{html}");
        }
    }

    #[test]
    fn the_words_of_a_row_stand_in_one_line_and_paragraphs_of_a_cell_apart() {
        let row = "<tr><td><p class=MsoNormal>姓名</p></td><td><div>佟国强</div></td><td>电话</td></tr><tr><td>住址</td></tr>";
        assert_eq!(to_text(&format!("<table>{row}</table>")), "姓名 佟国强 电话\n住址");
        assert_eq!(to_text("<td><p>路灯坏了。</p><p>请修。</p>谢谢<br>柳青禾</td>"), "路灯坏了。\n请修。 谢谢\n柳青禾");
    }
}
