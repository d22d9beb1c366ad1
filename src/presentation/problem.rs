//! A problem as JSON (RFC 9457).

use case::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong. `code` is stable: programs tell problems apart by it, never by the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// The kind of problem as an address, `/problems/` and the code: the page there says what it means and what to do.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, for people; the same for every problem of this kind.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is particular to this occasion and what to do, for people. Never holds personal data.
    pub detail: String,
    /// The name for programs, such as `invalid_field`.
    pub code: &'static str,
    /// Of a fault: the number of the request, under which the office finds the cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl ProblemDocument {
    /// The problem. Of a fault of the gateway itself the cause is in the log, not here.
    #[must_use]
    pub fn of(problem: &Problem) -> Self {
        let code = problem.code;
        let tells = !problem.detail.is_empty() && code.status() != 500;
        Self {
            kind: format!("/problems/{}", code.code()),
            title: code.title(),
            status: code.status(),
            detail: if tells { problem.detail.clone() } else { code.title().to_owned() },
            code: code.code(),
            request_id: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use case::problem::ProblemCode;

    use super::*;

    #[test]
    fn the_cause_of_a_fault_is_not_told() {
        let fault = ProblemDocument::of(&ProblemCode::Internal.because("/var/lib/xinqiao/gateway.db: locked"));
        assert_eq!(fault.detail, ProblemCode::Internal.title());
        let refused = ProblemDocument::of(&ProblemCode::InvalidField.because("“方式”填写有误"));
        assert_eq!(refused.detail, "“方式”填写有误");
        assert_eq!(refused.kind, "/problems/invalid_field");
    }
}
