//! JSON and transcripts that are broken, deep, huge or impossible.

use serde_json::json;

/// A form that ends in the middle of a value.
#[must_use]
pub fn cut_off_json() -> Vec<u8> {
    "{\"title\":\"村口道路坑洼\",\"body\":\"请派人修".into()
}

/// Arrays within arrays, `depth` of them.
#[must_use]
pub fn deep_json(depth: usize) -> Vec<u8> {
    let open = "[".repeat(depth);
    let shut = "]".repeat(depth);
    format!("{{\"title\":\"x\",\"body\":{open}{shut}}}").into_bytes()
}

/// A form with null characters and other controls in its texts.
#[must_use]
pub fn null_characters_json() -> Vec<u8> {
    form("村口\u{0}道路\u{202e}坑洼", "请派人\u{0}\u{7}修补村口的道路。\u{feff}", "赵有田", None)
}

/// A form whose body has `characters` characters.
#[must_use]
pub fn huge_json(characters: usize) -> Vec<u8> {
    form("村口道路坑洼", &"路".repeat(characters), "赵有田", None)
}

/// A form whose identity number and date cannot be right.
#[must_use]
pub fn impossible_json() -> Vec<u8> {
    form("村口道路坑洼", "请派人修补村口的道路。", "赵有田", Some(("130682199013320000", "2026-02-31")))
}

/// A transcript whose times run backwards and overflow.
#[must_use]
pub fn backwards_vtt() -> Vec<u8> {
    "WEBVTT\n\n99:59:59.999 --> 00:00:01.000\n<v 接线员>您好。\n\n00:99:99.999 --> 00:00:00.000\n\
     <v 来电人>我叫赵有田，反映村口道路坑洼，请派人修补。\n\n\
     99999999999999999999:00:00.000 --> 00:00:00.000\n<v 来电人>电话一三八零零零零零零二七。\n"
        .into()
}

fn form(title: &str, body: &str, name: &str, impossible: Option<(&str, &str)>) -> Vec<u8> {
    let (id_number, written_on) = impossible.unzip();
    json!({
        "title": title,
        "body": body,
        "petitioners": [{ "name": name, "id_number": id_number, "phone": "13800000027" }],
        "respondents": [],
        "written_on": written_on,
        "anonymous": false,
        "confidential": false,
        "publishable": false,
        "attachments": [],
    })
    .to_string()
    .into_bytes()
}
