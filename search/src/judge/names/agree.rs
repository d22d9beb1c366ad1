//! Whether two names are one name written two ways: cut short, misheard, misread, mistyped. What tells neighbours apart
//! (`东`张谦 and `西`张谦, 1号线 and 2号线) is never overlooked.

use pinyin::ToPinyin;

use super::{Name, NameKind};

/// Characters whose difference is the whole difference.
const TELLING: &str = "东西南北上下前后左右大小新老一二三四五六七八九十甲乙丙丁0123456789abcdefghijklmnopqrstuvwxyz";
/// The shortest core in which a character may be missing or one too many.
const SHORTEST_WITH_GAP: usize = 4;
/// Sounds that speech recognition and southern speakers do not keep apart: the left one is written as the right one.
const SOUNDS_ALIKE: &[(&str, &str)] =
    &[("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in")];

/// Whether two names of one kind may be the same name written two ways.
pub(in crate::judge) fn agree(a: &Name, b: &Name) -> bool {
    if a.kind != b.kind {
        return false;
    }
    if matches!(a.kind, NameKind::Line | NameKind::Building) {
        return a.core == b.core;
    }
    let (shorter, longer) =
        if a.core.chars().count() <= b.core.chars().count() { (&a.core, &b.core) } else { (&b.core, &a.core) };
    let telling_before = longer
        .strip_suffix(shorter.as_str())
        .and_then(|before| before.chars().last())
        .is_some_and(|character| TELLING.contains(character));
    // Firms are cut short at their end (`聚利` for `聚利人普惠`), places at their beginning (`华庭` for `锦绣华庭`).
    let abridged = a.kind == NameKind::Firm && shorter.chars().count() >= 2 && longer.starts_with(shorter.as_str());
    let contained = (longer.ends_with(shorter.as_str()) && !telling_before) || abridged;
    contained || one_slip(shorter, longer) || one_missing(shorter, longer) || sound_alike(shorter, longer)
}

/// Whether two firms may be one, badly written: one character misread by a machine (`量誉` for `鼎誉`), or half of the
/// characters kept (`福顺达` for `顺发`). Only for those of one place, and only to hold a contradiction back.
pub(in crate::judge) fn may_be_misread(a: &Name, b: &Name) -> bool {
    let (a_core, b_core): (Vec<char>, Vec<char>) = (a.core.chars().collect(), b.core.chars().collect());
    let length = a_core.len().min(b_core.len());
    let differing = a_core.iter().rev().zip(b_core.iter().rev()).filter(|(first, second)| first != second).count();
    let kept = a_core.iter().filter(|character| b_core.contains(character)).count();
    let near = a_core.len().abs_diff(b_core.len()) <= 1;
    a.kind == b.kind
        && length >= 2
        && (differing <= 1 || (near && kept.saturating_mul(2) >= length))
        && !a_core.iter().chain(&b_core).any(char::is_ascii_digit)
}

fn tells(character: char) -> bool {
    TELLING.contains(character)
}

/// Whether two names of at least three characters differ in one character that does not tell places apart, or in the order
/// of two.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() != b.len() || a.len() < 3 {
        return false;
    }
    let slips: Vec<(&char, &char)> = a.iter().zip(&b).filter(|(first, second)| first != second).collect();
    match slips.as_slice() {
        // In a short name one character is a third of it: then it must sound the same.
        [(first, second)] if a.len() == 3 => !tells(**first) && !tells(**second) && one_sound(**first, **second),
        [(first, second)] => !tells(**first) && !tells(**second),
        // Two characters that changed places: people and speech recognition do that.
        [(first, second), (third, fourth)] => first == fourth && second == third && !tells(**first) && !tells(**second),
        _ => false,
    }
}

/// Whether the longer of two long names is the shorter one with one character more that does not tell places apart.
fn one_missing(shorter: &str, longer: &str) -> bool {
    let (short, long): (Vec<char>, Vec<char>) = (shorter.chars().collect(), longer.chars().collect());
    if short.len() < SHORTEST_WITH_GAP || long.len() != short.len().saturating_add(1) {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(first, second)| first == second).count();
    let odd = long.get(same).copied();
    let rest = long.get(same.saturating_add(1)..);
    odd.is_some_and(|odd| !tells(odd)) && rest.is_some_and(|rest| short.get(same..) == Some(rest))
}

/// Whether two names of the same length sound alike: `永顺` and `永舜`, `中贸` and `中茂`.
fn sound_alike(a: &str, b: &str) -> bool {
    let count = a.chars().count();
    if count < 2 || count != b.chars().count() {
        return false;
    }
    a.chars().zip(b.chars()).all(|(first, second)| {
        first == second
            || (!tells(first) && !tells(second) && sound(first).is_some_and(|one| sound(second) == Some(one)))
    })
}

fn one_sound(first: char, second: char) -> bool {
    sound(first).is_some_and(|one| sound(second) == Some(one))
}

/// How a character sounds to a careless ear.
fn sound(character: char) -> Option<String> {
    let mut sound = character.to_pinyin()?.plain().to_owned();
    for (written, heard) in SOUNDS_ALIKE {
        if sound.starts_with(written) || sound.ends_with(written) {
            sound = sound.replacen(written, heard, 1);
        }
    }
    Some(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(kind: NameKind, core: &str) -> Name {
        Name { kind, text: core.to_owned(), core: core.to_owned() }
    }

    #[test]
    fn names_written_two_ways_agree_and_neighbours_do_not() {
        let village = |core| name(NameKind::Village, core);
        assert!(agree(&village("锦绣华庭"), &village("华庭")));
        assert!(agree(&village("永顺城"), &village("永舜城")));
        assert!(agree(&village("中贸"), &village("中茂")), "one sound");
        assert!(agree(&village("锦绣华庭园"), &village("锦绣庭园")), "one character missing");
        assert!(!agree(&village("东张谦"), &village("西张谦")));
        assert!(!agree(&village("东张谦"), &village("张谦")));
        assert!(!agree(&village("张东里谦"), &village("张里谦")) && !agree(&village("上河村庄"), &village("下河村庄")));
        assert!(!agree(&name(NameKind::Line, "1"), &name(NameKind::Line, "2")));
        assert!(!agree(&village("张谦"), &name(NameKind::Estate, "张谦")));
    }

    #[test]
    fn short_names_that_differ_in_sound_are_two() {
        let estate = |core| name(NameKind::Estate, core);
        assert!(!agree(&estate("贤渡雅"), &estate("裕渡雅")));
        assert!(agree(&estate("锦绣华庭"), &estate("锦绣毕庭")), "one of four misread");
    }

    #[test]
    fn a_badly_written_firm_contradicts_nothing() {
        let firm = |core| name(NameKind::Firm, core);
        assert!(may_be_misread(&firm("顺发"), &firm("福顺达")));
        assert!(!may_be_misread(&firm("丰泰"), &firm("永隆")));
        assert!(!may_be_misread(&firm("1分"), &firm("2分")));
    }
}
