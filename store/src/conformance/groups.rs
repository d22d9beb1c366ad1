//! Rules for groups.

use std::sync::Arc;

use case::channel::Channel;
use case::finding::Finding;
use case::group::Group;
use case::id::GroupId;
use case::secrecy::Secrecy;

use super::Outcome;
use super::sample::{Registered, Samples};
use crate::{Store, StoreError};

/// A group of the first case, to which findings add the second and the third.
struct Grouped {
    group: Group,
    members: [Registered; 3],
    findings: [Finding; 2],
}

async fn grouped(store: &dyn Store) -> Result<Grouped, Box<dyn std::error::Error + Send + Sync>> {
    let samples = Samples::default();
    let first = samples.keep(store, Channel::Web, Secrecy::Ordinary).await?;
    let second = samples.keep(store, Channel::Letter, Secrecy::Ordinary).await?;
    let third = samples.keep(store, Channel::Mail, Secrecy::Ordinary).await?;
    let findings = [samples.finding(&second, &first, 0.9), samples.finding(&third, &first, 0.8)];
    let mut group = Group {
        id: GroupId::from_uuid(first.case.id.as_uuid()),
        title: first.case.title.clone(),
        formed_at: samples.moment(),
        cases: vec![first.case.id],
    };
    let [of_second, of_third] = &findings;
    let mut unit = store.begin().await?;
    unit.insert_findings(&findings).await?;
    unit.insert_group(&group).await?;
    unit.add_to_group(group.id, second.case.id, of_second.id).await?;
    unit.add_to_group(group.id, third.case.id, of_third.id).await?;
    unit.commit().await?;
    group.cases.extend([second.case.id, third.case.id]);
    Ok(Grouped { group, members: [first, second, third], findings })
}

async fn remove(store: &dyn Store, group: &Group, member: &Registered) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.remove_from_group(group.id, member.case.id).await?;
    unit.commit().await
}

/// Rule.
pub async fn a_group_keeps_its_cases_in_order(store: Arc<dyn Store>) -> Outcome {
    let Grouped { group, members: [_, second, _], .. } = grouped(&*store).await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.group(group.id).await?, Some(group.clone()));
    assert_eq!(lookups.groups_of_case(second.case.id).await?, [group]);
    assert_eq!(lookups.group(GroupId::from_uuid(second.case.id.as_uuid())).await?, None);
    Ok(())
}

/// Rule.
pub async fn adding_a_member_again_changes_nothing(store: Arc<dyn Store>) -> Outcome {
    let Grouped { group, members: [_, second, _], findings: [of_second, _] } = grouped(&*store).await?;
    let mut unit = store.begin().await?;
    unit.add_to_group(group.id, second.case.id, of_second.id).await?;
    unit.commit().await?;
    assert_eq!(store.read().await?.group(group.id).await?, Some(group));
    Ok(())
}

/// Rule.
pub async fn a_grouping_is_found_by_its_finding(store: Arc<dyn Store>) -> Outcome {
    let Grouped { group, members: [_, second, third], findings: [of_second, of_third] } = grouped(&*store).await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.grouping_by_finding(of_second.id).await?, Some((group.id, second.case.id)));
    assert_eq!(lookups.grouping_by_finding(of_third.id).await?, Some((group.id, third.case.id)));
    remove(&*store, &group, &second).await?;
    assert_eq!(lookups.grouping_by_finding(of_second.id).await?, None);
    Ok(())
}

/// Rule.
pub async fn a_group_of_one_is_dissolved(store: Arc<dyn Store>) -> Outcome {
    let Grouped { mut group, members: [first, second, third], findings: [_, of_third] } = grouped(&*store).await?;
    remove(&*store, &group, &second).await?;
    group.cases = vec![first.case.id, third.case.id];
    let mut lookups = store.read().await?;
    assert_eq!(lookups.group(group.id).await?, Some(group.clone()), "two are a group");
    remove(&*store, &group, &third).await?;
    assert_eq!(lookups.group(group.id).await?, None);
    assert_eq!(lookups.groups_of_case(first.case.id).await?, []);
    assert_eq!(lookups.grouping_by_finding(of_third.id).await?, None);
    remove(&*store, &group, &third).await?;
    Ok(())
}

/// Rule.
pub async fn cases_know_their_groups(store: Arc<dyn Store>) -> Outcome {
    let Grouped { group, members: [first, second, _], .. } = grouped(&*store).await?;
    let groups_of = async |registered: &Registered| -> Result<_, StoreError> {
        Ok(store.read().await?.case(registered.case.id).await?.map(|case| case.groups))
    };
    assert_eq!(groups_of(&first).await?, Some(vec![group.id]));
    assert_eq!(groups_of(&second).await?, Some(vec![group.id]));
    remove(&*store, &group, &second).await?;
    assert_eq!(groups_of(&second).await?, Some(vec![]));
    Ok(())
}
