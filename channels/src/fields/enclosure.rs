//! Where the letter ends and what was sent with it begins: a contract, a receipt, a decision. The people, numbers and dates in there
//! need not be the writer's.
//!
//! What others wrote below the letter and dated themselves, a village's attestation or an official's remark, is none of it either.
//! An enclosure is only seen behind the date of the letter: `附件：照片两张` above the signature is a line of the letter itself.

use std::ops::Range;

use jiff::civil::Date;

use super::surname::name_at;
use super::{Text, date};

/// How the line begins that leads over to what is enclosed.
const HEADINGS: &[&str] = &["附件", "附：", "附:", "附录", "附后"];
/// What the titles of enclosed papers end in.
const PAPERS: &[&str] = &[
    "合同",
    "合同书",
    "协议",
    "协议书",
    "收据",
    "收条",
    "借条",
    "欠条",
    "判决书",
    "裁定书",
    "决定书",
    "通知书",
    "承诺书",
    "意见书",
    "告知书",
    "复函",
    "的答复",
    "的回复",
    "证明",
    "销售单",
    "送货单",
    "收费单",
    "发票",
];
/// Longest title of an enclosed paper, in characters.
const TITLE_LIMIT: usize = 24;

/// Where the first enclosure begins, or what others wrote below the letter, when there is one.
pub(super) fn begins(text: &Text) -> Option<usize> {
    let lines = text.lines();
    let mut dated = false;
    // Behind the day with which the writer signed off.
    let mut signed: Option<(usize, Date)> = None;
    for (place, line) in lines.iter().enumerate() {
        let title = text.string(line.clone());
        let short = title.chars().count() <= TITLE_LIMIT;
        let heading = HEADINGS.iter().any(|word| title.starts_with(word));
        if dated && (heading || short && PAPERS.iter().any(|word| title.ends_with(word))) {
            return Some(line.start);
        }
        // A line that is little more than a date.
        let day = short.then(|| line.clone().find_map(|position| date::date_at(text, position))).flatten();
        dated |= day.is_some();
        let Some(day) = day.and_then(|written| written.date) else { continue };
        match signed {
            // `情况属实。` with a day of its own, an official's remark, a stamp of receipt.
            Some((behind, first)) if first != day => return Some(behind),
            Some(_) => {}
            None if is_signed(text, lines.get(place.saturating_sub(2)..=place).unwrap_or_default()) => {
                let behind = lines.get(place + 1).map_or(text.len(), |next| next.start);
                signed = Some((behind, day));
            }
            None => {}
        }
    }
    None
}

/// Whether a name alone, or a word of respect, stands in one of the lines that end in a day.
fn is_signed(text: &Text, lines: &[Range<usize>]) -> bool {
    lines.iter().any(|line| {
        let respect = text.any_of(line.clone(), &["此致", "敬礼"]);
        let begins = (line.start..line.end).find(|at| !case::text::is_han(text.at(*at).unwrap_or(' ')));
        let behind = begins.map_or(line.start, |at| text.skip(at, |c| matches!(c, ':' | ' ')));
        let named = [line.start, behind].into_iter().any(|at| {
            name_at(text, at).is_some_and(|name| name.known_surname && name.set_off && name.range.end <= line.end)
        });
        let plain = !text.chars(line.clone()).iter().any(|c| matches!(c, '。' | ',' | ';'));
        respect || named && plain && line.end - line.start <= TITLE_LIMIT
    })
}
