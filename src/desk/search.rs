//! Searching cases as a person of the staff: only what the person may see, checked in the query and again on the way out.
//!
//! Words, door, class, place, dates and petitioner are the engine's part. Unit and state are the database's: they change while a
//! case is worked on, and no index knows them. The engine's results are then sifted, at most [`SIFTED`] of them, best first.

use case::event::{EventKind, NewEvent};
use case::id::SubmissionId;
use case::matter::Case;
use case::problem::{Problem, ProblemCode};
use case::staff::Permission;
use case::submission::Submission;
use search::engine::{Hits, SearchQuery};
use store::Lookups;

use crate::desk::sought::{Sought, identity};
use crate::desk::viewer::Viewer;
use crate::gateway::Gateway;
use crate::intake::receive::failed;

/// The most results of the engine that are sifted by unit or state: ten answers of it. A person narrows the words before reading on.
pub const SIFTED: usize = 2_000;
/// Results of one answer, the most that an engine gives.
const ANSWER: usize = 200;

/// Results of a search.
#[derive(Debug, Clone)]
pub struct Found {
    /// Submissions, best first.
    pub rows: Vec<Submission>,
    /// The cases they belong to now, each once.
    pub cases: Vec<Case>,
    /// How many there are in all.
    pub total: usize,
    /// Whether only the best [`SIFTED`] were looked at, so that there may be more.
    pub more: bool,
}

impl Gateway {
    /// Searches; the reach of the query is set to what the viewer may see.
    ///
    /// # Errors
    /// No right, or the engine failed.
    pub async fn search(&self, viewer: &Viewer, mut sought: Sought) -> Result<Found, Problem> {
        viewer.require(Permission::ReadCases)?;
        sought.query.reach = viewer.reach()?;
        let (ids, total, more) = if sought.is_narrowed() {
            self.sift(viewer, &sought).await?
        } else {
            let hits = self.hits(&sought.query).await?;
            (hits.rows.iter().map(|hit| hit.submission).collect(), hits.total, false)
        };
        let mut lookups = self.store.snapshot().await.map_err(|error| failed(&error))?;
        let (rows, cases) = seen(&mut *lookups, viewer, &ids).await?;
        // What the index still has and the person may not see is not counted either.
        let total = total.saturating_sub(ids.len().saturating_sub(rows.len()));
        Ok(Found { rows, cases, total, more })
    }

    /// [`Gateway::search`] for the submissions of one petitioner, by a number that the person typed. It is hashed at once, and that
    /// somebody searched is written down: who, when, by which kind of number and how many were found, never the number.
    ///
    /// # Errors
    /// No right to see petitioners' data, no such number, or the engine failed.
    pub async fn search_petitioner(&self, viewer: &Viewer, mut sought: Sought, typed: &str) -> Result<Found, Problem> {
        viewer.require(Permission::Unmask)?;
        let (key, kind) = identity(&self.secret, typed)?;
        sought.query.identity = Some(key);
        let found = self.search(viewer, sought).await?;
        let numbers: Vec<&str> = found.rows.iter().map(|row| row.number.as_str()).collect();
        let event = NewEvent {
            case: None,
            arrival: None,
            at: self.clock.now(),
            by: viewer.actor(),
            kind: EventKind::PetitionerSearched,
            note: format!("按{kind}，找到{}件", found.total),
            detail: serde_json::json!({ "submissions": numbers }),
        };
        let mut unit = self.store.begin().await.map_err(|error| failed(&error))?;
        unit.append_event(event).await.map_err(|error| failed(&error))?;
        unit.commit().await.map_err(|error| failed(&error))?;
        Ok(found)
    }

    async fn hits(&self, query: &SearchQuery) -> Result<Hits, Problem> {
        self.engine.search(query).await.map_err(|error| {
            tracing::error!(error = %error, "the search engine failed");
            Problem::from(&error)
        })
    }

    /// The page of those results whose case stands as wanted, how many there are, and whether there may be more.
    async fn sift(&self, viewer: &Viewer, sought: &Sought) -> Result<(Vec<SubmissionId>, usize, bool), Problem> {
        let mut kept: Vec<SubmissionId> = Vec::new();
        let mut query = SearchQuery { offset: 0, limit: ANSWER, ..sought.query.clone() };
        let all = loop {
            let hits = self.hits(&query).await?;
            let ids: Vec<SubmissionId> = hits.rows.iter().map(|hit| hit.submission).collect();
            let mut lookups = self.store.read().await.map_err(|error| failed(&error))?;
            let standing = lookups
                .submissions_standing(&ids, viewer.secrecies(), sought.state, sought.unit.as_ref())
                .await
                .map_err(|error| failed(&error))?;
            kept.extend(ids.into_iter().filter(|id| standing.contains(id)));
            query.offset = query.offset.saturating_add(ANSWER);
            if hits.rows.is_empty() || query.offset >= hits.total.min(SIFTED) {
                break hits.total;
            }
        };
        let total = kept.len();
        let page = kept.into_iter().skip(sought.query.offset).take(sought.query.limit);
        Ok((page.collect(), total, all > SIFTED))
    }
}

/// The submissions with their cases, as far as the viewer may see both.
async fn seen(
    lookups: &mut dyn Lookups,
    viewer: &Viewer,
    ids: &[SubmissionId],
) -> Result<(Vec<Submission>, Vec<Case>), Problem> {
    let submissions = lookups.submissions(ids).await.map_err(|error| failed(&error))?;
    let (mut rows, mut cases): (Vec<Submission>, Vec<Case>) = (Vec::new(), Vec::new());
    for id in ids {
        let submission = submissions.iter().find(|submission| submission.id == *id);
        let Some(submission) = submission.filter(|one| viewer.secrecies().contains(&one.secrecy)) else { continue };
        if !cases.iter().any(|case| case.id == submission.case) {
            let case = lookups.case(submission.case).await.map_err(|error| failed(&error))?;
            let Some(case) = case.filter(|case| viewer.secrecies().contains(&case.secrecy)) else { continue };
            cases.push(case);
        }
        rows.push(submission.clone());
    }
    Ok((rows, cases))
}

/// A search engine that is down, for pages that go on without it.
#[must_use]
pub fn is_down(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::SearchFailed | ProblemCode::SearchUnreachable | ProblemCode::IndexOutdated)
}
