//! Chinese in seven bits: HZ (RFC 1843), ISO-2022-CN (RFC 1922) and UTF-7 (RFC 2152). Old programs and gateways still send them, and
//! the encoding standard of the web leaves them out.

use base64::engine::general_purpose::NO_PAD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine, alphabet};
use encoding_rs::{GB18030, UTF_16BE};

use super::taiwan;

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

/// What stands behind a shift, by the designation before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shifted {
    /// GB 2312.
    Mainland,
    /// The first plane of CNS 11643.
    Taiwan,
    /// A set that is not known here.
    Unknown,
}

/// The text of ISO-2022-CN. Characters of other planes of CNS 11643 than the first two become U+FFFD, one each; the mail says how many are
/// missing (`Mark::CharactersLost`) and the original keeps them. None when `bytes` designate nothing.
pub(super) fn iso_2022_cn(bytes: &[u8]) -> Option<String> {
    const SHIFT_OUT: u8 = 0x0e;
    const SHIFT_IN: u8 = 0x0f;
    const UNKNOWN: char = '\u{fffd}';
    let mut text = String::new();
    let (mut any, mut set, mut shifted) = (false, Shifted::Mainland, false);
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match *first {
            0x1b => {
                if let Some((designated, next)) = designated(behind) {
                    rest = next;
                    if let Some(designated) = designated {
                        (any, set) = (true, designated);
                    }
                } else if let Some(plane) = behind.first().and_then(|byte| single_shift(*byte)) {
                    let pair = [1, 2].map(|place| behind.get(place).copied().unwrap_or_default());
                    text.push(taiwan::character(plane, pair).unwrap_or(UNKNOWN));
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
                match set {
                    Shifted::Mainland => text.push_str(gb2312(&pair).as_deref().unwrap_or("\u{fffd}")),
                    Shifted::Taiwan => text.push(taiwan::character(1, pair).unwrap_or(UNKNOWN)),
                    Shifted::Unknown => text.push(UNKNOWN),
                }
                rest = behind.get(1..).unwrap_or_default();
            }
            other if other.is_ascii() => text.push(char::from(other)),
            _ => text.push(UNKNOWN),
        }
    }
    any.then_some(text)
}

/// The designation behind an escape, what it makes of shifted bytes if anything, and what follows it.
fn designated(behind: &[u8]) -> Option<(Option<Shifted>, &[u8])> {
    const SETS: [(&[u8], Option<Shifted>); 9] = [
        (b"$)A", Some(Shifted::Mainland)),
        (b"$)G", Some(Shifted::Taiwan)),
        (b"$)E", Some(Shifted::Unknown)),
        // Planes that single shifts reach.
        (b"$*H", None),
        (b"$+I", None),
        (b"$+J", None),
        (b"$+K", None),
        (b"$+L", None),
        (b"$+M", None),
    ];
    SETS.iter().find_map(|(name, set)| behind.strip_prefix(*name).map(|rest| (*set, rest)))
}

/// The plane of which a single shift takes one character: the second one, or one of those that are not known here.
const fn single_shift(byte: u8) -> Option<u8> {
    match byte {
        b'N' => Some(2),
        b'O' => Some(3),
        _ => None,
    }
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
        // Traditional characters of both planes beside simplified ones, and one of a third plane.
        assert_eq!(
            iso_2022_cn(b"\x1b$)A\x0eVPND\x0f\x1b$)G\x1b$*H\x0eD!\x1bN!!\x0f ok \x1b$+I\x1bO!!").as_deref(),
            Some("中文一乂 ok \u{fffd}")
        );
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
