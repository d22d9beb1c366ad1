//! Who a mail says that it comes from. Whoever stands in `From` may join a case and is answered, so the address is what stands between
//! the angle brackets and nothing that a name, a comment or an encoded word only looks like; and a mail that names two addresses names
//! none that can be relied on.

use super::header::{Headers, unfold};
use crate::fields::is_mail_address;

/// The most senders that are looked at.
const COUNT_LIMIT: usize = 20;

/// Who a mail says that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sender {
    /// The name beside the address; empty when there is none.
    pub(super) name: String,
    /// The address, or what stands in its place; empty when there is nothing.
    pub(super) address: String,
    /// Every address that it names, when they are different ones.
    pub(super) several: Vec<String>,
}

impl Sender {
    /// The address, when it is one and the only one.
    pub(super) fn reliable(&self) -> Option<&str> {
        Some(self.address.as_str()).filter(|address| self.several.is_empty() && is_mail_address(address))
    }
}

/// Name and address of one sender, not decoded.
#[derive(Default)]
struct Named {
    phrase: Vec<u8>,
    comment: Vec<u8>,
    address: Option<Vec<u8>>,
}

/// The sender in the headers of a mail; every `From` counts.
pub(super) fn of(headers: &Headers<'_>) -> Sender {
    let mut found: Vec<(String, String)> = Vec::new();
    for value in headers.all("from").take(COUNT_LIMIT) {
        let line = unfold(value);
        let mut named = parted(&line);
        if !line.contains(&b'@') {
            // Some programs put name and address into one encoded word.
            let whole = headers.decoded(&line).text;
            if whole.contains('@') {
                named = parted(whole.as_bytes());
            }
        }
        let text = |bytes: &[u8]| headers.decoded(bytes).text.trim().trim_matches(['"', '\'', ' ']).to_owned();
        found.extend(named.into_iter().map(|one| match one.address {
            Some(address) => (text(&one.phrase), text(&address)),
            None => (text(&one.comment), text(&one.phrase)),
        }));
    }
    let mut addresses: Vec<String> =
        found.iter().map(|(_, address)| address.clone()).filter(|address| is_mail_address(address)).collect();
    let mut seen: Vec<String> = Vec::new();
    addresses.retain(|address| {
        let plain = address.to_lowercase();
        let new = !seen.contains(&plain);
        seen.push(plain);
        new
    });
    let place = found.iter().position(|(_, address)| is_mail_address(address)).unwrap_or(0);
    let (name, address) = found.into_iter().nth(place).unwrap_or_default();
    let several = if addresses.len() > 1 { addresses } else { Vec::new() };
    Sender { name, address, several }
}

/// The sender in the value of a header that was copied into the words of a mail: `"名字" <a@example.invalid>;`.
pub(super) fn written(value: &str) -> Sender {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().trim_matches(['"', '\'', ' ']).to_owned();
    let value = value.replace("mailto:", "").replace(['[', '【'], "<").replace([']', '】'], ">");
    let Some(one) = parted(value.as_bytes()).into_iter().next() else { return Sender::default() };
    let phrase = text(one.phrase);
    let address = one.address.map(text);
    match address {
        Some(address) => Sender { name: phrase, address, several: Vec::new() },
        None if phrase.contains('@') => Sender { name: text(one.comment), address: phrase, several: Vec::new() },
        None => Sender { name: phrase, ..Sender::default() },
    }
}

/// The senders in a line, by RFC 5322 section 3.4 as far as programs keep to it.
fn parted(line: &[u8]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut one = Named::default();
    let mut place = 0;
    while let Some(byte) = line.get(place) {
        let rest = line.get(place + 1..).unwrap_or_default();
        place += 1;
        match byte {
            b'"' => {
                let (inside, length) = quoted(rest);
                one.phrase.extend(inside);
                place += length;
            }
            b'(' => {
                let (inside, length) = comment(rest);
                one.comment.extend(inside);
                place += length;
            }
            b'<' => {
                let length = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
                let inside = rest.get(..length).unwrap_or_default().trim_ascii().to_vec();
                place += length + 1;
                // `a <b@c> <d@e>`: neither is more believable than the other.
                if one.address.is_some() {
                    push(&mut named, std::mem::take(&mut one));
                }
                one.address = Some(inside);
            }
            // A name with a comma that is not quoted goes on.
            b',' if one.address.is_none() && !one.phrase.contains(&b'@') => one.phrase.push(b' '),
            b',' | b';' => push(&mut named, std::mem::take(&mut one)),
            // The name of a group.
            b':' if one.address.is_none() && !one.phrase.contains(&b'@') => one.phrase.clear(),
            // Both bytes of a GBK or Big5 character belong together: the second may be a backslash.
            0x81..=0xfe => {
                one.phrase.push(*byte);
                if let Some(second) = rest.first().filter(|second| **second >= 0x80 || **second == b'\\') {
                    one.phrase.push(*second);
                    place += 1;
                }
            }
            other => one.phrase.push(*other),
        }
    }
    push(&mut named, one);
    named
}

fn push(named: &mut Vec<Named>, one: Named) {
    let says = one.address.is_some() || !one.phrase.trim_ascii().is_empty();
    if says && named.len() < COUNT_LIMIT {
        named.push(one);
    }
}

/// What stands in quotes, and how many bytes it takes with the closing one.
fn quoted(rest: &[u8]) -> (Vec<u8>, usize) {
    let mut inside = Vec::new();
    let mut place = 0;
    while let Some(byte) = rest.get(place) {
        match byte {
            b'"' => return (inside, place + 1),
            b'\\' if matches!(rest.get(place + 1), Some(b'"' | b'\\')) => {
                inside.extend(rest.get(place + 1));
                place += 1;
            }
            other => inside.push(*other),
        }
        place += 1;
    }
    (inside, place)
}

/// What stands in a comment, comments in it included, and how many bytes it takes with the closing bracket.
fn comment(rest: &[u8]) -> (Vec<u8>, usize) {
    let mut inside = Vec::new();
    let mut depth = 1_usize;
    for (place, byte) in rest.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (inside, place + 1);
        }
        inside.push(*byte);
    }
    (inside, rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sender(lines: &str) -> Sender {
        of(&Headers::of(format!("{lines}\nSubject: a\n\n").as_bytes()))
    }

    #[test]
    fn the_address_is_what_stands_in_the_brackets() {
        for (from, name, address) in [
            ("From: liu@example.invalid", "", "liu@example.invalid"),
            ("From: <liu@example.invalid>", "", "liu@example.invalid"),
            ("From: liu@example.invalid (柳青禾)", "柳青禾", "liu@example.invalid"),
            ("From: 柳青禾 <liu@example.invalid>", "柳青禾", "liu@example.invalid"),
            ("From: Liu, Qinghe <liu@example.invalid>", "Liu  Qinghe", "liu@example.invalid"),
            ("From: \"Liu, Qinghe\" <liu@example.invalid>", "Liu, Qinghe", "liu@example.invalid"),
            ("From: =?utf-8?B?5p+z6Z2S56a+IDxsaXVAZXhhbXBsZS5pbnZhbGlkPg==?=", "柳青禾", "liu@example.invalid"),
            // Names that look like somebody else's address.
            ("From: \"liu@example.invalid\" <other@example.invalid>", "liu@example.invalid", "other@example.invalid"),
            (
                "From: \"a <liu@example.invalid>\" <other@example.invalid>",
                "a <liu@example.invalid>",
                "other@example.invalid",
            ),
            ("From: (<liu@example.invalid>) other@example.invalid", "<liu@example.invalid>", "other@example.invalid"),
            (
                "From: =?utf-8?Q?Liu_=3Cliu=40example.invalid=3E?= <other@example.invalid>",
                "Liu <liu@example.invalid>",
                "other@example.invalid",
            ),
            ("From: nobody", "", "nobody"),
            ("From: 群组: liu@example.invalid;", "", "liu@example.invalid"),
        ] {
            let found = sender(from);
            assert_eq!((found.name.as_str(), found.address.as_str()), (name, address), "{from}");
            assert_eq!(found.several, Vec::<String>::new(), "{from}");
        }
    }

    #[test]
    fn a_mail_of_two_senders_has_none_that_can_be_relied_on() {
        for from in [
            "From: liu@example.invalid\nFrom: other@example.invalid",
            "From: liu@example.invalid, other@example.invalid",
            "From: 柳青禾 <liu@example.invalid>, 其他 <other@example.invalid>",
            "From: liu <liu@example.invalid> <other@example.invalid>",
        ] {
            let found = sender(from);
            assert_eq!(found.reliable(), None, "{from}");
            assert_eq!(found.several, ["liu@example.invalid", "other@example.invalid"], "{from}");
        }
        let twice = sender("From: Liu@example.invalid\nFrom: 柳青禾 <liu@Example.invalid>");
        assert_eq!(twice.reliable(), Some("Liu@example.invalid"), "the same address written twice is one");
    }

    proptest! {
        #[test]
        fn any_line_has_a_sender_or_none(line in "[\"<>(),;:@\\\\a柳 .]{0,60}", bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _any = sender(&format!("From: {line}"));
            let _any = parted(&bytes);
        }
    }
}
