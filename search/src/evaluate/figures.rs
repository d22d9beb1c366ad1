//! Counts what is said about judged look-ups and pairs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::measures::{Counts, Said, auc, calibration_error, mean};
use super::run::{Candidate, ComparedPair, LookedUp};
use super::splits::Splits;
use crate::judge::{Evidence, Trained, likely};
use crate::train::Verdict;

/// How deep recall is measured.
const RECALL_DEPTH: usize = 10;

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
    /// The threshold; the mean of several in a cross-validation.
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AutomaticFigures {
    /// How many would be joined.
    pub joins: u64,
    /// How many of them wrongly.
    pub wrong: u64,
    /// The share that is right; 1 when none would be joined.
    pub precision: f64,
}

/// All rows, and those of no hot matter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// All rows.
    #[serde(flatten)]
    pub all: Figures,
    /// Without the matters that very many wrote about.
    pub without_hot: Figures,
    /// The same by cross-validation, split by matter: what weights say about matters that they were not trained on. Missing
    /// without judged pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_validation: Option<CrossValidation>,
}

/// Figures by cross-validation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossValidation {
    /// How many parts.
    pub folds: usize,
    /// All rows.
    #[serde(flatten)]
    pub all: Figures,
    /// Without the matters that very many wrote about.
    pub without_hot: Figures,
    /// All rows again, with the matters dealt out otherwise.
    pub other_splits: Splits,
}

/// Who decides about which matter: one model about all, or one for each part of a cross-validation.
pub(super) struct Deciders {
    models: Vec<Trained>,
    parts: BTreeMap<u64, usize>,
}

impl Deciders {
    /// One model about all.
    pub(super) fn one(model: Trained) -> Self {
        Self { models: vec![model], parts: BTreeMap::new() }
    }

    /// One model for each part; `parts` says which matter is in which.
    pub(super) const fn parts(models: Vec<Trained>, parts: BTreeMap<u64, usize>) -> Self {
        Self { models, parts }
    }

    /// The likelihood for a pair of which one petition is of `matter`, and whether it is enough.
    fn says(&self, matter: u64, evidence: &Evidence, veto: bool) -> (f64, bool) {
        // A matter of no judged pair was seen by no model: any of them may decide.
        let part = self.parts.get(&matter).copied().unwrap_or(0);
        self.models.get(part).map_or((0.0, false), |model| {
            let likely = likely(model, &evidence.values(), veto);
            (likely, likely >= model.from)
        })
    }

    fn threshold(&self) -> f64 {
        mean(self.models.iter().map(|model| model.from).sum(), self.models.len())
    }
}

/// The figures of what `deciders` say.
pub(super) fn figures(deciders: &Deciders, looked_up: &[&LookedUp], pairs: &[&ComparedPair]) -> Figures {
    let ranked: Vec<Ranked<'_>> = looked_up.iter().map(|row| Ranked::new(row, deciders)).collect();
    Figures {
        retrieval: (!ranked.is_empty()).then(|| retrieval(&ranked)),
        pairs: (!pairs.is_empty()).then(|| told_apart(deciders, pairs)),
        alarm: (!ranked.is_empty()).then(|| alarm(&ranked)),
        automatic: (!pairs.is_empty()).then(|| automatic(pairs)),
    }
}

/// A look-up with its candidates as the desk sees them: likeliest first.
struct Ranked<'a> {
    row: &'a LookedUp,
    /// Number, likelihood and whether that is enough.
    candidates: Vec<(u64, f64, bool)>,
}

impl<'a> Ranked<'a> {
    fn new(row: &'a LookedUp, deciders: &Deciders) -> Self {
        let said = |candidate: &Candidate| {
            let (likely, enough) = deciders.says(row.matter, &candidate.evidence, candidate.veto);
            (candidate.number, likely, enough)
        };
        let mut candidates: Vec<(u64, f64, bool)> = row.candidates.iter().map(said).collect();
        // A stable sort: what the engine ranked higher stays higher among equals.
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self { row, candidates }
    }

    fn is_partner(&self, number: u64) -> bool {
        self.row.partners.contains(&number)
    }
}

fn retrieval(rows: &[Ranked<'_>]) -> RetrievalFigures {
    let rows: Vec<&Ranked<'_>> = rows.iter().filter(|ranked| !ranked.row.partners.is_empty()).collect();
    let (mut reciprocal, mut first, mut recall) = (0.0, 0.0, 0.0);
    for row in &rows {
        let rank = row.candidates.iter().position(|(number, ..)| row.is_partner(*number));
        reciprocal += rank.map_or(0.0, |rank| mean(1.0, rank.saturating_add(1)));
        first += if rank == Some(0) { 1.0 } else { 0.0 };
        let found = row.candidates.iter().take(RECALL_DEPTH).filter(|(number, ..)| row.is_partner(*number));
        let count = crate::real(u64::try_from(found.count()).unwrap_or(u64::MAX));
        recall += mean(count, row.row.partners.len());
    }
    RetrievalFigures {
        queries: rows.len(),
        mrr: mean(reciprocal, rows.len()),
        p_at_1: mean(first, rows.len()),
        recall_at_10: mean(recall, rows.len()),
    }
}

fn alarm(rows: &[Ranked<'_>]) -> AlarmFigures {
    let mut counts = Counts::default();
    for ranked in rows {
        let best = ranked.candidates.first().filter(|(_number, _likely, enough)| *enough);
        let right = best.is_some_and(|(number, ..)| ranked.is_partner(*number));
        let add = |count: &mut u64, set: bool| *count = count.saturating_add(u64::from(set));
        add(&mut counts.right, right);
        add(&mut counts.wrong, best.is_some() && !right);
        add(&mut counts.missed, !ranked.row.partners.is_empty() && !right);
    }
    AlarmFigures { f1: counts.f1() }
}

fn told_apart(deciders: &Deciders, rows: &[&ComparedPair]) -> PairFigures {
    let mut counts = Counts::default();
    let mut said = Vec::new();
    for row in rows {
        let (likely, yes) = deciders.says(row.example.matters.0, &row.example.evidence, row.example.veto);
        let truth = row.example.verdict == Verdict::SameMatter;
        counts.add(yes, truth);
        said.push(Said { likely, truth });
    }
    PairFigures {
        f1: counts.f1(),
        auc: auc(&said),
        threshold: deciders.threshold(),
        calibration_error: calibration_error(&said),
    }
}

fn automatic(rows: &[&ComparedPair]) -> AutomaticFigures {
    let count = |wanted: &dyn Fn(&ComparedPair) -> bool| {
        u64::try_from(rows.iter().filter(|row| wanted(row)).count()).unwrap_or(u64::MAX)
    };
    let joins = count(&|row| row.joins);
    let wrong = count(&|row| row.joins && row.example.verdict != Verdict::SameMatter);
    let precision = if joins == 0 { 1.0 } else { crate::real(joins.saturating_sub(wrong)) / crate::real(joins) };
    AutomaticFigures { joins, wrong, precision }
}
