//! Rules for units of work.

use std::sync::Arc;

use case::channel::Channel;
use case::secrecy::Secrecy;

use super::sample::{DAY, Samples};
use super::{Outcome, is_there_already};
use crate::arrivals::ArrivalFilter;
use crate::{Paging, Store, StoreError};

/// Rule: dropped in the middle, everything is as it was, and the store goes on.
pub async fn undone_unit_of_work_leaves_nothing(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let registered = samples.registered(Channel::Web, Secrecy::Ordinary)?;
    let mut unit = store.begin().await?;
    unit.insert_arrival(&registered.arrival).await?;
    unit.insert_case(&registered.case).await?;
    unit.insert_submission(&registered.submission).await?;
    unit.append_event(samples.event(Some(registered.case.id))).await?;
    drop(unit);
    let mut lookups = store.read().await?;
    assert_eq!(lookups.arrival(registered.arrival.id).await?, None);
    assert_eq!(lookups.case(registered.case.id).await?, None);
    assert_eq!(lookups.submission(registered.submission.id).await?, None);
    assert_eq!(lookups.events_after(0, 10).await?, []);
    drop(store.begin().await?);
    samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    assert_eq!(lookups.submission_count().await?, 1);
    Ok(())
}

/// Rule: also by one that was there before.
pub async fn a_commit_is_seen_by_readers(store: Arc<dyn Store>) -> Outcome {
    let mut before = store.read().await?;
    assert_eq!(before.submission_count().await?, 0);
    let kept = Samples::default().keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    assert_eq!(before.submission_count().await?, 1);
    assert_eq!(store.read().await?.submission(kept.submission.id).await?, Some(kept.submission));
    Ok(())
}

/// Rule: what is shown together is of one moment; a later one sees what has come since, also when the first was given up in the middle.
pub async fn a_snapshot_sees_one_moment(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let first = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let mut snapshot = store.snapshot().await?;
    assert_eq!(snapshot.submission_count().await?, 1);
    let second = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    assert_eq!(snapshot.submission_count().await?, 1);
    assert_eq!(snapshot.case(second.case.id).await?, None);
    assert!(snapshot.case(first.case.id).await?.is_some());
    let seen = snapshot.arrivals(ArrivalFilter { channel: None, state: None }, Paging::first(10)).await?;
    assert_eq!((seen.rows.len(), seen.total), (1, 1), "also what has several statements of its own");
    drop(snapshot);
    for _ in 0..100 {
        let mut later = store.snapshot().await?;
        assert_eq!(later.submission_count().await?, 2);
    }
    assert_eq!(store.read().await?.submission_count().await?, 2);
    store.check().await?;
    Ok(())
}

/// Rule.
pub async fn readers_never_see_what_is_not_committed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let registered = samples.registered(Channel::Web, Secrecy::Ordinary)?;
    let mut unit = store.begin().await?;
    unit.insert_arrival(&registered.arrival).await?;
    assert_eq!(store.read().await?.arrival(registered.arrival.id).await?, None);
    unit.insert_case(&registered.case).await?;
    assert_eq!(store.read().await?.case(registered.case.id).await?, None);
    unit.commit().await?;
    assert!(store.read().await?.case(registered.case.id).await?.is_some());
    Ok(())
}

/// Rule: the caller may decide what a refusal means and go on.
pub async fn a_refused_record_leaves_the_unit_usable(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let other = samples.registered(Channel::Web, Secrecy::Ordinary)?;
    let mut unit = store.begin().await?;
    unit.insert_arrival(&other.arrival).await?;
    assert!(is_there_already(&unit.insert_case(&kept.case).await));
    unit.insert_case(&other.case).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert!(lookups.arrival(other.arrival.id).await?.is_some());
    assert!(lookups.case(other.case.id).await?.is_some());
    Ok(())
}

/// Rule: 100 tasks at once, of which a third gives up; what the others did is all there, and nothing else is.
pub async fn many_units_at_once_all_happen(store: Arc<dyn Store>) -> Outcome {
    let samples = Arc::new(Samples::default());
    let mut tasks = Vec::new();
    for number in 0..100 {
        let (store, samples) = (Arc::clone(&store), Arc::clone(&samples));
        let registered = samples.registered(Channel::Web, Secrecy::Ordinary)?;
        tasks.push(tokio::spawn(async move {
            let mut unit = store.begin().await?;
            unit.insert_arrival(&registered.arrival).await?;
            unit.insert_case(&registered.case).await?;
            unit.take_numbers(DAY).await?;
            unit.append_event(samples.event(Some(registered.case.id))).await?;
            unit.insert_submission(&registered.submission).await?;
            let happens = number % 3 != 0;
            if happens {
                unit.commit().await?;
                let stored = store.read().await?.submission(registered.submission.id).await?;
                assert_eq!(stored, Some(registered.submission.clone()), "it is there once commit has returned");
            }
            Ok::<_, StoreError>((happens, registered))
        }));
    }
    let mut expected = 0;
    for task in tasks {
        let (happens, registered) = task.await??;
        let mut lookups = store.read().await?;
        assert_eq!(lookups.case(registered.case.id).await?.is_some(), happens);
        assert_eq!(lookups.arrival(registered.arrival.id).await?.is_some(), happens);
        assert_eq!(lookups.events_of_case(registered.case.id).await?.len(), usize::from(happens));
        expected += u64::from(happens);
    }
    let mut lookups = store.read().await?;
    assert_eq!(lookups.submission_count().await?, expected);
    assert_eq!(crate::verify::events(&mut *lookups).await?.count, expected);
    drop(lookups);
    let numbers = store.begin().await?.take_numbers(DAY).await?;
    assert_eq!(numbers.sequence, expected.saturating_add(1), "those who gave up took no number");
    Ok(())
}

/// Rule.
pub async fn a_unit_sees_its_own_changes(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let registered = samples.registered(Channel::Web, Secrecy::Ordinary)?;
    let mut unit = store.begin().await?;
    unit.insert_arrival(&registered.arrival).await?;
    unit.insert_case(&registered.case).await?;
    unit.insert_submission(&registered.submission).await?;
    assert_eq!(unit.arrival(registered.arrival.id).await?, Some(registered.arrival));
    assert_eq!(unit.case(registered.case.id).await?, Some(registered.case));
    assert_eq!(unit.submission(registered.submission.id).await?, Some(registered.submission));
    Ok(())
}

/// Rule.
pub async fn a_new_store_passes_its_check(store: Arc<dyn Store>) -> Outcome {
    store.check().await?;
    Samples::default().keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    store.check().await?;
    Ok(())
}
