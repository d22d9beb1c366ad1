//! Who speaks for the petitioners of a group, or of one case that several people signed (条例 article 20): an officer names up to five of
//! them and takes them back.
//!
//! A representative stands as long as the submission belongs to the group or the case: whoever leaves with an undone decision speaks for it
//! no more, and a part of a group that is split off keeps those of its own. Sealed cases have none, so nothing here can tell of one.

use std::collections::HashMap;

use case::actor::Actor;
use case::event::EventKind;
use case::group::REPRESENTATIVE_LIMIT;
use case::id::{CaseId, GroupId};
use case::mask;
use case::number::RegistrationNumber;
use case::petitioner::{Petitioner, PetitionerKind};
use case::problem::{Problem, ProblemCode};
use case::representative::{JointPetition, PetitionerPlace, Representative, admit};
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

/// The fewest petitioners of a case of whom some can speak for all.
pub const JOINT_FROM: usize = 2;

/// A petitioner of a joint petition, each person once.
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
    /// Since when the person speaks for the others, and who wrote it down.
    pub representative: Option<Representative>,
}

impl Gateway {
    /// The petitioners of a joint petition that the viewer may see, in the order of its cases.
    ///
    /// # Errors
    /// No right, or no such group or case for this viewer.
    pub async fn petitioners_of(&self, viewer: &Viewer, joint: JointPetition) -> Result<Vec<SeenPetitioner>, Problem> {
        self.require_joint(viewer, joint).await?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        petitioners(&mut *lookups, joint, viewer.secrecies()).await.map_err(|error| failed(&error))
    }

    /// The case of this number as a joint petition.
    ///
    /// # Errors
    /// No right, or no such case for this viewer.
    pub async fn joint_case(&self, viewer: &Viewer, number: &RegistrationNumber) -> Result<JointPetition, Problem> {
        viewer.require(Permission::ReadCases)?;
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let case = lookups.case_by_number(number).await.map_err(|error| failed(&error))?;
        let case = case.ok_or_else(|| Problem::from(ProblemCode::NotFound))?;
        viewer.require_sight(case.secrecy)?;
        Ok(JointPetition::Case(case.id))
    }

    /// That there is such a joint petition for this viewer.
    async fn require_joint(&self, viewer: &Viewer, joint: JointPetition) -> Result<(), Problem> {
        match joint {
            JointPetition::Group(group) => self.group_view(viewer, group).await.map(drop),
            JointPetition::Case(case) => {
                viewer.require(Permission::ReadCases)?;
                let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
                let case = lookups.case(case).await.map_err(|error| failed(&error))?;
                viewer.require_sight(case.ok_or_else(|| Problem::from(ProblemCode::NotFound))?.secrecy)
            }
        }
    }

    /// Names a petitioner, by the number of the submission and the place in it from 1, as a representative.
    ///
    /// # Errors
    /// No right, no such group, case or petitioner for this viewer, the petitioner cannot be one, or there are five.
    pub async fn name_representative(
        &self,
        viewer: &Viewer,
        joint: JointPetition,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.require_joint(viewer, joint).await?;
        self.name_in_one(viewer, joint, number, petitioner).await.map_err(told)
    }

    async fn name_in_one(
        &self,
        viewer: &Viewer,
        joint: JointPetition,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let everybody = petitioners(&mut *unit, joint, viewer.secrecies()).await?;
        let wanted = everybody.iter().find(|one| one.number == *number && one.who.petitioner == petitioner);
        let wanted = wanted.ok_or_else(|| Failure::from(ProblemCode::NotFound.because("这里没有这位信访人")))?;
        if everybody.len() < JOINT_FROM {
            return Err(not_one("只有一位信访人，不用推选代表").into());
        }
        if !wanted.nameable {
            return Err(not_one("只有写明姓名的个人可以作代表；单位、未写姓名的和检举控告的信访人不能推选").into());
        }
        let named = unit.representatives(joint).await?;
        admit(&named, wanted.who).map_err(|why| Failure::from(not_one(&why.to_string())))?;
        let by = viewer.actor();
        let representative =
            Representative { speaks_for: joint, who: wanted.who, named_at: self.clock.now(), named_by: by.clone() };
        unit.insert_representative(&representative).await?;
        let whose = match joint {
            JointPetition::Group(_) => "同类事项",
            JointPetition::Case(_) => "本件",
        };
        let note = format!("{whose}现有代表{}人", named.len().saturating_add(1));
        let detail = detail(&representative);
        unit.append_event(self.event(wanted.case, by, EventKind::RepresentativeNamed, note, detail)).await?;
        Ok(unit.commit().await?)
    }

    /// Takes a representative back.
    ///
    /// # Errors
    /// No right, or no such group, case or representative for this viewer.
    pub async fn undo_representative(
        &self,
        viewer: &Viewer,
        joint: JointPetition,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Problem> {
        viewer.require(Permission::Decide)?;
        self.require_joint(viewer, joint).await?;
        self.undo_naming(viewer, joint, number, petitioner).await.map_err(told)
    }

    async fn undo_naming(
        &self,
        viewer: &Viewer,
        joint: JointPetition,
        number: &RegistrationNumber,
        petitioner: u16,
    ) -> Result<(), Failure> {
        let mut unit = self.store.begin().await?;
        let none = || Failure::Never(ProblemCode::NotFound.because("这位信访人不是代表"));
        let submission = unit.submission_by_number(number).await?.ok_or_else(none)?;
        viewer.require_sight(submission.secrecy)?;
        let who = PetitionerPlace { submission: submission.id, petitioner };
        let named = unit.representatives(joint).await?.into_iter().find(|one| one.who == who).ok_or_else(none)?;
        self.end(&mut *unit, &named, submission.case, &viewer.actor(), String::new()).await?;
        Ok(unit.commit().await?)
    }

    /// After cases left their groups or submissions their case: those of `named` who stand in their group no more speak for the part of it
    /// in which they stand now (one of `parted`), or for nobody; those who left the case for nobody.
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
            let group = match one.speaks_for {
                JointPetition::Case(case) if case == submission.case => continue,
                JointPetition::Case(case) => {
                    self.end(unit, &one, case, by, "所在的信访件已移出本事项".to_owned()).await?;
                    continue;
                }
                JointPetition::Group(group) => group,
            };
            let groups = unit.groups_of_case(submission.case).await?;
            if groups.iter().any(|still| still.id == group) {
                continue;
            }
            match groups.iter().find(|group| parted.contains(&group.id)) {
                Some(part) => {
                    let speaks_for = JointPetition::Group(part.id);
                    unit.remove_representative(one.speaks_for, one.who).await?;
                    unit.insert_representative(&Representative { speaks_for, ..one }).await?;
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
        unit.remove_representative(one.speaks_for, one.who).await?;
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
    let (kind, id) = match one.speaks_for {
        JointPetition::Group(group) => ("group", group.as_uuid()),
        JointPetition::Case(case) => ("case", case.as_uuid()),
    };
    serde_json::json!({ kind: id, "submission": one.who.submission, "petitioner": one.who.petitioner })
}

/// The petitioners of the cases of these degrees of secrecy. A person who stands in a case twice, because a repeat was joined, or in two
/// with the same identity number, is there once: at the place that was named, or else at the first one.
pub(crate) async fn petitioners(
    lookups: &mut (impl Lookups + ?Sized),
    joint: JointPetition,
    secrecies: &[Secrecy],
) -> Result<Vec<SeenPetitioner>, store::StoreError> {
    let named = lookups.representatives(joint).await?;
    let cases = match joint {
        JointPetition::Group(group) => lookups.group(group).await?.map(|group| group.cases).unwrap_or_default(),
        JointPetition::Case(case) => vec![case],
    };
    let mut everybody: Vec<SeenPetitioner> = Vec::new();
    let mut known: HashMap<(Option<CaseId>, String), usize> = HashMap::new();
    for case in &cases {
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

/// What makes two entries one person: the name within a case, the identity number within the joint petition.
fn keys(case: CaseId, person: &Petitioner) -> Vec<(Option<CaseId>, String)> {
    let name = person.name.as_ref().map(|name| (Some(case), name.value.trim().to_owned()));
    let id = person.id_number.as_ref().map(|id| (None, id.value.as_str().to_owned()));
    name.into_iter().filter(|(_, name)| !name.is_empty()).chain(id).collect()
}

/// How many of the petitioners speak for all, of how many at most.
#[must_use]
pub fn counted(everybody: &[SeenPetitioner]) -> (usize, usize) {
    (everybody.iter().filter(|one| one.representative.is_some()).count(), REPRESENTATIVE_LIMIT)
}
