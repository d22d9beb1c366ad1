//! One written form for text that people typed, scanned or spoke, before any parser looks at it.

use unicode_normalization::UnicodeNormalization;

/// `text` after NFKC (full-width digits and letters become plain ones), without zero-width and control
/// characters; line ends become `\n`, other white space is kept.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut pending = String::new();
    for character in text.replace("\r\n", "\n").chars().filter_map(visible) {
        // Nearly all of a petition is Han, which NFKC leaves alone: it is asked about the rest only.
        if is_inert(character) {
            compose(&mut pending, &mut normal);
            normal.push(character);
        } else {
            // With what follows: a mark joins the character before it, also once a zero-width one between them is gone.
            pending.push(character);
        }
    }
    compose(&mut pending, &mut normal);
    normal
}

/// `character` if it is seen or ends a line.
fn visible(character: char) -> Option<char> {
    match character {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' => None,
        '\r' => Some('\n'),
        '\n' | '\t' => Some(character),
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

/// Whether NFKC never changes `character`, whatever stands before or behind it.
const fn is_inert(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | '、' | '。' | '\n')
}

/// Moves what is pending behind `normal`, in NFKC.
fn compose(pending: &mut String, normal: &mut String) {
    if pending.is_ascii() {
        normal.push_str(pending);
    } else {
        normal.extend(pending.nfkc());
    }
    pending.clear();
}

/// Whether `character` is a Han ideograph (CJK unified ideographs, extension A, compatibility and the
/// supplementary planes).
#[must_use]
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// `text` cut after at most `limit` characters, never inside one.
#[must_use]
pub fn truncate(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn full_width_and_zero_width_become_plain() {
        assert_eq!(normalise("１３８\u{200b}００\r\n（Ａ）"), "13800\n(A)");
    }

    #[test]
    fn a_mark_joins_what_it_follows_once_the_invisible_is_gone() {
        assert_eq!(normalise("e\u{200b}\u{301}"), "é");
    }

    proptest! {
        #[test]
        fn normal_text_is_that_of_the_standard(
            text in "([路灯坏了，。、 Aa１e〇豈\u{301}\u{302}\u{327}\u{200b}\u{ad}\u{3099}かﾊﾞ가\u{1100}\u{1161}\u{11a8}ﬁ²½Å\r\n]|\\PC){0,16}"
        ) {
            let seen: String = text.replace("\r\n", "\n").chars().filter_map(visible).collect();
            prop_assert_eq!(normalise(&text), seen.nfkc().collect::<String>());
        }

        #[test]
        fn the_normal_form_is_its_own_normal_form(text in "\\PC*|[\\s\\S]*") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }

        #[test]
        fn truncation_gives_a_beginning_of_at_most_so_many_characters(text in "\\PC*", limit in 0_usize..20) {
            let cut = truncate(&text, limit);
            prop_assert!(text.starts_with(cut));
            prop_assert_eq!(cut.chars().count(), text.chars().count().min(limit));
        }
    }

    #[test]
    fn truncation_keeps_whole_characters() {
        assert_eq!(truncate("张三反映", 2), "张三");
        assert_eq!(truncate("张三", 9), "张三");
    }
}
