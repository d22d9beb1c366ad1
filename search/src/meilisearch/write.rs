//! Putting documents into a set of indices.

use std::collections::HashSet;

use case::id::SubmissionId;
use meilisearch_sdk::search::{SearchQuery as Asked, Selectors};
use serde::Deserialize;

use super::layout::Set;
use super::record::Record;
use super::{Connection, Petitions, filter, tasks};
use crate::SearchError;
use crate::document::{Document, Space, latest_of};

/// Records sent in one request: a few megabytes at the worst of ordinary letters, far below the server's hundred.
const BATCH: usize = 200;

#[derive(Deserialize)]
struct Identified {
    id: String,
}

/// Puts documents in and waits until the server has done it. One that changes its space is taken out of the old one first: a crash in
/// between leaves it out of both, never in the wrong one.
pub(super) async fn put(connection: &Connection, set: Set, documents: &[Document]) -> Result<(), SearchError> {
    let latest = latest_of(documents);
    for batch in latest.chunks(BATCH) {
        for (space, other) in [(Space::Ordinary, Space::Sealed), (Space::Sealed, Space::Ordinary)] {
            let ids: Vec<String> = of(batch, space).map(|document| document.submission.to_string()).collect();
            leave(connection, &connection.index_of(set, other), &ids).await?;
        }
        let mut tasks = Vec::new();
        for space in [Space::Ordinary, Space::Sealed] {
            let records: Vec<Record> = of(batch, space).map(Record::of).collect();
            if !records.is_empty() {
                tasks.push(connection.index_of(set, space).add_or_replace(&records, Some("id")).await?);
            }
        }
        for task in &tasks {
            tasks::done(connection, task).await?;
        }
    }
    Ok(())
}

fn of<'a>(batch: &'a [&Document], space: Space) -> impl Iterator<Item = &'a Document> {
    batch.iter().copied().filter(move |document| document.space == space)
}

/// In which of the spaces in use each of `submissions` stands.
pub(super) async fn spaces_of(
    connection: &Connection,
    submissions: &[SubmissionId],
) -> Result<Vec<(SubmissionId, Space)>, SearchError> {
    let ids: Vec<String> = submissions.iter().map(ToString::to_string).collect();
    let mut found = Vec::new();
    for space in [Space::Ordinary, Space::Sealed] {
        let there = those_in(&connection.index(space), &ids).await?;
        found.extend(there.iter().filter_map(|id| id.parse().ok()).map(|id| (id, space)));
    }
    Ok(found)
}

/// Those of `ids` that stand in `index`.
async fn those_in(index: &Petitions, ids: &[String]) -> Result<HashSet<String>, SearchError> {
    let Some(any) = filter::is_one_of("id", ids.iter().map(String::as_str)) else { return Ok(HashSet::new()) };
    let mut asked = Asked::new(index);
    asked.with_filter(&any).with_limit(ids.len()).with_attributes_to_retrieve(Selectors::Some(&["id"]));
    let there = index.execute_query::<Identified>(&asked).await?;
    Ok(there.hits.into_iter().map(|hit| hit.result.id).collect())
}

/// Takes those of `ids` out of `index` that stand in it.
async fn leave(connection: &Connection, index: &Petitions, ids: &[String]) -> Result<(), SearchError> {
    let there = those_in(index, ids).await?;
    if there.is_empty() {
        return Ok(());
    }
    let there: Vec<String> = there.into_iter().collect();
    let task = index.delete_documents(&there).await?;
    tasks::done(connection, &task).await
}
