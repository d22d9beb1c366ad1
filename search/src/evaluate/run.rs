//! One measurement: index the petitions, look each judged one up, judge, count.

use std::collections::{BTreeMap, BTreeSet};

use case::channel::Channel;
use case::id::{CaseId, SubmissionId};
use case::identity::key::{IdentityKey, IdentityKind};
use serde::Serialize;
use uuid::Uuid;

use super::input::{Input, MessageRow, PairLabel, RetrievalRow};
use super::measures::{Counts, Said, auc, calibration_error, f1, mean};
use crate::SearchError;
use crate::document::{Document, Space};
use crate::engine::{CandidateQuery, Reach, SearchEngine};
use crate::judge::{Judge, Petition, Prepared, SAME_MATTER_FROM};

/// How many candidates the judge ranks; the gateway asks for as many.
const CANDIDATES: usize = 30;
/// How deep recall is measured.
const RECALL_DEPTH: usize = 10;
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

/// Figures of one selection of rows. A part is missing when its file was not given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Whether the right partner is found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieval: Option<RetrievalFigures>,
    /// Whether pairs are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairs: Option<PairFigures>,
    /// Whether the desk is alarmed rightly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm: Option<AlarmFigures>,
    /// What would be joined without a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automatic: Option<AutomaticFigures>,
}

/// Over the look-ups that have a partner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RetrievalFigures {
    /// How many look-ups.
    pub queries: usize,
    /// The mean of one over the rank of the first partner.
    pub mrr: f64,
    /// How often a partner is first.
    pub p_at_1: f64,
    /// The share of partners among the first ten, averaged.
    pub recall_at_10: f64,
}

/// Over the judged pairs; *related* and *distinct* count as not the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PairFigures {
    /// F1 at the threshold.
    pub f1: f64,
    /// The area under the curve.
    pub auc: f64,
    /// The shipped threshold.
    pub threshold: f64,
    /// How far likelihoods are from frequencies.
    pub calibration_error: f64,
}

/// Over all look-ups: right when one with a partner is alarmed and a partner is first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AlarmFigures {
    /// F1.
    pub f1: f64,
}

/// Over the judged pairs of one petitioner, as if the petitioner were certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AutomaticFigures {
    /// How many would be joined.
    pub joins: u64,
    /// How many of them wrongly.
    pub wrong: u64,
}

/// All rows, and those of no hot matter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// All rows.
    #[serde(flatten)]
    pub all: Figures,
    /// Without the matters that very many wrote about.
    pub without_hot: Figures,
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
    let documents: Vec<Document> = input.messages.values().map(document).collect();
    let mut indexed = 0_usize;
    for batch in documents.chunks(BATCH) {
        engine.put(batch.to_vec()).await?;
        indexed = indexed.saturating_add(batch.len());
        progress(Progress::Indexed(indexed, documents.len()));
    }
    let judge = judge()?;
    let mut desk = Desk { input, judge: &judge, prepared: BTreeMap::new() };
    let mut looked_up = Vec::new();
    for (index, row) in input.retrieval.iter().enumerate() {
        looked_up.push(desk.look_up(row, engine).await?);
        progress(Progress::LookedUp(index.saturating_add(1), input.retrieval.len()));
    }
    let pairs = desk.judge_pairs();
    let figures = |hot: bool| {
        let looked_up: Vec<&LookedUp> = looked_up.iter().filter(|row| hot || !row.hot).collect();
        let pairs: Vec<&JudgedPair> = pairs.iter().filter(|row| hot || !row.hot).collect();
        Figures {
            retrieval: (!input.retrieval.is_empty()).then(|| retrieval(&looked_up)),
            pairs: (!input.pairs.is_empty()).then(|| told_apart(&pairs)),
            alarm: (!input.retrieval.is_empty()).then(|| alarm(&looked_up)),
            automatic: (!input.pairs.is_empty()).then(|| automatic(&pairs)),
        }
    };
    Ok(Report { all: figures(true), without_hot: figures(false) })
}

struct Desk<'a> {
    input: &'a Input,
    judge: &'a Judge,
    prepared: BTreeMap<u64, Prepared>,
}

/// One look-up: candidates by the judge's rating, best first.
struct LookedUp {
    ranked: Vec<(u64, f64)>,
    partners: BTreeSet<u64>,
    hot: bool,
}

struct JudgedPair {
    said: Said,
    /// Whether it would be joined if its petitioner were certain.
    joins: bool,
    hot: bool,
}

impl Desk<'_> {
    async fn look_up(&mut self, row: &RetrievalRow, engine: &dyn SearchEngine) -> Result<LookedUp, SearchError> {
        let partners: BTreeSet<u64> = row.same_matter.iter().copied().collect();
        let mut looked_up = LookedUp { ranked: Vec::new(), partners, hot: row.hot };
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
                && let Some(judgement) = self.judge(row.query, number)
            {
                looked_up.ranked.push((number, f64::from(judgement.same_matter.value())));
            }
        }
        // A stable sort: what the engine ranked higher stays higher among equals.
        looked_up.ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(looked_up)
    }

    fn judge_pairs(&mut self) -> Vec<JudgedPair> {
        let input = self.input;
        let mut judged = Vec::new();
        for row in &input.pairs {
            let Some(judgement) = self.judge(row.a, row.b) else { continue };
            let user = |number| input.messages.get(number).map(|message: &MessageRow| &message.user);
            let said =
                Said { likely: f64::from(judgement.same_matter.value()), truth: row.label == PairLabel::SameMatter };
            let joins = judgement.near_identical && user(&row.a) == user(&row.b);
            judged.push(JudgedPair { said, joins, hot: row.hot() });
        }
        judged
    }

    /// The later one of the two is compared with the earlier one.
    fn judge(&mut self, a: u64, b: u64) -> Option<crate::judge::Judgement> {
        for number in [a, b] {
            if !self.prepared.contains_key(&number) {
                let prepared = self.judge.prepare(&petition(self.input.messages.get(&number)?));
                self.prepared.insert(number, prepared);
            }
        }
        let (first, second) = (self.input.messages.get(&a)?, self.input.messages.get(&b)?);
        let (later, earlier) = if first.time >= second.time { (a, b) } else { (b, a) };
        Some(self.judge.judge_prepared(self.prepared.get(&later)?, self.prepared.get(&earlier)?))
    }
}

fn retrieval(rows: &[&LookedUp]) -> RetrievalFigures {
    let rows: Vec<&&LookedUp> = rows.iter().filter(|row| !row.partners.is_empty()).collect();
    let (mut reciprocal, mut first, mut recall) = (0.0, 0.0, 0.0);
    for row in &rows {
        let rank = row.ranked.iter().position(|(number, _likely)| row.partners.contains(number));
        reciprocal += rank.map_or(0.0, |rank| mean(1.0, rank.saturating_add(1)));
        first += if rank == Some(0) { 1.0 } else { 0.0 };
        let found = row.ranked.iter().take(RECALL_DEPTH).filter(|(number, _likely)| row.partners.contains(number));
        let count = crate::real(u64::try_from(found.count()).unwrap_or(u64::MAX));
        recall += mean(count, row.partners.len());
    }
    RetrievalFigures {
        queries: rows.len(),
        mrr: mean(reciprocal, rows.len()),
        p_at_1: mean(first, rows.len()),
        recall_at_10: mean(recall, rows.len()),
    }
}

fn alarm(rows: &[&LookedUp]) -> AlarmFigures {
    let mut counts = Counts::default();
    for row in rows {
        let best = row.ranked.first().filter(|(_number, likely)| *likely >= SAME_MATTER_FROM);
        let right = best.is_some_and(|(number, _likely)| row.partners.contains(number));
        let add = |count: &mut u64, set: bool| *count = count.saturating_add(u64::from(set));
        add(&mut counts.right, right);
        add(&mut counts.wrong, best.is_some() && !right);
        add(&mut counts.missed, !row.partners.is_empty() && !right);
    }
    AlarmFigures { f1: counts.f1() }
}

fn told_apart(rows: &[&JudgedPair]) -> PairFigures {
    let said: Vec<Said> = rows.iter().map(|row| row.said).collect();
    PairFigures {
        f1: f1(&said, SAME_MATTER_FROM),
        auc: auc(&said),
        threshold: SAME_MATTER_FROM,
        calibration_error: calibration_error(&said),
    }
}

fn automatic(rows: &[&JudgedPair]) -> AutomaticFigures {
    let count = |wanted: &dyn Fn(&JudgedPair) -> bool| {
        u64::try_from(rows.iter().filter(|row| wanted(row)).count()).unwrap_or(u64::MAX)
    };
    AutomaticFigures { joins: count(&|row| row.joins), wrong: count(&|row| row.joins && !row.said.truth) }
}
