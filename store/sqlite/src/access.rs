//! One connection in the hands of one caller: a reader's or the writer's. The traits of the port are implemented for it in
//! the file of each noun; a reader is only ever handed out as [`store::Lookups`], so it cannot change anything, and
//! SQLite would refuse it.

use std::ops::{Deref, DerefMut};

use async_trait::async_trait;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, Sqlite, SqliteConnection, Transaction};
use store::{Page, StoreError, UnitOfWork};

use crate::cell::Row;
use crate::error;
use crate::writer::Lease;

pub(crate) struct Access {
    via: Via,
    /// Whether a statement was begun and its end not seen: it failed badly, or the caller gave up waiting for it.
    unsettled: bool,
}

enum Via {
    Reader(PoolConnection<Sqlite>),
    /// In a transaction that is undone when it is dropped.
    Snapshot(Transaction<'static, Sqlite>),
    Writer(Lease),
}

/// A connection on which nothing changes between two statements.
pub(crate) enum Moment<'a> {
    /// A reader's, in a transaction that is undone when it is dropped.
    Own(Transaction<'a, Sqlite>),
    /// Of a snapshot or of the writer's unit of work: it is in a transaction already.
    Begun(&'a mut SqliteConnection),
}

impl Deref for Moment<'_> {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Own(transaction) => transaction,
            Self::Begun(connection) => connection,
        }
    }
}

impl DerefMut for Moment<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Own(transaction) => transaction,
            Self::Begun(connection) => connection,
        }
    }
}

/// A statement of this unit of work failed or was given up, so nobody knows what of it happened.
#[derive(Debug, thiserror::Error)]
#[error("an earlier statement of this unit of work failed or was given up: undo it and begin again")]
struct Unsettled;

impl Access {
    pub(crate) const fn to_read(connection: PoolConnection<Sqlite>) -> Self {
        Self { via: Via::Reader(connection), unsettled: false }
    }

    pub(crate) const fn to_read_one_moment(transaction: Transaction<'static, Sqlite>) -> Self {
        Self { via: Via::Snapshot(transaction), unsettled: false }
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
            Via::Snapshot(transaction) => Ok(transaction),
            Via::Writer(_) if self.unsettled => Err(StoreError::Unavailable(Box::new(Unsettled))),
            Via::Writer(lease) => {
                self.unsettled = true;
                lease.connection()
            }
        }
    }

    /// The connection for several statements of one lookup about `what`: they see what was committed when the first began. To be dropped
    /// before their results are settled.
    ///
    /// # Errors
    /// As [`Access::database`], or the store failed.
    pub(crate) async fn moment(&mut self, what: &'static str) -> Result<Moment<'_>, StoreError> {
        let is_reader = matches!(self.via, Via::Reader(_));
        let connection = self.database()?;
        if !is_reader {
            return Ok(Moment::Begun(connection));
        }
        let begun = connection.begin().await;
        begun.map(Moment::Own).map_err(|failure| error::of_statement(failure, what))
    }

    /// Like [`Access::settle`] for a page of rows about `what` with the number of all, read in one [`Access::moment`].
    pub(crate) fn settle_page<R, T: TryFrom<R, Error = StoreError>>(
        &mut self,
        rows: Result<Vec<R>, sqlx::Error>,
        total: Result<i64, sqlx::Error>,
        what: &'static str,
    ) -> Result<Page<T>, StoreError> {
        let (rows, total) = (self.settle(rows, what)?, self.settle(total, what)?);
        let rows = rows.into_iter().map(T::try_from).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: Row::of(what, "all").count("count", total)? })
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
            Via::Reader(_) | Via::Snapshot(_) => Ok(()),
        }
    }
}
