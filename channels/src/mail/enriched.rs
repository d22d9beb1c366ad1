//! Text of `text/enriched` (RFC 1896) and the older `text/richtext` (RFC 1341): the words without their commands. Total and linear.

/// Commands whose contents are not shown.
const HIDDEN: [&str; 2] = ["param", "comment"];
/// Longest name of a command, in bytes.
const NAME_LIMIT: usize = 60;

/// The text of `enriched`: one line end joins two lines, each more is one; within `<nofill>` they stand as they are.
pub(super) fn to_text(enriched: &str) -> String {
    let mut text = String::with_capacity(enriched.len());
    let (mut hidden, mut unfilled) = (0_usize, 0_usize);
    let mut rest = enriched;
    while let Some(character) = rest.chars().next() {
        let behind = rest.get(character.len_utf8()..).unwrap_or_default();
        if character == '<' && behind.starts_with('<') {
            push(&mut text, '<', hidden);
            rest = behind.get(1..).unwrap_or_default();
        } else if let Some((name, length)) = command(rest) {
            let plain = name.trim_start_matches('/').to_ascii_lowercase();
            let open = !name.starts_with('/');
            let counted = |depth: usize| if open { depth + 1 } else { depth.saturating_sub(1) };
            match plain.as_str() {
                "nofill" | "verbatim" => unfilled = counted(unfilled),
                "nl" | "paragraph" | "np" => push(&mut text, '\n', hidden),
                "lt" => push(&mut text, '<', hidden),
                _ if HIDDEN.contains(&plain.as_str()) => hidden = counted(hidden),
                _ => {}
            }
            rest = rest.get(length..).unwrap_or_default();
        } else if matches!(character, '\r' | '\n') && unfilled == 0 {
            let ends = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
            let run = rest.get(..ends).unwrap_or_default();
            let lines = run.matches('\n').count().max(1);
            let joined = if lines == 1 { " " } else { "" };
            for end in joined.chars().chain(std::iter::repeat_n('\n', lines - 1)) {
                push(&mut text, end, hidden);
            }
            rest = rest.get(ends..).unwrap_or_default();
        } else {
            push(&mut text, character, hidden);
            rest = behind;
        }
    }
    text.trim().to_owned()
}

fn push(text: &mut String, character: char, hidden: usize) {
    if hidden == 0 {
        text.push(character);
    }
}

/// The command at the beginning of `text`, and how many bytes it takes.
fn command(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.bytes().take(NAME_LIMIT + 2).position(|byte| byte == b'>')?;
    let name = inside.get(..end)?;
    let plain = name.strip_prefix('/').unwrap_or(name);
    let fits = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fits.then_some((name, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_taken_out_and_lines_joined() {
        for (enriched, shown) in [
            ("<bold>路灯</bold>坏了\n\n请修。", "路灯坏了\n请修。"),
            ("<color><param>FFFF,0000,0000</param>路灯</color>坏了", "路灯坏了"),
            ("<nofill>路灯\n坏了</nofill>", "路灯\n坏了"),
            ("一 << 二，<未闭合", "一 < 二，<未闭合"),
            ("路灯<nl>坏了<comment>内部</comment><lt>", "路灯\n坏了<"),
            ("路灯\r\n\r\n\r\n坏了", "路灯\n\n坏了"),
        ] {
            assert_eq!(to_text(enriched), shown, "{enriched}");
        }
    }
}
