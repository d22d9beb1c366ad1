//! Candidates: short queries over the whole text, a filter on bands, and whoever shares an identity, in one request.
//!
//! The server looks at ten terms of a query only, and the first ten words of a petition are its greeting. So the text is asked for in
//! chunks of five neighbouring terms, each dropping its commonest terms until something is found (`frequency`: a chunk of terms of different
//! places would keep one that nobody else has, and find nobody). What the chunks find is added up here; the bands find those that are alike
//! as a whole even where no five terms survived a bad scan. The score says how much of the petition was found; the judge decides.

use std::collections::{HashMap, HashSet};

use case::identity::key::IdentityKind;
use meilisearch_sdk::search::{MatchingStrategies, MultiSearchQuery, SearchQuery as Asked, Selectors};

use super::letters::word;
use super::minhash::BANDS;
use super::record::{Row, bands_of, saying};
use super::{Connection, Petitions, filter};
use crate::SearchError;
use crate::document::Space;
use crate::engine::{CandidateQuery, Hit};
use crate::real;
use crate::terms::identity_term;

/// Terms of one chunk.
const CHUNK: usize = 5;
/// The most chunks of one look-up; of a longer petition they are taken evenly over its whole length.
const MOST_CHUNKS: usize = 32;
/// How many each chunk may find.
const PER_CHUNK: usize = 20;
/// How many the bands may find.
const PER_BANDS: usize = 100;
/// The most candidates that are ever given.
const MOST_CANDIDATES: usize = 200;
/// How much of the answer is kept for those who share an identity, as a divisor of the limit.
const IDENTITY_SHARE: usize = 2;
/// How much more a chunk of the title counts.
const TITLE_WEIGHT: f64 = 1.5;

const ROW: [&str; 3] = ["id", "case", "sequence"];
const ROW_AND_BANDS: [&str; 4] = ["id", "case", "sequence", "bands"];

/// What one query of the request is about.
enum Leg {
    Chunk { words: String, weight: f64 },
    Bands,
    Identity { limit: usize },
}

/// Submissions that may be about the same matter, best first.
pub(super) async fn find(connection: &Connection, query: &CandidateQuery) -> Result<Vec<Hit>, SearchError> {
    let limit = query.limit.clamp(1, MOST_CANDIDATES);
    let mut hits = Vec::new();
    for &space in query.reach.spaces() {
        hits.extend(in_space(connection, query, space, limit).await?);
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.submission.cmp(&a.submission)));
    hits.truncate(limit);
    Ok(hits)
}

async fn in_space(
    connection: &Connection,
    query: &CandidateQuery,
    space: Space,
    limit: usize,
) -> Result<Vec<Hit>, SearchError> {
    let index = connection.index(space);
    let legs = legs(query, limit);
    if legs.is_empty() {
        return Ok(Vec::new());
    }
    let own_bands = bands_of(&query.title, &query.body);
    let mut asked = MultiSearchQuery::new(&connection.client);
    for (leg, narrowed) in &legs {
        asked.with_search_query(one(&index, leg, narrowed.as_deref()));
    }
    let answers = connection.client.execute_multi_search_query::<Row>(&asked).await?;
    let weights: f64 =
        legs.iter().map(|(leg, _)| if let Leg::Chunk { weight, .. } = leg { *weight } else { 0.0 }).sum();
    let mut certain: Vec<String> = Vec::new();
    let mut found: HashMap<String, (f64, Row)> = HashMap::new();
    for ((leg, _narrowed), answer) in legs.iter().zip(answers.results) {
        for row in answer.hits {
            let score = match leg {
                Leg::Chunk { weight, .. } => weight * row.ranking_score.unwrap_or(0.0) / weights.max(1.0),
                Leg::Bands => {
                    let shared = row.result.bands.iter().filter(|band| own_bands.contains(band)).count();
                    real(u64::try_from(shared).unwrap_or(0)) / real(u64::try_from(BANDS).unwrap_or(1))
                }
                Leg::Identity { .. } => {
                    if certain.len() < limit.div_ceil(IDENTITY_SHARE) && !certain.contains(&row.result.id) {
                        certain.push(row.result.id.clone());
                    }
                    0.0
                }
            };
            let entry = found.entry(row.result.id.clone()).or_insert_with(|| (0.0, row.result));
            entry.0 += score;
        }
    }
    chosen(found, &certain, limit, space)
}

/// Those who share an identity, then the most alike, as many as are wanted.
fn chosen(
    found: HashMap<String, (f64, Row)>,
    certain: &[String],
    limit: usize,
    space: Space,
) -> Result<Vec<Hit>, SearchError> {
    let mut ranked: Vec<(bool, f64, Row)> =
        found.into_values().map(|(score, row)| (certain.contains(&row.id), score, row)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(b.2.sequence.cmp(&a.2.sequence)));
    ranked.truncate(limit);
    ranked.iter().map(|(_certain, score, row)| row.hit(space, *score)).collect()
}

/// The queries, each with what narrows it.
fn legs(query: &CandidateQuery, limit: usize) -> Vec<(Leg, Option<String>)> {
    let earlier = || query.before.map(|before| filter::is_below("sequence", before));
    let narrowed = |condition: Option<String>| filter::all(&condition.into_iter().chain(earlier()).collect::<Vec<_>>());
    let mut legs = Vec::new();
    for certain in [true, false] {
        let keys: Vec<String> = query
            .identity
            .iter()
            .filter(|key| (key.kind != IdentityKind::Name) == certain)
            .map(identity_term)
            .collect();
        if let Some(who) = filter::is_one_of("identity", keys.iter().map(String::as_str)) {
            legs.push((Leg::Identity { limit: limit.div_ceil(IDENTITY_SHARE) }, narrowed(Some(who))));
        }
    }
    let bands = bands_of(&query.title, &query.body);
    if let Some(alike) = filter::is_one_of("bands", bands.iter().map(String::as_str)) {
        legs.push((Leg::Bands, narrowed(Some(alike))));
    }
    let titles = chunks(&saying(&query.title)).into_iter().map(|words| (words, TITLE_WEIGHT));
    let bodies = chunks(&saying(&query.body)).into_iter().map(|words| (words, 1.0));
    let all: Vec<(String, f64)> = titles.chain(bodies).collect();
    let step = all.len().div_ceil(MOST_CHUNKS).max(1);
    for (words, weight) in all.into_iter().step_by(step) {
        legs.push((Leg::Chunk { words, weight }, narrowed(None)));
    }
    legs
}

/// Neighbouring terms together, in two layers: bigrams that do not overlap, beginning at every other character. Overlapping ones
/// would mostly hold one across the border of two words that hardly anybody else has, and the rarest term of a chunk must be found.
fn chunks(terms: &[(usize, String)]) -> Vec<String> {
    let mut seen = HashSet::new();
    let once: Vec<&(usize, String)> = terms.iter().filter(|(_place, term)| seen.insert(term.as_str())).collect();
    let layers = [0, 1].map(|layer| {
        once.iter().filter(|(place, _term)| place % 2 == layer).map(|(_place, term)| word(term)).collect::<Vec<_>>()
    });
    layers.iter().flat_map(|layer| layer.chunks(CHUNK)).map(|chunk| chunk.join(" ")).collect()
}

fn one<'a>(index: &'a Petitions, leg: &'a Leg, narrowed: Option<&'a str>) -> Asked<'a, super::http::Http> {
    let mut asked = Asked::new(index);
    match leg {
        Leg::Chunk { words, .. } => asked
            .with_query(words)
            .with_matching_strategy(MatchingStrategies::FREQUENCY)
            .with_show_ranking_score(true)
            .with_limit(PER_CHUNK)
            .with_attributes_to_retrieve(Selectors::Some(&ROW)),
        Leg::Bands => asked.with_limit(PER_BANDS).with_attributes_to_retrieve(Selectors::Some(&ROW_AND_BANDS)),
        Leg::Identity { limit } => asked.with_limit(*limit).with_attributes_to_retrieve(Selectors::Some(&ROW)),
    };
    if let Some(narrowed) = narrowed {
        asked.with_filter(narrowed);
    }
    asked.build()
}
