//! Durable jobs.

use std::time::Duration;

use async_trait::async_trait;
use case::id::{CaseId, JobId};
use case::problem::Problem;
use jiff::Timestamp;
use store::jobs::{Claim, Job, JobChanges, JobLookups, JobStatus, NewJob, QueueCount};
use store::{Page, Paging, StoreError};
use uuid::Uuid;

use crate::access::Access;
use crate::cell::{self, Row};

struct JobRow {
    place: i64,
    id: Uuid,
    kind: String,
    queue: String,
    payload: String,
    case_id: Option<Uuid>,
    run_at: i64,
    due_at: i64,
    unique_key: Option<String>,
    status: String,
    attempts: i64,
    claims: i64,
    problem: Option<String>,
}

/// `SELECT` of whole jobs, with what follows `FROM jobs`.
macro_rules! select_jobs {
    ($rest:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            JobRow,
            r#"SELECT place, id AS "id: Uuid", kind, queue, payload, case_id AS "case_id: Uuid", run_at, due_at, unique_key,
                      status, attempts, claims, problem
               FROM jobs "# + $rest
            $(, $argument)*
        )
    };
}

impl TryFrom<JobRow> for Job {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        let read = Row::of("jobs", row.id);
        let status = match row.status.as_str() {
            "waiting" => JobStatus::Waiting,
            "leased" => JobStatus::Leased(read.time("due_at", row.due_at)?),
            "dead" => JobStatus::Dead,
            _ => return Err(read.inconsistent("status", "no such status")),
        };
        Ok(Self {
            job: NewJob {
                id: JobId::from_uuid(row.id),
                kind: row.kind,
                queue: row.queue,
                payload: read.json("payload", &row.payload)?,
                case: row.case_id.map(CaseId::from_uuid),
                run_at: read.time("run_at", row.run_at)?,
                unique_key: row.unique_key,
            },
            attempts: read.count("attempts", row.attempts)?,
            status,
            problem: read.json_or_none("problem", row.problem.as_deref())?,
        })
    }
}

/// The moment `later` after `moment`.
fn after(moment: Timestamp, later: Duration) -> i64 {
    moment.checked_add(later).unwrap_or(Timestamp::MAX).as_microsecond()
}

#[async_trait]
impl JobLookups for Access {
    async fn job(&mut self, id: JobId) -> Result<Option<Job>, StoreError> {
        let row = select_jobs!("WHERE id = $1", id.as_uuid()).fetch_optional(self.database()?).await;
        self.settle(row, "job")?.map(Job::try_from).transpose()
    }

    async fn job_by_unique_key(&mut self, key: &str) -> Result<Option<Job>, StoreError> {
        // A dead job keeps its key beside a later one: the newest tells.
        let row = select_jobs!("WHERE unique_key = $1 ORDER BY place DESC LIMIT 1", key)
            .fetch_optional(self.database()?)
            .await;
        self.settle(row, "job")?.map(Job::try_from).transpose()
    }

    async fn dead_jobs(&mut self, paging: Paging) -> Result<Page<Job>, StoreError> {
        let mut moment = self.moment("job").await?;
        let rows =
            select_jobs!("WHERE status = 'dead' ORDER BY place DESC LIMIT $1 OFFSET $2", paging.limit, paging.offset)
                .fetch_all(&mut *moment)
                .await;
        let total =
            sqlx::query_scalar!("SELECT count(*) FROM jobs WHERE status = 'dead'").fetch_one(&mut *moment).await;
        drop(moment);
        self.settle_page(rows, total, "job")
    }

    async fn queue_counts(&mut self) -> Result<Vec<QueueCount>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT queue, count(*) FILTER (WHERE status <> 'dead') AS "open!: i64",
                      count(*) FILTER (WHERE status = 'dead') AS "dead!: i64"
               FROM jobs GROUP BY queue ORDER BY queue"#
        )
        .fetch_all(self.database()?)
        .await;
        let counted = self.settle(rows, "job")?.into_iter().map(|row| {
            let read = Row::of("jobs", &row.queue);
            Ok(QueueCount {
                open: read.count("open", row.open)?,
                dead: read.count("dead", row.dead)?,
                queue: row.queue,
            })
        });
        counted.collect()
    }

    async fn jobs_of_kind(&mut self, kind: &str, limit: u32) -> Result<Vec<Job>, StoreError> {
        let rows =
            select_jobs!("WHERE kind = $1 ORDER BY place DESC LIMIT $2", kind, limit).fetch_all(self.database()?).await;
        self.settle(rows, "job")?.into_iter().map(Job::try_from).collect()
    }

    async fn jobs_of_case(&mut self, case: CaseId) -> Result<Vec<Job>, StoreError> {
        let rows = select_jobs!("WHERE case_id = $1 ORDER BY place", case.as_uuid()).fetch_all(self.database()?).await;
        self.settle(rows, "job")?.into_iter().map(Job::try_from).collect()
    }

    async fn cases_with_jobs(&mut self, cases: &[CaseId], kinds: &[&str]) -> Result<Vec<CaseId>, StoreError> {
        let wanted: Vec<String> =
            cases.iter().take(cell::limit(Paging::LIMIT)).map(|id| id.as_uuid().simple().to_string()).collect();
        let (wanted, kinds) = (cell::to_json(&wanted)?, cell::to_json(kinds)?);
        let rows = sqlx::query_scalar!(
            r#"SELECT DISTINCT case_id AS "case_id!: Uuid" FROM jobs
               WHERE case_id IN (SELECT unhex(value) FROM json_each($1)) AND kind IN (SELECT value FROM json_each($2))"#,
            wanted,
            kinds
        )
        .fetch_all(self.database()?)
        .await;
        Ok(self.settle(rows, "job")?.into_iter().map(CaseId::from_uuid).collect())
    }
}

#[async_trait]
impl JobChanges for Access {
    async fn enqueue(&mut self, job: &NewJob) -> Result<bool, StoreError> {
        let id = job.id.as_uuid();
        let payload = cell::to_json(&job.payload)?;
        let case = job.case.map(CaseId::as_uuid);
        let run_at = job.run_at.as_microsecond();
        let result = sqlx::query!(
            "INSERT INTO jobs (id, kind, queue, payload, case_id, run_at, due_at, unique_key, status, attempts, claims)
             VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 'waiting', 0, 0)
             ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL AND status <> 'dead' DO NOTHING",
            id,
            job.kind,
            job.queue,
            payload,
            case,
            run_at,
            job.unique_key
        )
        .execute(self.database()?)
        .await;
        self.settle(result, "job").map(|result| result.rows_affected() == 1)
    }

    async fn claim_jobs(
        &mut self,
        queue: &str,
        kinds: &[&str],
        limit: u32,
        now: Timestamp,
        lease: Duration,
    ) -> Result<Vec<Claim>, StoreError> {
        let kinds = cell::to_list(kinds.iter().copied())?;
        let until = after(now, lease);
        let now = now.as_microsecond();
        let rows = sqlx::query_as!(
            JobRow,
            r#"UPDATE jobs SET status = 'leased', due_at = $5, attempts = attempts + 1, claims = claims + 1
               WHERE place IN (SELECT place FROM jobs
                               WHERE queue = $1 AND status <> 'dead' AND due_at <= $4
                                 AND ($2 = '[]' OR kind IN (SELECT value FROM json_each($2)))
                               ORDER BY due_at, place LIMIT $3)
               RETURNING place AS "place!", id AS "id!: Uuid", kind AS "kind!", queue AS "queue!", payload AS "payload!",
                         case_id AS "case_id?: Uuid", run_at AS "run_at!", due_at AS "due_at!", unique_key AS "unique_key?",
                         status AS "status!", attempts AS "attempts!", claims AS "claims!", problem AS "problem?""#,
            queue,
            kinds,
            limit,
            now,
            until
        )
        .fetch_all(self.database()?)
        .await;
        let mut rows = self.settle(rows, "job")?;
        // RETURNING gives them in no order.
        rows.sort_by_key(|row| (row.run_at, row.place));
        rows.into_iter()
            .map(|row| {
                let token = Row::of("jobs", row.id).count("claims", row.claims)?;
                Ok(Claim { job: row.try_into()?, token })
            })
            .collect()
    }

    async fn finish_job(&mut self, claim: &Claim) -> Result<(), StoreError> {
        let id = claim.job.job.id.as_uuid();
        let result =
            sqlx::query!("DELETE FROM jobs WHERE id = $1 AND claims = $2 AND status = 'leased'", id, claim.token)
                .execute(self.database()?)
                .await;
        self.settle_one(result, "job")
    }

    async fn put_off_job(&mut self, claim: &Claim, run_at: Timestamp, problem: &Problem) -> Result<(), StoreError> {
        let id = claim.job.job.id.as_uuid();
        let run_at = run_at.as_microsecond();
        let problem = cell::to_json(problem)?;
        let result = sqlx::query!(
            "UPDATE jobs SET status = 'waiting', run_at = $3, due_at = $3, problem = $4
             WHERE id = $1 AND claims = $2 AND status = 'leased'",
            id,
            claim.token,
            run_at,
            problem
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "job")
    }

    async fn bury_job(&mut self, claim: &Claim, problem: &Problem) -> Result<(), StoreError> {
        let id = claim.job.job.id.as_uuid();
        let problem = cell::to_json(problem)?;
        let result = sqlx::query!(
            "UPDATE jobs SET status = 'dead', problem = $3 WHERE id = $1 AND claims = $2 AND status = 'leased'",
            id,
            claim.token,
            problem
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "job")
    }

    async fn revive_job(&mut self, id: JobId, run_at: Timestamp) -> Result<(), StoreError> {
        let id = id.as_uuid();
        let run_at = run_at.as_microsecond();
        let result = sqlx::query!(
            "UPDATE jobs SET status = 'waiting', attempts = 0, run_at = $2, due_at = $2 WHERE id = $1 AND status = 'dead'",
            id,
            run_at
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "job")
    }

    async fn extend_lease(&mut self, claim: &Claim, until: Timestamp) -> Result<(), StoreError> {
        let id = claim.job.job.id.as_uuid();
        let until = until.as_microsecond();
        let result = sqlx::query!(
            "UPDATE jobs SET due_at = $3 WHERE id = $1 AND claims = $2 AND status = 'leased'",
            id,
            claim.token,
            until
        )
        .execute(self.database()?)
        .await;
        self.settle_one(result, "job")
    }

    async fn release_all_leases(&mut self) -> Result<u64, StoreError> {
        let result = sqlx::query!("UPDATE jobs SET status = 'waiting', due_at = run_at WHERE status = 'leased'")
            .execute(self.database()?)
            .await;
        self.settle(result, "job").map(|result| result.rows_affected())
    }
}
