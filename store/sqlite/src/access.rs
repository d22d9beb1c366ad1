//! One connection in the hands of one caller: a reader's or the writer's. The traits of the port are implemented for it in
//! the file of each noun; a reader is only ever handed out as [`store::Lookups`], so it cannot change anything, and
//! SQLite would refuse it.

use async_trait::async_trait;
use sqlx::Sqlite;
use sqlx::SqliteConnection;
use sqlx::pool::PoolConnection;
use store::{StoreError, UnitOfWork};

use crate::error;
use crate::writer::Lease;

pub(crate) struct Access {
    via: Via,
    /// Whether a statement was begun and its end not seen: it failed badly, or the caller gave up waiting for it.
    unsettled: bool,
}

enum Via {
    Reader(PoolConnection<Sqlite>),
    Writer(Lease),
}

/// A statement of this unit of work failed or was given up, so nobody knows what of it happened.
#[derive(Debug, thiserror::Error)]
#[error("an earlier statement of this unit of work failed or was given up: undo it and begin again")]
struct Unsettled;

impl Access {
    pub(crate) const fn to_read(connection: PoolConnection<Sqlite>) -> Self {
        Self { via: Via::Reader(connection), unsettled: false }
    }

    pub(crate) const fn to_write(lease: Lease) -> Self {
        Self { via: Via::Writer(lease), unsettled: false }
    }

    /// The connection, for one statement whose result goes to [`Access::settle`].
    ///
    /// # Errors
    /// An earlier statement of this unit of work was not settled. SQLite may have undone the whole transaction then, and a
    /// further statement would happen outside of it.
    pub(crate) fn database(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        match &mut self.via {
            Via::Reader(connection) => Ok(connection),
            Via::Writer(_) if self.unsettled => Err(StoreError::Unavailable(Box::new(Unsettled))),
            Via::Writer(lease) => {
                self.unsettled = true;
                lease.connection()
            }
        }
    }

    /// Takes note of how a statement about `what` ended.
    pub(crate) fn settle<T>(&mut self, result: Result<T, sqlx::Error>, what: &'static str) -> Result<T, StoreError> {
        let result = result.map_err(|failure| error::of_statement(failure, what));
        self.unsettled = result.as_ref().is_err_and(|failure| !error::is_harmless(failure));
        if let (Err(StoreError::DiskFull(_)), Via::Writer(lease)) = (&result, &mut self.via) {
            lease.note_disk_full();
        }
        result
    }

    /// Like [`Access::settle`] for a change that must touch exactly one row.
    pub(crate) fn settle_one(
        &mut self,
        result: Result<sqlx::sqlite::SqliteQueryResult, sqlx::Error>,
        what: &'static str,
    ) -> Result<(), StoreError> {
        match self.settle(result, what)?.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Conflict { what }),
        }
    }
}

#[async_trait]
impl UnitOfWork for Access {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        match self.via {
            Via::Writer(lease) if !self.unsettled => lease.commit().await,
            // Dropping the lease undoes the unit.
            Via::Writer(_) => Err(StoreError::Unavailable(Box::new(Unsettled))),
            // A reader has changed nothing.
            Via::Reader(_) => Ok(()),
        }
    }
}
