//! The unit that should answer: the class gives the department (谁主管、谁负责), the place gives the township (属地管理), rules of the
//! office and earlier cases on the same matter speak for units too.
//!
//! No unit is suggested when the best two are close or the best one has little behind it (条例 article 24: a contested lead is
//! settled by people).

use std::collections::BTreeMap;

use case::class::ContentClass;
use case::dispatch::{ConsideredUnit, UnitSuggestion};
use case::field::{Confidence, Field};
use case::finding::Reason;
use case::place::PlaceCode;
use case::purpose::Purpose;
use case::statement::Statement;
use case::unit::{Unit, UnitCode, UnitKind};

use crate::office::Office;
use crate::office::rules::Target;
use crate::routing::{conflict, place, reason, whole_text};

/// Below this score a person decides.
pub const LEAST_SCORE: f32 = 0.35;
/// A person decides when the second unit comes closer than this to the first.
pub const LEAST_LEAD: f32 = 0.08;
/// What the class's remit says.
const REMIT: f32 = 0.45;
/// What the place's township says by itself, and where no department is known.
const TOWNSHIP: f32 = 0.25;
/// What an earlier case on the same matter says.
const PRECEDENT: f32 = 0.25;
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

/// Evidence for units.
#[derive(Default)]
struct Ballot {
    scores: BTreeMap<UnitCode, (f32, Vec<Reason>)>,
    assisting: Vec<UnitCode>,
}

impl Ballot {
    fn add(&mut self, unit: &UnitCode, score: f32, reason: Reason) {
        let (sum, reasons) = self.scores.entry(unit.clone()).or_default();
        *sum += score;
        reasons.push(reason);
    }
}

/// Suggests a unit.
#[must_use]
pub fn suggest(matter: &Matter<'_>, office: &Office, units: &[Unit]) -> UnitSuggestion {
    let mut ballot = Ballot::default();
    if matter.purpose == Purpose::Accusation {
        for unit in units.iter().filter(|unit| unit.kind == UnitKind::Discipline && unit.active) {
            let text = format!("检举控告按干部管理权限由{}处理", unit.name);
            ballot.add(&unit.code, 0.9, reason("accusation", text, &[]));
        }
    } else {
        by_remit(matter, office, units, &mut ballot);
        by_place(matter, office, units, &mut ballot);
        by_rules(matter, office, units, &mut ballot);
        for unit in matter.precedents {
            ballot.add(unit, PRECEDENT, reason("precedent", "同一事项此前由该单位办理".to_owned(), &[]));
        }
    }
    decide(ballot, matter.statement, units)
}

/// Units whose remit has the class: the one with the narrowest remit says most.
fn by_remit(matter: &Matter<'_>, office: &Office, units: &[Unit], ballot: &mut Ballot) {
    let Some(class) = matter.class else { return };
    let fitting =
        |unit: &Unit| unit.classes.iter().filter(|own| own.contains(&class.value)).map(ContentClass::level).max();
    let narrowest = units.iter().filter(|unit| unit.active).filter_map(fitting).max();
    for unit in units.iter().filter(|unit| unit.active) {
        let Some(level) = fitting(unit) else { continue };
        let narrow = if Some(level) == narrowest { 1.0 } else { 0.6 };
        let text = format!("内容属于{}，由{}主管", office.class_name(&class.value), unit.name);
        let sure = 0.5 + class.confidence.value() / 2.0;
        // An inner office answers through its department: 不动产登记中心 through 自然资源和规划局.
        match unit.parent.as_ref().filter(|_| unit.kind == UnitKind::Other) {
            Some(parent) => {
                ballot.add(parent, REMIT * narrow * sure, reason("remit", text, &[]));
                ballot.assisting.push(unit.code.clone());
            }
            None => ballot.add(&unit.code, REMIT * narrow * sure, reason("remit", text, &[])),
        }
    }
}

/// The township of the place: it helps a department, and answers where no department is known.
fn by_place(matter: &Matter<'_>, office: &Office, units: &[Unit], ballot: &mut Ballot) {
    let Some(township) = township_unit(matter.place, units) else { return };
    let name = matter
        .place
        .and_then(place::township)
        .and_then(|code| office.places().get(&code).map(|place| place.name.clone()));
    let text = format!("问题发生在{}，属地管理", name.unwrap_or_default());
    ballot.add(&township.code, TOWNSHIP, reason("place", text, &[]));
    ballot.assisting.push(township.code.clone());
}

fn by_rules(matter: &Matter<'_>, office: &Office, units: &[Unit], ballot: &mut Ballot) {
    let text = whole_text(matter.statement);
    let class = matter.class.map(|class| &class.value);
    let code = |target: &Target| match target {
        Target::Township => township_unit(matter.place, units).map(|unit| unit.code.clone()),
        Target::Unit(code) => Some(code.clone()),
    };
    for rule in office.rules() {
        let Some(word) = rule.fits(&text, class) else { continue };
        let words: Vec<&str> = word.into_iter().collect();
        if let Some(lead) = code(&rule.lead) {
            ballot.add(&lead, rule.weight, reason("rule", rule.why.clone(), &words));
        }
        ballot.assisting.extend(rule.assisting.iter().filter_map(code));
    }
}

fn township_unit<'a>(place: Option<&PlaceCode>, units: &'a [Unit]) -> Option<&'a Unit> {
    let township = place.and_then(place::township)?;
    units.iter().find(|unit| unit.kind == UnitKind::Township && unit.active && unit.places.contains(&township))
}

/// Puts the evidence in order, refuses whom the case must not reach, and says when a person must decide.
fn decide(ballot: Ballot, statement: &Statement, units: &[Unit]) -> UnitSuggestion {
    let may_get = |code: &UnitCode| {
        let open = units.iter().any(|unit| unit.code == *code && unit.active);
        open && conflict::check(code, statement, units).is_ok()
    };
    let refused: Vec<_> = units.iter().filter_map(|unit| conflict::check(&unit.code, statement, units).err()).collect();
    let mut considered: Vec<ConsideredUnit> = ballot
        .scores
        .into_iter()
        .filter(|(code, _)| may_get(code))
        .map(|(unit, (score, reasons))| ConsideredUnit { unit, score: Confidence::new(score.min(0.99)), reasons })
        .collect();
    considered.sort_by(|a, b| b.score.value().total_cmp(&a.score.value()).then_with(|| a.unit.cmp(&b.unit)));
    let against = why_a_person_decides(&considered, &refused);
    let best = considered.first().cloned();
    let lead = best.as_ref().filter(|_| against.is_empty()).map(|best| best.unit.clone());
    let mut assisting: Vec<UnitCode> = Vec::new();
    for code in ballot.assisting {
        if Some(&code) != lead.as_ref() && may_get(&code) && !assisting.contains(&code) && assisting.len() < ASSISTING {
            assisting.push(code);
        }
    }
    UnitSuggestion {
        lead,
        assisting,
        confidence: best.as_ref().map_or(Confidence::new(0.0), |best| best.score),
        reasons: best.map(|best| best.reasons).unwrap_or_default(),
        against,
        considered,
        refused,
    }
}

fn why_a_person_decides(considered: &[ConsideredUnit], refused: &[case::dispatch::RefusedUnit]) -> Vec<Reason> {
    let Some(best) = considered.first() else {
        let text = if refused.is_empty() {
            "没有找到与内容或属地相符的单位，由人确定".to_owned()
        } else {
            "相符的单位是被反映单位或与其有隶属关系，由人确定".to_owned()
        };
        return vec![reason("nothing_fits", text, &[])];
    };
    if best.score.value() < LEAST_SCORE {
        return vec![reason("little_evidence", format!("依据不足（{}），由人确定", best.score), &[])];
    }
    match considered.get(1) {
        Some(second) if best.score.value() - second.score.value() < LEAST_LEAD => {
            let text = format!("{}与{}的依据相当，由人确定", best.unit, second.unit);
            vec![reason("contested", text, &[])]
        }
        Some(_) | None => Vec::new(),
    }
}
