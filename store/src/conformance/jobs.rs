//! Rules for jobs.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use case::channel::Channel;
use case::id::JobId;
use case::problem::ProblemCode;
use case::secrecy::Secrecy;
use jiff::Timestamp;

use super::sample::{Samples, enqueue};
use super::{Outcome, is_conflict};
use crate::jobs::{Claim, JobStatus, NewJob, QueueCount};
use crate::{Paging, Store, StoreError};

pub(super) const LEASE: Duration = Duration::from_secs(300);

/// Claims up to `limit` jobs of the queue `reading`.
pub(super) async fn claim(store: &dyn Store, limit: u32, now: Timestamp) -> Result<Vec<Claim>, StoreError> {
    let mut unit = store.begin().await?;
    let claims = unit.claim_jobs("reading", &[], limit, now, LEASE).await?;
    unit.commit().await?;
    Ok(claims)
}

fn ids(claims: &[Claim]) -> Vec<JobId> {
    claims.iter().map(|claim| claim.job.job.id).collect()
}

/// The one claim of a list of one.
pub(super) fn only(claims: Vec<Claim>) -> Result<Claim, &'static str> {
    let [claim] = <[Claim; 1]>::try_from(claims).map_err(|_other| "one claim was expected")?;
    Ok(claim)
}

pub(super) fn later(moment: Timestamp, seconds: u64) -> Result<Timestamp, jiff::Error> {
    moment.checked_add(Duration::from_secs(seconds))
}

/// Rule.
pub async fn a_job_is_claimed_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let mut job = samples.job("reading", "read_arrival", now);
    job.case = Some(samples.registered(Channel::Web, Secrecy::Ordinary)?.case.id);
    job.unique_key = Some("read 1".to_owned());
    assert!(enqueue(&*store, &job).await?);
    let stored = store.read().await?.job(job.id).await?.ok_or("it waits")?;
    assert_eq!((stored.attempts, stored.status, stored.problem), (0, JobStatus::Waiting, None));
    let claimed = only(claim(&*store, 10, now).await?)?;
    assert_eq!(claimed.job.job, job, "and is read back as enqueued");
    assert_eq!((claimed.token, claimed.job.attempts), (1, 1));
    assert_eq!(claimed.job.status, JobStatus::Leased(now.checked_add(LEASE)?));
    assert_eq!(claim(&*store, 10, now).await?, []);
    assert_eq!(store.read().await?.job(job.id).await?, Some(claimed.job));
    Ok(())
}

/// Rule: and of those that are due at the same moment, the one that was enqueued first.
pub async fn jobs_are_claimed_oldest_first(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (early, late) = (samples.moment(), samples.moment());
    let jobs = [late, early, late, early].map(|run_at| samples.job("reading", "read_arrival", run_at)).to_vec();
    for job in &jobs {
        enqueue(&*store, job).await?;
    }
    let [late_first, early_first, late_second, early_second] =
        <[NewJob; 4]>::try_from(jobs).map_err(|_other| "four jobs")?.map(|job| job.id);
    assert_eq!(ids(&claim(&*store, 3, late).await?), [early_first, early_second, late_first]);
    assert_eq!(ids(&claim(&*store, 3, late).await?), [late_second]);
    Ok(())
}

/// Rule.
pub async fn a_job_is_not_claimed_before_its_time(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let (now, run_at) = (samples.moment(), samples.moment());
    enqueue(&*store, &samples.job("reading", "read_arrival", run_at)).await?;
    assert_eq!(claim(&*store, 10, now).await?, []);
    assert_eq!(claim(&*store, 10, run_at).await?.len(), 1);
    Ok(())
}

/// Rule: the work of a worker that died is done by another one.
pub async fn a_lease_that_ran_out_is_claimed_again(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let job = samples.job("reading", "read_arrival", now);
    enqueue(&*store, &job).await?;
    claim(&*store, 10, now).await?;
    assert_eq!(claim(&*store, 10, later(now, 299)?).await?, [], "the lease holds");
    let again = only(claim(&*store, 10, later(now, 300)?).await?)?;
    assert_eq!((again.job.job.id, again.token, again.job.attempts), (job.id, 2, 2));
    Ok(())
}

/// Rule: whatever a worker does whose lease another one has now, nothing comes of it.
pub async fn lost_claim_changes_nothing(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    enqueue(&*store, &samples.job("reading", "read_arrival", now)).await?;
    let lost = only(claim(&*store, 10, now).await?)?;
    let held = only(claim(&*store, 10, later(now, 300)?).await?)?;
    let problem = ProblemCode::PageTimeout.because("第2页");
    let mut unit = store.begin().await?;
    assert!(is_conflict(&unit.finish_job(&lost).await));
    assert!(is_conflict(&unit.put_off_job(&lost, now, &problem).await));
    assert!(is_conflict(&unit.bury_job(&lost, &problem).await));
    assert!(is_conflict(&unit.extend_lease(&lost, later(now, 9000)?).await));
    unit.commit().await?;
    assert_eq!(store.read().await?.job(held.job.job.id).await?, Some(held.job.clone()));
    let mut unit = store.begin().await?;
    unit.finish_job(&held).await?;
    unit.commit().await?;
    Ok(())
}

/// Rule.
pub async fn a_finished_job_is_gone(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let job = samples.job("reading", "read_arrival", now);
    enqueue(&*store, &job).await?;
    let held = only(claim(&*store, 10, now).await?)?;
    let mut unit = store.begin().await?;
    unit.finish_job(&held).await?;
    assert!(is_conflict(&unit.finish_job(&held).await), "it is done once");
    unit.commit().await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.job(job.id).await?, None);
    assert_eq!(lookups.queue_counts().await?, []);
    Ok(())
}

/// Rule.
pub async fn a_put_off_job_waits(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let job = samples.job("reading", "read_arrival", now);
    enqueue(&*store, &job).await?;
    let held = only(claim(&*store, 10, now).await?)?;
    let problem = ProblemCode::MailFailed.because("服务器忙");
    let run_at = later(now, 60)?;
    let mut unit = store.begin().await?;
    unit.put_off_job(&held, run_at, &problem).await?;
    unit.commit().await?;
    let stored = store.read().await?.job(job.id).await?.ok_or("it waits")?;
    assert_eq!((stored.attempts, stored.status, stored.problem), (1, JobStatus::Waiting, Some(problem)));
    assert_eq!(stored.job.run_at, run_at);
    assert_eq!(claim(&*store, 10, later(now, 59)?).await?, []);
    assert_eq!(only(claim(&*store, 10, run_at).await?)?.job.attempts, 2);
    Ok(())
}

/// Rule: one that waits or is leased keeps another out; one that is done or dead does not.
pub async fn one_open_job_for_a_key(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let keyed = || NewJob { unique_key: Some("poll mailbox".to_owned()), ..samples.job("reading", "poll", now) };
    let (first, second, third) = (keyed(), keyed(), keyed());
    assert!(enqueue(&*store, &first).await?);
    assert!(!enqueue(&*store, &second).await?, "the first one waits");
    assert_eq!(store.read().await?.job(second.id).await?, None);
    let held = only(claim(&*store, 10, now).await?)?;
    assert!(!enqueue(&*store, &second).await?, "the first one is leased");
    let mut unit = store.begin().await?;
    unit.bury_job(&held, &ProblemCode::Internal.into()).await?;
    unit.commit().await?;
    assert!(enqueue(&*store, &second).await?, "the first one is dead");
    let mut unit = store.begin().await?;
    assert!(unit.revive_job(first.id, now).await.is_err(), "it would be the second open one");
    drop(unit);
    let held = only(claim(&*store, 10, now).await?)?;
    let mut unit = store.begin().await?;
    unit.finish_job(&held).await?;
    unit.commit().await?;
    assert!(enqueue(&*store, &third).await?, "the second one is done");
    let unkeyed = [samples.job("reading", "poll", now), samples.job("reading", "poll", now)];
    for job in &unkeyed {
        assert!(enqueue(&*store, job).await?, "without a key there may be many");
    }
    Ok(())
}

/// Rule.
pub async fn claims_keep_to_queue_and_kinds(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let reading = samples.job("reading", "read_arrival", now);
    let paging = samples.job("reading", "read_page", now);
    let sending = samples.job("sending", "send_dispatch", now);
    for job in [&reading, &paging, &sending] {
        enqueue(&*store, job).await?;
    }
    let open = |queue: &str, open| QueueCount { queue: queue.to_owned(), open, dead: 0 };
    assert_eq!(store.read().await?.queue_counts().await?, [open("reading", 2), open("sending", 1)]);
    let mut unit = store.begin().await?;
    let claims = unit.claim_jobs("reading", &["read_page", "send_dispatch"], 10, now, LEASE).await?;
    assert_eq!(ids(&claims), [paging.id]);
    let claims = unit.claim_jobs("sending", &[], 10, now, LEASE).await?;
    assert_eq!(ids(&claims), [sending.id]);
    assert_eq!(unit.claim_jobs("indexing", &[], 10, now, LEASE).await?, []);
    let claims = unit.claim_jobs("reading", &[], 10, now, LEASE).await?;
    assert_eq!(ids(&claims), [reading.id]);
    unit.commit().await?;
    assert_eq!(store.read().await?.queue_counts().await?, [open("reading", 2), open("sending", 1)], "leased is open");
    Ok(())
}

/// Rule.
pub async fn an_extended_lease_holds(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    enqueue(&*store, &samples.job("reading", "read_arrival", now)).await?;
    let held = only(claim(&*store, 10, now).await?)?;
    let mut unit = store.begin().await?;
    unit.extend_lease(&held, later(now, 900)?).await?;
    unit.commit().await?;
    assert_eq!(claim(&*store, 10, later(now, 899)?).await?, []);
    let mut unit = store.begin().await?;
    unit.finish_job(&held).await?;
    Ok(())
}

/// Rule.
pub async fn jobs_of_a_case_are_shown(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let case = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case.id;
    let first = NewJob { case: Some(case), ..samples.job("reading", "read_arrival", now) };
    let second = NewJob { case: Some(case), ..samples.job("sending", "send_dispatch", now) };
    for job in [&first, &samples.job("reading", "read_arrival", now), &second] {
        enqueue(&*store, job).await?;
    }
    let jobs = store.read().await?.jobs_of_case(case).await?;
    assert_eq!(jobs.into_iter().map(|job| job.job).collect::<Vec<_>>(), [first, second.clone()]);
    let mut lookups = store.read().await?;
    let other = samples.keep(&*store, Channel::Web, Secrecy::Ordinary).await?.case.id;
    assert_eq!(lookups.cases_with_jobs(&[other, case], &["send_dispatch", "send_notice"]).await?, [case]);
    assert_eq!(lookups.cases_with_jobs(&[other, case], &["send_notice"]).await?, []);
    assert_eq!(lookups.cases_with_jobs(&[other], &["send_dispatch"]).await?, []);
    assert_eq!(lookups.jobs_of_kind("read_arrival", 9).await?.len(), 2);
    assert_eq!(lookups.jobs_of_kind("read_arrival", 1).await?.len(), 1);
    let sending = lookups.jobs_of_kind("send_dispatch", 9).await?;
    assert_eq!(sending.into_iter().map(|job| job.job).collect::<Vec<_>>(), [second]);
    Ok(())
}

/// Rule: every job is claimed by exactly one of many workers that claim at once.
pub async fn claims_of_many_workers_never_meet(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let mut unit = store.begin().await?;
    for _ in 0..30 {
        unit.enqueue(&samples.job("reading", "read_arrival", now)).await?;
    }
    unit.commit().await?;
    let mut workers = Vec::new();
    for _ in 0..10 {
        let store = Arc::clone(&store);
        workers.push(tokio::spawn(async move { claim(&*store, 3, now).await }));
    }
    let mut claimed = BTreeSet::new();
    for worker in workers {
        for id in ids(&worker.await??) {
            assert!(claimed.insert(id), "a job was claimed twice");
        }
    }
    assert_eq!(claimed.len(), 30);
    Ok(())
}

/// Rule: the rows of a page and the number of all are of one moment, whatever is committed meanwhile.
pub async fn a_page_and_its_total_are_of_one_moment(store: Arc<dyn Store>) -> Outcome {
    const JOBS: u32 = 100;
    let samples = Samples::default();
    let now = samples.moment();
    let mut unit = store.begin().await?;
    for _ in 0..JOBS {
        unit.enqueue(&samples.job("reading", "read_arrival", now)).await?;
    }
    unit.commit().await?;
    let writer = Arc::clone(&store);
    let burying = tokio::spawn(async move {
        for _ in 0..JOBS {
            let claimed = claim(&*writer, 1, now).await?;
            let mut unit = writer.begin().await?;
            for claim in &claimed {
                unit.bury_job(claim, &ProblemCode::Internal.into()).await?;
            }
            unit.commit().await?;
        }
        Ok::<(), StoreError>(())
    });
    while !burying.is_finished() {
        let page = store.read().await?.dead_jobs(Paging::first(JOBS)).await?;
        assert_eq!(u64::try_from(page.rows.len())?, page.total);
    }
    burying.await??;
    // A unit of work sees its own changes in a page too.
    let mut unit = store.begin().await?;
    let waiting = samples.job("reading", "read_arrival", now);
    unit.enqueue(&waiting).await?;
    for claim in unit.claim_jobs("reading", &[], 1, now, LEASE).await? {
        unit.bury_job(&claim, &ProblemCode::Internal.into()).await?;
    }
    assert_eq!(unit.dead_jobs(Paging::first(1)).await?.total, u64::from(JOBS) + 1);
    drop(unit);
    assert_eq!(store.read().await?.dead_jobs(Paging::first(1)).await?.total, u64::from(JOBS));
    Ok(())
}

/// Rule: the job is as durable as the change whose consequence it is, and no more.
pub async fn an_undone_unit_enqueues_nothing(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    let job = samples.job("reading", "read_arrival", now);
    let mut unit = store.begin().await?;
    assert!(unit.enqueue(&job).await?);
    drop(unit);
    assert_eq!(claim(&*store, 10, now).await?, []);
    assert_eq!(store.read().await?.job(job.id).await?, None);
    Ok(())
}

/// Rule.
pub async fn released_leases_are_claimed_again_at_once(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let now = samples.moment();
    enqueue(&*store, &samples.job("reading", "read_arrival", now)).await?;
    let lost = only(claim(&*store, 10, now).await?)?;
    let mut unit = store.begin().await?;
    assert_eq!(unit.release_all_leases().await?, 1);
    unit.commit().await?;
    let taken_over = only(claim(&*store, 10, now).await?)?;
    assert_eq!((taken_over.token, taken_over.job.attempts), (2, 2), "a crash counts as an attempt");
    let mut unit = store.begin().await?;
    assert!(is_conflict(&unit.finish_job(&lost).await), "and the first claim is lost");
    Ok(())
}

/// Rule.
pub async fn a_job_is_found_by_its_key(store: Arc<dyn Store>) -> Outcome {
    let samples = Samples::default();
    let mut job = samples.job("reading", "read_arrival", samples.moment());
    job.unique_key = Some("read 7".to_owned());
    enqueue(&*store, &job).await?;
    let mut lookups = store.read().await?;
    assert_eq!(lookups.job_by_unique_key("read 7").await?.map(|found| found.job), Some(job));
    assert_eq!(lookups.job_by_unique_key("read 8").await?, None);
    Ok(())
}
