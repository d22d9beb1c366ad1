//! `xinqiao reindex`: a new search index from the database, in the place of the one in use when it is whole. Cut off, it goes on where it
//! stopped when it is run again.

use case::problem::Problem;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::intake::receive::failed;
use crate::startup::{self, WorkerLock};

/// Submissions put into the new index at once.
const BATCH: u32 = 200;
/// How far the index has come is noted after the first batch, then after twice as many each time, at most these: a rebuild that is cut off
/// repeats no more than that, and a note costs as much as some hundred submissions.
const MOST_REPEATED: u64 = 5_000;

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
/// Another process works on the data folder, or the store or the engine failed; the index in use is untouched.
pub async fn rebuild(configuration: Configuration) -> Result<u64, Problem> {
    // What a running `serve` puts into a search server meanwhile would be missing from the new index.
    let _lock = WorkerLock::require(&configuration.data)?;
    let gateway = startup::open_for_rebuild(configuration).await?;
    let mut lookups = gateway.store.read().await.map_err(|error| failed(&error))?;
    let total = lookups.submission_count().await.map_err(|error| failed(&error))?;
    let bar = output::progress(total, "重建索引");
    let units = lookups.units().await.map_err(|error| failed(&error))?;
    let mut rebuild = gateway.engine.rebuild().await.map_err(|error| Problem::from(&error))?;
    let mut last = rebuild.resumes_after();
    let (mut kept, mut pause) = (last, u64::from(BATCH));
    if last > 0 {
        tracing::info!(after = last, "the rebuild that was cut off goes on after {last}");
    }
    bar.inc(last.min(total));
    loop {
        let submissions = lookups.submissions_after(last, BATCH).await.map_err(|error| failed(&error))?;
        let Some(newest) = submissions.last() else { break };
        last = newest.sequence;
        let documents = submissions.iter().map(|submission| gateway.document(submission, &units)).collect();
        rebuild.put(documents).await.map_err(|error| Problem::from(&error))?;
        bar.inc(u64::try_from(submissions.len()).unwrap_or(0));
        if last.saturating_sub(kept) >= pause {
            rebuild.keep(last).await.map_err(|error| Problem::from(&error))?;
            (kept, pause) = (last, pause.saturating_mul(2).min(MOST_REPEATED));
            gateway.step("reindex.after_keep");
        }
    }
    rebuild.finish().await.map_err(|error| Problem::from(&error))?;
    bar.finish_and_clear();
    Ok(total)
}
