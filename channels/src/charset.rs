//! The charset of a text, told by its bytes and only then by what it claims.
//!
//! Chinese offices get GBK under the name of GB2312, UTF-8 under the name of GB2312 and GBK under no name at all. UTF-8 is
//! recognised by its form: a text of GB18030 is valid UTF-8 only by a rare accident, so valid UTF-8 is taken as such.

mod escaped;
mod likeness;
mod taiwan;

use encoding_rs::{BIG5, Encoding, GB18030, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much more Chinese a text must look in another charset before its label is not believed. Two charsets that both fit differ by
/// far more than this in any sentence.
const LABEL_WEIGHT: f64 = 0.15;
/// Of two charsets that nobody names, the more common one of the two in the mail of an office here.
const HOME_WEIGHT: f64 = 0.05;

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// The name of the charset that fitted, as in [`case::statement::Mark::CharsetRepaired`].
    pub(crate) used: &'static str,
    /// Whether the text was in another charset than it claimed, or some of its bytes fitted none.
    pub(crate) repaired: bool,
}

/// Decodes `bytes` that claim to be in the charset `claimed`. Total: bytes that fit no charset become U+FFFD.
pub(crate) fn decode(bytes: &[u8], claimed: Option<&str>) -> Decoded {
    // The two bytes of a mark may also be damage; what follows must fit it.
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && let Some(text) =
            encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..).unwrap_or_default())
    {
        return Decoded { text: text.into_owned(), used: encoding.name(), repaired: false };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Decoded {
            text: text.into_owned(),
            used: encoding.name(),
            repaired: claimed.is_none_or(|name| !name.to_ascii_lowercase().contains("utf-16")),
        };
    }
    let named = claimed.and_then(|name| labelled(name.trim().trim_matches('"')));
    // GB2312 and GBK are read as their superset GB18030.
    let named = named.map(|encoding| if encoding.name() == "GBK" { GB18030 } else { encoding });
    // The encoding standard of the web takes some old charsets for nothing at all.
    let named = named.filter(|encoding| *encoding != REPLACEMENT);
    if bytes.is_ascii() && named != Some(ISO_2022_JP) {
        if let Some(decoded) = seven_bit(bytes, claimed) {
            return decoded;
        }
        return Decoded { text: String::from_utf8_lossy(bytes).into_owned(), used: UTF_8.name(), repaired: false };
    }
    // A single-byte charset decodes anything, so it proves nothing: it is only believed when nothing Chinese fits.
    let believed = named.filter(|encoding| !encoding.is_single_byte());
    // ISO-2022-JP is ASCII by its bytes.
    if named == Some(ISO_2022_JP) && bytes.contains(&0x1b) {
        return fitted(ISO_2022_JP, bytes, false);
    }
    if let Some(text) = std::str::from_utf8(bytes).ok().and_then(coded_twice) {
        return Decoded { text, used: UTF_8.name(), repaired: true };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return fitted(UTF_8, bytes, named.is_some_and(|encoding| encoding != UTF_8));
    }
    let candidates = believed.into_iter().chain([GB18030, BIG5]);
    let fitting = candidates.filter_map(|encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let label = if Some(encoding) == believed { LABEL_WEIGHT } else { 0.0 };
        let home = if encoding == GB18030 { HOME_WEIGHT } else { 0.0 };
        Some((encoding, likeness::of(&text) + label + home))
    });
    // The first of the best: what is claimed comes first.
    if let Some((encoding, _)) = fitting.reduce(|best, other| if other.1 > best.1 { other } else { best }) {
        return fitted(encoding, bytes, Some(encoding) != named);
    }
    // Damaged: the charset with the fewest bytes that do not fit.
    let damage = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        text.chars().filter(|character| *character == '\u{fffd}').count()
    };
    let best = [UTF_8, GB18030].into_iter().chain(named).min_by_key(|encoding| damage(encoding)).unwrap_or(UTF_8);
    fitted(best, bytes, true)
}

/// The Chinese of a text that a gateway took for Western letters and coded in UTF-8 once more: `æˆ‘` for `我`.
fn coded_twice(text: &str) -> Option<String> {
    const HAN_NEEDED: usize = 2;
    let letters = text.chars().filter(|c| !c.is_ascii()).count();
    // What is Chinese already is not looked at further.
    if letters < HAN_NEEDED * 3 || text.chars().any(case::text::is_han) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        // Programs differ in what they make of the bytes from 0x80 to 0x9f.
        let byte = u8::try_from(u32::from(character)).ok().or_else(|| {
            let mut written = [0; 4];
            let (byte, _, lost) = WINDOWS_1252.encode(character.encode_utf8(&mut written));
            byte.first().copied().filter(|_| !lost)
        });
        bytes.push(byte?);
    }
    let inner = String::from_utf8(bytes).ok()?;
    (inner.chars().filter(|c| case::text::is_han(*c)).count() >= HAN_NEEDED).then_some(inner)
}

/// The charset of a label, in the names of the web and in those of Windows and of old programs.
fn labelled(name: &str) -> Option<&'static Encoding> {
    const OTHERS: [(&str, &Encoding); 10] = [
        ("cp936", GB18030),
        ("ms936", GB18030),
        ("windows-936", GB18030),
        ("euc-cn", GB18030),
        ("gb2312-80", GB18030),
        ("gb18030-2000", GB18030),
        ("cp950", BIG5),
        ("ms950", BIG5),
        ("windows-950", BIG5),
        ("big5-eten", BIG5),
    ];
    Encoding::for_label(name.as_bytes())
        .or_else(|| OTHERS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, encoding)| *encoding))
}

/// Chinese in seven bits, by its label or by what only it has.
fn seven_bit(bytes: &[u8], claimed: Option<&str>) -> Option<Decoded> {
    let claimed = claimed.map(str::to_ascii_lowercase).unwrap_or_default();
    let has = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    let is_hz = claimed.contains("hz-gb");
    let is_cn = claimed.contains("iso-2022-cn");
    let decoded = |text, used, is_named: bool| Decoded { text, used, repaired: !is_named };
    if is_cn || has(b"\x1b$)A") {
        return escaped::iso_2022_cn(bytes).map(|text| decoded(text, "ISO-2022-CN", is_cn));
    }
    if is_hz || (has(b"~{") && has(b"~}")) {
        return escaped::hz(bytes).map(|text| decoded(text, "HZ-GB-2312", is_hz));
    }
    if claimed.contains("utf-7") {
        return escaped::utf_7(bytes).map(|text| decoded(text, "UTF-7", true));
    }
    None
}

fn fitted(encoding: &'static Encoding, bytes: &[u8], repaired: bool) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), used: encoding.name(), repaired }
}

/// UTF-16 without a byte order mark: text of any language holds line ends or blanks, and these have a zero byte always on
/// the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| bytes.iter().take(4096).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = bytes.len().min(4096) / 2;
    // One zero in twenty pairs on one side and none on the other.
    if !bytes.len().is_multiple_of(2) || pairs < 8 || (even > 0) == (odd > 0) || (even + odd) * 20 < pairs {
        return None;
    }
    let encoding = if odd > 0 { UTF_16LE } else { UTF_16BE };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|_| encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_the_bytes_wins_over_the_label() {
        let gbk = GB18030.encode("镕基：楼道积水").0.into_owned();
        assert_eq!(
            decode(&gbk, Some("gb2312")),
            Decoded { text: "镕基：楼道积水".to_owned(), used: "gb18030", repaired: false }
        );
        assert_eq!(decode(&gbk, None).text, "镕基：楼道积水");
        assert!(decode(&gbk, None).repaired);
        assert!(decode(&gbk, Some("utf-8")).repaired);
        for name in ["CP936", "windows-936", "EUC-CN", "gb2312-80"] {
            assert_eq!(
                (decode(&gbk, Some(name)).repaired, decode(&gbk, Some(name)).text.as_str()),
                (false, "镕基：楼道积水")
            );
        }
        let mislabelled = decode("楼道积水".as_bytes(), Some("gb2312"));
        assert_eq!((mislabelled.text.as_str(), mislabelled.used, mislabelled.repaired), ("楼道积水", "UTF-8", true));
        assert_eq!(decode(&gbk, Some("iso-8859-1")).text, "镕基：楼道积水");
    }

    #[test]
    fn what_was_coded_twice_is_read_once() {
        assert_eq!(coded_twice("été à Köln, naïve façade"), None, "Western letters are what they are");
        let twice: String =
            "我住三号楼，楼道积水。".bytes().map(|byte| WINDOWS_1252.decode(&[byte]).0.into_owned()).collect();
        let read = decode(twice.as_bytes(), Some("utf-8"));
        assert_eq!((read.text.as_str(), read.repaired), ("我住三号楼，楼道积水。", true));
    }

    #[test]
    fn big5_and_gbk_are_told_apart_whatever_they_are_called() {
        let traditional = "您好，請問市區道路積水的問題何時處理？我們已經反映多次，沒有人回覆。";
        let simplified = "您好，请问市区道路积水的问题何时处理？我们已经反映多次，没有人回复。";
        let (big5, gbk) = (BIG5.encode(traditional).0.into_owned(), GB18030.encode(simplified).0.into_owned());
        for claimed in [None, Some("big5"), Some("gb2312"), Some("utf-8"), Some("iso-8859-1"), Some("nonsense")] {
            assert_eq!(decode(&big5, claimed).text, traditional, "{claimed:?}");
            assert_eq!(decode(&gbk, claimed).text, simplified, "{claimed:?}");
        }
        // Two characters prove nothing: the label is believed.
        let name = BIG5.encode("許功").0.into_owned();
        assert_eq!(decode(&name, Some("big5")).text, "許功");
    }

    #[test]
    fn seven_bit_chinese_is_read_by_its_label_or_without() {
        let hz = b"~{<:Ky2;S{#,NpJ)SZHK!#~}";
        for claimed in [Some("hz-gb-2312"), Some("gb2312"), None] {
            let read = decode(hz, claimed);
            assert_eq!((read.text.as_str(), read.used), ("己所不欲，勿施于人。", "HZ-GB-2312"));
            assert_eq!(read.repaired, claimed != Some("hz-gb-2312"));
        }
        assert_eq!(decode(b"\x1b$)A\x0eVPND\x0f", Some("iso-2022-cn")).text, "中文");
        assert_eq!(decode(b"+Ti1lhw-", Some("utf-7")).text, "中文");
        assert_eq!(decode(b"+Ti1lhw- a~{b", None).text, "+Ti1lhw- a~{b", "plain text stays as it is");
    }

    #[test]
    fn byte_order_marks_and_their_absence() {
        let wide: Vec<u8> = "来电人：您好，楼道\n积水".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None).text, "来电人：您好，楼道\n积水");
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
        assert_eq!(decode(&marked, None).text, "来电人：您好，楼道\n积水");
        assert_eq!(decode("\u{feff}楼道".as_bytes(), None).text, "楼道");
    }
}
