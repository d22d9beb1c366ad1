//! Opening a file: a new one, one of ours, and what is not.

use case::channel::Channel;
use case::secrecy::Secrecy;
use store::conformance::sample::Samples;
use store::{Store, StoreError};
use store_sqlite::{Settings, SqliteStore};

use crate::office::{Office, change, office, outside};

#[tokio::test]
async fn what_was_committed_is_there_after_opening_again() {
    let Office { store, path, folder: _folder } = office(Settings::default()).await;
    let kept = Samples::default().keep(&store, Channel::Web, Secrecy::Ordinary).await.unwrap();
    store.close().await;
    drop(store);
    let store = SqliteStore::open(&path, Settings::default()).await.unwrap();
    assert_eq!(store.read().await.unwrap().submission(kept.submission.id).await.unwrap(), Some(kept.submission));
    store.check().await.unwrap();
}

#[tokio::test]
async fn commits_are_synced_and_references_are_checked() {
    let office = office(Settings::default()).await;
    let mut lookups = outside(&office.path).await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut lookups).await.unwrap();
    assert_eq!(mode, "wal");
    let samples = Samples::default();
    let orphan = samples.registered(Channel::Web, Secrecy::Ordinary).unwrap().submission;
    let mut unit = office.store.begin().await.unwrap();
    let refused = unit.insert_submission(&orphan).await;
    assert!(matches!(refused, Err(StoreError::Conflict { what: "submission" })), "{refused:?}");
}

#[tokio::test]
async fn a_file_of_something_else_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    let text = "不是数据库".repeat(400);
    std::fs::write(&path, &text).unwrap();
    let refused = SqliteStore::open(&path, Settings::default()).await.err();
    assert!(matches!(refused, Some(StoreError::Schema(_))), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let Office { store, path, folder: _folder } = office(Settings::default()).await;
    change(
        &path,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (20990101000000, 'later', 1, x'00', 0)",
    )
    .await
    .unwrap();
    assert!(matches!(store.check().await, Err(StoreError::Schema(_))));
    let refused = SqliteStore::open(&path, Settings::default()).await.err().map(|refused| refused.to_string());
    let expected = "the database schema does not fit: it has migration 20990101000000, which this version of the program does not know";
    assert_eq!(refused.as_deref(), Some(expected));
}

#[tokio::test]
async fn a_database_made_by_another_migration_of_the_same_name_is_refused() {
    let Office { store, path, folder: _folder } = office(Settings::default()).await;
    change(&path, "UPDATE _sqlx_migrations SET checksum = x'00'").await.unwrap();
    assert!(matches!(store.check().await, Err(StoreError::Schema(_))));
    assert!(matches!(SqliteStore::open(&path, Settings::default()).await.err(), Some(StoreError::Schema(_))));
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing").join("office.db");
    let refused = SqliteStore::open(&path, Settings::default()).await.err();
    assert!(matches!(refused, Some(StoreError::Unavailable(_))), "{refused:?}");
}

#[tokio::test]
async fn a_copy_is_a_whole_database_and_never_written_over() {
    let office = office(Settings::default()).await;
    let samples = Samples::default();
    let kept = samples.keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
    let path = office.folder.path().join("copy.db");
    let unit = office.store.begin().await.unwrap();
    office.store.copy_to(&path).await.unwrap();
    drop(unit);
    samples.keep(&office.store, Channel::Web, Secrecy::Ordinary).await.unwrap();
    assert!(matches!(office.store.copy_to(&path).await, Err(StoreError::Exists { .. })));
    let copy = SqliteStore::open(&path, Settings::default()).await.unwrap();
    copy.check().await.unwrap();
    let mut lookups = copy.read().await.unwrap();
    assert_eq!(lookups.submission(kept.submission.id).await.unwrap(), Some(kept.submission));
    assert_eq!(lookups.submission_count().await.unwrap(), 1, "what came later is not in it");
}
