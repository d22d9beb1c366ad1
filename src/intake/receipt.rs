//! What a sender gets in return: the number and the query code. A replay gets the same ones again.

use case::arrival::{Arrival, ArrivalState};
use case::id::{CaseId, SubmissionId};
use case::number::RegistrationNumber;
use case::problem::{Problem, ProblemCode};
use case::query_code::QueryCode;
use case::submission::Submission;
use jiff::Timestamp;

use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// Proof that a submission is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The submission.
    pub submission: SubmissionId,
    /// The case it was opened with or belongs to.
    pub case: CaseId,
    /// 信访件编号.
    pub number: RegistrationNumber,
    /// 查询码.
    pub query_code: QueryCode,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Whether the same input had been registered before.
    pub replay: bool,
}

impl Receipt {
    /// The receipt of a submission.
    #[must_use]
    pub fn of(submission: &Submission, replay: bool) -> Self {
        Self {
            submission: submission.id,
            case: submission.case,
            number: submission.number.clone(),
            query_code: submission.query_code.clone(),
            registered_at: submission.registered_at,
            replay,
        }
    }
}

impl Gateway {
    /// The number of a case, for whoever holds a receipt of it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn case_number(&self, case: CaseId) -> Result<RegistrationNumber, Problem> {
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let found = lookups.case(case).await.map_err(|error| failed(&error))?;
        found.map(|case| case.number).ok_or_else(|| ProblemCode::Internal.into())
    }

    /// The receipt that belongs to an earlier arrival of the same input.
    ///
    /// # Errors
    /// The earlier one was refused (the refusal is given again) or still waits to be read.
    pub(crate) async fn replayed(&self, earlier: &Arrival) -> Result<Receipt, Problem> {
        match &earlier.state {
            ArrivalState::Registered { submission } => {
                let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
                let found = lookups.submission(*submission).await.map_err(|error| failed(&error))?;
                found.map(|submission| Receipt::of(&submission, true)).ok_or_else(|| ProblemCode::Internal.into())
            }
            ArrivalState::Refused { problem, .. } => Err(problem.clone()),
            ArrivalState::Waiting => Err(ProblemCode::Conflict.because("同一来件正在读取，请稍后查询")),
        }
    }
}
