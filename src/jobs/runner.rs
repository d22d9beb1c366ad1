//! Claims jobs and runs them: in `serve` until it stops, in commands and tests until nothing is due.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use case::id::SubmissionId;
use case::problem::ProblemCode;
use futures_util::FutureExt;
use store::StoreError;
use store::jobs::Claim;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;
use crate::jobs::kind::{INDEX_SUBMISSION, JUDGE_SUBMISSION, Queue, Task, backoff};
use crate::judging::index;
use crate::judging::judge::Judged;

/// How many submissions are put into the index at once: one commit of the index costs as much as many documents.
const INDEX_BATCH: u32 = 200;
/// The longest pause between two attempts of what waits for an engine that is down.
const LONGEST_OUTAGE_PAUSE: Duration = Duration::from_secs(60);
/// How long a worker sleeps when it has nothing to do and no bell rings: finds what other processes added and what is due.
const POLL: Duration = Duration::from_secs(1);

impl Gateway {
    /// Runs jobs of `queue` until `stop` becomes true.
    pub async fn work(self, queue: Queue, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let mut bell = std::pin::pin!(self.wake.listen());
            bell.as_mut().enable();
            match self.run_due(queue, queue.together()).await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => {
                    tracing::error!(error = %error, queue = queue.as_str(), "jobs cannot be claimed");
                    self.trouble.note((&error).into());
                }
            }
            tokio::select! {
                () = bell => {}
                () = tokio::time::sleep(POLL) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Runs every job that is due now, in all queues, and those that they cause, one after the other, until none is left that is due. Gives
    /// how many ran.
    ///
    /// # Errors
    /// Jobs cannot be claimed.
    pub async fn run_until_idle(&self) -> Result<u64, StoreError> {
        let mut ran = 0;
        loop {
            let mut round = 0;
            for queue in Queue::ALL {
                round += self.run_due(queue, 1).await?;
            }
            if round == 0 {
                return Ok(ran);
            }
            ran += round;
        }
    }

    /// Claims what is due in `queue` and runs it: a batch for the index, at most `together` to be judged, one of everything else. Gives how
    /// many jobs ran.
    ///
    /// # Errors
    /// Jobs cannot be claimed.
    async fn run_due(&self, queue: Queue, together: u32) -> Result<u64, StoreError> {
        const OTHERS: [&str; 11] = [
            "read_arrival",
            "read_again",
            "read_later_scan_again",
            "read_attachments",
            "part_batch_file",
            "make_archive",
            "send_dispatch",
            "send_notice",
            "forget_drafts",
            "index_answer",
            "rebuild_index",
        ];
        let mut ran = 0;
        if queue == Queue::Quick {
            let claims = self.claim(queue, &[INDEX_SUBMISSION], INDEX_BATCH).await?;
            ran += claims.len();
            if !claims.is_empty() {
                self.index_submissions(&claims).await;
            }
            let claims = self.claim(queue, &[JUDGE_SUBMISSION], together).await?;
            ran += claims.len();
            self.judge_together(claims).await;
        }
        // One by one: of two forms of one minute the first gets the lower number.
        for claim in self.claim(queue, &OTHERS, 1).await? {
            ran += 1;
            self.run(&claim, &BTreeSet::new()).await;
        }
        Ok(u64::try_from(ran).unwrap_or(u64::MAX))
    }

    /// Judges submissions as if one after the other in the order in which they came: all are compared at the same time, and those that look
    /// like another one of them wait until what they are compared with is decided.
    async fn judge_together(&self, claims: Vec<Claim>) {
        let subjects = claims.iter().filter_map(|claim| index::submission(&claim.job.job.payload));
        let beside: Arc<BTreeSet<SubmissionId>> = Arc::new(subjects.collect());
        let mut running = JoinSet::new();
        for (place, claim) in claims.into_iter().enumerate() {
            let (gateway, beside) = (self.clone(), Arc::clone(&beside));
            running.spawn(async move {
                let judged = gateway.run(&claim, &beside).await;
                (judged == Judged::Waits).then_some((place, claim))
            });
        }
        let mut waiting = BTreeMap::new();
        while let Some(judged) = running.join_next().await {
            waiting.extend(judged.ok().flatten());
        }
        for claim in waiting.into_values() {
            self.run(&claim, &BTreeSet::new()).await;
        }
    }

    async fn claim(&self, queue: Queue, kinds: &[&str], limit: u32) -> Result<Vec<Claim>, StoreError> {
        let mut unit = self.store.begin().await?;
        let claims = unit.claim_jobs(queue.as_str(), kinds, limit, self.clock.now(), queue.lease()).await?;
        if !claims.is_empty() {
            unit.commit().await?;
            self.trouble.clear();
        }
        Ok(claims)
    }

    /// Runs one job; `beside` are the submissions that are judged at the same time. A panic counts as a failed attempt.
    async fn run(&self, claim: &Claim, beside: &BTreeSet<SubmissionId>) -> Judged {
        let task: Result<Task, _> = serde_json::from_value(claim.job.job.payload.clone());
        let outcome = match &task {
            // On the heap: every job's future is in this one, and a stack of a worker is soon full of copies of it.
            Ok(task) => AssertUnwindSafe(self.holding(claim, Box::pin(self.perform(task, claim, beside))))
                .catch_unwind()
                .await
                .unwrap_or_else(|_panic| Err(Failure::Later(ProblemCode::Internal.because("任务异常终止")))),
            Err(_unknown) => Err(Failure::Never(ProblemCode::Internal.because("任务来自其他版本，无法识别"))),
        };
        match outcome {
            Ok(judged) => judged,
            Err(failure) => {
                let attempts = task.as_ref().map_or(0, Task::attempts);
                self.failed(claim, failure, attempts).await;
                Judged::Done
            }
        }
    }

    /// Does `work` and extends the lease of its job for as long as that takes: a mail with twenty scans of many pages must not be read
    /// by a second worker while the first is still at it, again and again.
    async fn holding<T>(&self, claim: &Claim, work: impl Future<Output = T>) -> T {
        let queue = Queue::ALL.into_iter().find(|queue| queue.as_str() == claim.job.job.queue);
        let Some(queue) = queue.filter(|queue| queue.reads()) else { return work.await };
        self.holding_every(queue.lease() / 3, claim, queue, work).await
    }

    /// The same, and how often the lease is extended.
    async fn holding_every<T>(&self, pause: Duration, claim: &Claim, queue: Queue, work: impl Future<Output = T>) -> T {
        // Both go on at the same time: the work may hold what the extension waits for.
        tokio::select! {
            done = work => done,
            never = self.keep_extending(pause, claim, queue) => match never {},
        }
    }

    /// Extends the lease again and again, and never ends.
    async fn keep_extending(&self, pause: Duration, claim: &Claim, queue: Queue) -> Infallible {
        loop {
            tokio::time::sleep(pause).await;
            if let Err(error) = self.extend(claim, queue).await {
                let id = claim.job.job.id;
                tracing::warn!(job = %id, error = %error, "the lease of job {id} cannot be extended");
            }
        }
    }

    async fn extend(&self, claim: &Claim, queue: Queue) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        unit.extend_lease(claim, now.checked_add(queue.lease()).unwrap_or(now)).await?;
        unit.commit().await
    }

    async fn perform(&self, task: &Task, claim: &Claim, beside: &BTreeSet<SubmissionId>) -> Result<Judged, Failure> {
        match task {
            Task::ReadArrival { arrival, anyway } => self.read_arrival(*arrival, *anyway, claim).await?,
            Task::PartBatchFile { file } => self.part_batch_file(*file, claim).await?,
            Task::ReadAgain { submission } => self.read_again(*submission, claim).await?,
            Task::ReadLaterScanAgain { submission, arrival } => {
                self.read_later_scan_again(*submission, *arrival, claim).await?;
            }
            Task::ReadAttachments { submission, round } => self.read_attachments(*submission, *round, claim).await?,
            Task::MakeArchive { submission } => self.make_archive(*submission, claim).await?,
            Task::IndexSubmission { .. } => self.index_submissions(std::slice::from_ref(claim)).await,
            Task::JudgeSubmission { submission } => return self.judge_submission(*submission, claim, beside).await,
            Task::SendDispatch { dispatch } => self.send_dispatch(*dispatch, claim).await?,
            Task::ForgetDrafts => self.forget_drafts(claim).await?,
            Task::SendNotice { notice } => self.send_notice(*notice, claim).await?,
            Task::IndexAnswer { answer } => self.index_answer(*answer, claim).await?,
            Task::RebuildIndex => drop(self.rebuild_index(claim).await?),
        }
        Ok(Judged::Done)
    }

    /// Puts a failed job off or buries it. Failing to write that down is no loss: the lease runs out.
    pub(crate) async fn failed(&self, claim: &Claim, failure: Failure, attempts: u32) {
        let job = &claim.job.job;
        // An outage of days must not bury what only waits for its end; it is asked about every minute, so all of it catches up soon.
        let waits = failure.passes()
            && matches!(job.kind.as_str(), INDEX_SUBMISSION | JUDGE_SUBMISSION | "index_answer" | "rebuild_index");
        let pause =
            if waits { backoff(claim.job.attempts).min(LONGEST_OUTAGE_PAUSE) } else { backoff(claim.job.attempts) };
        let written = async {
            let mut unit = self.store.begin().await?;
            match &failure {
                Failure::Lost => return Ok(()),
                Failure::Later(problem) if waits || claim.job.attempts < attempts => {
                    tracing::warn!(job = %job.id, kind = job.kind, attempts = claim.job.attempts, problem = problem.code.code(), "job {} is put off", job.id);
                    let later = self.clock.now().checked_add(pause).unwrap_or(self.clock.now());
                    unit.put_off_job(claim, later, problem).await?;
                }
                Failure::Later(problem) | Failure::Never(problem) => {
                    tracing::error!(job = %job.id, kind = job.kind, attempts = claim.job.attempts, problem = problem.code.code(), "job {} is dead", job.id);
                    unit.bury_job(claim, problem).await?;
                }
            }
            unit.commit().await
        };
        if let Err(error) = written.await {
            tracing::warn!(job = %job.id, error = %error, "the failure of job {} could not be written down", job.id);
            self.trouble.note((&error).into());
        }
        if failure.is_of_outdated_index()
            && let Err(problem) = self.rebuild_if_outdated().await
        {
            tracing::error!(problem = problem.code.code(), "the rebuild of the search index cannot be asked for");
        }
    }
}

#[cfg(test)]
mod tests;
