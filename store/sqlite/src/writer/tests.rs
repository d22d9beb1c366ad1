use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use tempfile::TempDir;
use tokio::sync::Barrier;

use super::*;
use crate::error;

/// A database with one table `note`, its writer, and a way to look at it from outside.
struct Desk {
    writer: Writer,
    path: PathBuf,
    _folder: TempDir,
}

const PLAIN: Settings = Settings {
    readers: 1,
    reader_wait: Duration::from_secs(5),
    lock_wait: Duration::from_millis(200),
    group_units: 64,
    group_age: Duration::from_secs(60),
    queue: 1024,
    page_limit: None,
};

fn options(path: &PathBuf, settings: Settings) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(settings.lock_wait);
    match settings.page_limit {
        Some(pages) => options.pragma("max_page_count", pages.to_string()),
        None => options,
    }
}

impl Desk {
    async fn open(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        let options = options(&path, settings);
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(
            "CREATE TABLE note (text TEXT NOT NULL UNIQUE, about TEXT REFERENCES note (text) DEFERRABLE) STRICT",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        Self { writer: Writer::start(options, connection, settings), path, _folder: folder }
    }

    /// The notes that another process sees.
    async fn notes(&self) -> Vec<String> {
        let mut outside = options(&self.path, PLAIN).connect().await.unwrap();
        sqlx::query_scalar("SELECT text FROM note ORDER BY text").fetch_all(&mut outside).await.unwrap()
    }
}

async fn note(lease: &mut Lease, text: &str) -> Result<(), sqlx::Error> {
    let connection = lease.connection().unwrap();
    sqlx::query("INSERT INTO note (text) VALUES ($1)").bind(text).execute(connection).await.map(|_one| ())
}

/// Begins the commit of `lease` and leaves it waiting: gives a task to wait for.
fn committing(lease: Lease) -> tokio::task::JoinHandle<Result<(), StoreError>> {
    tokio::spawn(lease.commit())
}

/// Asks for a lease in a task of its own.
fn asking(desk: &Desk) -> tokio::task::JoinHandle<Result<Lease, StoreError>> {
    let writer = desk.writer.clone();
    tokio::spawn(async move { writer.lease().await })
}

/// Lets everything else run until it waits. (The runtime of these tests has one thread, so this is no guess.)
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

/// Fails instead of waiting for ever.
async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work).await.expect("it does not wait for somebody else")
}

/// Two leases of one group: the first is committing and waits for the group, the second has begun.
async fn group_of_two(desk: &Desk) -> (tokio::task::JoinHandle<Result<(), StoreError>>, Lease) {
    let mut first = desk.writer.lease().await.unwrap();
    note(&mut first, "first").await.unwrap();
    let second = asking(desk);
    settle().await;
    let first = committing(first);
    let second = second.await.unwrap().unwrap();
    (first, second)
}

#[tokio::test]
async fn a_unit_alone_is_committed_at_once() {
    let desk = Desk::open(PLAIN).await;
    let mut lease = desk.writer.lease().await.unwrap();
    note(&mut lease, "alone").await.unwrap();
    assert_eq!(desk.notes().await, Vec::<String>::new(), "nobody sees it before");
    lease.commit().await.unwrap();
    assert_eq!(desk.notes().await, ["alone"]);
}

#[tokio::test]
async fn units_of_a_group_are_committed_together() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    note(&mut second, "second").await.unwrap();
    settle().await;
    assert!(!first.is_finished(), "it waits for its group");
    assert_eq!(desk.notes().await, Vec::<String>::new(), "nothing is seen of a group that is open");
    second.commit().await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(desk.notes().await, ["first", "second"]);
}

#[tokio::test]
async fn a_unit_dropped_in_a_group_is_undone_alone_and_the_group_is_committed() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    note(&mut second, "second").await.unwrap();
    drop(second);
    first.await.unwrap().unwrap();
    assert_eq!(desk.notes().await, ["first"]);
}

#[tokio::test]
async fn a_unit_dropped_in_the_middle_of_a_statement_is_undone_alone() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    let slow = tokio::spawn(async move {
        let connection = second.connection().unwrap();
        let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
                    INSERT INTO note (text) SELECT i FROM n";
        sqlx::query(rows).execute(connection).await
    });
    settle().await;
    slow.abort();
    assert!(slow.await.unwrap_err().is_cancelled(), "it was stopped before its end");
    first.await.unwrap().unwrap();
    assert_eq!(desk.notes().await, ["first"]);
}

#[tokio::test]
async fn one_who_gives_up_waiting_leaves_no_group_open() {
    let desk = Desk::open(PLAIN).await;
    let mut first = desk.writer.lease().await.unwrap();
    note(&mut first, "first").await.unwrap();
    let second = asking(&desk);
    settle().await;
    // The first one does not end the group by itself, since somebody waits for the writer; that one goes away at the same moment.
    let first = committing(first);
    second.abort();
    first.await.unwrap().unwrap();
    assert_eq!(desk.notes().await, ["first"]);
}

#[tokio::test]
async fn one_who_gives_up_waiting_for_the_commit_changes_nothing_for_the_group() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    note(&mut second, "second").await.unwrap();
    settle().await;
    first.abort();
    second.commit().await.unwrap();
    assert_eq!(desk.notes().await, ["first", "second"], "once it was given for commit it is kept");
}

#[tokio::test]
async fn a_refused_record_in_one_unit_leaves_the_group_alone() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    note(&mut second, "second").await.unwrap();
    assert!(note(&mut second, "first").await.is_err(), "there is such a note");
    note(&mut second, "third").await.unwrap();
    second.commit().await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(desk.notes().await, ["first", "second", "third"]);
}

#[tokio::test]
async fn if_the_commit_fails_all_are_told_and_nothing_happened() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    // A reference that is checked at COMMIT only: no statement fails, COMMIT does.
    sqlx::raw_sql("PRAGMA defer_foreign_keys = ON; INSERT INTO note (text, about) VALUES ('second', 'missing')")
        .execute(second.connection().unwrap())
        .await
        .unwrap();
    let third = asking(&desk);
    settle().await;
    let second = committing(second);
    let mut third = third.await.unwrap().unwrap();
    note(&mut third, "third").await.unwrap();
    let third = third.commit().await;
    for failed in [first.await.unwrap(), second.await.unwrap(), third] {
        assert!(matches!(failed, Err(StoreError::Unavailable(_))), "{failed:?}");
    }
    assert_eq!(desk.notes().await, Vec::<String>::new());
    // And the writer goes on.
    let mut next = desk.writer.lease().await.unwrap();
    note(&mut next, "next").await.unwrap();
    next.commit().await.unwrap();
    assert_eq!(desk.notes().await, ["next"]);
}

#[tokio::test]
async fn a_full_disk_in_a_group_is_told_to_all_of_it() {
    let desk = Desk::open(Settings { page_limit: Some(20), ..PLAIN }).await;
    let (first, mut second) = group_of_two(&desk).await;
    let failure = note(&mut second, &"x".repeat(200_000)).await.unwrap_err();
    assert!(error::is_full(&failure), "{failure}");
    second.note_disk_full();
    drop(second);
    // SQLite may have undone the statement alone or the whole transaction. In both cases what is told is what happened.
    match first.await.unwrap() {
        Ok(()) => assert_eq!(desk.notes().await, ["first"]),
        Err(told) => {
            assert!(matches!(told, StoreError::DiskFull(_)), "{told:?}");
            assert_eq!(desk.notes().await, Vec::<String>::new());
        }
    }
    let mut small = desk.writer.lease().await.unwrap();
    note(&mut small, "small").await.unwrap();
    small.commit().await.unwrap();
    assert!(desk.notes().await.contains(&"small".to_owned()));
}

#[tokio::test]
async fn if_sqlite_undid_the_group_by_itself_all_are_told() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    // What SQLite may do by itself when the disk is full or fails.
    sqlx::query("ROLLBACK").execute(second.connection().unwrap()).await.unwrap();
    second.note_disk_full();
    drop(second);
    assert!(matches!(first.await.unwrap(), Err(StoreError::DiskFull(_))));
    assert_eq!(desk.notes().await, Vec::<String>::new());
    let (first, mut second) = group_of_two(&desk).await;
    sqlx::query("ROLLBACK").execute(second.connection().unwrap()).await.unwrap();
    assert!(second.commit().await.is_err(), "nor is it told that it is durable");
    assert!(first.await.unwrap().is_err());
    assert_eq!(desk.notes().await, Vec::<String>::new());
}

#[tokio::test]
async fn another_process_with_the_lock_is_waited_for() {
    let desk = Desk::open(Settings { lock_wait: Duration::from_secs(30), ..PLAIN }).await;
    let mut outside = options(&desk.path, PLAIN).connect().await.unwrap();
    execute(&mut outside, "BEGIN IMMEDIATE").await.unwrap();
    let waiting = asking(&desk);
    settle().await;
    assert!(!waiting.is_finished());
    execute(&mut outside, "COMMIT").await.unwrap();
    let mut lease = waiting.await.unwrap().unwrap();
    note(&mut lease, "at last").await.unwrap();
    lease.commit().await.unwrap();
    assert_eq!(desk.notes().await, ["at last"]);
}

#[tokio::test]
async fn another_process_that_keeps_the_lock_fails_all_who_wait_at_once() {
    let desk = Desk::open(PLAIN).await;
    let mut outside = options(&desk.path, PLAIN).connect().await.unwrap();
    execute(&mut outside, "BEGIN IMMEDIATE").await.unwrap();
    let begun = Instant::now();
    let waiting: Vec<_> = (0..50).map(|_| asking(&desk)).collect();
    for one in waiting {
        assert!(matches!(one.await.unwrap(), Err(StoreError::Unavailable(_))));
    }
    assert!(begun.elapsed() < PLAIN.lock_wait * 10, "they did not wait one after the other");
    execute(&mut outside, "COMMIT").await.unwrap();
    let mut lease = desk.writer.lease().await.unwrap();
    note(&mut lease, "after").await.unwrap();
    lease.commit().await.unwrap();
}

#[tokio::test]
async fn a_group_has_at_most_so_many_units() {
    let desk = Desk::open(Settings { group_units: 2, ..PLAIN }).await;
    let (first, mut second) = group_of_two(&desk).await;
    note(&mut second, "second").await.unwrap();
    let third = asking(&desk);
    settle().await;
    soon(second.commit()).await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(desk.notes().await, ["first", "second"], "durable although a third one waited");
    third.await.unwrap().unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn a_group_that_is_old_enough_takes_no_more() {
    let desk = Desk::open(Settings { group_age: Duration::ZERO, ..PLAIN }).await;
    let mut first = desk.writer.lease().await.unwrap();
    note(&mut first, "first").await.unwrap();
    let second = asking(&desk);
    settle().await;
    soon(first.commit()).await.unwrap();
    assert_eq!(desk.notes().await, ["first"], "durable although a second one waited");
    drop(second.await.unwrap().unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_hundred_tasks_exactly_those_that_were_told_so_are_durable() {
    let desk = Arc::new(Desk::open(Settings { group_units: 7, ..PLAIN }).await);
    let start = Arc::new(Barrier::new(100));
    let mut tasks = Vec::new();
    for number in 0..100 {
        let (desk, start) = (Arc::clone(&desk), Arc::clone(&start));
        tasks.push(tokio::spawn(async move {
            start.wait().await;
            let mut lease = desk.writer.lease().await.unwrap();
            note(&mut lease, &format!("{number:03}")).await.unwrap();
            match number % 5 {
                // Dropped after a change.
                0 => None,
                // A refused record, then dropped.
                1 => {
                    note(&mut lease, &format!("{number:03}")).await.unwrap_err();
                    None
                }
                _ => {
                    lease.commit().await.unwrap();
                    Some(format!("{number:03}"))
                }
            }
        }));
    }
    let mut told = Vec::new();
    for task in tasks {
        told.extend(task.await.unwrap());
    }
    told.sort();
    assert_eq!(told.len(), 60);
    assert_eq!(desk.notes().await, told);
}

#[tokio::test]
async fn a_writer_that_is_dropped_finishes_what_was_given_to_it() {
    let desk = Desk::open(PLAIN).await;
    let (first, mut second) = group_of_two(&desk).await;
    let Desk { writer, path, _folder } = desk;
    drop(writer);
    note(&mut second, "second").await.unwrap();
    second.commit().await.unwrap();
    first.await.unwrap().unwrap();
    let mut outside = options(&path, PLAIN).connect().await.unwrap();
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM note").fetch_one(&mut outside).await.unwrap();
    assert_eq!(count, 2);
}
