//! What a person typed, as a query.
//!
//! All words must be found; each stands for one leaf, and a leaf is widened (title, body, names) *in its own place*: a
//! widening beside the whole query would let an excluded document in again. Exclusions and filters apply to the whole.

use std::ops::Bound;

use tantivy::collector::sort_key::SortByStaticFastValue;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Order, Searcher, Term};

use super::excluded::Excluded;
use super::failure::of_engine;
use super::generation::Generation;
use super::hits::{best_first, hit, sequence};
use super::schema::{Fields, SEQUENCE};
use crate::SearchError;
use crate::document::Space;
use crate::engine::{Hits, SearchQuery};
use crate::terms::{class_term, identity_term, microseconds};
use crate::text::{JOIN, Phrase};
use crate::typed::{Typed, Word};

/// The most results of one answer.
const MOST_RESULTS: usize = 200;
/// How deep one can page; nobody reads on, and the engine keeps that many results in memory.
const DEEPEST: usize = 10_000;
/// How much more a word counts in the title.
const TITLE_BOOST: f32 = 2.0;

/// What a person looked for.
pub(super) fn find(generation: &Generation, query: &SearchQuery) -> Result<Hits, SearchError> {
    let typed = Typed::parse(&query.words);
    let limit = query.limit.clamp(1, MOST_RESULTS);
    let depth = query.offset.saturating_add(limit).min(DEEPEST);
    let mut total = 0_usize;
    let mut found = Vec::new();
    for &space in query.reach.spaces() {
        let searcher = generation.searcher(space);
        let built = build(generation.fields(), query, &typed)?;
        let (count, rows) = top(&searcher, built.as_ref(), depth, typed.ranks())?;
        total = total.saturating_add(count);
        for (score, address) in rows {
            found.push(Found { score, sequence: sequence(&searcher, address)?, space, address });
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.sequence.cmp(&a.sequence)));
    let page = found.into_iter().skip(query.offset).take(limit);
    let rows = page
        .map(|found| {
            hit(&generation.searcher(found.space), generation.fields(), found.space, found.score, found.address)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Hits { rows, total })
}

struct Found {
    score: f32,
    sequence: u64,
    space: Space,
    address: DocAddress,
}

/// The number of results and the best of them: by score when words were typed, else the latest first.
fn top(
    searcher: &Searcher,
    query: &dyn Query,
    depth: usize,
    ranked: bool,
) -> Result<(usize, Vec<(f32, DocAddress)>), SearchError> {
    let best = TopDocs::with_limit(depth.max(1));
    if ranked {
        // Equal scores are ordered by registration, so that pages neither overlap nor leave anything out.
        let (count, rows) = searcher.search(query, &(Count, best.order_by(best_first()))).map_err(of_engine)?;
        return Ok((count, rows.into_iter().map(|((score, _sequence), address)| (score, address)).collect()));
    }
    let latest = SortByStaticFastValue::<u64>::for_field(SEQUENCE);
    let (count, rows) = searcher.search(query, &(Count, best.order_by((latest, Order::Desc)))).map_err(of_engine)?;
    Ok((count, rows.into_iter().map(|(_sequence, address)| (0.0, address)).collect()))
}

fn build(fields: &Fields, query: &SearchQuery, typed: &Typed) -> Result<Box<dyn Query>, SearchError> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for word in &typed.wanted {
        clauses.push((Occur::Must, leaf(fields, word)?));
    }
    for word in &typed.unwanted {
        clauses.push((Occur::MustNot, Box::new(Excluded::new(leaf(fields, word)?))));
    }
    for filter in filters(fields, query) {
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(filter, 0.0))));
    }
    if clauses.iter().all(|(occur, _query)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

fn filters(fields: &Fields, query: &SearchQuery) -> Vec<Box<dyn Query>> {
    let exact = |field: Field, text: &str| -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
    };
    let mut filters = Vec::new();
    filters.extend(query.channel.map(|channel| exact(fields.channel, channel.as_str())));
    filters.extend(query.class.as_ref().map(|class| exact(fields.class, &class_term(class))));
    filters.extend(query.place.as_ref().map(|place| exact(fields.place, place.as_str())));
    filters.extend(query.identity.as_ref().map(|key| exact(fields.identity, &identity_term(key))));
    if query.from.is_some() || query.until.is_some() {
        let term = |moment| Term::from_field_i64(fields.registered_at, microseconds(moment));
        let from = query.from.map_or(Bound::Unbounded, |moment| Bound::Included(term(moment)));
        let until = query.until.map_or(Bound::Unbounded, |moment| Bound::Excluded(term(moment)));
        filters.push(Box::new(RangeQuery::new(from, until)));
    }
    filters
}

/// One typed word in any of the text fields.
fn leaf(fields: &Fields, word: &Word) -> Result<Box<dyn Query>, SearchError> {
    if word.phrases.is_empty() {
        // Something was typed that no index holds, such as a telephone number: it is found nowhere.
        return Ok(Box::new(EmptyQuery));
    }
    let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for phrase in &word.phrases {
        let title = Box::new(BoostQuery::new(in_field(fields.title, phrase)?, TITLE_BOOST));
        let body = in_field(fields.body, phrase)?;
        let about = in_field(fields.about, phrase)?;
        let anywhere: Vec<Box<dyn Query>> = vec![title, body, about];
        parts.push((Occur::Must, Box::new(BooleanQuery::union(anywhere))));
    }
    Ok(Box::new(BooleanQuery::new(parts)))
}

fn in_field(field: Field, phrase: &Phrase) -> Result<Box<dyn Query>, SearchError> {
    match phrase {
        Phrase::Unit(unit) => {
            // Units are letters and digits, so nothing in them means anything to a regular expression.
            let pattern = format!("{unit}({JOIN}.*)?");
            Ok(Box::new(RegexQuery::from_pattern(&pattern, field).map_err(of_engine)?))
        }
        Phrase::Grams(grams) => {
            let mut terms: Vec<(usize, Term)> =
                grams.iter().map(|(offset, gram)| (*offset, Term::from_field_text(field, gram))).collect();
            if terms.len() > 1 {
                return Ok(Box::new(PhraseQuery::new_with_offset(terms)));
            }
            Ok(terms.pop().map_or_else(
                || -> Box<dyn Query> { Box::new(EmptyQuery) },
                |(_offset, term)| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
            ))
        }
    }
}
