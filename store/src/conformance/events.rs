//! Rules for the chain of events.

use std::sync::Arc;

use case::channel::Channel;
use case::event::genesis;
use case::secrecy::Secrecy;

use super::Outcome;
use super::sample::Samples;
use crate::{Store, verify};

/// Rule: many units of work append at once, and the chain has no gap, no fork and only right hashes.
pub async fn event_chain_is_unbroken(store: Arc<dyn Store>) -> Outcome {
    let mut writers = Vec::new();
    for _ in 0..10 {
        let store = Arc::clone(&store);
        writers.push(tokio::spawn(async move {
            let samples = Samples::default();
            let mut unit = store.begin().await?;
            let first = unit.append_event(samples.event(None)).await?;
            let second = unit.append_event(samples.event(None)).await?;
            unit.commit().await?;
            assert!(second.follows(first.hash, first.sequence), "the events of a unit follow each other");
            Ok::<_, crate::StoreError>(())
        }));
    }
    for writer in writers {
        writer.await??;
    }
    let events = store.read().await?.events_after(0, 100).await?;
    assert_eq!(events.len(), 20);
    let mut last = (genesis(), 0);
    for event in events {
        assert!(event.follows(last.0, last.1), "event {} follows the one before", event.sequence);
        last = (event.hash, event.sequence);
    }
    Ok(())
}

/// Rule.
pub async fn events_of_a_case_are_oldest_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let case = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case.id;
    let mut unit = store.begin().await?;
    let mut of_case = Vec::new();
    for about in [Some(case), None, Some(case), Some(case)] {
        let event = unit.append_event(samples.event(about)).await?;
        of_case.extend(about.map(|_case| event));
    }
    unit.commit().await?;
    assert_eq!(store.read().await?.events_of_case(case).await?, of_case, "and read back as appended");
    Ok(())
}

/// Rule.
pub async fn an_undone_event_leaves_no_gap(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut unit = store.begin().await?;
    unit.append_event(samples.event(None)).await?;
    drop(unit);
    let mut unit = store.begin().await?;
    let event = unit.append_event(samples.event(None)).await?;
    unit.commit().await?;
    assert!(event.follows(genesis(), 0));
    assert_eq!(store.read().await?.events_after(0, 10).await?, [event]);
    Ok(())
}

/// Rule.
pub async fn events_are_walked_in_steps(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut unit = store.begin().await?;
    for _ in 0..5 {
        unit.append_event(samples.event(None)).await?;
    }
    unit.commit().await?;
    let mut lookups = store.read().await?;
    let mut after = async |sequence| -> Result<Vec<u64>, crate::StoreError> {
        Ok(lookups.events_after(sequence, 2).await?.iter().map(|event| event.sequence).collect())
    };
    assert_eq!(after(0).await?, [1, 2]);
    assert_eq!(after(2).await?, [3, 4]);
    assert_eq!(after(4).await?, [5]);
    assert!(after(5).await?.is_empty());
    Ok(())
}

/// Rule: `xinqiao check` finds nothing to complain of in what the port wrote.
pub async fn the_chain_is_verified(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let empty = verify::events(&mut *store.read().await?).await?;
    assert_eq!((empty.count, empty.last), (0, genesis()));
    let mut unit = store.begin().await?;
    let mut last = genesis();
    for _ in 0..7 {
        last = unit.append_event(samples.event(None)).await?.hash;
    }
    unit.commit().await?;
    let verified = verify::events(&mut *store.read().await?).await?;
    assert_eq!((verified.count, verified.last), (7, last));
    Ok(())
}
