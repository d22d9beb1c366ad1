//! Rules for numbers on paper: given out beforehand, later scans, sealed envelopes.

use std::sync::Arc;

use case::actor::Actor;
use case::batch::{LaterScan, NumberUse, ReservedNumber, SealedState, UnreadPage};
use case::channel::Channel;
use case::problem::ProblemCode;
use case::secrecy::Secrecy;
use jiff::ToSpan;

use super::sample::{DAY, Samples};
use super::{Outcome, is_conflict, is_there_already};
use crate::{Paging, Store};

const ALL: Paging = Paging { offset: 0, limit: 100 };

/// Rule.
pub async fn reserved_numbers_and_registered_ones_are_one_count(store: Arc<dyn Store>) -> Outcome {
    let mut unit = store.begin().await?;
    let reserved = unit.take_number_of_day(DAY).await?;
    let registered = unit.take_numbers(DAY).await?;
    let later = unit.take_number_of_day(DAY).await?;
    unit.commit().await?;
    assert_eq!([reserved, registered.of_day, later], [1, 2, 3]);
    assert_eq!(registered.sequence, 1, "a number on a sticker is no registration");
    let mut unit = store.begin().await?;
    assert_eq!(unit.take_number_of_day(DAY.checked_add(1.day())?).await?, 1);
    Ok(())
}

/// Rule.
pub async fn the_order_of_registration_is_taken_by_itself(store: Arc<dyn Store>) -> Outcome {
    let mut unit = store.begin().await?;
    let first = unit.take_numbers(DAY).await?;
    let second = unit.take_sequence().await?;
    let third = unit.take_numbers(DAY).await?;
    unit.commit().await?;
    assert_eq!([first.sequence, second, third.sequence], [1, 2, 3]);
    assert_eq!([first.of_day, third.of_day], [1, 2]);
    Ok(())
}

/// Rule.
pub async fn a_reserved_number_is_used_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?;
    let staff = samples.staff("li")?.id;
    let free = ReservedNumber {
        number: samples.number()?,
        reserved_at: samples.moment(),
        reserved_by: Actor::Staff { staff },
        used: NumberUse::Free,
    };
    let used = NumberUse::Submission { submission: kept.submission.id };
    let mut unit = store.begin().await?;
    unit.reserve_number(&free).await?;
    assert!(is_there_already(&unit.reserve_number(&free).await));
    assert_eq!(unit.reserved_number(&free.number).await?, Some(free.clone()));
    unit.use_number(&free.number, used).await?;
    assert!(is_conflict(&unit.use_number(&free.number, used).await));
    assert!(is_conflict(&unit.use_number(&samples.number()?, used).await), "never given out");
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.reserved_number(&free.number).await?, Some(ReservedNumber { used, ..free }));
    assert_eq!(lookups.reserved_number(&samples.number()?).await?, None);
    Ok(())
}

/// Rule.
pub async fn later_scans_are_given_oldest_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?;
    let (early, late) = (samples.arrival(Channel::Letter), samples.arrival(Channel::Letter));
    let scan = |arrival: &case::arrival::Arrival| LaterScan {
        arrival: arrival.id,
        submission: kept.submission.id,
        files: kept.submission.files.clone(),
        unread: vec![UnreadPage { page: 2, problem: ProblemCode::PageCrashed.into() }],
        added_at: samples.moment(),
    };
    let (first, second) = (scan(&early), scan(&late));
    let mut unit = store.begin().await?;
    for arrival in [&early, &late] {
        unit.insert_arrival(arrival).await?;
    }
    for scan in [&second, &first] {
        unit.insert_later_scan(scan).await?;
    }
    assert!(is_there_already(&unit.insert_later_scan(&first).await));
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.later_scans(kept.submission.id).await?, [first.clone(), second.clone()]);
    drop(lookups);
    // Read again, the first one stays the first one.
    let read = LaterScan { unread: Vec::new(), added_at: samples.moment(), ..first.clone() };
    let mut unit = store.begin().await?;
    unit.insert_later_scan(&read).await?;
    unit.commit().await?;
    let stands = LaterScan { added_at: first.added_at, ..read };
    assert_eq!(store.read().await?.later_scans(kept.submission.id).await?, [stands, second]);
    Ok(())
}

/// Rule.
pub async fn a_sealed_envelope_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let envelope = samples.sealed_envelope()?;
    let mut unit = store.begin().await?;
    unit.insert_sealed_envelope(&envelope).await?;
    let same_number = case::batch::SealedEnvelope { number: envelope.number.clone(), ..samples.sealed_envelope()? };
    assert!(is_there_already(&unit.insert_sealed_envelope(&same_number).await));
    unit.commit().await?;
    assert_eq!(store.read().await?.sealed_envelope(envelope.id).await?, Some(envelope));
    assert_eq!(store.read().await?.sealed_envelope(same_number.id).await?, None);
    Ok(())
}

/// Rule.
pub async fn a_sealed_envelope_is_handed_over_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let envelope = samples.sealed_envelope()?;
    let handed =
        |to: &str| SealedState::HandedOver { to: to.to_owned(), pieces: 2, at: samples.moment(), by: Actor::System };
    let (first, second) = (handed("纪检组"), handed("督查科"));
    let mut unit = store.begin().await?;
    unit.insert_sealed_envelope(&envelope).await?;
    unit.settle_sealed_envelope(envelope.id, &first).await?;
    assert!(is_conflict(&unit.settle_sealed_envelope(envelope.id, &second).await));
    unit.commit().await?;
    let found = store.read().await?.sealed_envelope(envelope.id).await?;
    assert_eq!(found.map(|envelope| envelope.state), Some(first));
    Ok(())
}

/// Rule.
pub async fn sealed_envelopes_are_listed_newest_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (earlier, later) = (samples.sealed_envelope()?, samples.sealed_envelope()?);
    let mut unit = store.begin().await?;
    for envelope in [&later, &earlier] {
        unit.insert_sealed_envelope(envelope).await?;
    }
    unit.commit().await?;
    let listed = store.read().await?.sealed_envelopes(ALL).await?;
    assert_eq!((listed.rows, listed.total), (vec![later, earlier.clone()], 2));
    let second = store.read().await?.sealed_envelopes(Paging { offset: 1, limit: 1 }).await?;
    assert_eq!(second.rows, [earlier]);
    Ok(())
}
