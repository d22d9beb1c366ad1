//! Rules for jobs that were given up and are tried again by a person.

use std::sync::Arc;

use case::problem::ProblemCode;

use super::jobs::{LEASE, claim, later, only};
use super::sample::{Samples, enqueue};
use super::{Outcome, is_conflict};
use crate::jobs::{JobStatus, QueueCount};
use crate::{Paging, Store};

/// Rule.
pub async fn a_buried_job_is_dead_and_can_be_revived(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let jobs = [samples.job("reading", "read_arrival", now), samples.job("reading", "read_arrival", now)];
    let problem = ProblemCode::PageCrashed.because("第1页");
    for job in &jobs {
        enqueue(&*store, job).await?;
        let held = only(claim(&*store, 1, now).await?)?;
        let mut unit = store.begin().await?;
        unit.bury_job(&held, &problem).await?;
        unit.commit().await?;
    }
    let [older, newer] = jobs.map(|job| job.id);
    let mut lookups = store.read().await?;
    let dead = lookups.dead_jobs(Paging::first(10)).await?;
    assert_eq!(dead.rows.iter().map(|job| job.job.id).collect::<Vec<_>>(), [newer, older], "newest first");
    assert!(dead.rows.iter().all(|job| job.status == JobStatus::Dead && job.problem.as_ref() == Some(&problem)));
    let page = lookups.dead_jobs(Paging::new(1, 1)).await?;
    assert_eq!((page.rows.len(), page.total), (1, 2));
    let count = QueueCount { queue: "reading".to_owned(), open: 0, dead: 2 };
    assert_eq!(lookups.queue_counts().await?, [count]);
    assert_eq!(claim(&*store, 10, later(now, 999_999)?).await?, [], "the dead are not claimed");

    let mut unit = store.begin().await?;
    unit.revive_job(older, later(now, 10)?).await?;
    unit.commit().await?;
    let revived = only(claim(&*store, 10, later(now, 10)?).await?)?;
    assert_eq!((revived.job.job.id, revived.job.attempts), (older, 1), "from attempt 0");
    assert_eq!(lookups.dead_jobs(Paging::first(10)).await?.total, 1);
    Ok(())
}

/// Rule.
pub async fn only_the_dead_are_revived(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let job = samples.job("reading", "read_arrival", now);
    enqueue(&*store, &job).await?;
    let mut unit = store.begin().await?;
    assert!(is_conflict(&unit.revive_job(job.id, now).await), "it waits");
    unit.claim_jobs("reading", &[], 1, now, LEASE).await?;
    assert!(is_conflict(&unit.revive_job(job.id, now).await), "it is leased");
    assert!(is_conflict(&unit.revive_job(samples.job("reading", "x", now).id, now).await), "it is not there");
    Ok(())
}

/// Rule: attempts begin anew with a revival, claims do not.
pub async fn a_claim_from_before_a_revival_is_lost(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let job = samples.job("reading", "read_arrival", now);
    enqueue(&*store, &job).await?;
    let lost = only(claim(&*store, 1, now).await?)?;
    let held = only(claim(&*store, 1, later(now, 300)?).await?)?;
    let mut unit = store.begin().await?;
    unit.bury_job(&held, &ProblemCode::PageCrashed.into()).await?;
    unit.revive_job(job.id, now).await?;
    unit.commit().await?;
    let anew = only(claim(&*store, 1, now).await?)?;
    assert_eq!(anew.job.attempts, lost.job.attempts);
    let mut unit = store.begin().await?;
    assert!(is_conflict(&unit.finish_job(&lost).await), "though both are first attempts");
    assert!(is_conflict(&unit.finish_job(&held).await));
    unit.finish_job(&anew).await?;
    Ok(())
}
