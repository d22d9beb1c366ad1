//! The unit that should answer, and how sure that is.
//!
//! Nobody is suggested when the best two are close, when the best one has little behind it, or when the unit in charge is the one
//! complained about (条例 article 24: a contested lead is settled by people). A suggestion is never a decision.

use case::class::ContentClass;
use case::dispatch::{ConsideredUnit, DispatchKind, UnitSuggestion};
use case::field::{Confidence, Field};
use case::finding::Reason;
use case::place::PlaceCode;
use case::purpose::Purpose;
use case::statement::Statement;
use case::unit::{Unit, UnitCode, UnitKind};

use crate::office::Office;
use crate::routing::conflict::Conflicts;
use crate::routing::evidence::{Evidence, Support};
use crate::routing::{reason, whole_text};

/// Below this score a person decides: less than a remit that the class points to with half confidence.
pub const LEAST_SCORE: f32 = 0.35;
/// A person decides when the second unit comes closer than this to the first.
pub const LEAST_LEAD: f32 = 0.08;
/// A class less sure than this is told as a doubt.
const UNSURE_CLASS: f32 = 0.4;
/// A department with this score helps a township that leads.
const HELPING: f32 = 0.3;
/// The most assisting units suggested.
const ASSISTING: usize = 3;

/// What is known of the matter.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// What it says.
    pub statement: &'a Statement,
    /// 信访目的.
    pub purpose: Purpose,
    /// 内容分类.
    pub class: Option<&'a Field<ContentClass>>,
    /// 问题属地.
    pub place: Option<&'a PlaceCode>,
    /// Units to which cases on the same matter were sent.
    pub precedents: &'a [UnitCode],
}

/// Units with what speaks for them, best first.
type Ranked<'a> = Vec<(&'a Unit, Support)>;

/// Suggests a unit.
#[must_use]
pub fn suggest(matter: &Matter<'_>, office: &Office, units: &[Unit]) -> UnitSuggestion {
    let text = whole_text(matter.statement);
    let names = office.unit_names(units);
    let conflicts = Conflicts::of(matter.statement, &names);
    let mut evidence = Evidence::weigh(matter, &text, office, units);
    let township = evidence.township.take();
    let (considered, barred) = rank(evidence, &conflicts, units);
    let stop = why_a_person_decides(matter, &considered, &barred);
    let mut against: Vec<Reason> = stop.iter().cloned().collect();
    against.extend(doubts(matter, township.as_ref()));
    let best = considered.first().filter(|_| stop.is_none());
    let important = important(matter, office, &text);
    let mut reasons = best.map(|(_, support)| support.reasons.clone()).unwrap_or_default();
    let assign = important.is_some() || best.is_some_and(|(_, support)| support.assign);
    reasons.extend(important);
    UnitSuggestion {
        lead: best.map(|(unit, _)| unit.code.clone()),
        assisting: best
            .map(|(lead, support)| assisting(lead, support, &considered, township.as_ref(), &conflicts, units))
            .unwrap_or_default(),
        kind: if assign { DispatchKind::Assign } else { DispatchKind::Forward },
        confidence: Confidence::new(best.map_or(0.0, |(_, support)| support.score())),
        reasons,
        against,
        considered: considered
            .iter()
            .map(|(unit, support)| ConsideredUnit {
                unit: unit.code.clone(),
                score: Confidence::new(support.score()),
                reasons: support.reasons.clone(),
            })
            .collect(),
        refused: conflicts.refused(),
    }
}

/// Units with evidence that may get the support, best first, and those that may not.
fn rank<'a>(evidence: Evidence, conflicts: &Conflicts<'_>, units: &'a [Unit]) -> (Ranked<'a>, Ranked<'a>) {
    let known = evidence.supports.into_iter().filter_map(|(code, support)| {
        units.iter().find(|unit| unit.code == code && unit.active).map(|unit| (unit, support))
    });
    let mut ranked: Ranked<'_> = known.collect();
    ranked
        .sort_by(|(a, first), (b, second)| second.score().total_cmp(&first.score()).then_with(|| a.code.cmp(&b.code)));
    ranked.into_iter().partition(|(unit, _)| conflicts.check(&unit.code).is_ok())
}

/// Why nobody is suggested.
fn why_a_person_decides(
    matter: &Matter<'_>,
    considered: &[(&Unit, Support)],
    barred: &[(&Unit, Support)],
) -> Option<Reason> {
    let stop = |kind: &str, text: String| Some(reason(kind, text, &[]));
    let best = considered.first();
    let best_score = best.map_or(0.0, |(_, support)| support.score());
    if let Some((unit, _)) = barred.first().filter(|(_, support)| support.score() >= best_score) {
        let text = match matter.purpose {
            Purpose::Accusation => format!("检举控告涉及{}，不得转送该机关，由人确定", unit.name),
            Purpose::Suggestion | Purpose::AppealOrDemand => {
                format!("本应由{}办理，但该单位不得接收此件，由人确定", unit.name)
            }
        };
        return stop("unit_in_charge_refused", text);
    }
    let Some((first, support)) = best else {
        let text = match matter.purpose {
            Purpose::Accusation => "没有可用的纪检监察机关，由人确定",
            Purpose::Suggestion | Purpose::AppealOrDemand => "没有找到与内容或属地相符的单位，由人确定",
        };
        return stop("nothing_fits", text.to_owned());
    };
    if support.score() < LEAST_SCORE {
        let text = format!("{}的依据不足（{}），由人确定", first.name, Confidence::new(support.score()));
        return stop("little_evidence", text);
    }
    let (second, _) = considered.get(1).filter(|(_, second)| support.score() - second.score() < LEAST_LEAD)?;
    let text = format!("{}与{}的依据相当，由人确定", first.name, second.name);
    stop("contested", text)
}

/// What makes the suggestion less sure without standing in its way.
fn doubts(matter: &Matter<'_>, township: Option<&UnitCode>) -> Vec<Reason> {
    if matter.purpose == Purpose::Accusation {
        return Vec::new();
    }
    let mut doubts = Vec::new();
    match matter.class {
        None => doubts.push(reason("unknown_class", "内容分类未能确定".to_owned(), &[])),
        Some(class) if class.confidence.value() < UNSURE_CLASS => {
            doubts.push(reason("unsure_class", format!("内容分类把握不大（{}）", class.confidence), &[]));
        }
        Some(_) => {}
    }
    if township.is_none() {
        doubts.push(reason("unknown_place", "问题属地未能确定到乡镇（街道）".to_owned(), &[]));
    }
    doubts
}

/// Who helps: inner offices and units that the rules name, the township of the place, the department in charge where a township
/// leads.
fn assisting(
    lead: &Unit,
    support: &Support,
    considered: &[(&Unit, Support)],
    township: Option<&UnitCode>,
    conflicts: &Conflicts<'_>,
    units: &[Unit],
) -> Vec<UnitCode> {
    let in_charge = considered
        .iter()
        .filter(|(unit, support)| {
            lead.kind == UnitKind::Township && unit.kind == UnitKind::Department && support.score() >= HELPING
        })
        .map(|(unit, _)| &unit.code)
        .take(1);
    let township = township.filter(|_| lead.kind != UnitKind::Discipline);
    let mut helping: Vec<UnitCode> = Vec::new();
    for code in support.assisting.iter().chain(in_charge).chain(township) {
        let open = units.iter().any(|unit| unit.code == *code && unit.active) && conflicts.check(code).is_ok();
        if open && *code != lead.code && !helping.contains(code) && helping.len() < ASSISTING {
            helping.push(code.clone());
        }
    }
    helping
}

/// Why the matter is important enough for 交办; accusations go their own way.
fn important(matter: &Matter<'_>, office: &Office, text: &str) -> Option<Reason> {
    if matter.purpose == Purpose::Accusation {
        return None;
    }
    office.rules().important.iter().find_map(|rule| {
        let word = rule.fits(matter.statement, text)?;
        let words: Vec<&str> = word.into_iter().collect();
        Some(reason("important", rule.why.clone(), &words))
    })
}

#[cfg(test)]
mod tests;
