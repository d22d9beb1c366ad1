//! How far an arrival has come: for commands that wait and pages that tell.

use case::arrival::{Arrival, ArrivalState};
use case::id::SubmissionId;
use case::problem::{Problem, ProblemCode};
use store::Lookups;
use store::jobs::{Job, JobStatus};

use crate::gateway::Gateway;
use crate::intake::receive::failed;
use crate::jobs::kind::Task;

/// How far an arrival has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Being read or judged, or about to be.
    Working,
    /// Read and judged.
    Done,
    /// In the quarantine.
    Refused(Problem),
    /// Something failed; it will be tried again later, or a person must look. The original is safe.
    Held(Problem),
}

impl Gateway {
    /// How far the arrival has come.
    ///
    /// # Errors
    /// The store failed.
    pub async fn progress(&self, lookups: &mut dyn Lookups, arrival: &Arrival) -> Result<Progress, Problem> {
        match &arrival.state {
            ArrivalState::Refused { problem, .. } => Ok(Progress::Refused(problem.clone())),
            ArrivalState::Waiting => {
                let task = Task::ReadArrival { arrival: arrival.id, anyway: false };
                let job = self.job_of(lookups, &task).await?;
                Ok(job.and_then(held).map_or(Progress::Working, Progress::Held))
            }
            ArrivalState::Registered { submission } => self.judging_progress(lookups, *submission).await,
        }
    }

    /// Indexing and judging follow one another: when neither has a job, both are done.
    async fn judging_progress(&self, lookups: &mut dyn Lookups, submission: SubmissionId) -> Result<Progress, Problem> {
        for task in [Task::IndexSubmission { submission }, Task::JudgeSubmission { submission }] {
            if let Some(job) = self.job_of(lookups, &task).await? {
                return Ok(held(job).map_or(Progress::Working, Progress::Held));
            }
        }
        Ok(Progress::Done)
    }

    async fn job_of(&self, lookups: &mut dyn Lookups, task: &Task) -> Result<Option<Job>, Problem> {
        let key = task.unique_key();
        lookups.job_by_unique_key(&key).await.map_err(|error| failed(&error))
    }
}

/// Why the job is held up, if it is: it failed and waits for its next attempt, or is dead.
fn held(job: Job) -> Option<Problem> {
    match job.status {
        JobStatus::Leased(_) => None,
        JobStatus::Waiting => job.problem,
        JobStatus::Dead => Some(job.problem.unwrap_or_else(|| ProblemCode::Internal.into())),
    }
}
