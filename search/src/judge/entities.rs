//! What a petition is about, taken apart: what is asked, where, against whom, about which thing, when. The judge compares
//! these, and people can read them.

use std::collections::BTreeSet;

use super::names::{Name, NameKind};
use super::prepared::Prepared;
use super::topic;

/// The most things that are listed.
const MOST_OBJECTS: usize = 5;

/// The parts of one petition that the judge compares, each in its normal form, in reading order of their kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entities {
    /// The kinds of trouble it names, those of the title first.
    pub demands: Vec<&'static str>,
    /// The things it is about, in its own words, those it names most often first; at most five.
    pub objects: Vec<String>,
    /// Districts, towns, streets' offices and communities.
    pub places: Vec<String>,
    /// Villages.
    pub villages: Vec<String>,
    /// Estates and other named sites.
    pub estates: Vec<String>,
    /// Roads.
    pub roads: Vec<String>,
    /// Buildings, `3栋`.
    pub buildings: Vec<String>,
    /// Lines of the metro or of buses.
    pub lines: Vec<String>,
    /// Firms, schools, hospitals and whoever is named as complained about.
    pub respondents: Vec<String>,
    /// The days it names.
    pub days: Vec<String>,
}

impl Entities {
    pub(super) fn of(prepared: &Prepared) -> Self {
        let named = |kinds: &[NameKind]| texts(&prepared.names, kinds);
        let mut demands: Vec<&'static str> = prepared.title_topics.keys().map(|topic| topic::name(*topic)).collect();
        let others = prepared.topics.keys().filter(|topic| !prepared.title_topics.contains_key(topic));
        demands.extend(others.map(|topic| topic::name(*topic)));
        Self {
            demands,
            objects: topic::words(&prepared.whole).into_iter().take(MOST_OBJECTS).map(str::to_owned).collect(),
            places: named(&[NameKind::Township, NameKind::District]),
            villages: named(&[NameKind::Village]),
            estates: named(&[NameKind::Estate]),
            roads: named(&[NameKind::Road]),
            buildings: named(&[NameKind::Building]),
            lines: named(&[NameKind::Line]),
            respondents: named(&[NameKind::Firm]),
            days: prepared.days.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Each name once, by its longest form: who reads `锦绣华庭小区` need not read `锦绣华庭` too.
fn texts(names: &BTreeSet<Name>, kinds: &[NameKind]) -> Vec<String> {
    let wanted: Vec<&str> =
        names.iter().filter(|name| kinds.contains(&name.kind)).map(|name| name.text.as_str()).collect();
    let longest = |text: &&str| !wanted.iter().any(|other| *other != *text && other.contains(*text));
    wanted.iter().filter(|text| longest(text)).map(|text| (*text).to_owned()).collect()
}
