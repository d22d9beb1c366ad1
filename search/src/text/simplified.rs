//! Traditional characters in their simplified form, so that a letter from Hong Kong, Macao or Taiwan meets its partner.
//!
//! Character by character: a text keeps its length, and what is found in the folded form is found in the original. The pairs are those
//! of the crate `fast2s`, read out of it once. Known gap: words that differ (`計程車` and `出租车`) are not converted.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Where Chinese characters stand that are in use: the first extension and the common block.
const HAN: RangeInclusive<char> = '\u{3400}'..='\u{9fff}';
/// Characters that `fast2s` keeps or reads otherwise when they stand alone. Both sides of a comparison are folded, so the reading that
/// petitions mean is the right one.
const OWN: [(char, char); 4] = [('疊', '叠'), ('睏', '困'), ('著', '着'), ('藉', '借')];

static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut bytes = [0; 4];
    let mut pairs: HashMap<char, char> = HAN
        .filter_map(|character| {
            let simple = fast2s::convert(character.encode_utf8(&mut bytes)).chars().next()?;
            (simple != character).then_some((character, simple))
        })
        .collect();
    pairs.extend(OWN);
    pairs
});

/// The simplified form of `character`, or the character itself.
pub(super) fn simplify(character: char) -> char {
    if character.is_ascii() { character } else { TABLE.get(&character).copied().unwrap_or(character) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_places_are_simplified_and_stay_so() {
        let simple = |text: &str| text.chars().map(simplify).collect::<String>();
        assert_eq!(simple("錦繡華庭的電梯，鄭家莊積水難行，看著沒人管"), "锦绣华庭的电梯，郑家庄积水难行，看着没人管");
        assert_eq!(simple("定州市和平路"), "定州市和平路");
        assert!(TABLE.values().all(|simplified| !TABLE.contains_key(simplified)), "folding again changes nothing");
    }
}
