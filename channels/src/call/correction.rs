//! What callers take back in the same breath: `三号楼，不对，是五号楼`, `…三三三，哎不对，是…三三四`. What was said first is no value; the words
//! stay as they are.

use std::ops::Range;

use case::field::Confidence;
use case::identity::phone::Phone;
use case::mention::MentionKind;

use crate::fields::{self, Context, Fields, Mentioned};

/// The words by which somebody takes back what they just said.
const TAKEN_BACK: [&str; 7] = ["不对", "不是", "错了", "说错", "更正一下", "记错", "搞错"];
/// How long such words are at most, with sounds and pauses around them, in characters.
const LENGTH_LIMIT: usize = 12;
/// The same between two telephone numbers: `…零四八。哦不对不对，那是我媳妇的，我的是…`.
const NUMBER_LIMIT: usize = 24;
/// How sure a number is of which the last figures were corrected: a person is asked.
const TAIL_SURE: f32 = 0.55;
/// What a corrected house number counts, longest first.
const UNITS: [&str; 8] = ["号楼", "单元", "号院", "栋", "幢", "排", "室", "号"];

/// Takes back in `found` what the caller took back in `words`.
pub(super) fn settle(words: &str, found: &mut Fields) {
    let characters: Vec<char> = words.chars().collect();
    let between = |range: Range<usize>| characters.get(range).unwrap_or_default().iter().collect::<String>();
    let starts: Vec<usize> = found.phones.iter().map(|phone| phone.range.start).collect();
    found.phones.retain(|phone| {
        let end = phone.range.end;
        let next = starts.iter().copied().filter(|start| *start > end).min();
        !next.is_some_and(|next| next <= end + NUMBER_LIMIT && takes_back(&between(end..next)))
    });
    for phone in &mut found.phones {
        let end = phone.range.end;
        let behind = between(end..characters.len().min(end + 2 * NUMBER_LIMIT));
        if let Some(corrected) = corrected_tail(phone.value.as_str(), &behind) {
            phone.value = corrected;
            phone.confidence = phone.confidence.min(Confidence::new(TAIL_SURE));
        }
    }
    if let Some(address) = &mut found.address {
        let behind = between(address.range.end..characters.len().min(address.range.end + 40));
        if let Some(corrected) = corrected(&address.value, &behind) {
            address.value = corrected;
        }
    }
}

/// The same in an answer to the question for an address, of which only the value is known.
pub(super) fn settle_answer(reply: &str, address: &mut String) {
    let back = TAKEN_BACK.iter().filter_map(|back| reply.find(back)).min();
    if let Some(corrected) = back.and_then(|back| corrected(address, reply.get(back..)?)) {
        *address = corrected;
    }
}

/// Leaves out of `mentions` what the caller took back for another value of its kind: `三千二，哦不对，是三万二的定金`.
pub(super) fn settle_mentions(words: &str, mentions: &mut Vec<Mentioned>) {
    let characters: Vec<char> = words.chars().collect();
    let nexts: Vec<(MentionKind, usize)> = mentions.iter().map(|one| (one.kind, one.range.start)).collect();
    mentions.retain(|one| {
        let end = one.range.end;
        let next =
            nexts.iter().filter(|(kind, start)| *kind == one.kind && *start >= end).map(|(_, start)| *start).min();
        !next.is_some_and(|next| {
            let between: String = characters.get(end..next).unwrap_or_default().iter().collect();
            next <= end + LENGTH_LIMIT && takes_back(&between)
        })
    });
}

/// The number with the last figures that are said behind it in their place: `…九二零五。不是，我说错了，九二零六`. Only where as many figures at
/// its end differ in one or two.
fn corrected_tail(number: &str, behind: &str) -> Option<Phone> {
    const SHORTEST: usize = 2;
    const LONGEST: usize = 8;
    let said: String = behind.chars().take(NUMBER_LIMIT).collect();
    let first = said.find(fields::is_figure)?;
    let before = said.get(..first)?;
    if !takes_back(before) || before.chars().count() > LENGTH_LIMIT + 4 {
        return None;
    }
    let figures = behind.get(first..)?.chars().map_while(fields::digit_value).collect::<String>();
    let digits: Vec<char> = figures.chars().collect();
    let ends = number.chars().rev().take(digits.len()).collect::<Vec<_>>();
    let other = ends.iter().rev().zip(&digits).filter(|(one, other)| one != other).count();
    if !(SHORTEST..=LONGEST).contains(&digits.len()) || !(1..=2).contains(&other) {
        return None;
    }
    let kept = number.get(..number.len().checked_sub(digits.len())?)?;
    Phone::parse(&format!("{kept}{figures}")).ok()
}

fn takes_back(words: &str) -> bool {
    TAKEN_BACK.iter().any(|back| words.contains(back))
}

/// The address with the house number that is said behind it in its place.
fn corrected(address: &str, behind: &str) -> Option<String> {
    let said: String = behind.chars().take(LENGTH_LIMIT).collect();
    let (_, back) = TAKEN_BACK.iter().filter_map(|back| said.find(back).map(|place| (place, *back))).min()?;
    let rest = behind.split_once(back)?.1;
    let rest = rest.trim_start_matches(['，', ',', '。', '、', ' ']);
    let rest = ["应该是", "我住", "是"].iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let mut clauses = rest.split(['，', ',', '。', '\n', ' ']);
    let instead = clauses.next().unwrap_or_default();
    // `是五号楼，五号楼二单元一零一`: said again with the rest of it.
    let again = clauses.next().filter(|again| !instead.is_empty() && again.starts_with(instead));
    let instead = again.unwrap_or(instead);
    let unit = UNITS.iter().filter_map(|unit| instead.find(unit).map(|place| (place, *unit))).min()?;
    let figures = instead.get(..unit.0)?;
    if figures.is_empty() || !figures.chars().all(fields::is_figure) {
        return None;
    }
    // The same kind of number in the address, with everything behind it, is what was meant.
    let place = address.rfind(unit.1)?;
    let kept = address.get(..place)?.trim_end_matches(fields::is_figure);
    let read = fields::read(&format!("家庭住址：{kept}{instead}"), &Context::default());
    read.address.map(|address| address.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_is_no_value() {
        let read = |words: &str| {
            let mut found = fields::read(words, &Context::default());
            settle(words, &mut found);
            found
        };
        let found = read("电话一三八零零零零零三三三，哎不对，是一三八零零零零零三三四。");
        let phones: Vec<&str> = found.phones.iter().map(|phone| phone.value.as_str()).collect();
        assert_eq!(phones, ["13800000334"]);
        let found = read("电话一三八四个零零五零五。不是，我说错了，零五零六。");
        let phones: Vec<(&str, bool)> =
            found.phones.iter().map(|phone| (phone.value.as_str(), phone.confidence.value() < 0.6)).collect();
        assert_eq!(phones, [("13800000506", true)]);
        assert_eq!(corrected_tail("13800000505", "，不对外人说，住三号楼"), None);
        // Two numbers of which neither is taken back.
        let found = read("电话一三八零零零零零三三三，白天打一三八零零零零零三三四。");
        assert_eq!(found.phones.len(), 2);
        assert_eq!(
            corrected("幸福里小区3号楼", "，不对，是五号楼二单元三零一。").as_deref(),
            Some("幸福里小区五号楼二单元三零一")
        );
        let mut address = "和平里四号楼".to_owned();
        settle_answer("和平里，四号楼，哎不对，是五号楼，五号楼二单元一零一", &mut address);
        assert_eq!(address, "和平里五号楼二单元一零一");
        assert_eq!(corrected("幸福里小区3号楼", "，电话不通。"), None);
        assert_eq!(corrected("幸福里小区3号楼", "，不对外开放。"), None);
    }
}
