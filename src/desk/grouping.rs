//! The effect of a finding confirmed as the same matter, and its undoing.
//!
//! A pair is decided, never more: confirming that A and B are one matter puts this finding into a group, a new one unless the person
//! names a group in which one of the two stands already. So a petition with two demands stands in two groups, and nobody comes to stand
//! beside a case that no person put him with. Taking a decision back takes its finding out; if what is left falls into parts that no
//! decision connects, each part is a group of its own.

use std::collections::BTreeSet;

use case::actor::Actor;
use case::event::EventKind;
use case::finding::Finding;
use case::group::Group;
use case::id::{CaseId, GroupId};
use case::matter::Case;
use case::problem::ProblemCode;
use case::representative::{JointPetition, Representative};
use store::UnitOfWork;
use store::groups::Grouping;

use crate::desk::join::{earlier_case, required_case};
use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

/// The most cases of one group. A matter of more people is a meeting, not a list; and every page of a member shows the group.
pub const CASE_LIMIT: usize = 500;

impl Gateway {
    /// Puts the finding into `wanted`, in which one of its two cases must stand, or into a group of its own. Where both stand in one
    /// group already, it joins that one.
    ///
    /// # Errors
    /// The two are of one case, the group is not theirs, or it is full.
    pub(crate) async fn group_cases(
        &self,
        unit: &mut dyn UnitOfWork,
        later: &Case,
        finding: &Finding,
        wanted: Option<GroupId>,
        by: &Actor,
    ) -> Result<(), Failure> {
        let earlier = earlier_case(unit, finding).await?;
        if earlier.id == later.id {
            return Err(ProblemCode::Conflict.because("两件信访件已属于同一事项").into());
        }
        let mut theirs = unit.groups_of_case(earlier.id).await?;
        theirs.extend(unit.groups_of_case(later.id).await?);
        let both = |group: &&Group| [earlier.id, later.id].iter().all(|case| group.cases.contains(case));
        let chosen = match wanted {
            Some(wanted) => {
                let named = theirs.iter().find(|group| group.id == wanted);
                Some(named.ok_or_else(|| ProblemCode::InvalidField.because("所选的同类事项不含这两件中的任何一件"))?)
            }
            None => theirs.iter().find(both),
        };
        let group = match chosen {
            Some(group) if group.cases.len() >= CASE_LIMIT => {
                let detail = format!("同类事项已有{CASE_LIMIT}件，请另成一组");
                return Err(ProblemCode::Conflict.because(detail).into());
            }
            Some(group) => group.id,
            None => self.form_group(unit, &earlier, by).await?,
        };
        unit.put_in_group(group, finding.id).await?;
        let detail =
            serde_json::json!({ "group": group, "finding": finding.id, "earlier": earlier.id, "later": later.id });
        for (case, other) in [(later, &earlier), (&earlier, later)] {
            let note = format!("与{}同类", other.number);
            unit.append_event(self.event(case.id, by.clone(), EventKind::Grouped, note, detail.clone())).await?;
        }
        Ok(())
    }

    async fn form_group(&self, unit: &mut dyn UnitOfWork, first: &Case, by: &Actor) -> Result<GroupId, Failure> {
        let group = Group {
            id: GroupId::fresh(&*self.clock, &*self.randomness),
            title: first.title.clone(),
            formed_at: self.clock.now(),
            formed_by: by.clone(),
            cases: Vec::new(),
        };
        unit.insert_group(&group).await?;
        Ok(group.id)
    }

    /// Undoes [`Gateway::group_cases`].
    pub(crate) async fn ungroup_cases(
        &self,
        unit: &mut dyn UnitOfWork,
        later: CaseId,
        finding: &Finding,
        by: &Actor,
    ) -> Result<(), Failure> {
        let Some(group) = unit.group_of_finding(finding.id).await? else { return Ok(()) };
        let earlier = earlier_case(unit, finding).await?.id;
        let named = unit.representatives(JointPetition::Group(group)).await?;
        unit.take_from_group(finding.id).await?;
        let detail = serde_json::json!({ "group": group, "finding": finding.id, "earlier": earlier, "later": later });
        for case in BTreeSet::from([later, earlier]) {
            let event = self.event(case, by.clone(), EventKind::Ungrouped, String::new(), detail.clone());
            unit.append_event(event).await?;
        }
        let parted = self.part_group(unit, group, by).await?;
        self.settle_representatives(unit, named, &parted, by).await
    }

    /// Parts the groups of a case out of which a submission was moved: what only that submission connected stands apart now. `named` are
    /// the representatives of all submissions that stood in the case before.
    pub(crate) async fn part_groups_of(
        &self,
        unit: &mut dyn UnitOfWork,
        case: CaseId,
        named: Vec<Representative>,
        by: &Actor,
    ) -> Result<(), Failure> {
        let mut parted = Vec::new();
        for group in unit.groups_of_case(case).await? {
            parted.extend(self.part_group(unit, group.id, by).await?);
        }
        self.settle_representatives(unit, named, &parted, by).await
    }

    /// Makes a group of each part of `group` that no decision connects with its first finding, and gives these.
    async fn part_group(&self, unit: &mut dyn UnitOfWork, group: GroupId, by: &Actor) -> Result<Vec<GroupId>, Failure> {
        let mut parts = Vec::new();
        let mut rest = beyond_first(unit.groupings(group).await?);
        while let Some(first) = rest.first().copied() {
            let founding = required_case(unit, first.earlier).await?;
            let parted = self.form_group(unit, &founding, by).await?;
            let further = beyond_first(rest.clone());
            let mut moved = BTreeSet::new();
            for grouping in rest.iter().filter(|one| !further.contains(one)) {
                unit.put_in_group(parted, grouping.finding).await?;
                moved.extend([grouping.earlier, grouping.later]);
            }
            for case in moved {
                let detail = serde_json::json!({ "group": parted, "parted_from": group });
                let note = "原同类事项拆分，另成一组".to_owned();
                unit.append_event(self.event(case, by.clone(), EventKind::Grouped, note, detail)).await?;
            }
            parts.push(parted);
            rest = further;
        }
        Ok(parts)
    }
}

/// Those that no chain of findings connects with the first one.
fn beyond_first(groupings: Vec<Grouping>) -> Vec<Grouping> {
    let mut reached: BTreeSet<CaseId> =
        groupings.first().map(|first| BTreeSet::from([first.earlier, first.later])).unwrap_or_default();
    let mut beyond = groupings;
    loop {
        let (near, far): (Vec<Grouping>, Vec<Grouping>) =
            beyond.into_iter().partition(|one| reached.contains(&one.earlier) || reached.contains(&one.later));
        if near.is_empty() {
            return far;
        }
        reached.extend(near.iter().flat_map(|one| [one.earlier, one.later]));
        beyond = far;
    }
}

#[cfg(test)]
mod tests {
    use case::id::FindingId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_connected_stays_together() {
        let case = |number: u128| CaseId::from_uuid(Uuid::from_u128(number));
        let pair = |earlier, later| Grouping {
            finding: FindingId::from_uuid(Uuid::from_u128(earlier * 100 + later)),
            earlier: case(earlier),
            later: case(later),
        };
        assert_eq!(beyond_first(vec![]), []);
        assert_eq!(beyond_first(vec![pair(1, 2), pair(3, 4), pair(2, 3)]), []);
        assert_eq!(beyond_first(vec![pair(1, 2), pair(3, 4), pair(4, 5)]), [pair(3, 4), pair(4, 5)]);
    }
}
