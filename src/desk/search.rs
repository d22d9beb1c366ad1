//! Searching cases as a person of the staff: only what the person may see, checked in the query and again on the way out.

use case::matter::Case;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::Submission;
use search::engine::SearchQuery;

use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// Results of a search.
#[derive(Debug, Clone)]
pub struct Found {
    /// Submissions, best first.
    pub rows: Vec<Submission>,
    /// The cases they belong to now, each once.
    pub cases: Vec<Case>,
    /// How many there are in all.
    pub total: usize,
}

impl Gateway {
    /// Searches; `query.reach` is set to what the viewer may see.
    ///
    /// # Errors
    /// No right, or the engine failed.
    pub async fn search(&self, viewer: &Viewer, mut query: SearchQuery) -> Result<Found, Problem> {
        viewer.require(Permission::ReadCases)?;
        query.reach = viewer.reach()?;
        let hits = self.engine.search(&query).await.map_err(|error| {
            tracing::error!(error = %error, "the search engine failed");
            Problem::from(&error)
        })?;
        let ids: Vec<_> = hits.rows.iter().map(|hit| hit.submission).collect();
        let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
        let submissions = lookups.submissions(&ids).await.map_err(|error| failed(&error))?;
        let rows: Vec<Submission> = ids
            .iter()
            .filter_map(|id| submissions.iter().find(|submission| submission.id == *id))
            .filter(|submission| viewer.secrecies().contains(&submission.secrecy))
            .cloned()
            .collect();
        let mut cases: Vec<Case> = Vec::new();
        for submission in &rows {
            if !cases.iter().any(|case| case.id == submission.case) {
                cases.extend(lookups.case(submission.case).await.map_err(|error| failed(&error))?);
            }
        }
        Ok(Found { rows, cases, total: hits.total })
    }
}

/// A search engine that is down, for pages that go on without it.
#[must_use]
pub fn is_down(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::SearchFailed | ProblemCode::SearchUnreachable)
}
