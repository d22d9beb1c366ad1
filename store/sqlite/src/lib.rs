//! The store port on SQLite: one file, one writer, as many readers as wanted.
//!
//! - `writer` lends the one writing connection to units of work and commits them in groups; durable when `commit` returns.
//! - `access` is a connection in the hands of a caller; each noun of the port has a file that implements its traits for it.
//! - Every query is checked against the migrations when the crate is built (`prepare-queries.sh`); what the macros cannot check, the
//!   types of parameters, the conformance suite of the port does.

use std::path::Path;

use async_trait::async_trait;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite};
use store::{Lookups, Store, StoreError, UnitOfWork};

mod access;
mod arrivals;
mod batches;
mod cases;
mod cell;
mod corrections;
mod dispatches;
mod entry_drafts;
mod error;
mod events;
mod findings;
mod groups;
mod jobs;
mod mailboxes;
mod mails;
mod matters;
mod notices;
mod published_answers;
mod readings;
mod representatives;
mod schema;
mod settings;
mod staff;
mod stickers;
mod submissions;
mod units;
mod writer;

pub use settings::Settings;

use access::Access;
use writer::Writer;

/// A database of one office in one file, beside which SQLite keeps a `-wal` and a `-shm` file.
#[derive(Clone)]
pub struct SqliteStore {
    readers: SqlitePool,
    writer: Writer,
}

impl SqliteStore {
    /// Opens the database at `path`, makes it when it is not there, and brings its schema up to date.
    ///
    /// Must be called inside a tokio runtime, which the writer's task then lives on.
    ///
    /// # Errors
    /// [`StoreError::Schema`] when the file was made by a newer version or is no database of ours,
    /// [`StoreError::DiskFull`] or [`StoreError::Unavailable`] when it cannot be opened.
    pub async fn open(path: &Path, settings: Settings) -> Result<Self, StoreError> {
        let options = writing(path, settings);
        let mut connection = options.connect().await.map_err(schema::of_opening)?;
        schema::migrate(&mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(settings.readers.max(1))
            .acquire_timeout(settings.reader_wait)
            .connect_lazy_with(options.clone().read_only(true).create_if_missing(false));
        let writer = Writer::start(options, connection, settings);
        Ok(Self { readers, writer })
    }

    /// Copies the database as it stands at one moment into a new file, while the gateway works on.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is something at `copy` already, [`StoreError::DiskFull`] or
    /// [`StoreError::Unavailable`] when it cannot be written.
    pub async fn copy_to(&self, copy: &Path) -> Result<(), StoreError> {
        // SQLite would write into a file that is empty.
        let made = tokio::fs::File::create_new(copy).await;
        let file = made.map_err(|failure| match failure.kind() {
            std::io::ErrorKind::AlreadyExists => StoreError::Exists { what: "file" },
            _ => StoreError::Unavailable(Box::new(failure)),
        })?;
        let path = copy.to_str().ok_or_else(|| StoreError::Unavailable("the path is not UTF-8".into()))?;
        let mut connection = self.reader().await?;
        if let Err(failure) = sqlx::query("VACUUM INTO $1").bind(path).execute(&mut *connection).await {
            // What is there is part of a copy, and is ours.
            let _gone = tokio::fs::remove_file(copy).await;
            return Err(error::of_statement(failure, "copy"));
        }
        file.sync_all().await.map_err(|failure| StoreError::Unavailable(Box::new(failure)))
    }

    async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.readers.acquire().await.map_err(|failure| error::of_statement(failure, "connection"))
    }

    /// Closes the connections to read from, and waits until what they were doing has ended. The writer's connection is closed when
    /// the last clone of this store is dropped.
    pub async fn close(&self) {
        self.readers.close().await;
    }
}

/// How the writing connection is opened.
fn writing(path: &Path, settings: Settings) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: the log is synced at each commit. With NORMAL a receipt could be given out for what a loss of power takes back.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(settings.lock_wait)
        // The log shrinks back to this many bytes after a burst.
        .pragma("journal_size_limit", "67108864")
        .disable_statement_logging();
    match settings.page_limit {
        Some(pages) => options.pragma("max_page_count", pages.to_string()),
        None => options,
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn read(&self) -> Result<Box<dyn Lookups>, StoreError> {
        Ok(Box::new(Access::to_read(self.reader().await?)))
    }

    async fn snapshot(&self) -> Result<Box<dyn Lookups>, StoreError> {
        let begun = self.readers.begin().await;
        Ok(Box::new(Access::to_read_one_moment(begun.map_err(|failure| error::of_statement(failure, "connection"))?)))
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(Box::new(Access::to_write(self.writer.lease().await?)))
    }

    async fn check(&self) -> Result<(), StoreError> {
        let mut connection =
            self.readers.acquire().await.map_err(|failure| error::of_statement(failure, "connection"))?;
        schema::check(&mut connection).await
    }
}
