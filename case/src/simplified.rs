//! Traditional characters in their simplified form, so that a letter from Hong Kong, Macao or Taiwan is read like any other and meets
//! its partner.
//!
//! Character by character: a text keeps its length, and what is found in the simplified form is found in the original. The pairs are
//! those of the crate `fast2s`, read out of it once. Known gap: words that differ (`計程車` and `出租车`) are not converted.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Where Chinese characters stand that are in use: the first extension and the common block.
const HAN: RangeInclusive<char> = '\u{3400}'..='\u{9fff}';
/// Characters that `fast2s` keeps or reads otherwise when they stand alone. Both sides of a comparison are simplified, so the reading
/// that petitions mean is the right one. 仝 is a surname.
const OWN: [(char, char); 5] = [('疊', '叠'), ('睏', '困'), ('著', '着'), ('藉', '借'), ('仝', '仝')];

/// The simplified form of every character of [`HAN`], in its place.
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut bytes = [0; 4];
    let simple = |character: char| {
        let own = OWN.iter().find(|(known, _)| *known == character).map(|(_, simple)| *simple);
        own.or_else(|| fast2s::convert(character.encode_utf8(&mut bytes)).chars().next()).unwrap_or(character)
    };
    HAN.map(simple).collect()
});

/// The simplified form of `character`, or the character itself.
#[must_use]
pub fn simplify(character: char) -> char {
    let place = u32::from(character).checked_sub(u32::from(*HAN.start())).and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| TABLE.get(place)).copied().unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_places_are_simplified_and_stay_so() {
        let simple = |text: &str| text.chars().map(simplify).collect::<String>();
        assert_eq!(simple("錦繡華庭的電梯，鄭家莊積水難行，看著沒人管"), "锦绣华庭的电梯，郑家庄积水难行，看着没人管");
        assert_eq!(simple("定州市和平路 A12：𬇙水村"), "定州市和平路 A12：𬇙水村");
        assert!(HAN.map(simplify).all(|simple| simplify(simple) == simple), "simplifying again changes nothing");
    }
}
