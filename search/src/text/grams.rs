//! Bigrams over units, with positions for phrases.

use super::units::{Run, units};

/// Stands between the two units of a bigram, so that `3` + `栋` never equals another pair and all bigrams that begin with a
/// unit share one prefix.
pub const JOIN: char = '\u{1f}';

/// Two units that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bigram<'a> {
    first: &'a str,
    second: &'a str,
}

impl<'a> Bigram<'a> {
    /// As it stands in the index: with [`JOIN`] between the units.
    #[must_use]
    pub fn term(self) -> String {
        Gram::Pair(self).term()
    }

    /// Both units.
    #[must_use]
    pub const fn units(self) -> [&'a str; 2] {
        [self.first, self.second]
    }
}

/// A term of a text, for the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gram<'a> {
    /// A bigram.
    Pair(Bigram<'a>),
    /// The last unit of a run.
    Last(&'a str),
}

impl<'a> Gram<'a> {
    /// As it stands in the index.
    #[must_use]
    pub fn term(self) -> String {
        let mut term = String::new();
        self.write(&mut term);
        term
    }

    /// Writes it over `term` as it stands in the index.
    pub fn write(self, term: &mut String) {
        term.clear();
        match self {
            Self::Pair(Bigram { first, second }) => {
                term.push_str(first);
                term.push(JOIN);
                term.push_str(second);
            }
            Self::Last(unit) => term.push_str(unit),
        }
    }

    /// The bigram, if it is one.
    #[must_use]
    pub const fn pair(self) -> Option<Bigram<'a>> {
        match self {
            Self::Pair(pair) => Some(pair),
            Self::Last(_unit) => None,
        }
    }
}

/// A run of units as it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// One unit: everything that contains it.
    Unit(String),
    /// Bigrams with their distance from the first one.
    Grams(Vec<(usize, String)>),
}

/// Every bigram of `folded` and the last unit of every run, in reading order. The place of a term in the index is its number here.
#[must_use]
pub fn grams(folded: &str) -> Vec<Gram<'_>> {
    let mut grams = Vec::new();
    for run in units(folded) {
        grams.extend(pairs(&run).map(Gram::Pair));
        grams.extend(run.last().map(|last| Gram::Last(last)));
    }
    grams
}

impl<'a> Run<'a> {
    /// The bigrams with where they stand in the text, in bytes.
    pub(crate) fn placed(&self) -> impl Iterator<Item = (usize, Bigram<'a>)> {
        let places = self.units.iter().scan(self.begin, |place, unit| {
            let here = *place;
            *place = here.saturating_add(unit.len());
            Some(here)
        });
        places.zip(pairs(&self.units))
    }
}

/// The bigrams of one run.
fn pairs<'a>(run: &[&'a str]) -> impl Iterator<Item = Bigram<'a>> {
    run.iter().zip(run.iter().skip(1)).map(|(first, second)| Bigram { first, second })
}

/// How each run of `folded` is looked for. None for a run is never given: an empty answer means that nothing in the text can
/// be looked for.
#[must_use]
pub fn phrases(folded: &str) -> Vec<Phrase> {
    units(folded)
        .into_iter()
        .filter_map(|run| match run.as_slice() {
            [] => None,
            [unit] => Some(Phrase::Unit((*unit).to_owned())),
            _ => Some(Phrase::Grams(pairs(&run).map(Bigram::term).enumerate().collect())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;
    use crate::text::units::runs;

    fn terms(text: &str) -> Vec<String> {
        grams(&fold(text)).into_iter().map(|gram| gram.term().replace(JOIN, "")).collect()
    }

    #[test]
    fn digits_and_characters_form_bigrams_across_their_border() {
        assert_eq!(terms("3栋2单元"), ["3栋", "栋2", "2单", "单元", "元"]);
        assert_eq!(terms("12月"), ["12月", "月"]);
    }

    #[test]
    fn punctuation_ends_a_run() {
        assert_eq!(terms("路灯,坏了"), ["路灯", "灯", "坏了", "了"]);
    }

    #[test]
    fn numbers_that_name_a_person_are_left_out() {
        assert_eq!(terms("电话13800000001找我"), ["电话", "话", "找我", "我"]);
        assert!(terms("11010519491231002X").is_empty());
    }

    proptest! {
        #[test]
        fn no_term_is_empty_and_a_bigram_stands_where_it_says(text in "\\PC*|[路灯a1x。0-9]{0,30}") {
            let folded = fold(&text);
            prop_assert!(grams(&folded).iter().all(|gram| !gram.term().is_empty()));
            for (place, bigram) in runs(&folded).iter().flat_map(Run::placed) {
                prop_assert!(folded.get(place..).unwrap().starts_with(&bigram.units().concat()));
            }
        }
    }
}
