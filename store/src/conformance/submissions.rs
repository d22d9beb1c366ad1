//! Rules for submissions and their numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use case::channel::Channel;
use case::secrecy::Secrecy;

use super::sample::{DAY, Samples};
use super::{Outcome, is_conflict, is_there_already};
use crate::submissions::NextNumbers;
use crate::{Store, StoreError};

/// Rule.
pub async fn a_submission_is_read_back_as_written(store: Arc<dyn Store>) -> Outcome {
    let kept = Samples::default().keep(&*store, Channel::Call, Secrecy::Confidential).await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.submission(kept.submission.id).await?, Some(kept.submission.clone()));
    assert_eq!(lookups.submission_by_number(&kept.submission.number).await?, Some(kept.submission.clone()));
    assert_eq!(lookups.submissions_of_case(kept.case.id).await?, [kept.submission]);
    assert_eq!(lookups.submission_count().await?, 1);
    Ok(())
}

/// Rule: units of work that run at the same time never get the same number.
pub async fn take_numbers_never_repeats(store: Arc<dyn Store>) -> Outcome {
    let mut takers = Vec::new();
    for _ in 0..20 {
        let store = Arc::clone(&store);
        takers.push(tokio::spawn(async move {
            let mut unit = store.begin().await?;
            let numbers = unit.take_numbers(DAY).await?;
            unit.commit().await?;
            Ok::<_, crate::StoreError>(numbers)
        }));
    }
    let mut sequences = BTreeSet::new();
    let mut of_day = BTreeSet::new();
    for taker in takers {
        let numbers = taker.await??;
        assert!(sequences.insert(numbers.sequence), "a sequence was given twice");
        assert!(of_day.insert(numbers.of_day), "a number of the day was given twice");
    }
    assert_eq!(sequences, (1..=20).collect());
    assert_eq!(of_day, (1..=20).collect());
    Ok(())
}

/// Rule: there are no gaps.
pub async fn numbers_of_an_undone_unit_are_given_again(store: Arc<dyn Store>) -> Outcome {
    let mut unit = store.begin().await?;
    assert_eq!(unit.take_numbers(DAY).await?, NextNumbers { sequence: 1, of_day: 1 });
    drop(unit);
    let mut unit = store.begin().await?;
    assert_eq!(unit.take_numbers(DAY).await?, NextNumbers { sequence: 1, of_day: 1 });
    unit.commit().await?;
    let mut unit = store.begin().await?;
    assert_eq!(unit.take_numbers(DAY).await?, NextNumbers { sequence: 2, of_day: 2 });
    Ok(())
}

/// Rule.
pub async fn numbers_of_a_day_start_at_one(store: Arc<dyn Store>) -> Outcome {
    let mut unit = store.begin().await?;
    assert_eq!(unit.take_numbers(DAY).await?, NextNumbers { sequence: 1, of_day: 1 });
    assert_eq!(unit.take_numbers(DAY).await?, NextNumbers { sequence: 2, of_day: 2 });
    assert_eq!(unit.take_numbers(DAY.tomorrow()?).await?, NextNumbers { sequence: 3, of_day: 1 });
    assert_eq!(unit.take_numbers(DAY).await?, NextNumbers { sequence: 4, of_day: 3 });
    Ok(())
}

/// Rule: a job that reads an arrival twice after a crash cannot register it twice.
pub async fn an_arrival_becomes_one_submission(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?;
    let mut again = samples.registered(Channel::Letter, Secrecy::Ordinary)?;
    again.submission.arrival = kept.arrival.id;
    let mut unit = store.begin().await?;
    unit.insert_case(&again.case).await?;
    assert!(is_there_already(&unit.insert_submission(&again.submission).await));
    Ok(())
}

/// Rule.
pub async fn a_number_is_given_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let mut other = samples.registered(Channel::Web, Secrecy::Ordinary)?;
    other.submission.number = kept.submission.number.clone();
    let mut unit = store.begin().await?;
    unit.insert_arrival(&other.arrival).await?;
    unit.insert_case(&other.case).await?;
    assert!(is_there_already(&unit.insert_submission(&other.submission).await));
    Ok(())
}

/// Rule: in any order, without the unknown.
pub async fn submissions_are_found_by_their_identifiers(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let one = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.submission;
    let two = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.submission;
    samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let unknown = samples.registered(Channel::Web, Secrecy::Ordinary)?.submission;
    let mut lookups = store.read().await?;
    let mut found = lookups.submissions(&[two.id, unknown.id, one.id]).await?;
    found.sort_by_key(|submission| submission.sequence);
    assert_eq!(found, [one.clone(), two.clone()]);
    let numbers = [two.number.clone(), unknown.number.clone(), one.number.clone()];
    let mut found = lookups.submissions_by_numbers(&numbers).await?;
    found.sort_by_key(|submission| submission.sequence);
    assert_eq!(found, [one, two]);
    assert_eq!(lookups.submissions(&[]).await?, []);
    assert_eq!(lookups.submission(unknown.id).await?, None);
    assert_eq!(lookups.submission_by_number(&unknown.number).await?, None);
    Ok(())
}

/// Rule: joining and its undoing.
pub async fn a_moved_submission_belongs_to_its_new_case(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let first = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let repeat = samples.keep(&*store, Channel::Letter, Secrecy::Ordinary).await?;
    let mut unit = store.begin().await?;
    unit.move_submission(repeat.submission.id, repeat.case.id, first.case.id).await?;
    assert!(
        is_conflict(&unit.move_submission(repeat.submission.id, repeat.case.id, first.case.id).await),
        "it belongs to another case by now"
    );
    unit.commit().await?;
    let mut lookups = store.read().await?;
    let ids = |found: Vec<case::submission::Submission>| found.iter().map(|s| s.id).collect::<Vec<_>>();
    assert_eq!(ids(lookups.submissions_of_case(first.case.id).await?), [first.submission.id, repeat.submission.id]);
    assert_eq!(ids(lookups.submissions_of_case(repeat.case.id).await?), []);
    let moved = lookups.submission(repeat.submission.id).await?.ok_or("it is there")?;
    assert_eq!((moved.case, moved.own_case), (first.case.id, repeat.case.id));
    let mut unit = store.begin().await?;
    unit.move_submission(repeat.submission.id, first.case.id, repeat.case.id).await?;
    unit.commit().await?;
    assert_eq!(lookups.submission(repeat.submission.id).await?, Some(repeat.submission));
    Ok(())
}

/// Rule.
pub async fn submissions_are_walked_in_the_order_of_registration(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    for _ in 0..5 {
        samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    }
    let mut lookups = store.read().await?;
    let mut walked = Vec::new();
    let mut last = 0;
    loop {
        let step = lookups.submissions_after(last, 2).await?;
        assert!(step.len() <= 2, "a step is not longer than was asked");
        let Some(submission) = step.last() else { break };
        last = submission.sequence;
        walked.extend(step.iter().map(|submission| submission.sequence));
    }
    assert_eq!(walked, [1, 2, 3, 4, 5]);
    Ok(())
}

/// Rule.
pub async fn secrecy_of_a_submission_is_changed(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let kept = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.submission;
    let unknown = samples.registered(Channel::Web, Secrecy::Ordinary)?.submission;
    let mut unit = store.begin().await?;
    unit.set_submission_secrecy(kept.id, Secrecy::Sealed).await?;
    assert!(is_conflict(&unit.set_submission_secrecy(unknown.id, Secrecy::Sealed).await));
    unit.commit().await?;
    let stored = store.read().await?.submission(kept.id).await?;
    assert_eq!(stored.map(|submission| submission.secrecy), Some(Secrecy::Sealed));
    Ok(())
}

/// Rule: by state, unit and secrecy of the case to which each belongs now.
pub async fn submissions_are_sifted_by_how_their_case_stands(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let plain = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let sealed = samples.keep(&*store, Channel::Web, Secrecy::Sealed).await?;
    let joined = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?;
    let dispatch = samples.dispatch(plain.case.id, "swj")?;
    let mut unit = store.begin().await?;
    unit.insert_dispatch(&dispatch).await?;
    unit.move_submission(joined.submission.id, joined.case.id, plain.case.id).await?;
    unit.commit().await?;
    let ids = [&plain, &sealed, &joined].map(|one| one.submission.id);
    let sifted = async |secrecy: &[Secrecy], state: Option<&str>, lead: Option<&str>| -> Result<_, StoreError> {
        let lead = lead.and_then(|code| case::unit::UnitCode::parse(code).ok());
        let mut found = store.read().await?.submissions_standing(&ids, secrecy, state, lead.as_ref()).await?;
        found.sort();
        Ok(found)
    };
    let [first, hidden, repeat] = ids;
    let open = [Secrecy::Ordinary, Secrecy::Confidential];
    assert_eq!(sifted(&open, None, None).await?, [first, repeat]);
    assert_eq!(sifted(&open, Some("registered"), None).await?, [first, repeat], "of the case it belongs to");
    assert_eq!(sifted(&open, Some("joined"), None).await?, [repeat]);
    assert_eq!(sifted(&open, Some("closed"), None).await?, []);
    assert_eq!(sifted(&Secrecy::ALL, None, Some("swj")).await?, [first, repeat]);
    assert_eq!(sifted(&[Secrecy::Sealed], None, None).await?, [hidden]);
    Ok(())
}
