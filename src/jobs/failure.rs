//! How a job says whether trying again can help.

use case::problem::{Problem, ProblemCode};
use search::SearchError;
use store::StoreError;

/// Why a job did not get done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something that may be better later: try again.
    #[error("{0}")]
    Later(Problem),
    /// It will never work: a person must look at it.
    #[error("{0}")]
    Never(Problem),
    /// Another worker took the job over or it is gone: nothing to do.
    #[error("the claim on the job was lost")]
    Lost,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Conflict { .. } | StoreError::Unavailable(_) | StoreError::DiskFull(_) => {
                Self::Later((&error).into())
            }
            StoreError::Exists { .. }
            | StoreError::Schema(_)
            | StoreError::Inconsistent { .. }
            | StoreError::Damaged(_) => {
                tracing::error!(error = %error, "a job met damaged data");
                Self::Never((&error).into())
            }
        }
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        Self::Later((&error).into())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Never(problem)
    }
}

impl Failure {
    /// What people are told.
    #[must_use]
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Later(problem) | Self::Never(problem) => problem,
            Self::Lost => ProblemCode::Conflict.into(),
        }
    }

    /// Whether the search engine failed.
    #[must_use]
    pub const fn is_of_engine(&self) -> bool {
        match self {
            Self::Later(problem) | Self::Never(problem) => {
                matches!(
                    problem.code,
                    ProblemCode::SearchFailed | ProblemCode::SearchUnreachable | ProblemCode::IndexOutdated
                )
            }
            Self::Lost => false,
        }
    }

    /// Whether the search index must be rebuilt before this can be done.
    #[must_use]
    pub const fn is_of_outdated_index(&self) -> bool {
        match self {
            Self::Later(problem) | Self::Never(problem) => matches!(problem.code, ProblemCode::IndexOutdated),
            Self::Lost => false,
        }
    }

    /// Whether it passes without anybody looking at this job, however long it lasts: a search server that is down, an index that is rebuilt, a full disk, an index that
    /// another process writes, or words that were corrected meanwhile.
    #[must_use]
    pub const fn passes(&self) -> bool {
        match self {
            Self::Later(problem) => matches!(
                problem.code,
                ProblemCode::SearchUnreachable
                    | ProblemCode::IndexOutdated
                    | ProblemCode::DiskFull
                    | ProblemCode::DataInUse
                    | ProblemCode::Conflict
            ),
            Self::Never(_) | Self::Lost => false,
        }
    }

    /// The subject of the job is not there.
    #[must_use]
    pub fn subject_gone(what: &str) -> Self {
        Self::Never(ProblemCode::NotFound.because(format!("任务所指的{what}不存在")))
    }
}
