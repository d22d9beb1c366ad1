//! Terms as plain lower-case Latin words, so that the server's own segmenter has nothing to decide.
//!
//! Meilisearch cuts Chinese by a dictionary: `积水` is not found in `路面积水`, no single character is found inside a word, and a
//! traditional character never meets its simplified one. The text is therefore cut here, as for the embedded engine, and each
//! term is written in the letters a to z: one word to every version of the server, two terms equal exactly when their words are.
//! Nothing here hides anything from who reads the server's log: that log must be protected as the database is.

/// Letters of one digit.
const BASE: u32 = 26;
/// The first letters of ASCII characters are a to e, those of all others come after.
const ASCII_FIRST: u32 = 5;
/// The longest word that is written out; the server leaves out words of more than 255 bytes.
const LONGEST: usize = 200;

/// `term` in letters: two for an ASCII character, four for any other. No code begins another one, so different terms have
/// different words; one that would be too long for the server keeps its beginning.
pub(super) fn word(term: &str) -> String {
    let mut word = String::with_capacity(term.len().saturating_mul(2));
    for character in term.chars() {
        let code = u32::from(character);
        let digits = if character.is_ascii() {
            vec![code / BASE, code % BASE]
        } else {
            let high = (code / (BASE * BASE * BASE)).min(BASE - 1 - ASCII_FIRST);
            vec![ASCII_FIRST + high, code / (BASE * BASE) % BASE, code / BASE % BASE, code % BASE]
        };
        if word.len().saturating_add(digits.len()) > LONGEST {
            break;
        }
        word.extend(digits.into_iter().filter_map(letter));
    }
    word
}

fn letter(digit: u32) -> Option<char> {
    u8::try_from(digit).ok().filter(|digit| *digit < 26).map(|digit| char::from(b'a'.saturating_add(digit)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_only() {
        assert_eq!(word("路"), "hbtn");
        assert_eq!(word("3\u{1f}栋"), "bzbfgnkl");
    }

    proptest! {
        #[test]
        fn different_terms_have_different_words(a in "[一-龥a-z0-9]{1,5}", b in "[一-龥a-z0-9]{1,5}") {
            prop_assert_eq!(a == b, word(&a) == word(&b));
            prop_assert!(word(&a).bytes().all(|byte| byte.is_ascii_lowercase()));
        }
    }
}
