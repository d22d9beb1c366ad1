//! Rules for arrivals.

use std::sync::Arc;

use case::arrival::ArrivalState;
use case::channel::Channel;
use case::problem::ProblemCode;
use case::secrecy::Secrecy;

use super::sample::Samples;
use super::{Outcome, is_conflict};
use crate::arrivals::{ArrivalFilter, ArrivalStateName, Received};
use crate::{Paging, Store};

/// Rule.
pub async fn an_arrival_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut arrival = samples.arrival(Channel::Letter);
    arrival.state = ArrivalState::Refused {
        problem: ProblemCode::DamagedFile.because("第1页无法读取"),
        at: samples.moment(),
    };
    let mut unit = store.begin().await?;
    assert_eq!(unit.insert_arrival(&arrival).await?, Received::New);
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.arrival(arrival.id).await?, Some(arrival.clone()));
    assert_eq!(lookups.arrival_by_source_key(&arrival.source_key).await?, Some(arrival));
    Ok(())
}

/// Rule: of one input that comes twice, the second one gets the first one's receipt, in the same unit of work and in a later one.
pub async fn replay_returns_the_first_arrival(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let first = samples.arrival(Channel::Mail);
    let mut again = samples.arrival(Channel::Mail);
    again.source_key = first.source_key.clone();
    let mut unit = store.begin().await?;
    assert_eq!(unit.insert_arrival(&first).await?, Received::New);
    assert_eq!(unit.insert_arrival(&again).await?, Received::Replay(Box::new(first.clone())));
    unit.commit().await?;
    let mut unit = store.begin().await?;
    assert_eq!(unit.insert_arrival(&again).await?, Received::Replay(Box::new(first.clone())));
    unit.commit().await?;
    assert_eq!(store.read().await?.arrival(again.id).await?, None);
    assert_eq!(store.read().await?.arrivals(ArrivalFilter::default(), Paging::first(10)).await?.rows, [first]);
    Ok(())
}

/// Rule.
pub async fn a_registered_arrival_is_never_settled_again(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let registered = ArrivalState::Registered { submission: kept.submission.id };
    let mut unit = store.begin().await?;
    unit.settle_arrival(kept.arrival.id, &registered).await?;
    assert!(is_conflict(&unit.settle_arrival(kept.arrival.id, &ArrivalState::Waiting).await));
    unit.commit().await?;
    let stored = store.read().await?.arrival(kept.arrival.id).await?;
    assert_eq!(stored.map(|arrival| arrival.state), Some(registered));
    let mut unit = store.begin().await?;
    let unknown = samples.arrival(Channel::Web);
    assert!(is_conflict(&unit.settle_arrival(unknown.id, &ArrivalState::Waiting).await), "it is not there");
    Ok(())
}

/// Rule: a person may have a refused arrival read again.
pub async fn a_refused_arrival_can_be_settled_again(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let arrival = samples.arrival(Channel::Letter);
    let refused = ArrivalState::Refused { problem: ProblemCode::EmptyInput.into(), at: samples.moment() };
    let mut unit = store.begin().await?;
    unit.insert_arrival(&arrival).await?;
    unit.settle_arrival(arrival.id, &refused).await?;
    unit.settle_arrival(arrival.id, &ArrivalState::Waiting).await?;
    unit.settle_arrival(arrival.id, &refused).await?;
    unit.commit().await?;
    let stored = store.read().await?.arrival(arrival.id).await?;
    assert_eq!(stored.map(|arrival| arrival.state), Some(refused));
    Ok(())
}

/// Rule.
pub async fn arrivals_are_listed_newest_first_and_filtered(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let oldest = samples.arrival(Channel::Mail);
    let middle = samples.arrival(Channel::Letter);
    let newest = samples.arrival(Channel::Mail);
    let refused = ArrivalState::Refused { problem: ProblemCode::EmptyInput.into(), at: samples.moment() };
    let mut unit = store.begin().await?;
    for arrival in [&middle, &newest, &oldest] {
        unit.insert_arrival(arrival).await?;
    }
    unit.settle_arrival(oldest.id, &refused).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    let mut listed = async |channel, state, paging| -> Result<_, crate::StoreError> {
        let page = lookups.arrivals(ArrivalFilter { channel, state }, paging).await?;
        Ok((page.rows.iter().map(|arrival| arrival.id).collect::<Vec<_>>(), page.total))
    };
    let all = Paging::first(10);
    assert_eq!(listed(None, None, all).await?, (vec![newest.id, middle.id, oldest.id], 3));
    assert_eq!(listed(None, None, Paging::new(1, 1)).await?, (vec![middle.id], 3), "a page knows the whole number");
    assert_eq!(listed(None, None, Paging::new(9, 1)).await?, (vec![], 3), "a page past the end is empty");
    assert_eq!(listed(Some(Channel::Mail), None, all).await?, (vec![newest.id, oldest.id], 2));
    assert_eq!(listed(None, Some(ArrivalStateName::Refused), all).await?, (vec![oldest.id], 1));
    assert_eq!(listed(Some(Channel::Mail), Some(ArrivalStateName::Waiting), all).await?, (vec![newest.id], 1));
    assert_eq!(listed(None, Some(ArrivalStateName::Registered), all).await?, (vec![], 0));
    Ok(())
}

/// Rule.
pub async fn an_unknown_arrival_is_none(store: Arc<dyn Store>) -> Outcome {
    let arrival = Samples::default().arrival(Channel::Web);
    let mut lookups = store.read().await?;
    assert_eq!(lookups.arrival(arrival.id).await?, None);
    assert_eq!(lookups.arrival_by_source_key(&arrival.source_key).await?, None);
    Ok(())
}
