//! Parameters of MIME headers as bytes: RFC 2231 with charset, percent signs and continuations, RFC 2047 words inside quotes, and raw
//! GBK. Chinese mail programs use all of them, sometimes in one header, and name the wrong charset in any of them.

use super::header;
use crate::charset;

/// The most parameters of one header that are looked at.
const PARAMETER_LIMIT: usize = 100;
/// The most pieces of one value.
const PIECE_LIMIT: usize = 100;

/// One piece of a value: `name*2*=…`.
struct Piece {
    /// Its place among the pieces; zero for a value in one piece.
    place: usize,
    /// Whether percent signs stand for bytes.
    coded: bool,
    bytes: Vec<u8>,
}

/// The value of parameter `name` (lower case) in an unfolded header value; none when it has none.
pub(super) fn value(line: &[u8], name: &str) -> Option<String> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut plain = None;
    for (key, bytes) in parameters(line) {
        let Some(rest) = strip_prefix_ignoring_case(&key, name) else { continue };
        match rest {
            "" => plain = plain.or(Some(bytes)),
            "*" => pieces.push(Piece { place: 0, coded: true, bytes }),
            numbered if pieces.len() < PIECE_LIMIT => {
                let Some(number) = numbered.strip_prefix('*') else { continue };
                let (number, coded) = number.strip_suffix('*').map_or((number, false), |number| (number, true));
                let Ok(place) = number.parse() else { continue };
                pieces.push(Piece { place, coded, bytes });
            }
            _ => {}
        }
    }
    let joined = joined(pieces).filter(|value| !value.trim().is_empty());
    joined.or_else(|| plain.map(|bytes| header::decode(&bytes).text)).filter(|value| !value.is_empty())
}

/// The pieces in their order, decoded by the charset that the first one names, or by what the bytes are.
fn joined(mut pieces: Vec<Piece>) -> Option<String> {
    pieces.sort_by_key(|piece| piece.place);
    let mut named = None;
    let mut bytes = Vec::new();
    for (number, piece) in pieces.into_iter().enumerate() {
        let mut value = piece.bytes.as_slice();
        if number == 0 && piece.coded {
            let mut quotes = value.splitn(3, |byte| *byte == b'\'');
            if let (Some(charset), Some(_language), Some(rest)) = (quotes.next(), quotes.next(), quotes.next()) {
                named = Some(String::from_utf8_lossy(charset).into_owned()).filter(|name| !name.is_empty());
                value = rest;
            }
        }
        if piece.coded { bytes.extend(without_percent(value)) } else { bytes.extend_from_slice(value) }
    }
    if bytes.is_empty() {
        return None;
    }
    // Some programs put encoded words even here.
    if bytes.starts_with(b"=?") {
        return Some(header::decode(&bytes).text);
    }
    let text = charset::decode(&bytes, named.as_deref()).text;
    Some(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned())
}

/// The parameters of a value, names as they are written, values without their quotes.
fn parameters(line: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut rest =
        line.iter().position(|byte| *byte == b';').and_then(|place| line.get(place + 1..)).unwrap_or_default();
    while !rest.is_empty() && found.len() < PARAMETER_LIMIT {
        let Some(equals) = rest.iter().position(|byte| *byte == b'=') else { break };
        let key = rest.get(..equals).unwrap_or_default();
        let key = key.rsplit(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let (value, behind) = one_value(rest.get(equals + 1..).unwrap_or_default());
        found.push((String::from_utf8_lossy(key).into_owned(), value));
        rest = behind;
    }
    found
}

/// The value at the beginning of `bytes`, and what follows its semicolon.
fn one_value(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let bytes = bytes.trim_ascii_start();
    let mut value = Vec::new();
    let mut quoted = false;
    // What stood in quotes keeps its blanks.
    let mut kept = 0;
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        match byte {
            b'"' => {
                quoted = !quoted;
                kept = value.len();
            }
            // Only a quote or another backslash is escaped: Windows paths come unescaped.
            b'\\' if quoted && matches!(bytes.get(place + 1), Some(b'"' | b'\\')) => {
                value.extend(bytes.get(place + 1));
                place += 1;
            }
            b';' if !quoted => break,
            // The second byte of a GBK or Big5 character may be a backslash: both bytes belong together.
            0x81..=0xfe => {
                value.push(*byte);
                if let Some(second) = bytes.get(place + 1).filter(|second| **second != b'"' && **second >= 0x40) {
                    value.push(*second);
                    place += 1;
                }
            }
            other => value.push(*other),
        }
        place += 1;
    }
    let written = value.trim_ascii_end().len().max(kept.min(value.len()));
    value.truncate(written);
    (value, bytes.get(place + 1..).unwrap_or_default())
}

fn without_percent(value: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| {
        byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match (*first, hex(behind.first()), hex(behind.get(1))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = behind.get(2..).unwrap_or_default();
            }
            (other, _, _) => bytes.push(other),
        }
    }
    bytes
}

fn strip_prefix_ignoring_case<'text>(text: &'text str, prefix: &str) -> Option<&'text str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..)).flatten()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};
    use proptest::prelude::*;

    use super::*;

    fn percent(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
    }

    #[test]
    fn file_names_in_every_way_that_mail_programs_write_them() {
        let gbk = GB18030.encode("缴费收据.jpg").0.into_owned();
        let big5 = BIG5.encode("許功蓋收據.jpg").0.into_owned();
        let cut = gbk.len() / 2;
        let cases: Vec<(Vec<u8>, &str)> = vec![
            (b"attachment; filename=a.txt".to_vec(), "a.txt"),
            (b"attachment; filename=\"a \\\"b\\\"; c.txt\"; size=3".to_vec(), "a \"b\"; c.txt"),
            (format!("attachment; filename*=gb2312''{}", percent(&gbk)).into_bytes(), "缴费收据.jpg"),
            (format!("attachment; filename*=utf-8''{}", percent(&gbk)).into_bytes(), "缴费收据.jpg"),
            (format!("attachment; filename*=''{}", percent(&gbk)).into_bytes(), "缴费收据.jpg"),
            (
                format!("attachment; FileName*=UTF-8'zh'{}", percent("缴费收据.jpg".as_bytes())).into_bytes(),
                "缴费收据.jpg",
            ),
            (
                format!("attachment; filename*1*={}; filename*0*=GBK''{}", percent(&gbk[cut..]), percent(&gbk[..cut]))
                    .into_bytes(),
                "缴费收据.jpg",
            ),
            (b"attachment; filename*0=\"a very long \"; filename*1=\"name.txt\"".to_vec(), "a very long name.txt"),
            ([b"attachment; filename=\"".as_slice(), &gbk, b"\"; size=3"].concat(), "缴费收据.jpg"),
            ([b"attachment; filename=".as_slice(), &gbk].concat(), "缴费收据.jpg"),
            ([b"attachment; filename=\"".as_slice(), &big5, b"\""].concat(), "許功蓋收據.jpg"),
            (b"attachment; filename=\"=?gb2312?B?vcm30crVvt0uanBn?=\"".to_vec(), "缴费收据.jpg"),
            (b"attachment; filename==?gb2312?B?vcm30crVvt0uanBn?=".to_vec(), "缴费收据.jpg"),
        ];
        for (line, name) in cases {
            assert_eq!(value(&line, "filename").as_deref(), Some(name), "{}", String::from_utf8_lossy(&line));
        }
        for line in [
            "",
            "attachment",
            "attachment;",
            "attachment; filename",
            "attachment; filename=",
            "attachment; filenames=a",
        ] {
            assert_eq!(value(line.as_bytes(), "filename"), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_value_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..200), mostly in "[a; ]{0,3}filename\\*?[0-9]{0,3}\\*?=[\"'%a-f0-9;]{0,40}") {
            let _any = value(&bytes, "filename");
            let _any = value(mostly.as_bytes(), "filename");
        }
    }
}
