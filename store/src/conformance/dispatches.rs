//! Rules for dispatches.

use std::sync::Arc;

use case::channel::Channel;
use case::dispatch::{Delivery, Dispatch};
use case::problem::ProblemCode;
use case::secrecy::Secrecy;

use super::sample::Samples;
use super::{Outcome, is_conflict};
use crate::{Paging, Store, StoreError};

async fn insert(store: &dyn Store, dispatch: &Dispatch) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.insert_dispatch(dispatch).await?;
    unit.commit().await
}

/// Rule: with every way its sending can stand.
pub async fn a_dispatch_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let mut dispatch = samples.dispatch(kept.case.id, "swj")?;
    assert_eq!(store.read().await?.dispatch(dispatch.id).await?, None);
    insert(&*store, &dispatch).await?;
    assert_eq!(store.read().await?.dispatch(dispatch.id).await?, Some(dispatch.clone()));
    let problem = ProblemCode::MailFailed.because("邮件服务器没有应答");
    for delivery in [
        Delivery::Retrying { attempts: 2, problem: problem.clone() },
        Delivery::Failed { at: samples.moment(), problem },
        Delivery::Sent { at: samples.moment(), by: "outbox".to_owned() },
        Delivery::Recalled { at: samples.moment() },
    ] {
        let mut unit = store.begin().await?;
        unit.set_delivery(dispatch.id, &delivery).await?;
        unit.commit().await?;
        dispatch.delivery = delivery;
        assert_eq!(store.read().await?.dispatch(dispatch.id).await?, Some(dispatch.clone()));
    }
    Ok(())
}

/// Rule: a sending that ends after the recall does not bring the dispatch back.
pub async fn a_recalled_dispatch_stays_recalled(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let dispatch = samples.dispatch(kept.case.id, "swj")?;
    insert(&*store, &dispatch).await?;
    let recalled = Delivery::Recalled { at: samples.moment() };
    let sent = Delivery::Sent { at: samples.moment(), by: "smtp".to_owned() };
    let mut unit = store.begin().await?;
    unit.set_delivery(dispatch.id, &recalled).await?;
    assert!(is_conflict(&unit.set_delivery(dispatch.id, &sent).await));
    unit.commit().await?;
    let stored = store.read().await?.dispatch(dispatch.id).await?;
    assert_eq!(stored.map(|dispatch| dispatch.delivery), Some(recalled));
    let mut unit = store.begin().await?;
    let unknown = samples.dispatch(kept.case.id, "swj")?;
    assert!(is_conflict(&unit.set_delivery(unknown.id, &sent).await), "it is not there");
    Ok(())
}

/// Rule.
pub async fn dispatches_of_a_case_are_oldest_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let other = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let first = samples.dispatch(kept.case.id, "swj")?;
    let elsewhere = samples.dispatch(other.case.id, "swj")?;
    let second = samples.dispatch(kept.case.id, "zjj")?;
    for dispatch in [&second, &elsewhere, &first] {
        insert(&*store, dispatch).await?;
    }
    assert_eq!(store.read().await?.dispatches_of_case(kept.case.id).await?, [first, second]);
    Ok(())
}

/// Rule: newest first, in pages, and neither rows nor number tell of a case that may not be seen.
pub async fn the_outbox_never_shows_other_secrecy(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let open = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let sealed = samples.keep(&*store, Channel::Web, Secrecy::Sealed).await?;
    let first = samples.dispatch(open.case.id, "swj")?;
    let hidden = samples.dispatch(sealed.case.id, "jw")?;
    let second = samples.dispatch(open.case.id, "zjj")?;
    for dispatch in [&first, &hidden, &second] {
        insert(&*store, dispatch).await?;
    }
    let mut lookups = store.read().await?;
    let page = lookups.dispatches(&[Secrecy::Ordinary, Secrecy::Confidential], Paging::first(10)).await?;
    assert_eq!((page.rows, page.total), (vec![second, first.clone()], 2));
    let page = lookups.dispatches(&Secrecy::ALL, Paging::new(1, 1)).await?;
    assert_eq!((page.rows, page.total), (vec![hidden], 3));
    let page = lookups.dispatches(&[], Paging::first(10)).await?;
    assert_eq!((page.rows, page.total), (vec![], 0));
    Ok(())
}
