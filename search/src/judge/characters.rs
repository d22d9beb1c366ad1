//! The characters of a petition, those that petitions use anyway counting less.
//!
//! One matter told in other words (`停水`, `断水`), or with a name written another way, still has characters in common where no bigram is.
//! How common a character is comes from a table: an index of bigrams knows nothing of single characters.

use std::sync::LazyLock;

use case::text::is_han;
use rustc_hash::FxHashMap;

use super::weighed::Weighed;
use crate::text::GramKey;

/// Lines of a share of petitions, 0 to 1, and the characters that stand in about so many: counted over some seven thousand petitions to
/// mayors' mailboxes of several cities, shares rounded to half powers of two. Numbers about single characters, no text of anybody.
const TABLE: &str = include_str!("../../data/characters.txt");
/// The share of a character that is not in the table.
const SHARE_OTHER: f64 = 0.003;
/// A character that stands in this share of petitions counts half of one that stands in none. This smooth inverse frequency (Arora et al.,
/// ICLR 2017) did about as well in cross-validation as the logarithm, and so did anything from .02 to .05.
const HALF: f64 = 0.03;

static SHARES: LazyLock<FxHashMap<GramKey, f64>> = LazyLock::new(|| {
    let bands = TABLE.lines().filter_map(|line| line.split_once(' '));
    bands
        .filter_map(|(share, characters)| Some((share.parse::<f64>().ok()?, characters)))
        .flat_map(|(share, characters)| characters.chars().map(move |character| (key(character), share)))
        .collect()
});

/// The Chinese characters of `folded` with what each of them says, which grows with the root of how often it stands there.
pub(super) fn characters(folded: &str) -> Weighed {
    let keys = folded.chars().filter(|character| is_han(*character)).map(key);
    Weighed::of(keys, |key, count| {
        let share = SHARES.get(&key).copied().unwrap_or(SHARE_OTHER);
        HALF / (HALF + share) * count.sqrt()
    })
}

fn key(character: char) -> GramKey {
    GramKey::of_number(usize::try_from(u32::from(character)).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(SHARES.len(), TABLE.chars().filter(|character| is_han(*character)).count());
        assert!(SHARES.len() > 1500 && SHARES.values().all(|share| (0.003..=1.0).contains(share)));
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
