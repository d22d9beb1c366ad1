//! Who speaks for a petitioner, and for whom: `代我母亲…反映`, `委托代理人：…`.
//!
//! The petition is that of the one who is spoken for.

use std::ops::Range;

use super::super::Text;
use super::super::surname::name_at;
use super::words::{FOR_SOMEBODY, KIN, WRITERS, WRITTEN_FOR};

/// Labels of who speaks for the petitioner or wrote it down for them.
const PROXY_LABELS: &[&str] = &[
    "代理人:",
    "代理律师:",
    "受托人:",
    "代书人:",
    "代写人:",
    "代笔人:",
    "执笔人:",
    "代笔:",
    "代书:",
    "代写:",
    "执笔:",
    "代诉人:",
];

/// `父亲叫侯长顺，` where the text says that it is written for them: the one for whom it is written is the petitioner.
pub(super) fn principal(text: &Text) -> Option<(Range<usize>, f32)> {
    if let Some(entrusting) = entrusting(text) {
        return Some((entrusting, 0.9));
    }
    if !text.any_of(0..text.len(), FOR_SOMEBODY) && !text.any_of(0..text.len(), WRITTEN_FOR) {
        return None;
    }
    text.all_of(0..text.len(), KIN).find_map(|(_, kin)| {
        // `代我母亲周桂兰（电话…）反映`
        let for_whom = ["代我", "替我", "代", "替"]
            .iter()
            .any(|word| kin.start.checked_sub(word.chars().count()).is_some_and(|before| text.has(before, word)));
        let direct = name_at(text, kin.end).filter(|name| name.set_off && name.known_surname);
        // `我母亲尚玉珍今年七十六岁，由我代她写`
        let own = matches!(text.before(kin.start), Some('我' | '俺'));
        if let Some(name) = direct.filter(|_| for_whom || own) {
            return Some((name.range, if for_whom { 0.85 } else { 0.75 }));
        }
        let mut start = text.skip(kin.end, |c| c == '的');
        // `我给我婆婆问个事，她叫…`
        if kin
            .start
            .checked_sub(2)
            .is_some_and(|before| text.one_of(before, &["给我", "替我", "帮我", "代我"]).is_some())
        {
            let next = text.skip(start, |c| !matches!(c, ',' | '。' | '\n'));
            if let Some((_, end)) = text.one_of(next + 1, &["她", "他", "老人"]) {
                start = end;
            }
        }
        let (_, start) = text.one_of(start, &["名字叫", "名叫", "叫"])?;
        let name = name_at(text, start)?;
        (name.set_off && name.known_surname).then_some((name.range, 0.75))
    })
}

/// `受聂小翠委托，…律师事务所指派本律师…`: who entrusted the writer.
fn entrusting(text: &Text) -> Option<Range<usize>> {
    text.all_of(0..text.len(), &["受", "接受"]).find_map(|(_, word)| {
        let name = name_at(text, word.end).filter(|name| name.known_surname)?;
        // A surname and one or two characters stand before the word.
        let ends = (name.range.start + 2..=name.range.start + 4)
            .find(|end| text.one_of(*end, &["委托", "的委托", "之托", "之委托", "(女", "(男"]).is_some())?;
        let clause = text.skip(ends, |c| !matches!(c, '。' | ';' | '\n'));
        text.any_of(ends..clause, &["委托", "之托"]).then_some(name.range.start..ends)
    })
}

/// `儿子 秦海涛 代写`, `由女儿柳青禾代笔`: who wrote it down for the petitioner, at the end of a line or clause.
fn writer(text: &Text) -> Option<Range<usize>> {
    text.all_of(0..text.len(), &["代写", "代笔", "代书", "代签", "代为书写"]).find_map(|(_, word)| {
        let is_end = text.at(word.end).is_none_or(|next| matches!(next, '\n' | '。' | ',' | ';' | ')' | ' '));
        let mut end = word.start;
        while end > 0 && text.at(end - 1) == Some(' ') {
            end -= 1;
        }
        let ends_here = |start: usize| {
            let name = name_at(text, start).filter(|name| name.known_surname && name.range.start == start)?;
            let kin = (1..=2).any(|length| {
                start
                    .checked_sub(length)
                    .is_some_and(|before| text.one_of(before, WRITERS).is_some_and(|(_, end)| end == start))
            });
            let apart = text.before(start).is_none_or(|before| !case::text::is_han(before));
            // `我儿子秦海涛代写`: three characters before the word may run on into it.
            let whole = name.range.end >= end;
            ((kin || apart) && whole).then_some(start..end)
        };
        let shortest = end.checked_sub(2)?;
        is_end.then(|| (end.saturating_sub(4)..=shortest).find_map(ends_here)).flatten()
    })
}

/// `委托代理人：张文博律师`: who speaks for the petitioner by a label, or wrote it down for them.
pub(super) fn proxy(text: &Text) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    let labels = text.all_of(0..text.len(), PROXY_LABELS);
    let opposing = |label: &Range<usize>| label.start.checked_sub(1).and_then(|before| text.at(before)) == Some('被');
    let labelled = labels.filter(|(_, label)| !opposing(label)).find_map(|(_, label)| {
        let start = text.skip_blanks(label.end);
        // `代笔：孙女 麦晓棠`, `代笔：孙女麦晓棠`
        let start = text.one_of(start, WRITERS).map_or(start, |(_, end)| text.skip_blanks(end));
        let end = text.skip(start, case::text::is_han);
        let titled = ["律师", "先生", "女士", "同志"].iter().find(|title| end > start + 3 && text.has(end - 2, title));
        let name = start..end - if titled.is_some() { 2 } else { 0 };
        let fits = (2..=LONGEST).contains(&name.len()) && text.at(start).is_some_and(super::super::surname::is_single);
        fits.then_some(name)
    });
    labelled.or_else(|| writer(text))
}
