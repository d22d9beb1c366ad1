//! A document as the server keeps it: codes of its terms, keys for filters, and nothing that a person could read.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::letters::word;
use super::minhash::bands;
use crate::SearchError;
use crate::document::{Document, Space};
use crate::engine::Hit;
use crate::judge::is_common;
use crate::terms::{class_levels, identity_term, microseconds, place_levels};
use crate::text::{fold, grams, strip_courtesy, units};

/// The most terms of one field; the server leaves out what stands behind 65,535.
const MOST_TERMS: usize = 65_000;
/// The most characters of a petition that its bands are taken from.
pub(super) const LONGEST_TEXT: usize = 20_000;

/// What is sent.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    id: String,
    case: String,
    sequence: u64,
    channel: &'static str,
    class: Vec<String>,
    place: Vec<String>,
    registered_at: i64,
    identity: Vec<String>,
    /// Bigrams in reading order, so that phrases are found.
    title: String,
    body: String,
    /// Bigrams of the respondents' names and of the place.
    about: String,
    /// Single characters and numbers: what stands inside a word is found too.
    units: String,
    bands: Vec<String>,
}

/// What comes back.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) case: String,
    pub(super) sequence: u64,
    #[serde(default)]
    pub(super) bands: Vec<String>,
}

impl Row {
    /// The port's hit.
    pub(super) fn hit(&self, space: Space, score: f64) -> Result<Hit, SearchError> {
        let (Ok(submission), Ok(case)) = (self.id.parse(), self.case.parse()) else {
            return Err(SearchError::Unavailable("a document of the index has no identifier".to_owned()));
        };
        #[expect(clippy::as_conversions, reason = "a score is below a hundred; its last bits say nothing")]
        Ok(Hit { submission, case, space, score: score as f32 })
    }
}

impl Record {
    /// What is sent for `document`.
    pub(super) fn of(document: &Document) -> Self {
        let (title, body) = (fold(&document.title), fold(&document.body));
        let about: Vec<String> = document.respondents.iter().chain(&document.place).map(|name| fold(name)).collect();
        let texts = || [&title, &body].into_iter().chain(&about);
        let mut once = HashSet::new();
        let listed = texts().flat_map(|text| units(text)).flatten().filter(|unit| once.insert(*unit)).map(word);
        Self {
            id: document.submission.to_string(),
            case: document.case.to_string(),
            sequence: document.sequence,
            channel: document.channel.as_str(),
            class: document.class.iter().flat_map(class_levels).collect(),
            place: document.place_code.iter().flat_map(place_levels).collect(),
            registered_at: microseconds(document.registered_at),
            identity: document.identity.iter().map(identity_term).collect(),
            title: in_order(&title),
            body: in_order(&body),
            // The stop keeps two names from forming a phrase.
            about: about.iter().map(|name| in_order(name)).collect::<Vec<_>>().join(". "),
            units: joined(listed),
            bands: bands_of(&document.title, &document.body),
        }
    }
}

/// The bands of a petition, over the bigrams that say something.
pub(super) fn bands_of(title: &str, body: &str) -> Vec<String> {
    let said = saying(title).into_iter().chain(saying(body)).collect::<Vec<_>>();
    bands(said.iter().map(|(_place, term)| term.as_str()))
}

/// The bigrams of a text that say something, with their places in reading order: no grammar, and no words that stand in petitions of every
/// kind.
pub(super) fn saying(text: &str) -> Vec<(usize, String)> {
    let folded = strip_courtesy(&fold(case::text::truncate(text, LONGEST_TEXT)));
    let said = grams(&folded).into_iter().enumerate().filter_map(|(place, gram)| Some((place, gram.pair()?)));
    said.filter(|(_place, pair)| !is_common(*pair)).map(|(place, pair)| (place, pair.term())).collect()
}

fn in_order(folded: &str) -> String {
    joined(grams(folded).into_iter().map(|gram| word(&gram.term())))
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.take(MOST_TERMS).collect::<Vec<_>>().join(" ")
}
