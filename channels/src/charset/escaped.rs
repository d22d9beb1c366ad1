//! Chinese in seven bits: HZ (RFC 1843), ISO-2022-CN (RFC 1922) and UTF-7 (RFC 2152). Old programs and gateways still send them, and
//! the encoding standard of the web leaves them out.

use base64::engine::general_purpose::NO_PAD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine, alphabet};
use encoding_rs::{GB18030, UTF_16BE};

/// The text of HZ; none when `bytes` are none.
pub(super) fn hz(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut rest = bytes;
    let mut any = false;
    while let Some((first, behind)) = rest.split_first() {
        if *first != b'~' {
            let end = rest.iter().position(|byte| *byte == b'~').unwrap_or(rest.len());
            let (plain, behind) = rest.split_at_checked(end)?;
            text.push_str(std::str::from_utf8(plain).ok()?);
            rest = behind;
            continue;
        }
        match behind.first() {
            Some(b'{') => {
                any = true;
                let coded = behind.get(1..)?;
                // A line may end without closing (section 4.1 of the RFC forbids it, programs do it).
                let closed = coded.windows(2).position(|pair| pair == b"~}");
                let end = closed.unwrap_or_else(|| coded.iter().position(|byte| *byte == b'\n').unwrap_or(coded.len()));
                text.push_str(&gb2312(coded.get(..end)?)?);
                rest = coded.get(if closed.is_some() { end + 2 } else { end }..)?;
            }
            Some(b'~') => {
                text.push('~');
                rest = behind.get(1..)?;
            }
            Some(b'\n') => rest = behind.get(1..)?,
            _ => {
                text.push('~');
                rest = behind;
            }
        }
    }
    any.then_some(text)
}

/// Pairs of seven-bit bytes as GB 2312; line ends and blanks between them stay.
fn gb2312(coded: &[u8]) -> Option<String> {
    let mut eight = Vec::with_capacity(coded.len());
    let mut rest = coded;
    while let Some((first, behind)) = rest.split_first() {
        if first.is_ascii_whitespace() {
            eight.push(*first);
            rest = behind;
            continue;
        }
        let second = behind.first()?;
        if !(0x21..=0x7e).contains(first) || !(0x21..=0x7e).contains(second) {
            return None;
        }
        eight.extend([first | 0x80, second | 0x80]);
        rest = behind.get(1..)?;
    }
    GB18030.decode_without_bom_handling_and_without_replacement(&eight).map(std::borrow::Cow::into_owned)
}

/// The text of ISO-2022-CN. Characters of CNS 11643 become U+FFFD, one each, since no kept crate has its table (glibc's iconv has, but
/// is no crate); the mail says how many are missing (`Mark::CharactersLost`) and the original keeps them. None when `bytes` designate nothing.
pub(super) fn iso_2022_cn(bytes: &[u8]) -> Option<String> {
    const SHIFT_OUT: u8 = 0x0e;
    const SHIFT_IN: u8 = 0x0f;
    let mut text = String::new();
    let (mut any, mut is_gb, mut shifted) = (false, true, false);
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match *first {
            0x1b => {
                if let Some(next) = behind.strip_prefix(b"$)A") {
                    (any, is_gb, rest) = (true, true, next);
                } else if let Some(next) = behind.strip_prefix(b"$)G").or_else(|| behind.strip_prefix(b"$)E")) {
                    (any, is_gb, rest) = (true, false, next);
                } else if let Some(next) = behind.strip_prefix(b"$*H") {
                    rest = next;
                } else if behind.first() == Some(&b'N') {
                    // One character of the second plane.
                    text.push('\u{fffd}');
                    rest = behind.get(3..).unwrap_or_default();
                }
            }
            SHIFT_OUT => shifted = true,
            SHIFT_IN => shifted = false,
            b'\n' => {
                text.push('\n');
                shifted = false;
            }
            other if shifted && (0x21..=0x7e).contains(&other) => {
                let pair = [other, behind.first().copied().unwrap_or_default()];
                text.push_str(&is_gb.then(|| gb2312(&pair)).flatten().unwrap_or_else(|| "\u{fffd}".to_owned()));
                rest = behind.get(1..).unwrap_or_default();
            }
            other if other.is_ascii() => text.push(char::from(other)),
            _ => text.push('\u{fffd}'),
        }
    }
    any.then_some(text)
}

/// The text of UTF-7; none when `bytes` are none.
pub(super) fn utf_7(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'+' {
            text.push(char::from(*first).is_ascii().then_some(char::from(*first))?);
            continue;
        }
        let end = behind
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !b"+/".contains(byte))
            .unwrap_or(behind.len());
        let (coded, after) = behind.split_at_checked(end)?;
        rest = after.strip_prefix(b"-").unwrap_or(after);
        if coded.is_empty() {
            text.push('+');
            continue;
        }
        let wide = bits(coded);
        text.push_str(&UTF_16BE.decode_without_bom_handling_and_without_replacement(&wide)?);
    }
    Some(text)
}

/// Base64 without its padding, whole pairs of bytes only.
fn bits(coded: &[u8]) -> Vec<u8> {
    // What is left over at the end of a word may hold anything.
    const LENIENT: GeneralPurposeConfig = NO_PAD.with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
    // One digit alone holds no byte.
    let whole = coded.len() - usize::from(coded.len() % 4 == 1);
    let mut bytes = engine.decode(coded.get(..whole).unwrap_or_default()).unwrap_or_default();
    bytes.truncate(bytes.len() / 2 * 2);
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seven_bits_are_read() {
        assert_eq!(
            hz(b"This is ~{<:Ky2;S{#,NpJ)SZHK!#~} Bye ~~.").as_deref(),
            Some("This is 己所不欲，勿施于人。 Bye ~.")
        );
        assert_eq!(hz(b"no tilde"), None);
        assert_eq!(hz(b"~{<:Ky2;\nnext").as_deref(), Some("己所不\nnext"));
        assert_eq!(iso_2022_cn(b"\x1b$)A\x0eVPND\x0f ok").as_deref(), Some("中文 ok"));
        assert_eq!(iso_2022_cn(b"plain"), None);
        assert_eq!(utf_7(b"Hi Mom +Jjo-! +Ti1lhw- 1 +- 1").as_deref(), Some("Hi Mom \u{263a}! 中文 1 + 1"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..80), ascii in "[~{}+\\-A-Za-z\u{1b}$)\u{e}\u{f}]{0,60}") {
            for bytes in [bytes.as_slice(), ascii.as_bytes()] {
                let _any = (hz(bytes), iso_2022_cn(bytes), utf_7(bytes));
            }
        }
    }
}
