//! The signature: a name alone on one of the last lines, perhaps with a date, a number or a word of respect.
//!
//! Behind the letter itself nobody signs it: the parties of an enclosed contract are not looked at.

use std::ops::Range;

use super::super::surname::{TITLES, name_at};
use super::super::{Text, enclosure, parties};
use super::SIGNATURE_LINES;
use super::table::behind_blank;
use super::words::{RELATIVES, ROLES};

/// What people write behind their name.
const RESPECTFUL: &[&str] = &[
    "敬上", "谨上", "敬呈", "呈", "上", "敬启", "等", "叩首", "泣书", "泣上", "拜上", "敬书", "顿首", "亲笔", "叩上",
    "跪上",
];
/// A signature behind the last sentence of a line has at most this many characters, date and number included.
const TAIL_LIMIT: usize = 30;

/// `子位村村民：耿长水`: the name behind a role and a colon, alone on its line.
fn behind_signing_role(text: &Text, line: &Range<usize>) -> Option<Range<usize>> {
    let colon = text.skip(line.start, |c| c != ':' && c != '\n');
    let (word, role) = text.all_of(line.start..colon, ROLES).last()?;
    // `八里店村村民戎二柱`, `怡和家园7栋居民 暨永福`
    let apart = text.at(colon) == Some(':') && role.end == colon;
    let begins = if apart { colon + 1 } else { role.end };
    let of_place = |c: &char| case::text::is_han(*c) || c.is_ascii_alphanumeric();
    // `女儿柳青禾` signs for somebody else.
    let plain = !RELATIVES.contains(&word) && text.chars(line.start..role.start).iter().all(of_place);
    let name = name_at(text, text.skip(begins, |c| c == ' '))?;
    let alone = text.trim(name.range.end..line.end.max(name.range.end)).is_empty();
    ((apart || plain) && name.known_surname && alone).then_some(name.range)
}

/// A name alone on one of the last lines, or with a date or a word of respect behind it.
pub(super) fn signed(text: &Text) -> Vec<(Range<usize>, f32)> {
    // Behind the letter others sign: the parties of an enclosed contract.
    let letter = enclosure::begins(text).unwrap_or(text.len());
    let (mut lines, mut sentences) = (text.lines(), text.sentences());
    lines.retain(|line| line.start < letter);
    sentences.retain(|sentence| sentence.start < letter);
    let mut found = Vec::new();
    // A text in one line is signed behind its last sentence.
    let tail = sentences.last().filter(|last| sentences.len() > 1 && last.end - last.start <= TAIL_LIMIT);
    let last = lines.iter().rev().take(SIGNATURE_LINES).filter(|_| lines.len() > 1);
    for line in last.chain(tail) {
        // `经营者：鲁大年` in the rows of the other side.
        if parties::is_row_of_other_side(text, line.start) {
            continue;
        }
        if let Some(name) = behind_signing_role(text, line).or_else(|| behind_address(text, line)) {
            found.push((name, 0.8));
            break;
        }
        let together = side_by_side(text, line);
        if together.len() > 1 {
            found.extend(together.into_iter().map(|name| (name, 0.8)));
            break;
        }
        // `业主 毕永强`, `3-1-1102 项红梅`
        let start = behind_blank(text, line);
        let Some(name) = name_at(text, start).filter(|name| name.known_surname && name.set_off) else { continue };
        let rest = text.string(name.range.end..line.end);
        let rest = rest.trim_end_matches(['。', '!', ' ']);
        let behind = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | ':'));
        let respectful = RESPECTFUL.contains(&behind);
        let dated = super::super::date::date_at(text, line.end - behind.chars().count()).is_some();
        let phone = behind.chars().filter(char::is_ascii_digit).count() >= 7 && !behind.contains(['。', '元']);
        if (behind.is_empty() || respectful || dated || phone) && text.one_of(start + 1, TITLES).is_none() {
            found.push((name.range, 0.8));
            break;
        }
    }
    found
}

/// `东风里七排十二号　练淑贤`: the name behind where its bearer lives, set off by a blank and alone behind it.
fn behind_address(text: &Text, line: &Range<usize>) -> Option<Range<usize>> {
    const ENDINGS: [char; 9] = ['号', '室', '户', '村', '组', '楼', '栋', '院', '元'];
    let blank = line.clone().rev().find(|at| text.at(*at) == Some(' '))?;
    let place = text.trim(line.start..blank);
    let plain = place.len() >= 3
        && text.before(place.end).is_some_and(|last| ENDINGS.contains(&last))
        && !text.chars(place).iter().any(|c| matches!(c, ',' | '。' | ';' | ':' | '!' | '?'));
    let name = name_at(text, blank + 1).filter(|name| plain && name.known_surname)?;
    (name.range.end == line.end).then_some(name.range)
}

/// `解振东　柏云霞`: those who sign in one line, when nothing else stands in it.
fn side_by_side(text: &Text, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut position = line.start;
    while position < line.end {
        let Some(name) = name_at(text, position).filter(|name| name.known_surname && name.set_off) else {
            return Vec::new();
        };
        let next = text.skip(name.range.end, |c| matches!(c, ' ' | '、'));
        if next == name.range.end && next < line.end || text.one_of(name.range.start + 1, TITLES).is_some() {
            return Vec::new();
        }
        names.push(name.range);
        position = next;
    }
    names
}
