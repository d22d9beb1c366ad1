//! The rules of the port, on SQLite.

use std::sync::Arc;

use store::Store;
use store::conformance::Opened;
use store_sqlite::{Settings, SqliteStore};
use tempfile::TempDir;

async fn open() -> Opened<dyn Store, TempDir> {
    let folder = tempfile::tempdir()?;
    let store = SqliteStore::open(&folder.path().join("office.db"), Settings::default()).await?;
    Ok((Arc::new(store), folder))
}

store::store_conformance!(open);
