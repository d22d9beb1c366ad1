//! Rules for groups.

use std::sync::Arc;

use case::actor::Actor;
use case::channel::Channel;
use case::finding::{Decision, Finding, Relation};
use case::group::Group;
use case::id::{CaseId, GroupId};
use case::secrecy::Secrecy;
use jiff::ToSpan;

use super::Outcome;
use super::sample::{Registered, Samples};
use crate::groups::{GroupFilter, Grouping};
use crate::{Paging, Store, StoreError};

/// A group of three cases, held by a finding of the second and one of the third about the first.
struct Grouped {
    samples: Samples,
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
    let group = Group {
        id: GroupId::from_uuid(first.case.id.as_uuid()),
        title: first.case.title.clone(),
        formed_at: samples.moment(),
        formed_by: Actor::Operator,
        cases: vec![first.case.id, second.case.id, third.case.id],
    };
    let mut unit = store.begin().await?;
    unit.insert_findings(&findings).await?;
    unit.insert_group(&group).await?;
    for finding in &findings {
        unit.put_in_group(group.id, finding.id).await?;
    }
    unit.commit().await?;
    Ok(Grouped { samples, group, members: [first, second, third], findings })
}

async fn take_out(store: &dyn Store, finding: &Finding) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.take_from_group(finding.id).await?;
    unit.commit().await
}

async fn cases_of(store: &dyn Store, group: GroupId) -> Result<Option<Vec<CaseId>>, StoreError> {
    Ok(store.read().await?.group(group).await?.map(|group| group.cases))
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

/// Rule: a finding stands in one group; put into it again, it stays where it is.
pub async fn a_finding_stands_in_one_group(store: Arc<dyn Store>) -> Outcome {
    let Grouped { samples, group, members: [first, second, third], findings: [of_second, of_third] } =
        grouped(&*store).await?;
    let other = Group {
        id: GroupId::from_uuid(second.case.id.as_uuid()),
        formed_at: samples.moment(),
        cases: vec![first.case.id, third.case.id],
        ..group.clone()
    };
    let mut unit = store.begin().await?;
    unit.put_in_group(group.id, of_second.id).await?;
    unit.insert_group(&other).await?;
    unit.put_in_group(other.id, of_third.id).await?;
    unit.commit().await?;
    assert_eq!(cases_of(&*store, group.id).await?, Some(vec![first.case.id, second.case.id]));
    let mut lookups = store.read().await?;
    assert_eq!(lookups.group(other.id).await?, Some(other.clone()));
    assert_eq!(lookups.group_of_finding(of_third.id).await?, Some(other.id));
    let of_first = lookups.groups_of_case(first.case.id).await?;
    assert_eq!(of_first.iter().map(|group| group.id).collect::<Vec<_>>(), [group.id, other.id], "oldest first");
    Ok(())
}

/// Rule: a case stays while any finding holds it.
pub async fn a_case_leaves_with_its_last_finding(store: Arc<dyn Store>) -> Outcome {
    let Grouped { samples, group, members: [first, second, third], findings: [of_second, of_third] } =
        grouped(&*store).await?;
    let of_both = samples.finding(&third, &second, 0.7);
    let mut unit = store.begin().await?;
    unit.insert_findings(std::slice::from_ref(&of_both)).await?;
    unit.put_in_group(group.id, of_both.id).await?;
    unit.commit().await?;
    take_out(&*store, &of_third).await?;
    assert_eq!(cases_of(&*store, group.id).await?, Some(vec![first.case.id, second.case.id, third.case.id]));
    take_out(&*store, &of_both).await?;
    assert_eq!(cases_of(&*store, group.id).await?, Some(vec![first.case.id, second.case.id]));
    let grouping = Grouping { finding: of_second.id, earlier: first.case.id, later: second.case.id };
    assert_eq!(store.read().await?.groupings(group.id).await?, [grouping]);
    Ok(())
}

/// Rule.
pub async fn a_group_without_findings_is_dissolved(store: Arc<dyn Store>) -> Outcome {
    let Grouped { group, members: [first, ..], findings: [of_second, of_third], .. } = grouped(&*store).await?;
    take_out(&*store, &of_second).await?;
    take_out(&*store, &of_third).await?;
    assert_eq!(cases_of(&*store, group.id).await?, None);
    let mut lookups = store.read().await?;
    assert_eq!(lookups.groups_of_case(first.case.id).await?, []);
    assert_eq!(lookups.group_of_finding(of_third.id).await?, None);
    take_out(&*store, &of_third).await?;
    Ok(())
}

/// Rule: the cases of a group are those to which its submissions belong now.
pub async fn a_group_follows_a_join_and_its_undoing(store: Arc<dyn Store>) -> Outcome {
    let Grouped { samples, group, members: [first, second, third], .. } = grouped(&*store).await?;
    let elsewhere = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let moved = async |from: CaseId, to: CaseId| -> Result<(), StoreError> {
        let mut unit = store.begin().await?;
        unit.move_submission(second.submission.id, from, to).await?;
        unit.commit().await
    };
    moved(second.case.id, elsewhere.case.id).await?;
    assert_eq!(cases_of(&*store, group.id).await?, Some(vec![first.case.id, elsewhere.case.id, third.case.id]));
    moved(elsewhere.case.id, first.case.id).await?;
    assert_eq!(cases_of(&*store, group.id).await?, Some(vec![first.case.id, third.case.id]), "each case once");
    moved(first.case.id, second.case.id).await?;
    assert_eq!(cases_of(&*store, group.id).await?, Some(group.cases));
    Ok(())
}

/// Rule.
pub async fn groups_are_listed_without_what_may_not_be_seen(store: Arc<dyn Store>) -> Outcome {
    let Grouped { group, members: [first, second, third], .. } = grouped(&*store).await?;
    let listed = async |secrecy: &[Secrecy], least: u32, days: i64| -> Result<_, StoreError> {
        let from = group.formed_at.saturating_add(days.saturating_mul(24).hours()).unwrap_or(group.formed_at);
        let until = from.saturating_add(24.hours()).unwrap_or(from);
        let filter = GroupFilter { secrecy: secrecy.to_vec(), least, from, until };
        let page = store.read().await?.groups_formed(&filter, Paging::first(10)).await?;
        Ok((page.rows.into_iter().map(|group| group.cases).collect::<Vec<_>>(), page.total))
    };
    assert_eq!(listed(&Secrecy::ALL, 3, 0).await?, (vec![group.cases.clone()], 1));
    assert_eq!(listed(&Secrecy::ALL, 4, 0).await?, (vec![], 0), "too few cases");
    assert_eq!(listed(&Secrecy::ALL, 2, 1).await?, (vec![], 0), "formed on another day");
    let mut unit = store.begin().await?;
    let sealed = case::matter::Case { secrecy: Secrecy::Sealed, ..first.case.clone() };
    unit.update_case(&sealed).await?;
    unit.commit().await?;
    let open = [Secrecy::Ordinary, Secrecy::Confidential];
    assert_eq!(listed(&open, 2, 0).await?, (vec![vec![second.case.id, third.case.id]], 1));
    assert_eq!(listed(&open, 3, 0).await?, (vec![], 0), "the sealed is not counted");
    Ok(())
}

/// Rule: a link is a finding that was confirmed as related, between the cases of its submissions.
pub async fn a_link_is_a_confirmed_finding(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let earlier = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let later = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let into = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let finding = samples.finding(&later, &earlier, 0.5);
    let confirmed = Decision::Open.confirm(Relation::Related, Actor::System, samples.moment(), None)?;
    let links = async |case: CaseId| store.read().await?.links_of_case(case).await;
    let decided = async |before: &Decision, after: &Decision| -> Result<(), StoreError> {
        let mut unit = store.begin().await?;
        unit.decide_finding(finding.id, before, after).await?;
        unit.commit().await
    };
    let mut unit = store.begin().await?;
    unit.insert_findings(std::slice::from_ref(&finding)).await?;
    unit.commit().await?;
    assert_eq!(links(later.case.id).await?, []);
    decided(&Decision::Open, &confirmed).await?;
    let link = crate::cases::CaseLink { earlier: earlier.case.id, later: later.case.id, finding: finding.id };
    assert_eq!(links(earlier.case.id).await?, std::slice::from_ref(&link));
    assert_eq!(links(later.case.id).await?, std::slice::from_ref(&link));
    let mut unit = store.begin().await?;
    unit.move_submission(later.submission.id, later.case.id, into.case.id).await?;
    unit.commit().await?;
    assert_eq!(links(later.case.id).await?, []);
    assert_eq!(links(into.case.id).await?.len(), 1, "it goes where its submission goes");
    decided(&confirmed, &Decision::Open).await?;
    assert_eq!(links(earlier.case.id).await?, []);
    Ok(())
}
