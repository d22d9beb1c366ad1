//! The writer's connection in the hands of one unit of work.

use sqlx::SqliteConnection;
use store::StoreError;
use tokio::sync::oneshot;

use super::{Failure, Gone};

/// The right to use the writer's connection. Whatever becomes of it, the connection goes back to the writer: with
/// [`Lease::commit`], or, when the lease is dropped at any point, with the order to undo the unit.
pub(crate) struct Lease {
    /// The connection and the way back for it; `None` once it has gone back.
    held: Option<(SqliteConnection, oneshot::Sender<Returned>)>,
    /// Whether a statement of the unit failed for lack of space.
    disk_full: bool,
}

/// A connection that comes back.
pub(super) struct Returned {
    pub(super) connection: SqliteConnection,
    pub(super) outcome: Outcome,
}

/// What the unit wants done.
pub(super) enum Outcome {
    /// Keep its changes, and tell it when they are durable or lost.
    Keep(oneshot::Sender<Result<(), Failure>>),
    /// Undo its changes.
    Undo {
        /// Whether it failed for lack of space: then SQLite may have undone the units before it too, and they must be told why.
        disk_full: bool,
    },
}

impl Lease {
    /// A lease and where its connection will come back.
    pub(super) fn new(connection: SqliteConnection) -> (Self, oneshot::Receiver<Returned>) {
        let (way_back, returned) = oneshot::channel();
        (Self { held: Some((connection, way_back)), disk_full: false }, returned)
    }

    /// The connection, inside the unit's savepoint.
    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        match &mut self.held {
            Some((connection, _)) => Ok(connection),
            None => Err(StoreError::Unavailable(Box::new(Gone))),
        }
    }

    /// Notes that a statement failed for lack of space.
    pub(crate) const fn note_disk_full(&mut self) {
        self.disk_full = true;
    }

    /// Gives the connection back and waits until the unit's changes are durable. A caller that stops waiting no longer
    /// learns what became of them; they are kept if the group is.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        let (tell, told) = oneshot::channel();
        self.give_back(Outcome::Keep(tell));
        match told.await {
            Ok(result) => result.map_err(StoreError::from),
            Err(_closed) => Err(StoreError::Unavailable(Box::new(Gone))),
        }
    }

    fn give_back(&mut self, outcome: Outcome) {
        if let Some((connection, way_back)) = self.held.take() {
            // Nobody there: the writer is gone with its runtime, and closing the connection undoes everything open.
            let _closed = way_back.send(Returned { connection, outcome });
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.give_back(Outcome::Undo { disk_full: self.disk_full });
    }
}
