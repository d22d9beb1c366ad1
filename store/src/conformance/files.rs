//! Rules for stored bytes.

use std::sync::Arc;

use case::content_hash::ContentHash;

use super::Outcome;
use crate::files::Files;

/// Rule.
pub async fn bytes_are_given_back(files: Arc<dyn Files>) -> Outcome {
    let bytes: Vec<u8> = (0..=255).cycle().take(200_000).collect();
    let hash = files.put(&bytes).await?;
    assert_eq!(hash, ContentHash::of(&bytes));
    assert!(files.holds(hash).await?);
    assert!(files.get(hash).await? == Some(bytes), "other bytes came back");
    Ok(())
}

/// Rule.
pub async fn empty_bytes_are_bytes(files: Arc<dyn Files>) -> Outcome {
    let hash = files.put(b"").await?;
    assert_eq!(files.get(hash).await?, Some(Vec::new()));
    Ok(())
}

/// Rule.
pub async fn storing_twice_changes_nothing(files: Arc<dyn Files>) -> Outcome {
    let first = files.put("来信".as_bytes()).await?;
    let second = files.put("来信".as_bytes()).await?;
    assert_eq!(first, second);
    assert_eq!(files.get(first).await?.as_deref(), Some("来信".as_bytes()));
    Ok(())
}

/// Rule.
pub async fn unknown_bytes_are_none(files: Arc<dyn Files>) -> Outcome {
    files.put(b"known").await?;
    let unknown = ContentHash::of(b"unknown");
    assert!(!files.holds(unknown).await?);
    assert_eq!(files.get(unknown).await?, None);
    Ok(())
}

/// Rule: different bytes and the same bytes, at the same time.
pub async fn many_at_once_are_all_kept(files: Arc<dyn Files>) -> Outcome {
    let mut writers = Vec::new();
    for number in 0..24 {
        let files = Arc::clone(&files);
        writers.push(tokio::spawn(async move { files.put(format!("件 {}", number % 6).as_bytes()).await }));
    }
    for writer in writers {
        let hash = writer.await??;
        assert!(files.get(hash).await?.is_some(), "what was stored is there at once");
    }
    Ok(())
}
