//! What somebody else did to the file is noticed and named.

use case::channel::Channel;
use case::secrecy::Secrecy;
use store::conformance::sample::Samples;
use store::verify::{self, ChainFault};
use store::{Store, StoreError};
use store_sqlite::Settings;

use crate::office::{Office, change, office};

/// Five events, the third of which is about a case.
async fn with_events() -> Office {
    let office = office(Settings::default()).await;
    let samples = Samples::default();
    let case = samples.keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap().case.id;
    let mut unit = office.store.begin().await.unwrap();
    for about in [None, None, Some(case), None, None] {
        unit.append_event(samples.event(about)).await.unwrap();
    }
    unit.commit().await.unwrap();
    office
}

async fn verify(office: &Office) -> Result<verify::EventsVerified, ChainFault> {
    verify::events(&mut *office.store.read().await.unwrap()).await
}

const WITHOUT_TRIGGERS: &str = "DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_removed;";

#[tokio::test]
async fn events_are_neither_changed_nor_removed() {
    let office = with_events().await;
    for statement in [
        "UPDATE events SET event = '{}' WHERE sequence = 2",
        "DELETE FROM events",
        "DELETE FROM events WHERE sequence = 5",
    ] {
        let refused = change(&office.path, statement).await.unwrap_err().to_string();
        assert!(refused.contains("events are append-only"), "{refused}");
    }
    assert_eq!(verify(&office).await.unwrap().count, 5);
}

#[tokio::test]
async fn a_changed_event_is_named() {
    let office = with_events().await;
    change(&office.path, WITHOUT_TRIGGERS).await.unwrap();
    change(&office.path, "UPDATE events SET event = replace(event, '登记', '办结') WHERE sequence = 4").await.unwrap();
    let fault = verify(&office).await.unwrap_err();
    assert!(matches!(fault, ChainFault::Broken { sequence: 4, what: "its content was changed" }), "{fault}");
}

#[tokio::test]
async fn a_removed_event_is_named() {
    let office = with_events().await;
    change(&office.path, WITHOUT_TRIGGERS).await.unwrap();
    change(&office.path, "DELETE FROM events WHERE sequence = 2").await.unwrap();
    let fault = verify(&office).await.unwrap_err();
    assert!(matches!(fault, ChainFault::Broken { sequence: 2, what: "it is missing" }), "{fault}");
}

#[tokio::test]
async fn an_event_put_in_the_place_of_a_removed_one_is_named() {
    let office = with_events().await;
    change(&office.path, WITHOUT_TRIGGERS).await.unwrap();
    change(
        &office.path,
        "DELETE FROM events WHERE sequence = 2; UPDATE events SET sequence = sequence - 1 WHERE sequence > 2",
    )
    .await
    .unwrap();
    let fault = verify(&office).await.unwrap_err();
    let what = "it does not follow the event before it";
    assert!(matches!(fault, ChainFault::Broken { sequence: 2, what: found } if found == what), "{fault}");
}

#[tokio::test]
async fn an_event_hidden_from_its_case_is_named() {
    let office = with_events().await;
    change(&office.path, WITHOUT_TRIGGERS).await.unwrap();
    change(&office.path, "UPDATE events SET case_id = NULL WHERE sequence = 3").await.unwrap();
    let fault = verify(&office).await.unwrap_err();
    assert_eq!(fault.to_string(), "events.case_id of 3 is inconsistent: another case than in `event`");
}

#[tokio::test]
async fn a_value_that_does_not_parse_is_named_without_being_told() {
    let office = office(Settings::default()).await;
    let samples = Samples::default();
    let kept = samples.keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
    let id = kept.submission.id;
    for (statement, column) in [
        (
            "UPDATE submissions SET statement = replace(statement, '\"value\":\"张甲\"', '\"value\":[\"张甲\"]')",
            "statement",
        ),
        ("UPDATE submissions SET channel = 'pigeon'", "channel"),
        ("UPDATE submissions SET query_code = '0OIL'", "query_code"),
        ("UPDATE submissions SET number = 'DZ20261124000010'", "number"),
        ("UPDATE submissions SET sequence = -1", "sequence"),
        ("UPDATE submissions SET received_at = 9223372036854775807", "received_at"),
    ] {
        change(&office.path, "CREATE TABLE kept AS SELECT * FROM submissions").await.unwrap();
        change(&office.path, statement).await.unwrap();
        let fault = office.store.read().await.unwrap().submission(id).await.unwrap_err();
        let StoreError::Inconsistent { table, column: named, row, cause } = fault else { panic!("{fault}") };
        assert_eq!((table, named, row), ("submissions", column, id.to_string()));
        assert!(!cause.contains('张') && !cause.contains("pigeon"), "the value is not told: {cause}");
        change(&office.path, "DELETE FROM submissions; INSERT INTO submissions SELECT * FROM kept; DROP TABLE kept")
            .await
            .unwrap();
    }
    assert_eq!(office.store.read().await.unwrap().submission(id).await.unwrap(), Some(kept.submission));
}

#[tokio::test]
async fn check_names_a_reference_to_nothing_and_a_missing_migration() {
    let office = office(Settings::default()).await;
    Samples::default().keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
    change(&office.path, "PRAGMA foreign_keys = OFF; DELETE FROM arrivals").await.unwrap();
    let fault = office.store.check().await.unwrap_err().to_string();
    assert_eq!(
        fault,
        "database.foreign_key_check of row 1 of submissions is inconsistent: refers to something that is not there"
    );
    change(&office.path, "DELETE FROM _sqlx_migrations").await.unwrap();
    assert!(matches!(office.store.check().await, Err(StoreError::Schema(_))));
}
