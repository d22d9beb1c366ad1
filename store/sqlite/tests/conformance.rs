//! The rules of the port, on SQLite.

use std::sync::Arc;

use store::Store;
use store_sqlite::{Settings, SqliteStore};
use tempfile::TempDir;

async fn open() -> (Arc<dyn Store>, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = SqliteStore::open(&folder.path().join("office.db"), Settings::default()).await.expect("a fresh database");
    (Arc::new(store), folder)
}

store::store_conformance!(open);
