//! The normal form in which texts are compared and searched.

use case::simplified::simplify;
use case::text::{is_han, normalise};

use super::numerals;

/// `text` in the form in which it is compared: NFKC, lower case, simplified characters, numbers before a measure word in
/// Arabic digits, no white space between Han characters (lines of scans and of mails are broken anywhere), every other run
/// of white space one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let normal = normalise(text);
    let mut plain: Vec<char> = Vec::with_capacity(normal.len());
    for character in normal.chars() {
        // Han has no lower case, and nearly all of a petition is Han.
        if is_han(character) {
            plain.push(simplify(character));
        } else {
            plain.extend(character.to_lowercase().map(simplify));
        }
    }
    numerals::to_arabic(&join_lines(&plain))
}

/// Drops white space next to a Han character and makes every other run of it one space.
fn join_lines(text: &[char]) -> Vec<char> {
    let mut joined: Vec<char> = Vec::with_capacity(text.len());
    let mut gap = false;
    for &character in text {
        if character.is_whitespace() {
            gap = true;
            continue;
        }
        if gap {
            gap = false;
            let between = joined.last().is_some_and(|last| !is_han(*last)) && !is_han(character);
            if between {
                joined.push(' ');
            }
        }
        joined.push(character);
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn layout_width_case_and_script_do_not_matter() {
        assert_eq!(fold("和平路 地铁\n３號口\u{200b}外，ＡＢ　c"), "和平路地铁3号口外,ab c");
    }

    #[test]
    fn numbers_before_a_measure_word_have_one_form() {
        assert_eq!(fold("三栋二单元五月十二日"), fold("3栋2单元5月12日"));
        assert_eq!(fold("二〇一九年"), "2019年");
        assert_eq!(fold("一百二十户"), "120户");
        assert_eq!(fold("万一统一"), "万一统一");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "[一二三十百零栋号a-zA-Z0-9 \\n和平路，。號國]{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn any_text_can_be_folded(text in any::<String>()) {
            let _folded = fold(&text);
        }
    }
}
