//! What speaks for units: the class (谁主管、谁负责), the place (属地管理), the office's rules and earlier cases on the same matter.
//!
//! Each piece of evidence says something between 0 and 1; several pieces for one unit together leave as much doubt as all of them
//! leave (`1 - (1 - a)(1 - b)`), so that many weak ones never pass one that is certain.

use std::collections::BTreeMap;

use case::class::ContentClass;
use case::dispatch::DispatchKind;
use case::finding::Reason;
use case::place::PlaceCode;
use case::purpose::Purpose;
use case::unit::{Unit, UnitCode, UnitKind};

use crate::office::Office;
use crate::office::rules::{Facts, Target};
use crate::routing::suggest::Matter;
use crate::routing::{place, reason};

/// What the remit says when the class is certain and the unit's remit is the narrowest.
const REMIT: f32 = 0.55;
/// What a wider remit says beside a narrower one: 住建局 beside 城管局 for 占道经营.
const WIDER: f32 = 0.6;
/// What the place's township says by itself.
const TOWNSHIP: f32 = 0.25;
/// What an earlier case on the same matter says.
const PRECEDENT: f32 = 0.25;
/// What an accusation says for the discipline organ (条例 article 22, second paragraph).
const DISCIPLINE: f32 = 0.9;

/// What speaks for one unit.
#[derive(Debug)]
pub(super) struct Support {
    /// The doubt that is left, from 1.
    doubt: f32,
    /// Why.
    pub(super) reasons: Vec<Reason>,
    /// Who helps if this unit leads.
    pub(super) assisting: Vec<UnitCode>,
    /// Whether a rule wants 交办.
    pub(super) assign: bool,
}

impl Default for Support {
    fn default() -> Self {
        Self { doubt: 1.0, reasons: Vec::new(), assisting: Vec::new(), assign: false }
    }
}

impl Support {
    /// How well the unit fits, 0 to 1.
    pub(super) fn score(&self) -> f32 {
        1.0 - self.doubt
    }
}

/// The evidence for every unit.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// By unit.
    pub(super) supports: BTreeMap<UnitCode, Support>,
    /// The township of the place.
    pub(super) township: Option<UnitCode>,
}

impl Evidence {
    /// Weighs everything that is known.
    pub(super) fn weigh(matter: &Matter<'_>, text: &str, office: &Office, units: &[Unit]) -> Self {
        let mut evidence = Self::default();
        match matter.purpose {
            Purpose::Accusation => evidence.by_accusation(units),
            Purpose::Suggestion | Purpose::AppealOrDemand => {
                evidence.by_remit(matter, office, units);
                evidence.by_place(matter, office, units);
                evidence.by_rules(matter, text, office, units);
                for unit in matter.precedents {
                    evidence.add(unit, PRECEDENT, reason("precedent", "同一事项此前由该单位办理".to_owned(), &[]));
                }
            }
        }
        evidence
    }

    fn add(&mut self, unit: &UnitCode, says: f32, reason: Reason) -> &mut Support {
        let support = self.supports.entry(unit.clone()).or_default();
        support.doubt *= 1.0 - says.clamp(0.0, 1.0);
        support.reasons.push(reason);
        support
    }

    /// A sealed accusation goes to the discipline organ and to nobody else.
    fn by_accusation(&mut self, units: &[Unit]) {
        for unit in units.iter().filter(|unit| unit.kind == UnitKind::Discipline && unit.active) {
            let text = format!("检举控告按干部管理权限由{}处理", unit.name);
            self.add(&unit.code, DISCIPLINE, reason("accusation", text, &[]));
        }
    }

    /// Units whose remit has the class: the one with the narrowest remit says most.
    fn by_remit(&mut self, matter: &Matter<'_>, office: &Office, units: &[Unit]) {
        let Some(class) = matter.class else { return };
        let level =
            |unit: &Unit| unit.classes.iter().filter(|own| own.contains(&class.value)).map(ContentClass::level).max();
        let fitting: Vec<(&Unit, u8)> = units
            .iter()
            .filter(|unit| unit.active && covers(unit, matter.place))
            .filter_map(|unit| level(unit).map(|level| (unit, level)))
            .collect();
        let narrowest = fitting.iter().map(|(_, level)| *level).max();
        // An inner office answers through its department, 不动产登记中心 through 自然资源和规划局, and both remits together say no
        // more than the narrower one.
        let mut acting: BTreeMap<&UnitCode, (f32, &Unit)> = BTreeMap::new();
        for (unit, level) in fitting {
            let narrow = if Some(level) == narrowest { 1.0 } else { WIDER };
            let code = unit.parent.as_ref().filter(|_| unit.kind == UnitKind::Other).unwrap_or(&unit.code);
            let best = acting.entry(code).or_insert((narrow, unit));
            if narrow > best.0 {
                *best = (narrow, unit);
            }
        }
        for (code, (narrow, unit)) in acting {
            let text = format!("内容属于{}，由{}主管", office.class_name(&class.value), unit.name);
            let says = REMIT * narrow * (0.5 + class.confidence.value() / 2.0);
            let support = self.add(code, says, reason("remit", text, &[]));
            if unit.code != *code {
                support.assisting.push(unit.code.clone());
            }
        }
    }

    /// The township of the place: it helps a department, and answers for what happens in the neighbourhood.
    fn by_place(&mut self, matter: &Matter<'_>, office: &Office, units: &[Unit]) {
        let Some(code) = matter.place.and_then(place::township) else { return };
        let here = |unit: &&Unit| unit.kind == UnitKind::Township && unit.active && unit.places.contains(&code);
        let Some(unit) = units.iter().find(here) else { return };
        let name = office.places().get(&code).map_or(unit.name.as_str(), |place| place.name.as_str());
        self.add(&unit.code, TOWNSHIP, reason("place", format!("问题发生在{name}，属地管理"), &[]));
        self.township = Some(unit.code.clone());
    }

    fn by_rules(&mut self, matter: &Matter<'_>, text: &str, office: &Office, units: &[Unit]) {
        let facts = Facts { text, class: matter.class.map(|class| &class.value), place: matter.place };
        for rule in &office.rules().routing {
            let Some(word) = rule.fits(&facts) else { continue };
            let words: Vec<&str> = word.into_iter().collect();
            let Some(lead) = self.code(&rule.lead) else { continue };
            if !units.iter().any(|unit| unit.code == lead && unit.active) {
                continue;
            }
            let assisting: Vec<UnitCode> = rule.assisting.iter().filter_map(|target| self.code(target)).collect();
            let support = self.add(&lead, rule.weight, reason("rule", rule.why.clone(), &words));
            support.assisting.extend(assisting);
            support.assign |= rule.kind == Some(DispatchKind::Assign);
        }
    }

    fn code(&self, target: &Target) -> Option<UnitCode> {
        match target {
            Target::Township => self.township.clone(),
            Target::Unit(code) => Some(code.clone()),
        }
    }
}

/// Whether the unit's area has the place; an unknown place and a unit without an area speak against nobody.
fn covers(unit: &Unit, place: Option<&PlaceCode>) -> bool {
    place.is_none_or(|place| unit.places.is_empty() || unit.places.iter().any(|own| own.contains(place)))
}
