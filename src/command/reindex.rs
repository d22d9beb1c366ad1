//! `xinqiao reindex`: a new search index from the database, in the place of the one in use when it is whole.

use case::problem::Problem;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::intake::receive::failed;
use crate::judging::index::document;
use crate::startup;

/// Submissions put into the new index at once.
const BATCH: u32 = 200;

/// Rebuilds the index and says how many submissions are in it.
///
/// # Errors
/// The store or the engine failed; the index in use is untouched.
pub async fn run(configuration: Configuration) -> Result<Outcome, Problem> {
    let indexed = rebuild(configuration).await?;
    output::line(&serde_json::json!({ "indexed": indexed }))?;
    Ok(Outcome::Done)
}

/// Rebuilds the index; gives the number of submissions in it.
///
/// # Errors
/// The store or the engine failed; the index in use is untouched.
pub async fn rebuild(configuration: Configuration) -> Result<u64, Problem> {
    let gateway = startup::open_for_rebuild(configuration).await?;
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let total = lookups.submission_count().await.map_err(|error| failed(&error))?;
    let bar = output::progress(total, "重建索引");
    let mut rebuild = gateway.engine.rebuild().await.map_err(|error| Problem::from(&error))?;
    let mut last = 0;
    loop {
        let submissions = lookups.submissions_after(last, BATCH).await.map_err(|error| failed(&error))?;
        let Some(newest) = submissions.last() else { break };
        last = newest.sequence;
        let documents = submissions.iter().map(|submission| document(submission, &gateway.secret)).collect();
        rebuild.put(documents).await.map_err(|error| Problem::from(&error))?;
        bar.inc(u64::try_from(submissions.len()).unwrap_or(0));
    }
    rebuild.finish().await.map_err(|error| Problem::from(&error))?;
    bar.finish_and_clear();
    Ok(total)
}
