//! A database for one test, and ways to reach it from outside.

use std::path::PathBuf;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use store_sqlite::{Settings, SqliteStore};
use tempfile::TempDir;

/// A database in a folder that lives as long as the test.
pub(crate) struct Office {
    pub(crate) store: SqliteStore,
    pub(crate) path: PathBuf,
    pub(crate) folder: TempDir,
}

pub(crate) async fn office(settings: Settings) -> Office {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    Office { store: SqliteStore::open(&path, settings).await.unwrap(), path, folder }
}

/// A connection of somebody else to the same file.
pub(crate) async fn outside(path: &PathBuf) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.unwrap()
}

pub(crate) async fn change(path: &PathBuf, statements: &'static str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(statements).execute(&mut outside(path).await).await.map(|_done| ())
}
