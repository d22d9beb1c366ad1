//! Candidates: BM25 over the rarest bigrams of a petition, and whoever shares an identity.
//!
//! The query is built by hand: tantivy's query parser makes a phrase of every run of Han characters, and no two petitions
//! share a whole sentence. Scores are added up over all postings of the terms, which `MOST_POSTINGS` bounds: with dozens of terms that is
//! half the work of skipping what cannot reach the first results (block-max WAND), and among equals the latest comes first.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use case::identity::key::IdentityKind;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

use super::failure::of_engine;
use super::frequencies::Counts;
use super::generation::Generation;
use super::hits::{best_first, hit, sequence};
use super::schema::Fields;
use crate::SearchError;
use crate::document::Space;
use crate::engine::{CandidateQuery, Hit};
use crate::real;
use crate::terms::identity_term;
use crate::text::{Bigram, Gram, fold, grams, strip_courtesy};

/// The most terms of a petition that are looked for, rarest first: a long petition has hundreds, and the common ones cost
/// time and find everybody.
const MOST_TERMS: usize = 96;
/// The most postings that the terms of one look-up may have together, so that a look-up takes as long at a million petitions
/// as at ten thousand.
const MOST_POSTINGS: u64 = 30_000;
/// As many of the rarest terms are looked for whatever they cost.
const FEWEST_TERMS: usize = 12;
/// The most candidates that are ever given.
const MOST_CANDIDATES: usize = 200;
/// How much of the answer is kept for those who share an identity, as a divisor of the limit.
const IDENTITY_SHARE: usize = 2;
/// The most characters of a petition that are read for a query.
const LONGEST_TEXT: usize = 20_000;
/// Bigrams that one core asks for at once.
const ASKED_TOGETHER: usize = 64;
/// How much more a bigram of the title counts when the terms are chosen.
const TITLE_WEIGHT: f64 = 1.5;

/// Submissions that may be about the same matter, best first.
pub(super) fn find(generation: &Generation, query: &CandidateQuery) -> Result<Vec<Hit>, SearchError> {
    let limit = query.limit.clamp(1, MOST_CANDIDATES);
    let mut hits = Vec::new();
    for &space in query.reach.spaces() {
        let searcher = generation.searcher(space);
        let bodies = Counts::of_bodies(generation, space)?;
        let titles = Counts::of_titles(generation, space)?;
        let asked =
            Asked { searcher: &searcher, bodies: &bodies, titles: &titles, fields: generation.fields(), query, limit };
        hits.extend(asked.in_space(space)?);
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.submission.cmp(&a.submission)));
    hits.truncate(limit);
    Ok(hits)
}

/// How much a term says, how often it stands there, the term.
type Rated = (f64, u64, Term);

struct Asked<'a> {
    searcher: &'a Searcher,
    bodies: &'a Counts,
    titles: &'a Counts,
    fields: &'a Fields,
    query: &'a CandidateQuery,
    limit: usize,
}

impl Asked<'_> {
    fn in_space(&self, space: Space) -> Result<Vec<Hit>, SearchError> {
        let terms = self.terms()?;
        let reserved = self.limit.div_ceil(IDENTITY_SHARE);
        let mut found: HashMap<DocAddress, f32> = HashMap::new();
        let certain = self.sharing(|kind| kind != IdentityKind::Name, &terms, reserved)?;
        let named = self.sharing(|kind| kind == IdentityKind::Name, &terms, reserved.saturating_sub(certain.len()))?;
        for (score, address) in certain.into_iter().chain(named) {
            found.entry(address).or_insert(score);
        }
        if !terms.is_empty() {
            for (score, address) in self.alike(&terms)? {
                if found.len() >= self.limit && !found.contains_key(&address) {
                    break;
                }
                found.insert(address, score);
            }
        }
        found.into_iter().map(|(address, score)| hit(self.searcher, self.fields, space, score, address)).collect()
    }

    /// The rarest terms of the petition that stand in the index at all.
    fn terms(&self) -> Result<Vec<Term>, SearchError> {
        let read = |text: &str| strip_courtesy(&fold(case::text::truncate(text, LONGEST_TEXT)));
        let (title, body) = (read(&self.query.title), read(&self.query.body));
        let mut weights: BTreeMap<Bigram<'_>, f64> = BTreeMap::new();
        for (text, weight) in [(&title, TITLE_WEIGHT), (&body, 1.0)] {
            for pair in grams(text).into_iter().filter_map(Gram::pair) {
                *weights.entry(pair).or_default() += weight;
            }
        }
        let weighed: Vec<(Bigram<'_>, f64)> = weights.into_iter().collect();
        // A long petition asks thousands of times; the order of the rows stays.
        let rated = weighed.par_chunks(ASKED_TOGETHER).map(|weighed| self.rated_bigrams(weighed));
        let mut rated = rated.collect::<Result<Vec<_>, _>>()?.concat();
        // A stable sort of rows in a fixed order: equal ratings are cut off the same way every time.
        rated.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut postings = 0_u64;
        let mut terms = Vec::new();
        for (_rating, frequency, term) in rated {
            postings = postings.saturating_add(frequency);
            if terms.len() >= MOST_TERMS || (terms.len() >= FEWEST_TERMS && postings > MOST_POSTINGS) {
                break;
            }
            terms.push(term);
        }
        Ok(terms)
    }

    /// Bigrams in bodies and in titles, as far as they stand there.
    fn rated_bigrams(&self, weighed: &[(Bigram<'_>, f64)]) -> Result<Vec<Rated>, SearchError> {
        let bigrams: Vec<Bigram<'_>> = weighed.iter().map(|(bigram, _weight)| *bigram).collect();
        let documents = real(self.searcher.num_docs());
        let mut rated = Vec::with_capacity(bigrams.len());
        let counts = self.bodies.of(&bigrams)?.into_iter().zip(self.titles.of(&bigrams)?);
        for ((bigram, weight), (bodies, titles)) in weighed.iter().zip(counts) {
            let term = bigram.term();
            let rating = rarity(bodies.max(titles), documents) * (1.0 + weight.ln_1p());
            if bodies > 0 {
                rated.push((rating, bodies, Term::from_field_text(self.fields.body, &term)));
            }
            if titles > 0 {
                rated.push((rating, titles, Term::from_field_text(self.fields.title, &term)));
            }
        }
        Ok(rated)
    }

    /// Those whose words are most alike.
    fn alike(&self, terms: &[Term]) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let union = any_of(terms);
        let Some(before) = self.query.before else { return self.top(&union, self.limit) };
        // Most often nearly everything was registered before: look without the filter first, which would be asked about every petition, and
        // filter what was found.
        let wanted = self.limit.saturating_mul(2);
        let found = self.top(&union, wanted)?;
        let complete = found.len() < wanted;
        let mut kept = Vec::new();
        for (score, address) in found {
            if sequence(self.searcher, address)? < before {
                kept.push((score, address));
            }
        }
        if kept.len() >= self.limit || complete {
            kept.truncate(self.limit);
            return Ok(kept);
        }
        self.top(&self.filtered(vec![(Occur::Must, Box::new(union))]), self.limit)
    }

    /// Those who share an identity of a kind, those with like words first.
    fn sharing(
        &self,
        kind: impl Fn(IdentityKind) -> bool,
        terms: &[Term],
        limit: usize,
    ) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let keys: Vec<Term> = self
            .query
            .identity
            .iter()
            .filter(|key| kind(key.kind))
            .map(|key| Term::from_field_text(self.fields.identity, &identity_term(key)))
            .collect();
        if keys.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let who: Box<dyn Query> = Box::new(any_of(&keys));
        let mut clauses = vec![(Occur::Must, who)];
        if !terms.is_empty() {
            clauses.push((Occur::Should, Box::new(any_of(terms))));
        }
        self.top(&self.filtered(clauses), limit)
    }

    fn filtered(&self, mut clauses: Vec<(Occur, Box<dyn Query>)>) -> BooleanQuery {
        if let Some(before) = self.query.before {
            let end = Bound::Excluded(Term::from_field_u64(self.fields.sequence, before));
            let range = RangeQuery::new(Bound::Unbounded, end);
            clauses.push((Occur::Must, Box::new(tantivy::query::ConstScoreQuery::new(Box::new(range), 0.0))));
        }
        BooleanQuery::new(clauses)
    }

    fn top(&self, query: &dyn Query, limit: usize) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let found =
            self.searcher.search(query, &TopDocs::with_limit(limit).order_by(best_first())).map_err(of_engine)?;
        Ok(found.into_iter().map(|((score, _sequence), address)| (score, address)).collect())
    }
}

fn any_of(terms: &[Term]) -> BooleanQuery {
    let clauses = terms.iter().map(|term| {
        let query: Box<dyn Query> = Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs));
        (Occur::Should, query)
    });
    BooleanQuery::new(clauses.collect())
}

/// The inverse document frequency of BM25.
fn rarity(frequency: u64, documents: f64) -> f64 {
    let frequency = real(frequency);
    (1.0 + (documents - frequency + 0.5).max(0.5) / (frequency + 0.5)).ln()
}
