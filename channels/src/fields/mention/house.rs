//! House numbers of several parts: `三栋二单元五零幺`, `清风街二十三号`.

use case::field::Verdict;
use case::mention::MentionKind;

use super::{Find, SAID, Text, begins};
use crate::fields::number::digit_value;
use crate::fields::numeral::{Number, number_at};

/// `address` with its house numbers in figures: `清河花园三栋二单元五零幺` becomes `清河花园3栋2单元501`.
pub(crate) fn with_figures(address: &str) -> String {
    let text = Text::new(address);
    let mut written = String::new();
    let mut position = 0;
    while let Some(character) = text.at(position) {
        match house(&text, position).filter(|_| begins(&text, position)) {
            Some(find) => {
                written.push_str(&find.value);
                position = find.end;
            }
            None => {
                written.push(character);
                position += 1;
            }
        }
    }
    written
}

/// Words behind the number of a house or of a part of one, longer ones before their beginnings.
const PARTS: [&str; 12] = ["号楼", "号院", "单元", "号", "栋", "幢", "楼", "层", "室", "户", "排", "组"];
/// Parts of which one makes a house number: `三号` alone is a day, `二楼` alone a floor.
const HOUSES: [&str; 6] = ["号楼", "号院", "单元", "栋", "幢", "室"];

/// A house number of one or more parts that begins at `start`.
pub(super) fn house(text: &Text, start: usize) -> Option<Find> {
    let mut written = String::new();
    let mut end = start;
    let mut sure = false;
    let mut parts = 0;
    let mut named: Vec<&str> = Vec::new();
    let mut taken = start;
    while let Some(number) = number_at(text, end) {
        let Some((part, after)) = text.one_of(number.end, &PARTS) else {
            // `三号楼二单元五零幺`: the last number needs no word.
            if sure && is_room(text, end, number) {
                written.push_str(&figures(text, end, number)?);
                end = number.end;
            }
            break;
        };
        // `7栋，七栋三单元`: said once more, it begins anew.
        if named.contains(&part) {
            end = taken;
            break;
        }
        named.push(part);
        written.push_str(&figures(text, end, number)?);
        written.push_str(part);
        sure = sure || HOUSES.contains(&part);
        (end, taken, parts) = (after, after, parts + 1);
        // `三号楼，二单元`: people breathe between the parts.
        let next = text.skip(end, |c| matches!(c, ',' | ' ' | '、' | '-'));
        if next > end
            && next <= end + 1
            && number_at(text, next).is_some_and(|number| text.one_of(number.end, &PARTS).is_some())
            && sure
        {
            end = next;
        }
    }
    // `清河街二十三号`: behind the name of a street a number alone is one of a house.
    let street = parts == 1
        && text.before(start).is_some_and(|before| matches!(before, '街' | '路' | '巷' | '道' | '村' | '庄'));
    let village = written.ends_with('组') || written.ends_with('排') || written.ends_with('户');
    let counted = parts == 1 && written.ends_with('户') || (parts == 1 && !street && village);
    let fits = parts > 0 && (sure || street) && !counted && text.before(start) != Some('第');
    fits.then_some(Find {
        instead: None,
        kind: MentionKind::HouseNumber,
        value: written,
        confidence: SAID,
        verdict: Verdict::Unchecked,
        end,
    })
}

/// Three or four digits behind a house or a staircase, with nothing counted behind them.
fn is_room(text: &Text, start: usize, number: Number) -> bool {
    let digits = text.chars(start..number.end).iter().all(|character| digit_value(*character).is_some());
    let ends = text.at(number.end).is_none_or(|next| !matches!(next, '年' | '元' | '块' | '多' | '人' | '个' | '天'));
    digits && (3..=4).contains(&(number.end - start)) && ends
}

/// A number of a house: digit by digit as it was said, or counted.
fn figures(text: &Text, start: usize, number: Number) -> Option<String> {
    let characters = text.chars(start..number.end);
    let digits: Option<String> = characters.iter().map(|character| digit_value(*character)).collect();
    match digits {
        Some(digits) => Some(digits),
        None => number.whole().filter(|number| *number < 100_000).map(|number| number.to_string()),
    }
}
