//! Rules for findings.

use std::sync::Arc;

use case::actor::Actor;
use case::channel::Channel;
use case::finding::{Decision, Finding, Relation};
use case::id::FindingId;
use case::secrecy::Secrecy;

use super::sample::Samples;
use super::{Outcome, is_conflict};
use crate::{Store, StoreError};

async fn insert(store: &dyn Store, findings: &[Finding]) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.insert_findings(findings).await?;
    unit.commit().await
}

async fn decide(store: &dyn Store, id: FindingId, expected: &Decision, decision: &Decision) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.decide_finding(id, expected, decision).await?;
    unit.commit().await
}

/// Rule.
pub async fn a_finding_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let earlier = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let later = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    // 0.1 has no exact form in binary: the score must come back to the last bit all the same.
    let finding = samples.finding(&later, &earlier, 0.1);
    assert_eq!(store.read().await?.finding(finding.id).await?, None);
    insert(&*store, std::slice::from_ref(&finding)).await?;
    assert_eq!(store.read().await?.finding(finding.id).await?, Some(finding));
    insert(&*store, &[]).await?;
    Ok(())
}

/// Rule: judging again does not write over what stands.
pub async fn a_pair_has_one_finding(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let earlier = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let later = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let first = samples.finding(&later, &earlier, 0.6);
    insert(&*store, std::slice::from_ref(&first)).await?;
    insert(&*store, &[samples.finding(&later, &earlier, 0.9)]).await?;
    assert_eq!(store.read().await?.findings_of_submission(later.submission.id).await?, [first]);
    Ok(())
}

/// Rule: of two people who decide the same finding, the second one is told.
pub async fn a_decision_on_another_state_conflicts(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let earlier = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let later = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let finding = samples.finding(&later, &earlier, 0.6);
    insert(&*store, std::slice::from_ref(&finding)).await?;
    let reason = Some("同一小区同一管线".to_owned());
    let confirmed = Decision::Open.confirm(Relation::SameMatter, Actor::Operator, samples.moment(), reason)?;
    let refused = Decision::Open.refuse(Actor::Operator, samples.moment(), None)?;
    decide(&*store, finding.id, &Decision::Open, &confirmed).await?;
    assert!(is_conflict(&decide(&*store, finding.id, &Decision::Open, &refused).await));
    let stored = store.read().await?.finding(finding.id).await?;
    assert_eq!(stored.map(|finding| finding.decision), Some(confirmed.clone()));
    decide(&*store, finding.id, &confirmed, &confirmed.clone().undo()?).await?;
    let stored = store.read().await?.finding(finding.id).await?;
    assert_eq!(stored.map(|finding| finding.decision), Some(Decision::Open));
    Ok(())
}

/// Rule.
pub async fn clearing_keeps_what_was_decided(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let one = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let two = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let later = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let decided = samples.finding(&later, &one, 0.6);
    let open = samples.finding(&later, &two, 0.9);
    let of_another = samples.finding(&two, &one, 0.5);
    let three = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let supplement = Finding { relation: Relation::Supplement, ..samples.finding(&later, &three, 0.4) };
    insert(&*store, &[decided.clone(), open, of_another.clone(), supplement.clone()]).await?;
    let refused = Decision::Open.refuse(Actor::Operator, samples.moment(), None)?;
    decide(&*store, decided.id, &Decision::Open, &refused).await?;
    let mut unit = store.begin().await?;
    unit.clear_open_findings(later.submission.id).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    let kept = Finding { decision: refused, ..decided };
    assert_eq!(lookups.findings_of_submission(later.submission.id).await?, [kept, supplement]);
    assert_eq!(lookups.findings_of_submission(two.submission.id).await?, [of_another]);
    Ok(())
}

/// Rule.
pub async fn findings_are_listed_most_likely_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let one = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let two = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let three = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let later = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let unlikely = samples.finding(&later, &one, 0.2);
    let likely = samples.finding(&later, &two, 0.95);
    let fair = samples.finding(&later, &three, 0.5);
    insert(&*store, &[unlikely.clone(), likely.clone(), fair.clone()]).await?;
    let found = store.read().await?.findings_of_submission(later.submission.id).await?;
    assert_eq!(found, [likely, fair, unlikely]);
    Ok(())
}

/// Rule: those of the case's submissions, of the submission that it was opened for, and those that point to it.
pub async fn findings_of_a_case_are_all_that_concern_it(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let old = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let first = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let repeat = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let apart = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let to_old = samples.finding(&first, &old, 0.3);
    let joining = samples.finding(&repeat, &first, 0.9);
    let of_repeat = samples.finding(&repeat, &old, 0.4);
    let elsewhere = samples.finding(&apart, &old, 0.4);
    insert(&*store, &[to_old.clone(), joining.clone(), of_repeat.clone(), elsewhere]).await?;
    let mut unit = store.begin().await?;
    unit.move_submission(repeat.submission.id, repeat.case.id, first.case.id).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    let concerning_first = [joining.clone(), of_repeat.clone(), to_old];
    assert_eq!(lookups.findings_of_case(first.case.id).await?, concerning_first, "newest first, then most likely");
    assert_eq!(lookups.findings_of_case(repeat.case.id).await?, [joining, of_repeat], "what it was opened for");
    Ok(())
}

/// Rule: what people decided, in steps, without the sealed and without what a rule decided.
pub async fn decided_findings_are_walked_without_the_sealed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let first = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let second = samples.keep(&*store, Channel::Web, Secrecy::Confidential).await?;
    let third = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let sealed = samples.keep(&*store, Channel::Web, Secrecy::Sealed).await?;
    let findings = [
        samples.finding(&second, &first, 0.9),
        samples.finding(&third, &first, 0.8),
        samples.finding(&third, &second, 0.7),
        samples.finding(&sealed, &first, 0.9),
    ];
    insert(&*store, &findings).await?;
    let staff = Actor::Staff { staff: case::id::StaffId::from_uuid(first.case.id.as_uuid()) };
    let refused = Decision::Open.refuse(staff.clone(), samples.moment(), None)?;
    let by_rule = Decision::Open.confirm(Relation::Repeat, Actor::System, samples.moment(), None)?;
    let [of_second, of_third, automatic, of_sealed] = &findings;
    for (finding, decision) in
        [(of_second, &refused), (of_third, &refused), (automatic, &by_rule), (of_sealed, &refused)]
    {
        decide(&*store, finding.id, &Decision::Open, decision).await?;
    }
    let mut lookups = store.read().await?;
    let step = lookups.decided_findings(None, 1).await?;
    assert_eq!(step.iter().map(|finding| finding.id).collect::<Vec<_>>(), [of_second.id]);
    let rest = lookups.decided_findings(Some(of_second.id), 10).await?;
    assert_eq!(rest.iter().map(|finding| finding.id).collect::<Vec<_>>(), [of_third.id]);
    Ok(())
}
