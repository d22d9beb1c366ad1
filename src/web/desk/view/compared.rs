//! Two petitions side by side: in each text, what the reasons rest on, numbered, and what only this one of the two says.
//!
//! Places are counted in characters, which masking does not change ([`case::mask::People`]); differences are taken from the masked
//! texts, so that the page tells of hidden numbers neither that they are equal nor that they differ.

use std::collections::BTreeSet;
use std::ops::Range;

use case::finding::{Reason, Side};
use search::text::Located;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most letters of a text that are compared; the time grows with the square of what differs.
const LONGEST: usize = 4_000;
/// Fewer letters in common are chance.
const SHORTEST_COMMON: usize = 3;
/// The least share of the longer text, in hundredths, that must stand in both: below it nearly everything would be marked.
const LEAST_COMMON: usize = 40;
/// The most places of one word that are marked.
const PLACE_LIMIT: usize = 50;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The characters.
    pub text: String,
    /// The numbers of the reasons that rest on them.
    pub reasons: Vec<usize>,
    /// Of these, those whose first place in this petition begins here: what links lead to.
    pub first_of: Vec<usize>,
    /// Those whose words end here.
    pub end_of: Vec<usize>,
    /// Whether only this petition says so.
    pub only_here: bool,
}

/// Both texts of a part of the petitions, as they are shown and as they were written.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// Of the later one: shown, written.
    pub later: [&'a str; 2],
    /// Of the earlier one.
    pub earlier: [&'a str; 2],
}

/// What is marked in the two petitions. Made once for a page: a reason's first place is where its link leads.
#[derive(Debug)]
pub struct Marks<'a> {
    reasons: Vec<&'a Reason>,
    linked: BTreeSet<(Side, usize)>,
    alike: bool,
}

impl<'a> Marks<'a> {
    /// Of these reasons, numbered from 1.
    #[must_use]
    pub fn of(reasons: impl IntoIterator<Item = &'a Reason>) -> Self {
        Self { reasons: reasons.into_iter().collect(), linked: BTreeSet::new(), alike: false }
    }

    /// Whether differences were marked in any text: those that have little in common have none.
    #[must_use]
    pub const fn shows_differences(&self) -> bool {
        self.alike
    }

    /// Whether the reason with this number has a place on this side.
    #[must_use]
    pub fn is_linked(&self, side: Side, number: usize) -> bool {
        self.linked.contains(&(side, number))
    }

    /// The pieces of both texts of one part: of the later petition, of the earlier one.
    pub fn pieces(&mut self, pair: Pair<'_>) -> [Vec<Piece>; 2] {
        let [shown_later, written_later] = pair.later;
        let [shown_earlier, written_earlier] = pair.earlier;
        let differing = differences(shown_later, shown_earlier);
        self.alike |= differing.is_some();
        let [later, earlier] = differing.unwrap_or_default();
        [
            self.side(Side::Later, shown_later, written_later, &later),
            self.side(Side::Earlier, shown_earlier, written_earlier, &earlier),
        ]
    }

    fn side(&mut self, side: Side, shown: &str, written: &str, differing: &[Range<usize>]) -> Vec<Piece> {
        let characters: Vec<char> = shown.chars().collect();
        let located = Located::of(written);
        // The texts may have been corrected since the reasons were found, so their words are looked for again.
        let mut places: Vec<(Range<usize>, usize)> = Vec::new();
        if written.chars().count() == characters.len() {
            for (number, reason) in (1..).zip(&self.reasons) {
                for place in reason.words.iter().flat_map(|word| located.find(word, PLACE_LIMIT)) {
                    places.push((place, number));
                }
            }
        }
        let mut borders: BTreeSet<usize> = BTreeSet::from([0, characters.len()]);
        borders.extend(places.iter().flat_map(|(place, _)| [place.start, place.end]));
        borders.extend(differing.iter().flat_map(|place| [place.start, place.end]));
        let borders: Vec<usize> = borders.into_iter().collect();
        let cuts = borders.iter().zip(borders.iter().skip(1)).map(|(start, end)| *start..*end);
        cuts.map(|cut| self.piece(side, &characters, cut, &places, differing)).collect()
    }

    fn piece(
        &mut self,
        side: Side,
        characters: &[char],
        cut: Range<usize>,
        places: &[(Range<usize>, usize)],
        differing: &[Range<usize>],
    ) -> Piece {
        let over = |place: &Range<usize>| place.start <= cut.start && cut.end <= place.end;
        let numbers: BTreeSet<usize> =
            places.iter().filter(|(place, _)| over(place)).map(|(_, number)| *number).collect();
        let ends = |number: &usize| {
            places.iter().any(|(place, other)| other == number && over(place) && place.end == cut.end)
                && !places
                    .iter()
                    .any(|(place, other)| other == number && place.start <= cut.start && place.end > cut.end)
        };
        let first_of: Vec<usize> =
            numbers.iter().copied().filter(|number| self.linked.insert((side, *number))).collect();
        Piece {
            text: characters.get(cut.clone()).unwrap_or_default().iter().collect(),
            end_of: numbers.iter().copied().filter(ends).collect(),
            reasons: numbers.into_iter().collect(),
            first_of,
            only_here: differing.iter().any(over),
        }
    }
}

/// What only one of the texts says, in characters of each; none when they have too little in common, or are the same.
fn differences(later: &str, earlier: &str) -> Option<[Vec<Range<usize>>; 2]> {
    let (later, earlier) = (Located::of(later), Located::of(earlier));
    let longest = later.letters().len().max(earlier.letters().len());
    if longest == 0 || longest > LONGEST {
        return None;
    }
    let steps = capture_diff_slices(Algorithm::Myers, earlier.letters(), later.letters());
    let (mut in_later, mut in_earlier, mut common) = (Vec::new(), Vec::new(), 0_usize);
    for step in steps {
        match step {
            DiffOp::Equal { len, .. } if len >= SHORTEST_COMMON => common = common.saturating_add(len),
            DiffOp::Equal { .. } | DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
                in_later.extend(later.place(step.new_range()));
                in_earlier.extend(earlier.place(step.old_range()));
            }
        }
    }
    (common.saturating_mul(100) >= longest.saturating_mul(LEAST_COMMON)).then(|| [joined(in_later), joined(in_earlier)])
}

/// Places that touch become one.
fn joined(places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            Some(_) | None => joined.push(place),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces(words: &[&[&str]], later: &str, earlier: &str) -> [Vec<Piece>; 2] {
        let reasons: Vec<Reason> = words
            .iter()
            .map(|words| Reason::new("shared_place", "", words.iter().map(|word| (*word).to_owned()).collect()))
            .collect();
        Marks::of(&reasons).pieces(Pair { later: [later, later], earlier: [earlier, earlier] })
    }

    fn only_here(pieces: &[Piece]) -> String {
        pieces.iter().filter(|piece| piece.only_here).map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_differs_is_told_on_both_sides() {
        let [later, earlier] = pieces(&[], "锦绣华庭3号楼停水三天没人管", "锦绣华庭5号楼停水三天没人管");
        assert_eq!((only_here(&later), only_here(&earlier)), ("3".to_owned(), "5".to_owned()));
        let [later, earlier] = pieces(&[], "锦绣华庭停水", "和平路上的路灯坏了");
        assert_eq!((only_here(&later), only_here(&earlier)), (String::new(), String::new()), "too little in common");
    }

    #[test]
    fn words_of_several_reasons_overlap() {
        let [later, _] = pieces(&[&["锦绣华庭"], &["华庭停水"]], "在錦繡華庭停水了", "锦绣华庭");
        let told: Vec<(&str, &[usize], &[usize])> = later
            .iter()
            .map(|piece| (piece.text.as_str(), piece.reasons.as_slice(), piece.end_of.as_slice()))
            .collect();
        let expected: [(&str, &[usize], &[usize]); 5] =
            [("在", &[], &[]), ("錦繡", &[1], &[]), ("華庭", &[1, 2], &[1]), ("停水", &[2], &[2]), ("了", &[], &[])];
        assert_eq!(told, expected);
        assert_eq!(later.iter().flat_map(|piece| &piece.first_of).copied().collect::<Vec<_>>(), [1, 2]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_texts(later in "[甲乙丙丁 ，0-9]{0,40}", earlier in "[甲乙丙丁 ，0-9]{0,40}", word in "[甲乙丙丁]{1,3}") {
            let [first, second] = pieces(&[&[&word]], &later, &earlier);
            let whole = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect::<String>();
            prop_assert_eq!(whole(first), later);
            prop_assert_eq!(whole(second), earlier);
        }
    }
}
