//! The characters of a petition, those that petitions use anyway counting less.
//!
//! One matter told in other words (`停水`, `断水`), or with a name written another way, still has characters in common where no bigram is.
//! How common a character is comes from a table: an index of bigrams knows nothing of single characters, and the few
//! hundred that matter are the same in every office.

use std::sync::LazyLock;

use super::weighed::Weighed;
use crate::text::GramKey;

/// Lines of a share of petitions, 0 to 1, and the characters that stand in about so many: counted over some seven thousand petitions to
/// mayors' mailboxes of several cities, shares rounded to half powers of two. Numbers about single characters, no text of anybody.
const TABLE: &str = include_str!("../../data/characters.txt");
/// The share of a character that is not in the table.
const SHARE_OTHER: f64 = 0.003;
/// A character that stands in this share of petitions counts half of one that stands in none. This smooth inverse frequency (Arora et al.,
/// ICLR 2017) did better in cross-validation than the logarithm, and anything from .01 to .05 does about as well.
const HALF: f64 = 0.03;

/// The CJK Unified Ideographs (the Unicode Standard, block 4E00 to 9FFF): the characters of petitions, one row of counts.
const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x5200;

/// What each character of the block says.
static WORTH: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let worth = |share: f64| HALF / (HALF + share);
    let mut all = vec![worth(SHARE_OTHER); COUNT];
    for (share, characters) in TABLE.lines().filter_map(|line| line.split_once(' ')) {
        let Ok(share) = share.parse() else { continue };
        for place in characters.chars().filter_map(place) {
            if let Some(one) = all.get_mut(place) {
                *one = worth(share);
            }
        }
    }
    all
});

/// The Chinese characters of `folded` with what each of them says, which grows with the root of how often it stands there.
pub(super) fn characters(folded: &str) -> Weighed {
    // Counted in a row, not sorted: this is done to every candidate of every look-up.
    let mut counts = vec![0_u16; COUNT];
    let mut standing = Vec::new();
    for place in folded.chars().filter_map(place) {
        let Some(count) = counts.get_mut(place) else { continue };
        if *count == 0 {
            standing.push(place);
        }
        *count = count.saturating_add(1);
    }
    let weight = |place: usize| Some(WORTH.get(place)? * f64::from(*counts.get(place)?).sqrt());
    Weighed::new(standing.into_iter().filter_map(|place| Some((GramKey::of_number(place), weight(place)?))).collect())
}

fn place(character: char) -> Option<usize> {
    usize::try_from(u32::from(character).checked_sub(FIRST)?).ok().filter(|place| *place < COUNT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let listed = TABLE.chars().filter_map(place).count();
        let known = WORTH.iter().filter(|worth| **worth < HALF / (HALF + SHARE_OTHER)).count();
        assert!(listed > 1500 && known == listed, "{listed} {known}");
    }

    #[test]
    fn other_words_and_names_written_another_way_are_alike_and_common_characters_say_little() {
        let likeness = |a: &str, b: &str| characters(a).cosine(&characters(b));
        let cut_off = likeness("福顺达花园三天断水", "顺发花园停水三天");
        let common = likeness("我们小区的业主要求解决", "我们小区的业主不要求上学");
        assert!(cut_off > 0.6 && common < cut_off, "{cut_off} {common}");
        assert!(likeness("abc 123", "abc 123") < f64::EPSILON);
    }
}
