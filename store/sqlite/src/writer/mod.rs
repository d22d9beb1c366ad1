//! The one writer, with group commit.
//!
//! SQLite has one writer at a time, and a durable commit costs a sync of the disk, which takes longer than everything else.
//! So units of work that come close together share one commit. A task owns the only writing connection and lends
//! it to one unit after the other:
//!
//! ```text
//! BEGIN IMMEDIATE            the first unit of a group has come
//!   SAVEPOINT unit           lent to a unit ...
//!   RELEASE unit             ... which wants its changes kept, and now waits
//!   SAVEPOINT unit           lent to the next one ...
//!   ROLLBACK TO unit; RELEASE unit      ... which was dropped: only its own changes are undone
//! COMMIT                     nobody is waiting for the writer, or the group is large or old enough; all are told
//! ```
//!
//! What holds:
//!
//! - A unit is told that it is durable only after COMMIT has returned, with `synchronous=FULL`.
//! - If COMMIT fails, every unit of the group is told so, and nothing of the group happened.
//! - The decision to commit is the task's alone. A unit that is dropped, cancelled or never claimed gives the connection back,
//!   so a group cannot be left open.
//! - Readers use other connections and see a group only after its COMMIT. A unit sees the kept changes of the units before it in
//!   its group: if the group fails, both are undone.
//! - After any failure of the connection itself it is closed, which undoes what was open, and a fresh one is opened.

use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use store::StoreError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::Settings;

mod failure;
mod lease;
#[cfg(test)]
mod tests;

use failure::Failure;
pub(crate) use lease::Lease;
use lease::{Outcome, Returned};

/// How long a unit of work may hold the writer before each warning about it. It cannot be taken away from the unit: whoever
/// began the unit must not await anything but the store in it.
const LONG_UNIT: Duration = Duration::from_secs(5);

/// The writer's task has ended: its runtime is shutting down.
#[derive(Debug, thiserror::Error)]
#[error("the database's writer has ended")]
pub(crate) struct Gone;

/// Somebody who waits for a lease.
type Request = oneshot::Sender<Result<Lease, Failure>>;

/// Where units of work ask for the writer.
#[derive(Clone)]
pub(crate) struct Writer {
    requests: mpsc::Sender<Request>,
}

impl Writer {
    /// Starts the task that owns the writing connection. It ends, and closes the connection, when the last [`Writer`] is
    /// dropped.
    pub(crate) fn start(options: SqliteConnectOptions, connection: SqliteConnection, settings: Settings) -> Self {
        let (requests, waiting) = mpsc::channel(settings.queue.max(1));
        let task = Task { options, connection: Some(connection), settings, waiting };
        tokio::spawn(task.run());
        Self { requests }
    }

    /// Waits for the writer.
    pub(crate) async fn lease(&self) -> Result<Lease, StoreError> {
        let gone = |()| StoreError::Unavailable(Box::new(Gone));
        let (request, granted) = oneshot::channel();
        self.requests.send(request).await.map_err(|_closed| gone(()))?;
        granted.await.map_err(|_closed| gone(()))?.map_err(StoreError::from)
    }
}

/// How a group ended too early: why, and the unit that was being kept at that moment.
struct Broken {
    failure: Failure,
    unit: Option<Waiter>,
}

/// A unit that waits to hear what became of its changes.
type Waiter = oneshot::Sender<Result<(), Failure>>;

struct Task {
    options: SqliteConnectOptions,
    /// `None` after a failure, until the next group opens a fresh one.
    connection: Option<SqliteConnection>,
    settings: Settings,
    waiting: mpsc::Receiver<Request>,
}

impl Task {
    async fn run(mut self) {
        while let Some(first) = self.waiting.recv().await {
            self.group(first).await;
        }
        if let Some(connection) = self.connection {
            close(connection).await;
        }
    }

    /// One group: from BEGIN to COMMIT.
    async fn group(&mut self, first: Request) {
        let mut connection = match self.begin().await {
            Ok(connection) => connection,
            Err(failure) => return self.refuse(first, &failure),
        };
        // Only a length of time is measured here; no moment of it is kept, so this does not go through the Clock port.
        let begun = Instant::now();
        let mut kept: Vec<Waiter> = Vec::new();
        let mut next = Some(first);
        while let Some(request) = next.take() {
            // The one who asked may have gone while waiting.
            if !request.is_closed() {
                connection = match lend(connection, request, &mut kept).await {
                    Ok(connection) => connection,
                    Err(Broken { failure, unit }) => return tell_failed(kept.into_iter().chain(unit), &failure),
                };
            }
            if kept.len() < self.settings.group_units && begun.elapsed() < self.settings.group_age {
                next = self.waiting.try_recv().ok();
            }
        }
        match execute(&mut connection, "COMMIT").await {
            Ok(()) => {
                self.connection = Some(connection);
                for waiter in kept {
                    // Whoever stopped waiting does not want to know.
                    let _gone = waiter.send(Ok(()));
                }
            }
            Err(failure) => {
                close(connection).await;
                tell_failed(kept, &failure);
            }
        }
    }

    /// The connection with the write lock.
    async fn begin(&mut self) -> Result<SqliteConnection, Failure> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        match execute(&mut connection, "BEGIN IMMEDIATE").await {
            Ok(()) => Ok(connection),
            Err(failure) => {
                close(connection).await;
                Err(failure)
            }
        }
    }

    /// Tells everybody who is waiting that the writer cannot begin: waiting for the same lock one after the other would only
    /// make them fail later.
    fn refuse(&mut self, first: Request, failure: &Failure) {
        tracing::warn!(cause = %failure, "the writer cannot begin");
        let mut next = Some(first);
        while let Some(request) = next {
            let _gone = request.send(Err(failure.clone()));
            next = self.waiting.try_recv().ok();
        }
    }
}

/// Lends the connection to one unit, and keeps or undoes what it did.
async fn lend(
    mut connection: SqliteConnection,
    request: Request,
    kept: &mut Vec<Waiter>,
) -> Result<SqliteConnection, Broken> {
    if let Err(failure) = execute(&mut connection, "SAVEPOINT unit").await {
        close(connection).await;
        let _gone = request.send(Err(failure.clone()));
        return Err(Broken { failure, unit: None });
    }
    let (lease, mut returned) = Lease::new(connection);
    // If the one who asked has gone meanwhile, the lease is dropped here, and comes back at once.
    drop(request.send(Ok(lease)));
    let back = loop {
        if let Ok(back) = tokio::time::timeout(LONG_UNIT, &mut returned).await {
            break back;
        }
        tracing::warn!("a unit of work has held the writer for long: it awaits something it must not");
    };
    let Ok(Returned { mut connection, outcome }) = back else {
        return Err(Broken { failure: sqlx::Error::WorkerCrashed.into(), unit: None });
    };
    let (result, unit) = match outcome {
        Outcome::Keep(waiter) => (execute(&mut connection, "RELEASE unit").await, Some(waiter)),
        Outcome::Undo { disk_full } => {
            (undo(&mut connection).await.map_err(|failure| failure.or_full(disk_full)), None)
        }
    };
    match result {
        Ok(()) => {
            kept.extend(unit);
            Ok(connection)
        }
        Err(failure) => {
            close(connection).await;
            Err(Broken { failure, unit })
        }
    }
}

/// Undoes the unit alone. Fails when there is no savepoint any more: SQLite undid the whole transaction by itself, as it may when
/// the disk is full.
async fn undo(connection: &mut SqliteConnection) -> Result<(), Failure> {
    execute(connection, "ROLLBACK TO unit").await?;
    execute(connection, "RELEASE unit").await
}

async fn execute(connection: &mut SqliteConnection, command: &'static str) -> Result<(), Failure> {
    sqlx::query(command).execute(connection).await?;
    Ok(())
}

/// Closes a connection; what is open in it is undone.
async fn close(connection: SqliteConnection) {
    if let Err(cause) = connection.close().await {
        tracing::warn!(cause = %cause, "the writer's connection was not closed cleanly");
    }
}

fn tell_failed(waiters: impl IntoIterator<Item = Waiter>, failure: &Failure) {
    tracing::error!(cause = %failure, "a group of units of work was not committed");
    for waiter in waiters {
        let _gone = waiter.send(Err(failure.clone()));
    }
}
