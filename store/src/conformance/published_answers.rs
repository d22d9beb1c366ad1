//! Rules for published answers.

use std::sync::Arc;

use case::actor::Actor;
use case::channel::Channel;
use case::id::PublishedAnswerId;
use case::published_answer::{PublicText, PublishedAnswer, Withdrawal};
use case::secrecy::Secrecy;

use super::sample::{Registered, Samples};
use super::{Outcome, is_conflict};
use crate::{Paging, Store};

fn answer(samples: &Samples, of: &Registered) -> Result<PublishedAnswer, Box<dyn std::error::Error + Send + Sync>> {
    Ok(PublishedAnswer {
        id: PublishedAnswerId::from_uuid(of.case.id.as_uuid()),
        case: of.case.id,
        text: PublicText::new("路灯不亮何时修", "路灯坏了谁来修？", "由城管部门三日内修复。")?,
        published_at: samples.moment(),
        published_by: Actor::Operator,
        withdrawn: None,
    })
}

/// Rule.
pub async fn a_published_answer_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let registered = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let answer = answer(&samples, &registered)?;
    let mut unit = store.begin().await?;
    unit.insert_published_answer(&answer).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.published_answer(answer.id).await?.as_ref(), Some(&answer));
    assert_eq!(lookups.public_answers(&[answer.id]).await?, std::slice::from_ref(&answer));
    assert_eq!(lookups.answers_of_case(answer.case).await?, std::slice::from_ref(&answer));
    let list = lookups.public_answer_list(Paging::new(0, 10)).await?;
    assert_eq!((list.rows, list.total), (vec![answer], 1));
    Ok(())
}

/// Rule.
pub async fn an_answer_is_withdrawn_once_and_the_desk_still_knows_it(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let registered = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let answer = answer(&samples, &registered)?;
    let withdrawal = Withdrawal { at: samples.moment(), by: Actor::Operator, reason: "有误".to_owned() };
    let mut unit = store.begin().await?;
    unit.insert_published_answer(&answer).await?;
    unit.withdraw_published_answer(answer.id, &withdrawal).await?;
    assert!(is_conflict(&unit.withdraw_published_answer(answer.id, &withdrawal).await));
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.public_answers(&[answer.id]).await?, []);
    assert_eq!(lookups.public_answer_list(Paging::new(0, 10)).await?.total, 0);
    let known = lookups.answers_of_case(answer.case).await?;
    assert_eq!(known, [PublishedAnswer { withdrawn: Some(withdrawal), ..answer }]);
    Ok(())
}

/// Rule.
pub async fn the_public_reads_nothing_of_a_sealed_case(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let sealed = samples.keep(&*store, Channel::Web, Secrecy::Sealed).await?;
    let confidential = samples.keep(&*store, Channel::Web, Secrecy::Confidential).await?;
    let (hidden, shown) = (answer(&samples, &sealed)?, answer(&samples, &confidential)?);
    let mut unit = store.begin().await?;
    unit.insert_published_answer(&hidden).await?;
    unit.insert_published_answer(&shown).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.public_answers(&[hidden.id, shown.id]).await?, std::slice::from_ref(&shown));
    let list = lookups.public_answer_list(Paging::new(0, 10)).await?;
    assert_eq!((list.rows, list.total), (vec![shown], 1));
    Ok(())
}

/// Rule.
pub async fn a_walk_through_the_answers_misses_none_when_some_are_withdrawn(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut published = Vec::new();
    for _ in 0..3 {
        published.push(answer(&samples, &samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?)?);
    }
    let mut unit = store.begin().await?;
    for answer in &published {
        unit.insert_published_answer(answer).await?;
    }
    unit.commit().await?;
    let [first, second, third] = published.as_slice() else { return Err("three were published".into()) };
    let begun = store.read().await?.public_answers_after(None, 1).await?;
    assert_eq!(begun, std::slice::from_ref(first));
    let withdrawal = Withdrawal { at: samples.moment(), by: Actor::Operator, reason: "有误".to_owned() };
    let mut unit = store.begin().await?;
    unit.withdraw_published_answer(first.id, &withdrawal).await?;
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.public_answers_after(Some(first.id), 1).await?, std::slice::from_ref(second));
    assert_eq!(lookups.public_answers_after(Some(second.id), 9).await?, std::slice::from_ref(third));
    assert_eq!(lookups.public_answers_after(Some(third.id), 9).await?, []);
    assert_eq!(lookups.closed_answers_after(None, 9).await?, [first.id]);
    assert_eq!(lookups.closed_answers_after(Some(first.id), 9).await?, []);
    Ok(())
}
