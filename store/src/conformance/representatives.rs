//! Rules for representatives.

use std::sync::Arc;

use case::actor::Actor;
use case::channel::Channel;
use case::finding::Finding;
use case::group::Group;
use case::id::GroupId;
use case::representative::{JointPetition, PetitionerPlace, Representative};
use case::secrecy::Secrecy;

use super::sample::{Made, Registered, Samples};
use super::{Outcome, is_there_already};
use crate::Store;

/// Two cases in one group, and its two representatives.
struct Represented {
    group: JointPetition,
    finding: Finding,
    members: [Registered; 2],
    named: [Representative; 2],
}

async fn represented(store: &dyn Store) -> Made<Represented> {
    let samples = Samples::default();
    let first = samples.keep(store, Channel::Web, Secrecy::Ordinary).await?;
    let second = samples.keep(store, Channel::Letter, Secrecy::Ordinary).await?;
    let finding = samples.finding(&second, &first, 0.9);
    let group = Group {
        id: GroupId::from_uuid(first.case.id.as_uuid()),
        title: first.case.title.clone(),
        formed_at: samples.moment(),
        formed_by: Actor::Operator,
        cases: Vec::new(),
    };
    let of = |member: &Registered, petitioner| Representative {
        speaks_for: JointPetition::Group(group.id),
        who: PetitionerPlace { submission: member.submission.id, petitioner },
        named_at: samples.moment(),
        named_by: Actor::Operator,
    };
    let named = [of(&second, 2), of(&first, 1)];
    let mut unit = store.begin().await?;
    unit.insert_findings(std::slice::from_ref(&finding)).await?;
    unit.insert_group(&group).await?;
    unit.put_in_group(group.id, finding.id).await?;
    for one in &named {
        unit.insert_representative(one).await?;
    }
    unit.commit().await?;
    Ok(Represented { group: JointPetition::Group(group.id), finding, members: [first, second], named })
}

/// Rule.
pub async fn representatives_are_given_in_the_order_of_naming(store: Arc<dyn Store>) -> Outcome {
    let Represented { group, members: [first, second], named, .. } = represented(&*store).await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.representatives(group).await?, named);
    assert_eq!(lookups.representatives(JointPetition::Group(GroupId::from_uuid(second.case.id.as_uuid()))).await?, []);
    let of_first = lookups.representatives_of_submission(first.submission.id).await?;
    assert_eq!(of_first, std::slice::from_ref(&named[1]));
    Ok(())
}

/// Rule.
pub async fn nobody_represents_a_group_twice(store: Arc<dyn Store>) -> Outcome {
    let Represented { group, named, .. } = represented(&*store).await?;
    let mut unit = store.begin().await?;
    assert!(is_there_already(&unit.insert_representative(&named[0]).await));
    unit.commit().await?;
    assert_eq!(store.read().await?.representatives(group).await?, named);
    Ok(())
}

/// Rule: who speaks for a group and who speaks for one of its cases are two choices.
pub async fn a_case_has_representatives_of_its_own(store: Arc<dyn Store>) -> Outcome {
    let Represented { group, members: [first, second], named, finding } = represented(&*store).await?;
    let case = JointPetition::Case(first.case.id);
    let of_case = Representative { speaks_for: case, ..named[1].clone() };
    let mut unit = store.begin().await?;
    unit.insert_representative(&of_case).await?;
    assert!(is_there_already(&unit.insert_representative(&of_case).await));
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.representatives(case).await?, std::slice::from_ref(&of_case));
    assert_eq!(lookups.representatives(JointPetition::Case(second.case.id)).await?, []);
    assert_eq!(lookups.representatives(group).await?, named);
    let of_first = lookups.representatives_of_submission(first.submission.id).await?;
    assert_eq!(of_first, [named[1].clone(), of_case.clone()]);
    drop(lookups);
    let mut unit = store.begin().await?;
    unit.take_from_group(finding.id).await?;
    unit.commit().await?;
    assert_eq!(store.read().await?.representatives(case).await?, std::slice::from_ref(&of_case), "the group is gone");
    let mut unit = store.begin().await?;
    assert!(unit.remove_representative(case, of_case.who).await?);
    unit.commit().await?;
    assert_eq!(store.read().await?.representatives(case).await?, []);
    Ok(())
}

/// Rule: taken back, a representative can be named again, after the others.
pub async fn a_representative_is_taken_back_once(store: Arc<dyn Store>) -> Outcome {
    let Represented { group, named: [first, second], .. } = represented(&*store).await?;
    let mut unit = store.begin().await?;
    assert!(unit.remove_representative(group, first.who).await?);
    assert!(!unit.remove_representative(group, first.who).await?, "is none any more");
    unit.insert_representative(&first).await?;
    unit.commit().await?;
    assert_eq!(store.read().await?.representatives(group).await?, [second, first]);
    Ok(())
}

/// Rule.
pub async fn representatives_are_gone_with_their_group(store: Arc<dyn Store>) -> Outcome {
    let Represented { group, finding, members: [first, _], .. } = represented(&*store).await?;
    let mut unit = store.begin().await?;
    unit.take_from_group(finding.id).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.representatives(group).await?, []);
    assert_eq!(lookups.representatives_of_submission(first.submission.id).await?, []);
    Ok(())
}
