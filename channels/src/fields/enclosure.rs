//! Where the letter ends and what was sent with it begins: a contract, a receipt, a decision. The people, numbers and dates in there
//! need not be the writer's.
//!
//! An enclosure is only seen behind the date of the letter: `附件：照片两张` above the signature is a line of the letter itself.

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
];
/// Longest title of an enclosed paper, in characters.
const TITLE_LIMIT: usize = 24;

/// Where the first enclosure begins, when there is one.
pub(super) fn begins(text: &Text) -> Option<usize> {
    let mut dated = false;
    for line in text.lines() {
        let title = text.string(line.clone());
        let short = title.chars().count() <= TITLE_LIMIT;
        let heading = HEADINGS.iter().any(|word| title.starts_with(word));
        if dated && (heading || short && PAPERS.iter().any(|word| title.ends_with(word))) {
            return Some(line.start);
        }
        // A line that is little more than a date.
        dated |= short && line.clone().any(|position| date::date_at(text, position).is_some());
    }
    None
}
