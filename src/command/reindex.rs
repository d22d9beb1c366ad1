//! `xinqiao reindex`: a new search index from the database, in the place of the one in use when it is whole. Beside a running `serve`,
//! that process makes it in the background; otherwise this one does. Cut off, it goes on where it stopped when either is run again.

use case::actor::Actor;
use case::problem::{Problem, ProblemCode};
use store::jobs::Claim;

use crate::command::{Outcome, output};
use crate::configuration::Configuration;
use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{Queue, Task};
use crate::startup::{self, WorkerLock};

/// How often the bar is drawn.
const DRAWN: std::time::Duration = std::time::Duration::from_millis(200);

/// Rebuilds the index and says how many submissions are in it, or has it rebuilt by the process that works on the data folder and says so.
///
/// # Errors
/// The store or the engine failed; the index in use is untouched.
pub async fn run(configuration: Configuration) -> Result<Outcome, Problem> {
    let lock = WorkerLock::take(&configuration.data)?;
    let gateway = startup::open(configuration).await?;
    let Some(lock) = lock else {
        let added = gateway.ask_for_rebuild(Actor::Operator, "运行xinqiao reindex").await?;
        output::line(&serde_json::json!({ "rebuild": if added { "asked" } else { "under_way" } }))?;
        tracing::warn!("the process that works on the data folder rebuilds the index in the background");
        return Ok(Outcome::Done);
    };
    let indexed = rebuild(&gateway, &lock).await?;
    output::line(&serde_json::json!({ "indexed": indexed }))?;
    Ok(Outcome::Done)
}

/// Rebuilds the index in this process; gives the number of submissions in it.
///
/// # Errors
/// The store or the engine failed; the index in use is untouched.
pub async fn rebuild(gateway: &Gateway, lock: &WorkerLock) -> Result<u64, Problem> {
    startup::take_over(gateway, lock).await?;
    gateway.ask_for_rebuild(Actor::Operator, "运行xinqiao reindex").await?;
    let claim = claim(gateway).await?;
    let bar = output::progress(0, "重建索引");
    let rebuilt = {
        let mut work = std::pin::pin!(gateway.rebuild_index(&claim));
        loop {
            tokio::select! {
                done = &mut work => break done,
                () = tokio::time::sleep(DRAWN) => {
                    if let Some(progress) = gateway.rebuilding.progress() {
                        bar.set_length(progress.total);
                        bar.set_position(progress.done);
                    }
                }
            }
        }
    };
    bar.finish_and_clear();
    match rebuilt {
        Ok(total) => Ok(total),
        Err(failure) => {
            let problem = match &failure {
                Failure::Later(problem) | Failure::Never(problem) => problem.clone(),
                Failure::Lost => ProblemCode::Conflict.into(),
            };
            gateway.failed(&claim, failure, Task::RebuildIndex.attempts()).await;
            Err(problem)
        }
    }
}

/// The job, whenever it was to be tried again.
async fn claim(gateway: &Gateway) -> Result<Claim, Problem> {
    let mut unit = gateway.store.begin().await.map_err(|error| failed(&error))?;
    let job = unit.job_by_unique_key(&Task::RebuildIndex.unique_key()).await.map_err(|error| failed(&error))?;
    let due = job.map_or(gateway.clock.now(), |job| job.job.run_at.max(gateway.clock.now()));
    let (queue, kind) = (Queue::Rebuilding, Task::RebuildIndex.kind());
    let claims =
        unit.claim_jobs(queue.as_str(), &[kind], 1, due, queue.lease()).await.map_err(|error| failed(&error))?;
    unit.commit().await.map_err(|error| failed(&error))?;
    claims.into_iter().next().ok_or_else(|| ProblemCode::Conflict.because("重建索引的任务已被另一进程取走"))
}
