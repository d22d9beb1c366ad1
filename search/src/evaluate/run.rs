//! One measurement: index the petitions, look each judged one up, compare each judged pair. What is said about them is counted
//! by [`super::figures`], once with the weights at hand and once by cross-validation.

use std::collections::{BTreeMap, BTreeSet};

use case::channel::Channel;
use case::id::{CaseId, SubmissionId};
use case::identity::key::{IdentityKey, IdentityKind};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use uuid::Uuid;

use super::figures::{CrossValidation, Deciders, Figures, Report, figures};
use super::input::{Input, MessageRow, PairLabel, PairRow, RetrievalRow};
use super::splits::Splits;
use crate::SearchError;
use crate::document::{Document, Space};
use crate::engine::{CandidateQuery, Reach, SearchEngine};
use crate::judge::{Evidence, Judge, Petition, Prepared};
use crate::train::{Example, FIRST_SPLIT, FOLDS, Matters, Verdict, cross_validate, matters};

/// How many candidates the judge ranks; the gateway asks for as many.
const CANDIDATES: usize = 30;
/// What one of more pairs counts beside a judged pair: who made them may call more one matter than those whose judgement is measured.
const MORE: f64 = 0.5;
/// How many other splits of the matters a cross-validation is repeated with.
const OTHER_SPLITS: u64 = 12;
/// Documents put into the engine at once.
const BATCH: usize = 500;

/// How far a measurement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Petitions put into the index, of how many.
    Indexed(usize, usize),
    /// Look-ups made, of how many.
    LookedUp(usize, usize),
}

/// A message as the engine takes it.
#[must_use]
pub fn document(row: &MessageRow) -> Document {
    Document {
        submission: submission(row.id),
        case: CaseId::from_uuid(Uuid::from_u128(u128::from(row.id))),
        sequence: row.id,
        space: Space::Ordinary,
        channel: Channel::Web,
        registered_at: row.time,
        title: row.title.clone(),
        body: row.body.clone(),
        respondents: Vec::new(),
        place: None,
        place_code: None,
        class: None,
        identity: identity(row),
    }
}

/// A message as the judge takes it.
#[must_use]
pub fn petition(row: &MessageRow) -> Petition {
    Petition {
        title: row.title.clone(),
        body: row.body.clone(),
        registered_at: row.time,
        channel: Channel::Web,
        identity: identity(row),
        respondents: Vec::new(),
        place: None,
    }
}

/// The user name stands for a mail address: strong, not certain.
fn identity(row: &MessageRow) -> Vec<IdentityKey> {
    vec![IdentityKey { kind: IdentityKind::MailAddress, digest: row.user.clone() }]
}

fn submission(id: u64) -> SubmissionId {
    SubmissionId::from_uuid(Uuid::from_u128(u128::from(id)))
}

/// Measures `engine` and `judge` on `input`. The engine is empty at the start and holds the petitions afterwards; `judge` is
/// made once they are in it.
///
/// # Errors
/// The engine failed.
pub async fn measure(
    input: &Input,
    engine: &dyn SearchEngine,
    judge: &(dyn Fn() -> Result<Judge, SearchError> + Sync),
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, SearchError> {
    index(input, engine, progress).await?;
    let judge = judge()?;
    let mut desk = Desk { input, judge: &judge, prepared: BTreeMap::new(), matters: matters_of(input) };
    let mut looked_up = Vec::new();
    for (index, row) in input.retrieval.iter().enumerate() {
        looked_up.push(desk.look_up(row, engine).await?);
        progress(Progress::LookedUp(index.saturating_add(1), input.retrieval.len()));
    }
    let pairs = desk.compare(&input.pairs, 1.0);
    let more = desk.compare(&input.more_pairs, MORE);
    let shipped = Deciders::one(judge.weights().same_matter.clone());
    let of = |deciders: &Deciders, hot: bool| -> Figures {
        let looked_up: Vec<&LookedUp> = looked_up.iter().filter(|row| hot || !row.hot).collect();
        let pairs: Vec<&ComparedPair> = pairs.iter().filter(|row| hot || !row.hot).collect();
        figures(deciders, &looked_up, &pairs)
    };
    let cross_validation = (!pairs.is_empty()).then(|| {
        let examples: Vec<Example> = pairs.iter().chain(&more).map(|pair| pair.example.clone()).collect();
        let deciders = |split| {
            let (weights, parts) = cross_validate(&examples, split);
            Deciders::parts(weights.into_iter().map(|weights| weights.same_matter).collect(), parts)
        };
        let first = deciders(FIRST_SPLIT);
        // The trainings are work of the processor alone, a second or two of it.
        let others =
            (1..=OTHER_SPLITS).into_par_iter().map(|split| of(&deciders(FIRST_SPLIT.saturating_add(split)), true));
        let other_splits = Splits::of(&others.collect::<Vec<_>>());
        CrossValidation { folds: FOLDS, all: of(&first, true), without_hot: of(&first, false), other_splits }
    });
    Ok(Report { all: of(&shipped, true), without_hot: of(&shipped, false), cross_validation })
}

/// The judged pairs of `input` as examples to learn from. The engine is empty at the start and holds the petitions afterwards;
/// `judge` is made once they are in it.
///
/// # Errors
/// The engine failed.
pub async fn examples(
    input: &Input,
    engine: &dyn SearchEngine,
    judge: &(dyn Fn() -> Result<Judge, SearchError> + Sync),
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Example>, SearchError> {
    index(input, engine, progress).await?;
    let judge = judge()?;
    let mut desk = Desk { input, judge: &judge, prepared: BTreeMap::new(), matters: matters_of(input) };
    let pairs = desk.compare(&input.pairs, 1.0).into_iter().chain(desk.compare(&input.more_pairs, MORE));
    Ok(pairs.map(|pair| pair.example).collect())
}

async fn index(
    input: &Input,
    engine: &dyn SearchEngine,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), SearchError> {
    let documents: Vec<Document> = input.messages.values().map(document).collect();
    let mut indexed = 0_usize;
    for batch in documents.chunks(BATCH) {
        engine.put(batch.to_vec()).await?;
        indexed = indexed.saturating_add(batch.len());
        progress(Progress::Indexed(indexed, documents.len()));
    }
    Ok(())
}

fn matters_of(input: &Input) -> Matters {
    matters(input.pairs.iter().chain(&input.more_pairs).map(|row| (row.a, row.b, row.label != PairLabel::Distinct)))
}

struct Desk<'a> {
    input: &'a Input,
    judge: &'a Judge,
    prepared: BTreeMap<u64, Prepared>,
    matters: Matters,
}

/// One look-up with its candidates in the engine's order.
pub(super) struct LookedUp {
    pub(super) candidates: Vec<Candidate>,
    pub(super) partners: BTreeSet<u64>,
    /// The matter of the petition; its own number when it is in no judged pair.
    pub(super) matter: u64,
    pub(super) hot: bool,
}

/// One candidate of a look-up.
pub(super) struct Candidate {
    pub(super) number: u64,
    pub(super) evidence: Evidence,
    pub(super) veto: bool,
}

/// One judged pair with its evidence.
pub(super) struct ComparedPair {
    pub(super) example: Example,
    /// Whether it would be joined if its petitioner were certain.
    pub(super) joins: bool,
    pub(super) hot: bool,
}

impl Desk<'_> {
    async fn look_up(&mut self, row: &RetrievalRow, engine: &dyn SearchEngine) -> Result<LookedUp, SearchError> {
        let partners: BTreeSet<u64> = row.same_matter.iter().copied().collect();
        let matter = self.matters.get(&row.query).copied().unwrap_or(row.query);
        let mut looked_up = LookedUp { candidates: Vec::new(), partners, matter, hot: row.hot };
        let judge = self.judge;
        let Some(message) = self.input.messages.get(&row.query) else { return Ok(looked_up) };
        let query = CandidateQuery {
            reach: Reach::Ordinary,
            title: message.title.clone(),
            body: message.body.clone(),
            identity: identity(message),
            before: None,
            limit: CANDIDATES.saturating_add(1),
        };
        for hit in engine.candidates(&query).await? {
            let number = u64::try_from(hit.submission.as_uuid().as_u128()).unwrap_or(0);
            if number != row.query
                && let Some((later, earlier)) = self.prepared(row.query, number)
            {
                let (evidence, veto) = judge.evidence(later, earlier);
                looked_up.candidates.push(Candidate { number, evidence, veto });
            }
        }
        Ok(looked_up)
    }

    fn compare(&mut self, rows: &[PairRow], weight: f64) -> Vec<ComparedPair> {
        let input = self.input;
        let judge = self.judge;
        let mut compared = Vec::new();
        for row in rows {
            let matter = |number: u64| self.matters.get(&number).copied().unwrap_or(number);
            let matters = (matter(row.a), matter(row.b));
            let Some((later, earlier)) = self.prepared(row.a, row.b) else { continue };
            let (evidence, veto) = judge.evidence(later, earlier);
            let near_identical = judge.judge_prepared(later, earlier).near_identical;
            let user = |number| input.messages.get(number).map(|message: &MessageRow| &message.user);
            let verdict = match row.label {
                PairLabel::SameMatter => Verdict::SameMatter,
                PairLabel::Related => Verdict::Related,
                PairLabel::Distinct => Verdict::Distinct,
            };
            compared.push(ComparedPair {
                example: Example { evidence, veto, verdict, matters, weight },
                joins: near_identical && user(&row.a) == user(&row.b),
                hot: row.hot(),
            });
        }
        compared
    }

    /// The later and the earlier one of the two, read.
    fn prepared(&mut self, a: u64, b: u64) -> Option<(&Prepared, &Prepared)> {
        for number in [a, b] {
            if !self.prepared.contains_key(&number) {
                let prepared = self.judge.prepare(&petition(self.input.messages.get(&number)?));
                self.prepared.insert(number, prepared);
            }
        }
        let (first, second) = (self.input.messages.get(&a)?, self.input.messages.get(&b)?);
        let (later, earlier) = if first.time >= second.time { (a, b) } else { (b, a) };
        Some((self.prepared.get(&later)?, self.prepared.get(&earlier)?))
    }
}
