//! What a person typed, as one query for each space.
//!
//! Every word becomes a phrase in quotation marks: it must be found as it stands, and the server derives nothing from it. The server looks
//! at ten terms of a query and drops the rest without a word; a phrase is one of them, so ten words are looked at. Filters and exclusions
//! apply to the whole.

use meilisearch_sdk::search::{MatchingStrategies, MultiSearchQuery, SearchQuery as Asked, Selectors};

use super::letters::word;
use super::record::Row;
use super::settings::MOST_COUNTED;
use super::{Connection, filter};
use crate::SearchError;
use crate::engine::{Hits, SearchQuery};
use crate::terms::{class_term, identity_term, microseconds};
use crate::text::{JOIN, Phrase};
use crate::typed::{Typed, Word};

/// The most results of one answer.
const MOST_RESULTS: usize = 200;
/// As many terms of one query are looked at.
const MOST_TERMS: usize = 10;
/// What a row is made of.
const ROW: [&str; 3] = ["id", "case", "sequence"];

/// What a person looked for.
pub(super) async fn find(connection: &Connection, query: &SearchQuery) -> Result<Hits, SearchError> {
    let typed = Typed::parse(&query.words);
    if typed.wanted.iter().any(|word| word.phrases.is_empty()) {
        // Something was typed that no index holds, such as a telephone number: it is found nowhere.
        return Ok(Hits { rows: Vec::new(), total: 0 });
    }
    let limit = query.limit.clamp(1, MOST_RESULTS);
    let depth = query.offset.saturating_add(limit).min(MOST_COUNTED);
    let (words, narrowed) = (words(&typed), filter::all(&conditions(query)));
    let spaces = query.reach.spaces();
    let indexes: Vec<_> = spaces.iter().map(|space| connection.index(*space)).collect();
    let mut asked = MultiSearchQuery::new(&connection.client);
    for index in &indexes {
        let mut one = Asked::new(index);
        one.with_query(&words)
            .with_page(1)
            .with_hits_per_page(depth)
            .with_matching_strategy(MatchingStrategies::ALL)
            .with_show_ranking_score(true)
            .with_attributes_to_retrieve(Selectors::Some(&ROW));
        if let Some(narrowed) = &narrowed {
            one.with_filter(narrowed);
        }
        asked.with_search_query(one);
    }
    let answers = connection.client.execute_multi_search_query::<Row>(&asked).await?;
    let total = answers.results.iter().map(|answer| answer.total_hits.unwrap_or(answer.hits.len())).sum();
    let mut found = Vec::new();
    for (space, answer) in spaces.iter().zip(answers.results) {
        for row in answer.hits {
            let score = if typed.ranks() { row.ranking_score.unwrap_or(0.0) } else { 0.0 };
            found.push((row.result.sequence, row.result.hit(*space, score)?));
        }
    }
    // One space comes in the server's order, which is whole; two are laid together.
    if spaces.len() > 1 {
        found.sort_by(|(a, one), (b, other)| other.score.total_cmp(&one.score).then(b.cmp(a)));
    }
    let rows = found.into_iter().skip(query.offset).take(limit).map(|(_sequence, hit)| hit).collect();
    Ok(Hits { rows, total })
}

/// The words of a query: exclusions first, since nothing behind the tenth term is looked at.
fn words(typed: &Typed) -> String {
    let unwanted = typed.unwanted.iter().map(|word| format!("-\"{}\"", side_by_side(word).join(" ")));
    let wanted = typed.wanted.iter().flat_map(|word| &word.phrases).take(MOST_TERMS);
    let wanted = wanted.map(|phrase| format!("\"{}\"", terms(phrase).join(" ")));
    unwanted.chain(wanted).collect::<Vec<_>>().join(" ")
}

/// An excluded word with punctuation in it is excluded as it stands: its runs side by side. The server cannot exclude what holds
/// both of two words.
fn side_by_side(word: &Word) -> Vec<String> {
    let mut together = Vec::new();
    let last = word.phrases.len().saturating_sub(1);
    for (place, phrase) in word.phrases.iter().enumerate() {
        together.extend(terms(phrase));
        if let (true, Phrase::Grams(grams)) = (place < last, phrase) {
            together.extend(end_of(grams.last()));
        }
    }
    together
}

/// The terms of a phrase in the places where the index has them: where a run ends inside, its last unit stands between.
fn terms(phrase: &Phrase) -> Vec<String> {
    match phrase {
        Phrase::Unit(unit) => vec![word(unit)],
        Phrase::Grams(grams) => {
            let mut terms = Vec::with_capacity(grams.len());
            let mut before: Option<&(usize, String)> = None;
            for gram in grams {
                if before.is_some_and(|(place, _term)| gram.0 > place.saturating_add(1)) {
                    terms.extend(end_of(before));
                }
                terms.push(word(&gram.1));
                before = Some(gram);
            }
            terms
        }
    }
}

fn end_of(gram: Option<&(usize, String)>) -> Option<String> {
    gram.and_then(|(_place, term)| term.split_once(JOIN)).map(|(_first, last)| word(last))
}

fn conditions(query: &SearchQuery) -> Vec<String> {
    let mut conditions = Vec::new();
    conditions.extend(query.channel.map(|channel| filter::is("channel", channel.as_str())));
    conditions.extend(query.class.as_ref().map(|class| filter::is("class", &class_term(class))));
    conditions.extend(query.place.as_ref().map(|place| filter::is("place", place.as_str())));
    conditions.extend(query.identity.as_ref().map(|key| filter::is("identity", &identity_term(key))));
    conditions.extend(query.from.map(|moment| filter::is_at_least("registered_at", microseconds(moment))));
    conditions.extend(query.until.map(|moment| filter::is_below("registered_at", microseconds(moment))));
    conditions
}
