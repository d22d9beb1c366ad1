//! Durable jobs: everything that happens outside the database, or later.
//!
//! A job is enqueued in the unit of work whose consequence it is, claimed under a lease, and finished, put off or buried by
//! whoever holds the lease. A worker that dies leaves its lease to run out, and another one claims the job again: jobs
//! must be idempotent.

use std::time::Duration;

use async_trait::async_trait;
use case::id::{CaseId, JobId};
use case::problem::Problem;
use jiff::Timestamp;

use crate::{Page, Paging, StoreError};

/// A job to be done. `payload` holds identifiers, never copies of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its identifier.
    pub id: JobId,
    /// Which kind of work, such as `read_arrival`.
    pub kind: String,
    /// Which workers take it: slow work has a queue of its own, so that it never delays quick work.
    pub queue: String,
    /// What to work on.
    pub payload: serde_json::Value,
    /// The case it belongs to, so that the desk can show it there.
    pub case: Option<CaseId>,
    /// Not before.
    pub run_at: Timestamp,
    /// While a job with the same key waits or is leased, another one is not added.
    pub unique_key: Option<String>,
}

/// A job as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// What was enqueued.
    pub job: NewJob,
    /// How often it was claimed.
    pub attempts: u32,
    /// Where it stands.
    pub status: JobStatus,
    /// What went wrong last.
    pub problem: Option<Problem>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStatus {
    /// To be done at `run_at`.
    Waiting,
    /// Claimed until the moment given; free again after it.
    Leased(Timestamp),
    /// Given up: a person must look at it.
    Dead,
}

/// A claim on a job; what is done with it says which claim it was, so a worker that lost its lease changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The job.
    pub job: Job,
    /// Counts every claim on this job. Equals [`Job::attempts`] until the job is revived: then attempts begin anew, and claims do
    /// not, so that a worker from before the revival is not taken for the one after it.
    pub token: u32,
}

/// How many jobs of a queue stand where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueCount {
    /// The queue.
    pub queue: String,
    /// Waiting or leased.
    pub open: u64,
    /// Given up.
    pub dead: u64,
}

/// Looking jobs up.
#[async_trait]
pub trait JobLookups {
    /// The job with this identifier; none once it is done.
    ///
    /// # Errors
    /// The store failed.
    async fn job(&mut self, id: JobId) -> Result<Option<Job>, StoreError>;

    /// The job with this unique key; none once it is done.
    ///
    /// # Errors
    /// The store failed.
    async fn job_by_unique_key(&mut self, key: &str) -> Result<Option<Job>, StoreError>;

    /// Dead jobs, newest first.
    ///
    /// # Errors
    /// The store failed.
    async fn dead_jobs(&mut self, paging: Paging) -> Result<Page<Job>, StoreError>;

    /// The counts of every queue that has jobs.
    ///
    /// # Errors
    /// The store failed.
    async fn queue_counts(&mut self) -> Result<Vec<QueueCount>, StoreError>;

    /// The latest `limit` jobs of a kind that are not done, dead ones among them, the latest first.
    ///
    /// # Errors
    /// The store failed.
    async fn jobs_of_kind(&mut self, kind: &str, limit: u32) -> Result<Vec<Job>, StoreError>;

    /// The jobs of a case that are not done.
    ///
    /// # Errors
    /// The store failed.
    async fn jobs_of_case(&mut self, case: CaseId) -> Result<Vec<Job>, StoreError>;

    /// Which of `cases` have a job of one of `kinds` that is not done, dead ones among them. At most [`Paging::LIMIT`] cases are looked at.
    ///
    /// # Errors
    /// The store failed.
    async fn cases_with_jobs(&mut self, cases: &[CaseId], kinds: &[&str]) -> Result<Vec<CaseId>, StoreError>;
}

/// Changing jobs.
#[async_trait]
pub trait JobChanges {
    /// Enqueues a job. Gives whether it was added (see [`NewJob::unique_key`]).
    ///
    /// # Errors
    /// The store failed.
    async fn enqueue(&mut self, job: &NewJob) -> Result<bool, StoreError>;

    /// Claims up to `limit` jobs of `queue` that are due at `now` (waiting, or with a lease that has run out), oldest first, until
    /// `now + lease`. `kinds` narrows to these kinds; empty for all.
    ///
    /// # Errors
    /// The store failed.
    async fn claim_jobs(
        &mut self,
        queue: &str,
        kinds: &[&str],
        limit: u32,
        now: Timestamp,
        lease: Duration,
    ) -> Result<Vec<Claim>, StoreError>;

    /// The work is done: the job goes away. In the unit of work that makes the result durable.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the claim was lost.
    async fn finish_job(&mut self, claim: &Claim) -> Result<(), StoreError>;

    /// The work failed and may succeed later.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the claim was lost.
    async fn put_off_job(&mut self, claim: &Claim, run_at: Timestamp, problem: &Problem) -> Result<(), StoreError>;

    /// The work failed for good.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the claim was lost.
    async fn bury_job(&mut self, claim: &Claim, problem: &Problem) -> Result<(), StoreError>;

    /// A person wants a dead job tried again, from attempt 0.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not dead; [`StoreError::Exists`] when another job with its unique key is open.
    async fn revive_job(&mut self, id: JobId, run_at: Timestamp) -> Result<(), StoreError>;

    /// The holder of a claim needs longer.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the claim was lost.
    async fn extend_lease(&mut self, claim: &Claim, until: Timestamp) -> Result<(), StoreError>;

    /// Gives every claim back, so that what dead workers held is free at once instead of when its lease runs out. Only for whoever
    /// knows that no worker is alive: the process that has just taken the worker lock of a data folder. Gives how many were
    /// given back.
    ///
    /// # Errors
    /// The store failed.
    async fn release_all_leases(&mut self) -> Result<u64, StoreError>;
}
