//! `GET /api/v1/jobs`: jobs that were given up, and how many wait.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use store::jobs::{Job, QueueCount};
use utoipa::ToSchema;

use crate::gateway::Gateway;
use crate::presentation::problem::ProblemDocument;
use crate::web::api::query::{Part, Query, paging};
use crate::web::problem::WebError;
use crate::web::session::{Allowed, Quarantine};

/// Jobs that were given up.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobList {
    /// The jobs, those given up last first.
    jobs: Vec<DeadJob>,
    /// How many were given up in all.
    total: u64,
    /// What each queue holds.
    queues: Vec<QueueLine>,
}

/// A job that was given up.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadJob {
    /// Its identifier.
    job: String,
    /// What it does, such as `send_dispatch`.
    kind: String,
    /// What it works on: identifiers only.
    subject: Option<String>,
    /// How often it was tried.
    attempts: u32,
    /// When it was to be tried last, RFC 3339.
    run_at: String,
    /// What went wrong last.
    problem: Option<ProblemDocument>,
}

/// What a queue holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueLine {
    /// Its name.
    queue: String,
    /// Jobs that wait or run.
    open: u64,
    /// Jobs that were given up.
    dead: u64,
}

impl From<&Job> for DeadJob {
    fn from(job: &Job) -> Self {
        Self {
            job: job.job.id.to_string(),
            kind: job.job.kind.clone(),
            subject: job.job.unique_key.clone(),
            attempts: job.attempts,
            run_at: job.job.run_at.to_string(),
            problem: job.problem.as_ref().map(ProblemDocument::of),
        }
    }
}

impl From<QueueCount> for QueueLine {
    fn from(count: QueueCount) -> Self {
        Self { queue: count.queue, open: count.open, dead: count.dead }
    }
}

/// Lists jobs that were given up, with what each queue holds.
///
/// # Errors
/// No right.
#[utoipa::path(
    get, path = "/api/v1/jobs", tag = "jobs", security(("session" = [])),
    params(Part),
    responses((status = 200, description = "The jobs", body = JobList))
)]
pub async fn list_jobs(
    allowed: Allowed<Quarantine>,
    gateway: web::Data<Gateway>,
    Query(part): Query<Part>,
) -> Result<HttpResponse, WebError> {
    let (dead, counts) = gateway.dead_jobs(allowed.viewer(), paging(part.offset, part.limit)).await?;
    Ok(HttpResponse::Ok().json(JobList {
        jobs: dead.rows.iter().map(DeadJob::from).collect(),
        total: dead.total,
        queues: counts.into_iter().map(QueueLine::from).collect(),
    }))
}
