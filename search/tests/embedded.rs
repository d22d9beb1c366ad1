//! The embedded engine: the conformance suite, and what only an engine in a folder can do wrong.

#![expect(clippy::unwrap_used, reason = "a test: a panic is its failure")]

use search::SearchError;
use search::conformance::petition;
use search::embedded::EmbeddedEngine;
use search::engine::{Reach, SearchEngine, SearchQuery};
use tempfile::TempDir;

async fn fresh() -> (EmbeddedEngine, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (EmbeddedEngine::open(folder.path()).unwrap(), folder)
}

search::engine_behaves!(fresh);

async fn total(engine: &EmbeddedEngine, words: &str) -> usize {
    let query = SearchQuery::words(Reach::Both, words, 10);
    engine.search(&query).await.unwrap().total
}

#[tokio::test]
async fn what_was_put_is_there_after_reopening() {
    let (engine, folder) = fresh().await;
    engine.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    drop(engine);
    let engine = EmbeddedEngine::open(folder.path()).unwrap();
    assert_eq!(total(&engine, "路灯").await, 1);
    engine.put(vec![petition(2, "路灯又坏", "两天了")]).await.unwrap();
    assert_eq!(total(&engine, "路灯").await, 2);
}

#[tokio::test]
async fn another_process_reads_while_one_writes_and_cannot_write() {
    let (writer, folder) = fresh().await;
    writer.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    let reader = EmbeddedEngine::open(folder.path()).unwrap();
    assert_eq!(total(&reader, "路灯").await, 1);
    writer.put(vec![petition(2, "路灯又坏", "两天了")]).await.unwrap();
    assert_eq!(total(&reader, "路灯").await, 2);
    assert!(matches!(reader.put(vec![petition(3, "甲", "乙")]).await, Err(SearchError::InUse)));
    assert!(matches!(reader.rebuild().await, Err(SearchError::InUse)));
    let rebuild = writer.rebuild().await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(total(&reader, "路灯").await, 0);
}

#[tokio::test]
async fn two_rebuilds_at_once_are_refused() {
    let (engine, _folder) = fresh().await;
    let first = engine.rebuild().await.unwrap();
    assert!(matches!(engine.rebuild().await, Err(SearchError::InUse)));
    drop(first);
    assert!(engine.rebuild().await.is_ok());
}

#[tokio::test]
async fn an_index_of_another_version_is_refused_until_it_is_rebuilt() {
    let (engine, folder) = fresh().await;
    engine.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    drop(engine);
    let current = std::fs::read_to_string(folder.path().join("current")).unwrap();
    std::fs::write(folder.path().join(current.trim()).join("version"), "0").unwrap();
    assert!(matches!(EmbeddedEngine::open(folder.path()), Err(SearchError::Version { .. })));
    let engine = EmbeddedEngine::open_for_rebuild(folder.path()).unwrap();
    assert!(matches!(engine.statistics().await, Err(SearchError::Version { .. })));
    assert!(engine.put(vec![petition(1, "甲", "乙")]).await.is_err());
    let mut rebuild = engine.rebuild().await.unwrap();
    engine.put(vec![petition(2, "井盖破损", "今天")]).await.unwrap();
    rebuild.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(total(&engine, "路灯").await, 1);
    assert_eq!(total(&engine, "井盖").await, 1, "what is put while it is rebuilt is in it");
    drop(engine);
    assert_eq!(total(&EmbeddedEngine::open(folder.path()).unwrap(), "路灯").await, 1);
}

#[tokio::test]
async fn a_damaged_index_is_named_and_can_be_rebuilt() {
    let (engine, folder) = fresh().await;
    engine.put(vec![petition(1, "路灯不亮", "三天了")]).await.unwrap();
    drop(engine);
    let current = std::fs::read_to_string(folder.path().join("current")).unwrap();
    std::fs::remove_file(folder.path().join(current.trim()).join("ordinary/meta.json")).unwrap();
    assert!(matches!(EmbeddedEngine::open(folder.path()), Err(SearchError::Damaged(_))));
    let engine = EmbeddedEngine::open_for_rebuild(folder.path()).unwrap();
    engine.rebuild().await.unwrap().finish().await.unwrap();
    assert_eq!(total(&engine, "路灯").await, 0);
}

#[tokio::test]
async fn what_a_crash_left_is_cleared_by_the_next_writer() {
    let (engine, folder) = fresh().await;
    std::mem::forget(engine.rebuild().await.unwrap());
    let unfinished = folder.path().join("generation-00000002");
    assert!(unfinished.exists());
    // The lock of the first engine would still be held in this process: the next one works on a copy of the folder, as a
    // process after a crash would find it.
    let copy = tempfile::tempdir().unwrap();
    copy_folder(folder.path(), copy.path());
    let next = EmbeddedEngine::open(copy.path()).unwrap();
    next.put(vec![petition(1, "路灯", "不亮")]).await.unwrap();
    assert!(!copy.path().join("generation-00000002").exists());
    assert_eq!(total(&next, "路灯").await, 1);
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
