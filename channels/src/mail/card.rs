//! vCard: the card that a program attaches as the sender's signature.

use super::header::lenient_quoted_printable;
use crate::charset;

/// A larger card, in bytes, is not read: one with a portrait has some hundred thousand.
const SIZE_LIMIT: usize = 1024 * 1024;
/// The most lines that are looked at.
const LINES_LIMIT: usize = 500;

/// What `text` says, when it is one card of one person: name, numbers and address, a labelled line each. A list of several is no signature.
pub(super) fn words(text: &str) -> Option<String> {
    if text.len() > SIZE_LIMIT {
        return None;
    }
    let mut lines = unfolded(text).into_iter();
    if !lines.next()?.trim().eq_ignore_ascii_case("begin:vcard") {
        return None;
    }
    let (mut name, mut called) = (None, None);
    let mut rest: Vec<String> = Vec::new();
    for line in lines {
        let Some((property, value)) = line.split_once(':') else { continue };
        let mut parts = property.split(';');
        let key = parts.next().unwrap_or_default();
        let key = key.rsplit('.').next().unwrap_or_default().to_ascii_uppercase();
        let parameters = property.to_ascii_uppercase();
        let value = decoded(value, &parameters);
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match key.as_str() {
            "BEGIN" => return None,
            "FN" => called = Some(value.to_owned()),
            "N" => name = Some(fields_of(value).concat()),
            "ORG" => rest.push(format!("单位：{}", fields_of(value).join(" "))),
            "TEL" if parameters.contains("FAX") => rest.push(format!("传真：{value}")),
            "TEL" => rest.push(format!("电话：{}", value.trim_start_matches("tel:"))),
            "EMAIL" => rest.push(format!("邮箱：{value}")),
            // Post box, room, street, town, county, post code, country: written from the largest on, as Chinese addresses are.
            "ADR" => rest.push(format!("住址：{}", address(value))),
            _ => {}
        }
    }
    let name = called.or(name).map(|name| format!("姓名：{name}"));
    Some(name.into_iter().chain(rest).collect::<Vec<_>>().join("\n")).filter(|words| !words.is_empty())
}

/// The parts of a value.
fn fields_of(value: &str) -> Vec<&str> {
    value.split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn address(value: &str) -> String {
    let parts: Vec<&str> = value.split(';').map(str::trim).collect();
    let part = |place: usize| parts.get(place).copied().unwrap_or_default();
    [4, 3, 2, 1].map(part).concat()
}

/// The lines, those that go on in the next ones joined.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().take(LINES_LIMIT) {
        let goes_on =
            lines.last().is_some_and(|last| last.ends_with('=') && last.to_ascii_uppercase().contains("QUOTED"));
        match (lines.last_mut(), line.strip_prefix([' ', '\t'])) {
            (Some(last), _) if goes_on => {
                last.pop();
                last.push_str(line);
            }
            (Some(last), Some(rest)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// `value` as its parameters say that it is written.
fn decoded(value: &str, parameters: &str) -> String {
    if parameters.contains("QUOTED-PRINTABLE") {
        let bytes = lenient_quoted_printable(value.as_bytes());
        let named = parameters.split_once("CHARSET=").map(|(_, name)| name.split(';').next().unwrap_or_default());
        return charset::decode(&bytes, named).text;
    }
    value.replace("\\n", " ").replace("\\,", "，").replace("\\;", "；").replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_as_labelled_lines() {
        let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:阚;立群;;;\r\nitem1.TEL;TYPE=CELL:138-0000-3005\r\nADR;TYPE=HOME:;;文昌街\r\n 18号;清河县;;;\r\nEND:VCARD\r\n";
        assert_eq!(words(card).as_deref(), Some("姓名：阚立群\n电话：138-0000-3005\n住址：清河县文昌街18号"));
        let old = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=98=9A=\n=E7=AB=8B=E7=BE=A4\nEND:VCARD";
        assert_eq!(words(old).as_deref(), Some("姓名：阚立群"));
        assert_eq!(words(&format!("{card}{card}")), None, "a list");
        assert_eq!(words("路灯坏了"), None);
    }
}
