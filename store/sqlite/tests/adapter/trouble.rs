//! What goes wrong while the gateway runs.

use std::time::Duration;

use case::channel::Channel;
use case::secrecy::Secrecy;
use sqlx::Connection;
use store::conformance::sample::Samples;
use store::{Store, StoreError};
use store_sqlite::Settings;

use crate::office::{office, outside};

#[tokio::test]
async fn a_full_disk_is_told_and_loses_nothing_that_was_confirmed() {
    let office = office(Settings { page_limit: Some(200), ..Settings::default() }).await;
    let samples = Samples::default();
    let mut confirmed = Vec::new();
    let full = loop {
        assert!(confirmed.len() < 10_000, "the limit of pages holds");
        let mut registered = samples.registered(Channel::Web, Secrecy::Ordinary).unwrap();
        registered.submission.statement.body = "停水".repeat(2_000);
        let mut unit = office.store.begin().await.unwrap();
        unit.insert_arrival(&registered.arrival).await.unwrap();
        unit.insert_case(&registered.case).await.unwrap();
        match unit.insert_submission(&registered.submission).await {
            Ok(()) => {
                unit.commit().await.unwrap();
                confirmed.push(registered.submission);
            }
            Err(failure) => {
                let after = unit.insert_case(&registered.case).await;
                assert!(matches!(after, Err(StoreError::Unavailable(_))), "nothing more can be done in it: {after:?}");
                assert!(unit.commit().await.is_err(), "nor can it be kept");
                break failure;
            }
        }
    };
    assert!(matches!(full, StoreError::DiskFull(_)), "{full:?}");
    assert!(confirmed.len() > 3);
    let mut lookups = office.store.read().await.unwrap();
    for submission in &confirmed {
        assert_eq!(lookups.submission(submission.id).await.unwrap().as_ref(), Some(submission));
    }
    assert_eq!(lookups.submission_count().await.unwrap(), u64::try_from(confirmed.len()).unwrap());
    office.store.check().await.unwrap();
}

#[tokio::test]
async fn a_unit_whose_step_was_given_up_cannot_be_kept() {
    let office = office(Settings::default()).await;
    let samples = Samples::default();
    let earlier = samples.keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
    let later = samples.keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
    // So many statements that the step is never done when it is first looked at.
    let findings: Vec<_> = (0..5_000).map(|_| samples.finding(&later, &earlier, 0.5)).collect();
    let mut unit = office.store.begin().await.unwrap();
    tokio::select! {
        biased;
        inserted = unit.insert_findings(&findings) => panic!("it was to be given up: {inserted:?}"),
        () = std::future::ready(()) => {}
    }
    let first = findings[0].id;
    assert!(matches!(unit.finding(first).await, Err(StoreError::Unavailable(_))), "nobody knows how far it came");
    assert!(matches!(unit.commit().await, Err(StoreError::Unavailable(_))));
    assert_eq!(office.store.read().await.unwrap().finding(first).await.unwrap(), None);
    samples.keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
}

#[tokio::test]
async fn another_process_that_writes_is_waited_for_and_then_reported() {
    let office = office(Settings { lock_wait: Duration::from_millis(100), ..Settings::default() }).await;
    let mut other = outside(&office.path).await;
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert!(matches!(office.store.begin().await.err(), Some(StoreError::Unavailable(_))));
    office.store.read().await.unwrap().submission_count().await.unwrap();
    lock.rollback().await.unwrap();
    Samples::default().keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
}

#[tokio::test]
async fn look_ups_wait_for_a_connection_only_so_long() {
    let settings = Settings { readers: 1, reader_wait: Duration::from_millis(50), ..Settings::default() };
    let office = office(settings).await;
    let held = office.store.read().await.unwrap();
    assert!(matches!(office.store.read().await.err(), Some(StoreError::Unavailable(_))));
    drop(held);
    office.store.read().await.unwrap();
}
