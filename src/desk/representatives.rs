//! Who speaks for the petitioners of a group (条例 article 20): an officer names up to five of them and takes them back.
//!
//! A representative stands as long as the submission belongs to the group: whoever leaves with an undone decision speaks for it no more,
//! and a part that is split off keeps those of its own. Sealed cases have none, so nothing here can tell of one.

use std::collections::HashMap;

use case::actor::Actor;
use case::event::EventKind;
use case::group::{Group, REPRESENTATIVE_LIMIT};
use case::id::{CaseId, GroupId};
use case::mask;
use case::number::RegistrationNumber;
use case::petitioner::{Petitioner, PetitionerKind};
use case::problem::{Problem, ProblemCode};
use case::representative::{PetitionerPlace, Representative, admit};
use case::secrecy::Secrecy;
use case::staff::Permission;
use case::submission::Submission;
use store::{Lookups, UnitOfWork};

use crate::desk::decide::told;
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::failure::Failure;

/// The most petitioners of one submission that are shown and can be named.
const PETITIONERS_LIMIT: usize = 100;

/// A petitioner of a group, each person once.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenPetitioner {
    /// The case to which the submission belongs.
    pub case: CaseId,
    /// The number of the submission.
    pub number: RegistrationNumber,
    /// Where the person stands.
    pub who: PetitionerPlace,
    /// The name, masked; none where no name is known.
    pub name: Option<String>,
    /// Whether the person can be named: a natural person with a name, of a case that is not sealed.
    pub nameable: bool,
    /// Since when the person speaks for the group, and who wrote it down.
    pub representative: Option<Representative>,
}

impl Gateway {
    /// The petitioners of a group that the viewer may see, in the order of its cases.
    ///
    /// # Errors
    /// No right, or no such group for this viewer.
    pub async fn group_petitioners(&self, viewer: &Viewer, id: GroupId) -> Result<Vec<SeenPetitioner>, Problem> {
        self.group_view(viewer, id).await?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let group = lookups.group(id).await.map_err(|error| failed(&error))?;
        let group = group.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        let seen = petitioners(&mut *lookups, &group, viewer.secrecies()).await;
        seen.map_err(|error| failed(&error))
    }

    /// Names a petitioner, by the number of the submission and the place in it from 1, as a representative of the group.
    ///
    /// # Errors
    /// No right, no such group or petitioner for this viewer, the petitioner cannot be one, or there are five.
    pub async fn name_representative(
        &self,
        viewer: &Viewer,
        group: GroupId,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.group_view(viewer, group).await?;
        self.name_in_one(viewer, group, number, petitioner).await.map_err(told)
    }

    async fn name_in_one(
        &self,
        viewer: &Viewer,
        id: GroupId,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let group = unit.group(id).await?.ok_or_else(|| Failure::Never(ProblemCode::NotFound.into()))?;
        let everybody = petitioners(&mut *unit, &group, viewer.secrecies()).await?;
        let wanted = everybody.iter().find(|one| one.number == *number && one.who.petitioner == petitioner);
        let wanted =
            wanted.ok_or_else(|| Failure::from(ProblemCode::NotFound.because("这个同类事项里没有这位信访人")))?;
        if !wanted.nameable {
            return Err(not_one("只有写明姓名的个人可以作代表；单位、未写姓名的和检举控告的信访人不能推选").into());
        }
        let named = unit.representatives(id).await?;
        admit(&named, wanted.who).map_err(|why| Failure::from(not_one(&why.to_string())))?;
        let by = viewer.actor();
        let representative =
            Representative { group: id, who: wanted.who, named_at: self.clock.now(), named_by: by.clone() };
        unit.insert_representative(&representative).await?;
        let note = format!("同类事项现有代表{}人", named.len().saturating_add(1));
        let detail = detail(&representative);
        unit.append_event(self.event(wanted.case, by, EventKind::RepresentativeNamed, note, detail)).await?;
        Ok(unit.commit().await?)
    }

    /// Takes a representative back.
    ///
    /// # Errors
    /// No right, or no such group or representative for this viewer.
    pub async fn undo_representative(
        &self,
        viewer: &Viewer,
        group: GroupId,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.group_view(viewer, group).await?;
        self.undo_naming(viewer, group, number, petitioner).await.map_err(told)
    }

    async fn undo_naming(
        &self,
        viewer: &Viewer,
        group: GroupId,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let none = || Failure::Never(ProblemCode::NotFound.because("这位信访人不是代表"));
        let submission = unit.submission_by_number(number).await?.ok_or_else(none)?;
        viewer.require_sight(submission.secrecy)?;
        let who = PetitionerPlace { submission: submission.id, petitioner };
        let named = unit.representatives(group).await?.into_iter().find(|one| one.who == who).ok_or_else(none)?;
        self.end(&mut *unit, &named, submission.case, &viewer.actor(), String::new()).await?;
        Ok(unit.commit().await?)
    }

    /// After cases left their groups: those of `named` who stand in their group no more speak for the part of it in which they stand now
    /// (one of `parted`), or for nobody.
    pub(crate) async fn settle_representatives(
        &self,
        unit: &mut dyn UnitOfWork,
        named: Vec<Representative>,
        parted: &[GroupId],
        by: &Actor,
    ) -> Result<(), Failure> {
        for one in named {
            let submission = unit.submission(one.who.submission).await?;
            let submission = submission.ok_or_else(|| Failure::subject_gone("信访件"))?;
            let groups = unit.groups_of_case(submission.case).await?;
            if groups.iter().any(|group| group.id == one.group) {
                continue;
            }
            match groups.iter().find(|group| parted.contains(&group.id)) {
                Some(part) => {
                    unit.remove_representative(one.group, one.who).await?;
                    unit.insert_representative(&Representative { group: part.id, ..one }).await?;
                }
                None => self.end(unit, &one, submission.case, by, "所在的信访件已移出同类事项".to_owned()).await?,
            }
        }
        Ok(())
    }

    /// Takes back whoever of these submissions speaks for a group, in the unit of work that seals them.
    pub(crate) async fn end_representatives_of(
        &self,
        unit: &mut dyn UnitOfWork,
        submissions: &[Submission],
        by: &Actor,
    ) -> Result<(), Failure> {
        for submission in submissions {
            for one in unit.representatives_of_submission(submission.id).await? {
                self.end(unit, &one, submission.case, by, "事项已密封".to_owned()).await?;
            }
        }
        Ok(())
    }

    async fn end(
        &self,
        unit: &mut dyn UnitOfWork,
        one: &Representative,
        case: CaseId,
        by: &Actor,
        note: String,
    ) -> Result<(), Failure> {
        unit.remove_representative(one.group, one.who).await?;
        let event = self.event(case, by.clone(), EventKind::RepresentativeRemoved, note, detail(one));
        unit.append_event(event).await?;
        Ok(())
    }
}

/// Whoever of these submissions speaks for a group.
pub(crate) async fn of_submissions(
    unit: &mut dyn UnitOfWork,
    submissions: &[Submission],
) -> Result<Vec<Representative>, Failure> {
    let mut named = Vec::new();
    for submission in submissions {
        named.extend(unit.representatives_of_submission(submission.id).await?);
    }
    Ok(named)
}

fn not_one(why: &str) -> Problem {
    ProblemCode::InvalidRepresentative.because(why)
}

fn detail(one: &Representative) -> serde_json::Value {
    serde_json::json!({ "group": one.group, "submission": one.who.submission, "petitioner": one.who.petitioner })
}

/// The petitioners of the cases of these degrees of secrecy. A person who stands in a case twice, because a repeat was joined, or in two
/// with the same identity number, is there once: at the place that was named, or else at the first one.
async fn petitioners(
    lookups: &mut (impl Lookups + ?Sized),
    group: &Group,
    secrecies: &[Secrecy],
) -> Result<Vec<SeenPetitioner>, store::StoreError> {
    let named = lookups.representatives(group.id).await?;
    let mut everybody: Vec<SeenPetitioner> = Vec::new();
    let mut known: HashMap<(Option<CaseId>, String), usize> = HashMap::new();
    for case in &group.cases {
        for submission in lookups.submissions_of_case(*case).await? {
            if !secrecies.contains(&submission.secrecy) {
                continue;
            }
            let people = submission.statement.petitioners.iter().take(PETITIONERS_LIMIT);
            for (petitioner, person) in (1_u16..).zip(people) {
                let who = PetitionerPlace { submission: submission.id, petitioner };
                let seen = seen(&submission, who, Some(person), &named);
                let keys = keys(*case, person);
                let place = match keys.iter().find_map(|key| known.get(key).copied()) {
                    Some(place) if seen.representative.is_none() => place,
                    Some(place) if everybody.get(place).is_some_and(|one| one.representative.is_none()) => {
                        everybody.splice(place..=place, [seen]);
                        place
                    }
                    Some(_) | None => {
                        everybody.push(seen);
                        everybody.len().saturating_sub(1)
                    }
                };
                known.extend(keys.into_iter().map(|key| (key, place)));
            }
            // Who was named and was corrected away is there to be taken back.
            let shown = submission.statement.petitioners.len().min(PETITIONERS_LIMIT);
            let gone = |one: &&Representative| {
                one.who.submission == submission.id && one.who.index().is_none_or(|index| index >= shown)
            };
            everybody.extend(named.iter().filter(gone).map(|one| seen(&submission, one.who, None, &named)));
        }
    }
    Ok(everybody)
}

fn seen(
    submission: &Submission,
    who: PetitionerPlace,
    person: Option<&Petitioner>,
    named: &[Representative],
) -> SeenPetitioner {
    let name = person.and_then(|person| person.name.as_ref()).map(|name| name.value.trim());
    let name = name.filter(|name| !name.is_empty());
    let natural = person.is_some_and(|person| person.kind == PetitionerKind::Person);
    SeenPetitioner {
        case: submission.case,
        number: submission.number.clone(),
        who,
        name: name.map(mask::name),
        nameable: natural && name.is_some() && submission.secrecy != Secrecy::Sealed,
        representative: named.iter().find(|one| one.who == who).cloned(),
    }
}

/// What makes two entries one person: the name within a case, the identity number within the group.
fn keys(case: CaseId, person: &Petitioner) -> Vec<(Option<CaseId>, String)> {
    let name = person.name.as_ref().map(|name| (Some(case), name.value.trim().to_owned()));
    let id = person.id_number.as_ref().map(|id| (None, id.value.as_str().to_owned()));
    name.into_iter().filter(|(_, name)| !name.is_empty()).chain(id).collect()
}

/// How many of the petitioners speak for the group, of how many at most.
#[must_use]
pub fn counted(everybody: &[SeenPetitioner]) -> (usize, usize) {
    (everybody.iter().filter(|one| one.representative.is_some()).count(), REPRESENTATIVE_LIMIT)
}
